// Stops from outside: by time (repeated by a replay) and by interrupt (forgotten by it).

#include "tests/support/adversarial_map.hpp"
#include "tests/support/memory_recorder.hpp"
#include "tests/support/solver_cases.hpp"

#include "mystic/models/functions.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace mystic {
namespace {

using testing_support::AdversarialMap;
using testing_support::Arrival;
using testing_support::box_problem;
using testing_support::MemoryRecorder;
using testing_support::observe;
using testing_support::ObservedRun;
using testing_support::same;
using testing_support::SolverCase;

class StopFromOutside : public testing::TestWithParam<SolverCase> {
 protected:
  // A hundredth of a second passes at each look at the clock.
  struct Ticking {
    double now = 0.0;
    double operator()() { return now += 0.01; }
  };

  static ObservedRun timed(MemoryRecorder& journal, Map* map, std::optional<double> seconds) {
    return observe(GetParam(), box_problem(rosenbrock), [&](Solver& solver) {
      solver.limits({.generations = {}, .evaluations = 400, .seconds = seconds})
          .recorder(journal)
          .clock(Ticking());
      if (map != nullptr) solver.map(*map);
    });
  }

  // All that an earlier session left.
  static MemoryRecorder reopened(const MemoryRecorder& journal) {
    return MemoryRecorder(journal, journal.entries().size(), true);
  }
};

TEST_P(StopFromOutside, ByTimeIsRecordedOnce) {
  MemoryRecorder journal;
  const ObservedRun stopped = timed(journal, nullptr, 1.005);
  EXPECT_EQ(stopped.result.stop.kind, StopKind::seconds);
  ASSERT_EQ(journal.stops().size(), 1U);
  EXPECT_GE(journal.stops()[0].seconds, 1.005);
  EXPECT_EQ(journal.stops()[0].reason, stopped.result.stop.reason);
  EXPECT_EQ(static_cast<Index>(journal.entries().size()), stopped.result.evaluations);
  EXPECT_LT(stopped.result.evaluations, 400);
}

TEST_P(StopFromOutside, ByTimeIsRepeatedByAReplayUnderAnyMap) {
  for (const double seconds : {0.005, 0.055, 0.205, 0.345, 0.505, 0.855, 1.205, 1.555}) {
    for (const bool in_place : {true, false}) {
      MemoryRecorder journal;
      AdversarialMap first_map(Arrival::random, 3, 4);
      const ObservedRun stopped = timed(journal, in_place ? nullptr : &first_map, seconds);
      MemoryRecorder mapped = reopened(journal);
      AdversarialMap map(Arrival::last_come, 2);
      EXPECT_TRUE(same(stopped, timed(mapped, &map, seconds))) << seconds << " s, in place " << in_place;
      EXPECT_EQ(map.computed(), 0);
      MemoryRecorder placed = reopened(journal);
      EXPECT_TRUE(same(stopped, timed(placed, nullptr, seconds)))
          << seconds << " s, in place " << in_place;
      EXPECT_EQ(placed.entries().size(), journal.entries().size()) << "nothing is computed";
      EXPECT_TRUE(placed.stops().empty()) << "nor recorded again";
    }
  }
}

TEST_P(StopFromOutside, ByTimeIsForgottenWhenTheLimitIsRaisedOrLifted) {
  MemoryRecorder whole;
  const ObservedRun undisturbed = timed(whole, nullptr, std::nullopt);
  EXPECT_EQ(undisturbed.result.evaluations, 400);
  for (const std::optional<double> raised : {std::optional<double>(1e9), std::optional<double>()}) {
    MemoryRecorder journal;
    AdversarialMap map(Arrival::random, 3, 4);
    EXPECT_EQ(timed(journal, &map, 0.505).result.stop.kind, StopKind::seconds);
    MemoryRecorder resumed = reopened(journal);
    EXPECT_TRUE(same(undisturbed, timed(resumed, nullptr, raised)));
  }
}

TEST_P(StopFromOutside, TimeOfEarlierSessionsCounts) {
  MemoryRecorder journal;
  timed(journal, nullptr, 0.505);
  MemoryRecorder resumed = reopened(journal);
  timed(resumed, nullptr, 0.605);
  const auto more = static_cast<Index>(resumed.entries().size() - journal.entries().size());
  EXPECT_GT(more, 0);
  EXPECT_LE(more, 12) << "a tenth of a second more, at a hundredth each";
}

TEST_P(StopFromOutside, InterruptFromAnotherThreadEndsTheRunSoonWithAResult) {
  const Problem problem = box_problem([](const VectorView& x) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return rosenbrock(x);
  });
  AdversarialMap map(Arrival::random, 4, 2);
  for (Map* where : {static_cast<Map*>(nullptr), static_cast<Map*>(&map)}) {
    std::stop_source source;
    std::jthread interrupting([&source] {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      source.request_stop();
    });
    const ObservedRun run = observe(GetParam(), problem, [&](Solver& solver) {
      solver.stop_token(source.get_token());
      if (where != nullptr) solver.map(*where);
    });
    EXPECT_EQ(run.result.stop.kind, StopKind::interrupted);
    EXPECT_GT(run.result.evaluations, 0);
    EXPECT_LT(run.result.evaluations, 2000);
    EXPECT_TRUE(run.result.best.exists());
    EXPECT_EQ(static_cast<Index>(run.evaluations.size()), run.result.evaluations);
  }
}

TEST_P(StopFromOutside, InterruptLosesNoOutcomeAndIsForgottenOnResume) {
  MemoryRecorder whole;
  const ObservedRun undisturbed = timed(whole, nullptr, std::nullopt);
  for (const int after : {1, 5, 12, 13, 40}) {
    std::stop_source source;
    int calls = 0;
    const Problem problem = box_problem([&](const VectorView& x) {
      if (++calls == after) source.request_stop();
      return rosenbrock(x);
    });
    MemoryRecorder journal;
    const ObservedRun interrupted = observe(GetParam(), problem, [&](Solver& solver) {
      solver.stop_token(source.get_token()).recorder(journal);
    });
    EXPECT_EQ(calls, after);
    EXPECT_EQ(interrupted.result.evaluations, after);
    EXPECT_EQ(interrupted.result.stop.kind, StopKind::interrupted);
    EXPECT_TRUE(journal.stops().empty());
    MemoryRecorder resumed = reopened(journal);
    EXPECT_TRUE(same(undisturbed, timed(resumed, nullptr, std::nullopt)));
  }
}

TEST_P(StopFromOutside, AModelThatGivesUpIsNeitherCountedNorRecorded) {
  struct GivesUp final : ScalarModel {
    GivesUp() : ScalarModel(ThreadSafety::none) {}
    mutable int calls = 0;
    void evaluate(const Question& question, std::span<Outcome> outcomes) const override {
      outcomes[0].outputs[0] = rosenbrock(question.points.col(0));
      if (++calls == 9) outcomes[0].fail(FailureKind::cancelled, "told to stop");
    }
  };
  MemoryRecorder journal;
  const ObservedRun run =
      observe(GetParam(), box_problem(std::make_shared<GivesUp>()), [&](Solver& solver) {
        solver.recorder(journal).limits({.generations = {}, .evaluations = 400, .seconds = {}});
      });
  EXPECT_EQ(run.result.stop.kind, StopKind::interrupted);
  EXPECT_EQ(run.result.evaluations, 8);
  EXPECT_EQ(run.result.failed, 0);
  EXPECT_EQ(journal.entries().size(), 8U);
}

INSTANTIATE_TEST_SUITE_P(Solvers, StopFromOutside, testing::ValuesIn(testing_support::all_solvers()),
                         testing_support::name_of_case);

}  // namespace
}  // namespace mystic
