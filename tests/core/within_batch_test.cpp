// A run that ends within a batch of points: nobody waits for the rest, and it ends at the same one
// whoever computes.

#include "mystic/core/callable_model.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/maps/threads.hpp"
#include "mystic/solvers/points.hpp"

#include "tests/support/adversarial_map.hpp"
#include "tests/support/memory_recorder.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <stdexcept>
#include <thread>
#include <vector>

namespace mystic {
namespace {

using testing_support::AdversarialMap;
using testing_support::Arrival;

constexpr Index many = 1000;

// 0, 1, 2, ... below the count; a model knows by it the how-manieth it is.
Points numbered(Index count = many) {
  Points points(1, count);
  for (Index j = 0; j < count; ++j) points(0, j) = static_cast<double>(j);
  return points;
}

/// Has enough at the `last`-th evaluation.
class EnoughAt final : public Monitor {
 public:
  explicit EnoughAt(Index last) : last_(last) {}
  void evaluation(const EvaluationRecord& record) override { seen.push_back(record.id.k); }
  [[nodiscard]] Verdict wants_stop() override {
    if (static_cast<Index>(seen.size()) < last_) return std::nullopt;
    has_enough = true;
    return "enough";
  }

  std::vector<std::uint64_t> seen;
  std::atomic<bool> has_enough = false;

 private:
  Index last_;
};

/// A model that counts its calls, and a run over numbered points.
struct Counted {
  std::atomic<Index> calls = 0;
  std::function<double(double)> function = [](double x) { return x; };
  FailurePolicy policy = {};
  Points points = numbered();

  Result run(Map* map, Monitor* monitor = nullptr, EvaluationCache* cache = nullptr,
             Recorder* recorder = nullptr) {
    calls = 0;
    const Problem problem(unnamed_variables(1), make_model([this](const VectorView& x) {
                            ++calls;
                            return function(x[0]);
                          }));
    Solver solver(given_points(points));
    solver.policy(policy).limits({.evaluations = 2 * many});
    if (map != nullptr) solver.map(*map);
    if (monitor != nullptr) solver.on_evaluation(*monitor);
    if (cache != nullptr) solver.cache(*cache);
    if (recorder != nullptr) solver.recorder(*recorder);
    return solver.solve(problem);
  }
};

// What must be the same under every map.
void expect_same(const Result& result, const Result& serial) {
  EXPECT_EQ(result.evaluations, serial.evaluations);
  EXPECT_EQ(result.failed, serial.failed);
  EXPECT_EQ(result.cached, serial.cached);
  EXPECT_EQ(result.best.cost, serial.best.cost);
  EXPECT_EQ(result.best.id.k, serial.best.id.k);
  EXPECT_EQ(result.stop.kind, serial.stop.kind);
  EXPECT_EQ(result.stop.reason, serial.stop.reason);
}

// Every way in which outcomes can come in.
void under_every_map(const std::function<void(Map& map)>& check) {
  for (const Index workers : {1, 2, 5}) {
    ThreadsMap threads(workers);
    check(threads);
  }
  for (const Arrival arrival : {Arrival::first_come, Arrival::last_come, Arrival::random,
                                Arrival::oldest_starved, Arrival::oldest_waits_longest}) {
    AdversarialMap map(arrival, 4);
    check(map);
  }
}

TEST(WithinABatch, AMonitorEndsASerialRunWithTheVeryCallThatIsEnough) {
  for (const Index last : {1, 2, 10, 999, 1000}) {
    Counted counted;
    EnoughAt monitor(last);
    const Result result = counted.run(nullptr, &monitor);
    EXPECT_EQ(counted.calls, last);
    EXPECT_EQ(result.evaluations, last);
    EXPECT_EQ(result.run.speculative, 0);
    EXPECT_EQ(result.stop.kind, StopKind::monitor);
    EXPECT_EQ(result.stop.reason, "enough");
    EXPECT_EQ(static_cast<Index>(monitor.seen.size()), last);
  }
}

// Later ones wait until the decision has been made: what they are then is what was asked for ahead.
TEST(WithinABatch, AMonitorEndsThreadsWithOnlyThoseThatAreUnderWay) {
  for (const Index workers : {1, 2, 4}) {
    EnoughAt monitor(10);
    Counted counted;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    counted.function = [&monitor, until](double x) {
      while (x >= 10 && !monitor.has_enough && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      return x;
    };
    ThreadsMap map(workers);
    const Result result = counted.run(&map, &monitor);
    EXPECT_EQ(result.evaluations, 10);
    EXPECT_EQ(monitor.seen.size(), 10U);
    EXPECT_GE(counted.calls, 10);
    EXPECT_LE(counted.calls, 10 + 2 * workers) << "a worker has one in hand and one waiting";
    EXPECT_EQ(counted.calls - 10, result.run.speculative);
  }
}

TEST(WithinABatch, AMonitorEndsEveryMapAtTheSameEvaluation) {
  for (const Index last : {1, 10, 500}) {
    Counted counted;
    EnoughAt in_serial(last);
    const Result serial = counted.run(nullptr, &in_serial);
    under_every_map([&](Map& map) {
      EnoughAt monitor(last);
      expect_same(counted.run(&map, &monitor), serial);
      EXPECT_EQ(monitor.seen, in_serial.seen);
    });
  }
}

TEST(WithinABatch, TooManyFailuresEndEveryMapAtTheSameEvaluation) {
  Counted counted;
  counted.function = [](double x) -> double {
    if (x >= 30) throw std::runtime_error("no licence left");
    return 50 - x;
  };
  counted.policy.abort_above = 0.5;
  const Result serial = counted.run(nullptr);
  EXPECT_EQ(serial.stop.kind, StopKind::failures);
  EXPECT_EQ(serial.evaluations, 61);  // 31 of 61 are the first more than a half
  EXPECT_EQ(serial.failed, 31);
  EXPECT_EQ(counted.calls, 61);
  EXPECT_EQ(serial.best.cost, 21.0);
  under_every_map([&](Map& map) { expect_same(counted.run(&map), serial); });
}

TEST(WithinABatch, FailuresInARowEndEveryMapAtTheSameEvaluation) {
  Counted counted;
  counted.function = [](double x) -> double {
    const auto number = static_cast<int>(x);
    if (number % 2 == 1 || (number > 100 && number < 110)) throw std::runtime_error("as told");
    return x;
  };
  counted.policy.abort_above = 1.0;
  counted.policy.abort_in_a_row = 6;
  const Result serial = counted.run(nullptr);
  EXPECT_EQ(serial.stop.kind, StopKind::failures);
  EXPECT_EQ(serial.evaluations, 107);  // 101 to 106
  EXPECT_EQ(counted.calls, 107);
  under_every_map([&](Map& map) { expect_same(counted.run(&map), serial); });
}

// A failure that ends the run, and a monitor that has enough with the same one: one reason everywhere.
TEST(WithinABatch, APolicyAndAMonitorAtOnceHaveOneReasonEverywhere) {
  Counted counted;
  counted.function = [](double x) -> double {
    if (x >= 10) throw std::runtime_error("as told");
    return x;
  };
  counted.policy.abort_in_a_row = 5;
  counted.policy.abort_above = 1.0;
  EnoughAt in_serial(15);
  const Result serial = counted.run(nullptr, &in_serial);
  EXPECT_EQ(serial.evaluations, 15);
  under_every_map([&](Map& map) {
    EnoughAt monitor(15);
    expect_same(counted.run(&map, &monitor), serial);
  });
}

// Where nobody ends the run, looking at parts of the batch changes nothing: neither what the points cost
// nor how often the model is called.
TEST(WithinABatch, TwinsAreAnsweredByTheCacheWhetherOrNotSomebodyLooks) {
  Counted counted;
  for (Index j = 0; j < many; ++j) counted.points(0, j) = static_cast<double>(j % 7 + j / 100);
  EvaluationCache of_serial;
  const Result serial = counted.run(nullptr, nullptr, &of_serial);
  EXPECT_EQ(counted.calls, 16);  // 0 to 15
  EXPECT_EQ(serial.cached, many - 16);
  const auto check = [&](Map* map) {
    for (const bool looks : {false, true}) {
      EvaluationCache cache;
      EnoughAt monitor(many + 1);
      const Result result = counted.run(map, looks ? &monitor : nullptr, &cache);
      expect_same(result, serial);
      EXPECT_EQ(counted.calls, 16);
      EXPECT_EQ(cache.size(), of_serial.size());
    }
  };
  check(nullptr);
  under_every_map([&](Map& map) { check(&map); });
}

TEST(WithinABatch, AMonitorThatEndsItAmongTwinsEndsItEverywhereAtTheSameOne) {
  Counted counted;
  for (Index j = 0; j < many; ++j) counted.points(0, j) = static_cast<double>(j / 4);
  for (const Index last : {9, 10, 12}) {
    EnoughAt in_serial(last);
    EvaluationCache cache;
    const Result serial = counted.run(nullptr, &in_serial, &cache);
    EXPECT_EQ(counted.calls, 3);
    EXPECT_EQ(serial.cached, last - 3);
    under_every_map([&](Map& map) {
      EvaluationCache fresh;
      EnoughAt monitor(last);
      expect_same(counted.run(&map, &monitor, &fresh), serial);
      EXPECT_EQ(monitor.seen, in_serial.seen);
    });
  }
}

// A failed twin fails, as the first did, and counts against the policy.
TEST(WithinABatch, FailedTwinsCountAgainstThePolicyEverywhereAlike) {
  Counted counted;
  for (Index j = 0; j < many; ++j) counted.points(0, j) = static_cast<double>(j / 10);
  counted.function = [](double x) -> double {
    if (x >= 4) throw std::runtime_error("as told");
    return x;
  };
  counted.policy.abort_in_a_row = 25;
  counted.policy.abort_above = 1.0;
  EvaluationCache cache;
  const Result serial = counted.run(nullptr, nullptr, &cache);
  EXPECT_EQ(serial.evaluations, 65);
  EXPECT_EQ(serial.failed, 25);
  under_every_map([&](Map& map) {
    EvaluationCache fresh;
    expect_same(counted.run(&map, nullptr, &fresh), serial);
  });
}

// What a stopped run recorded, also beyond its end, leads the next to the same end without a call.
TEST(WithinABatch, AReplayEndsAtTheSameEvaluation) {
  Counted counted;
  EnoughAt in_serial(10);
  const Result serial = counted.run(nullptr, &in_serial);
  under_every_map([&](Map& map) {
    testing_support::MemoryRecorder recorder;
    EnoughAt first(10);
    expect_same(counted.run(&map, &first, nullptr, &recorder), serial);
    testing_support::MemoryRecorder kept(recorder, recorder.entries().size(), true);
    EnoughAt again(10);
    expect_same(counted.run(nullptr, &again, nullptr, &kept), serial);
    EXPECT_EQ(counted.calls, 0);
    // One that wants more goes on from there, and asks only for what is new.
    const auto known = static_cast<Index>(kept.entries().size());
    EnoughAt patient(many);
    EXPECT_EQ(counted.run(nullptr, &patient, nullptr, &kept).evaluations, many);
    EXPECT_EQ(counted.calls, many - known);
  });
}

}  // namespace
}  // namespace mystic
