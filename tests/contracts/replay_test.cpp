// Promise 2: resume is replay.

#include "tests/support/adversarial_map.hpp"
#include "tests/support/faulty.hpp"
#include "tests/support/memory_recorder.hpp"
#include "tests/support/solver_cases.hpp"
#include "tests/support/trace.hpp"

#include "mystic/control/terminations.hpp"
#include "mystic/models/functions.hpp"

#include <gtest/gtest.h>

#include <set>

namespace mystic {
namespace {

using testing_support::AdversarialMap;
using testing_support::Arrival;
using testing_support::box_problem;
using testing_support::FaultyRosenbrock;
using testing_support::MemoryRecorder;
using testing_support::observe;
using testing_support::ObservedRun;
using testing_support::same;
using testing_support::SolverCase;
using testing_support::Trace;
using testing_support::traced;

class Replay : public testing::TestWithParam<SolverCase> {
 protected:
  static constexpr Index most = 70;

  // A run that keeps `journal`, over `map` if there is one.
  static ObservedRun run(const Problem& problem, MemoryRecorder& journal, Map* map) {
    return observe(GetParam(), problem, [&](Solver& solver) {
      solver.limits({.generations = {}, .evaluations = most, .seconds = {}}).recorder(journal);
      if (map != nullptr) solver.map(*map);
    });
  }
};

TEST_P(Replay, EachEvaluationIsRecordedOnceAndNumberedWithoutGaps) {
  const Problem problem = box_problem(FaultyRosenbrock(6));
  for (const Arrival arrival : {Arrival::last_come, Arrival::random}) {
    MemoryRecorder journal;
    AdversarialMap map(arrival, 4, 3);
    const ObservedRun made = run(problem, journal, &map);
    EXPECT_EQ(journal.repeated(), 0);
    EXPECT_EQ(static_cast<Index>(journal.entries().size()),
              made.result.evaluations + made.result.run.speculative);
    std::set<EvaluationId> recorded;
    for (const auto& entry : journal.entries()) recorded.insert(entry.id);
    for (const auto& counted : made.evaluations)
      EXPECT_EQ(recorded.count(counted.id), 1U) << to_string(counted.id);
    std::map<SearchPath, std::uint64_t> next;
    for (const auto& counted : made.evaluations) EXPECT_EQ(counted.id.k, next[counted.id.path]++);
  }
}

TEST_P(Replay, OfAWholeRunCallsNothing) {
  MemoryRecorder journal;
  AdversarialMap map(Arrival::random, 3, 9);
  const ObservedRun first = run(box_problem(FaultyRosenbrock(6)), journal, &map);
  const Problem never = box_problem([](const VectorView&) -> double {
    ADD_FAILURE() << "the model was called";
    return 0.0;
  });
  MemoryRecorder in_place(journal, journal.entries().size(), false);
  const ObservedRun again = run(never, in_place, nullptr);
  EXPECT_TRUE(same(first, again));
  EXPECT_GE(again.result.run.recalled, again.result.evaluations);
  MemoryRecorder mapped(journal, journal.entries().size(), false);
  AdversarialMap other(Arrival::first_come, 1);
  EXPECT_TRUE(same(first, run(never, mapped, &other)));
  EXPECT_EQ(mapped.strange() + in_place.strange(), 0);
}

TEST_P(Replay, AfterAKillAtAnyRecordReachesTheUndisturbedResult) {
  Trace trace;
  const Problem problem = box_problem(traced(FaultyRosenbrock(6), trace));
  MemoryRecorder journal;
  AdversarialMap map(Arrival::random, 4, 5);
  const ObservedRun undisturbed = run(problem, journal, &map);
  for (std::size_t kept = 0; kept <= journal.entries().size(); ++kept) {
    MemoryRecorder left(journal, kept, false);
    AdversarialMap other(kept % 2 == 0 ? Arrival::last_come : Arrival::random, 3, kept);
    trace = {};
    const ObservedRun resumed = run(problem, left, kept % 3 == 0 ? nullptr : &other);
    ASSERT_TRUE(same(undisturbed, resumed)) << kept << " records kept";
    EXPECT_EQ(left.repeated() + left.strange(), 0);
    EXPECT_LE(resumed.result.run.recalled, static_cast<Index>(kept));
    const Index made = resumed.result.evaluations + resumed.result.run.speculative;
    EXPECT_EQ(made, resumed.result.run.recalled + static_cast<Index>(left.entries().size() - kept));
  }
}

TEST_P(Replay, MayGoOnUnderALargerLimit) {
  const Problem problem = box_problem(rosenbrock);
  MemoryRecorder long_journal;
  const ObservedRun undisturbed = run(problem, long_journal, nullptr);
  MemoryRecorder journal;
  observe(GetParam(), problem, [&](Solver& solver) {
    solver.limits({.generations = {}, .evaluations = most / 2, .seconds = {}}).recorder(journal);
  });
  MemoryRecorder resumed(journal, journal.entries().size(), false);
  EXPECT_TRUE(same(undisturbed, run(problem, resumed, nullptr)));
}

TEST_P(Replay, AskAndTellGoesOnWhereTheJournalEnds) {
  const Problem problem = box_problem(rosenbrock);
  MemoryRecorder journal;
  const ObservedRun undisturbed = run(problem, journal, nullptr);
  MemoryRecorder left(journal, 30, false);
  Solver solver = GetParam().make();
  solver.limits({.generations = {}, .evaluations = most, .seconds = {}}).recorder(left);
  solver.begin(problem);
  Index told = 0;
  for (Points wanted = solver.ask(); wanted.cols() > 0; wanted = solver.ask()) {
    Vector costs(wanted.cols());
    for (Index j = 0; j < wanted.cols(); ++j) costs[j] = rosenbrock(wanted.col(j));
    solver.tell(costs);
    told += wanted.cols();
  }
  EXPECT_TRUE(same(undisturbed.result, solver.result()));
  EXPECT_EQ(told, solver.result().evaluations + solver.result().run.speculative -
                      solver.result().run.recalled);
}

TEST_P(Replay, AJournalThatCannotBeWrittenEndsTheRunAtOnce) {
  struct FullDisk final : Recorder {
    int left = 12;
    bool recall(const EvaluationId&, const VectorView&, Outcome&) override { return false; }
    void record(const EvaluationId&, const VectorView&, const Outcome&) override {
      require<Error>(left-- > 0, "no space left on device");
    }
    [[nodiscard]] std::optional<RecordedStop> recall_stop() const override { return {}; }
    void record_stop(const RecordedStop&) override {}
    [[nodiscard]] double earlier_seconds() const override { return 0.0; }
  };
  const Problem problem = box_problem(rosenbrock);
  AdversarialMap map(Arrival::random, 4, 1);
  for (Map* where : {static_cast<Map*>(nullptr), static_cast<Map*>(&map)}) {
    FullDisk disk;
    const auto solve = [&] {
      observe(GetParam(), problem, [&](Solver& solver) {
        solver.limits({.generations = {}, .evaluations = most, .seconds = {}}).recorder(disk);
        if (where != nullptr) solver.map(*where);
      });
    };
    EXPECT_THROW(solve(), Error);
    EXPECT_FALSE(map.is_open());
  }
}

INSTANTIATE_TEST_SUITE_P(Solvers, Replay, testing::ValuesIn(testing_support::all_solvers()),
                         testing_support::name_of_case);
INSTANTIATE_TEST_SUITE_P(Composed, Replay, testing::ValuesIn(testing_support::composed_solvers()),
                         testing_support::name_of_case);

}  // namespace
}  // namespace mystic
