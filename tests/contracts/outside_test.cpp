// Terminations by time and interrupt, interrupts that are answered, monitors that have enough: who ends
// a run beside the search itself, and what a replay makes of it.

#include "tests/support/adversarial_map.hpp"
#include "tests/support/memory_recorder.hpp"
#include "tests/support/solver_cases.hpp"

#include "mystic/control/terminations.hpp"
#include "mystic/models/functions.hpp"

#include <gtest/gtest.h>

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

class FromOutside : public testing::TestWithParam<SolverCase> {
 protected:
  static constexpr Index most = 3000;

  // So much time, in s, passes at each look at the clock.
  struct Ticking {
    double tick = 0.1;
    double now = 1e6;  // whenever that was: a run counts from its start
    double operator()() { return now += tick; }
  };

  static ObservedRun run(MemoryRecorder& journal, Map* map, const Termination& termination,
                         double tick = 0.1) {
    return observe(GetParam(), box_problem(rosenbrock), [&](Solver& solver) {
      solver.limits({.generations = {}, .evaluations = most, .seconds = {}})
          .terminate(termination)
          .recorder(journal)
          .clock(Ticking{tick});
      if (map != nullptr) solver.map(*map);
    });
  }

  static ObservedRun plain(Map* map, const std::function<void(Solver&)>& set) {
    return observe(GetParam(), box_problem(rosenbrock), [&](Solver& solver) {
      solver.limits({.generations = {}, .evaluations = most, .seconds = {}});
      if (map != nullptr) solver.map(*map);
      set(solver);
    });
  }

  static Termination by_time(double seconds) {
    return any_of({change_over_generation(0.0, 1000), seconds_reached(seconds)});
  }
};

TEST_P(FromOutside, ATimeConditionEndsTheRunWithAStepAndIsRecordedOnce) {
  MemoryRecorder journal;
  const ObservedRun stopped = run(journal, nullptr, by_time(0.45));
  EXPECT_EQ(stopped.result.stop.kind, StopKind::seconds);
  EXPECT_EQ(stopped.result.stop.reason, "0.45 s have passed");
  EXPECT_EQ(stopped.result.generations, 4) << "generation 0 sees 0.1 s, generation 4 0.5 s";
  ASSERT_EQ(journal.stops().size(), 1U);
  EXPECT_EQ(journal.stops()[0].reason, stopped.result.stop.reason);
  EXPECT_GE(journal.stops()[0].seconds, 0.45);
}

TEST_P(FromOutside, ATimeConditionIsRepeatedByAReplayUnderAnyMap) {
  for (const double seconds : {0.05, 0.25, 0.75}) {
    for (const bool in_place : {true, false}) {
      MemoryRecorder journal;
      AdversarialMap first(Arrival::random, 3, 4);
      const ObservedRun stopped = run(journal, in_place ? nullptr : &first, by_time(seconds));
      ASSERT_EQ(stopped.result.stop.kind, StopKind::seconds);
      MemoryRecorder mapped(journal, journal.entries().size(), true);
      AdversarialMap map(Arrival::last_come, 2);
      EXPECT_TRUE(same(stopped, run(mapped, &map, by_time(seconds)))) << seconds << in_place;
      EXPECT_EQ(map.computed(), 0);
      MemoryRecorder placed(journal, journal.entries().size(), true);
      EXPECT_TRUE(same(stopped, run(placed, nullptr, by_time(seconds)))) << seconds << in_place;
      EXPECT_EQ(placed.entries().size(), journal.entries().size()) << "nothing is computed";
    }
  }
}

TEST_P(FromOutside, ATimeConditionIsForgottenWhenItsTimeIsRaised) {
  MemoryRecorder whole;
  const ObservedRun undisturbed = run(whole, nullptr, by_time(1e9));
  EXPECT_NE(undisturbed.result.stop.kind, StopKind::seconds);
  MemoryRecorder journal;
  AdversarialMap map(Arrival::random, 3, 4);
  EXPECT_EQ(run(journal, &map, by_time(0.35)).result.stop.kind, StopKind::seconds);
  MemoryRecorder resumed(journal, journal.entries().size(), true);
  EXPECT_TRUE(same(undisturbed, run(resumed, nullptr, by_time(1e9))));
}

// At generation 2 it was early. A replay that looked at the clock would stop there.
TEST_P(FromOutside, AReplayDoesNotLookAtTheClock) {
  const Termination early =
      all_of({when([](const Progress& p) { return p.generations == 2; }, "generation 2"),
              seconds_reached(50.0)});
  MemoryRecorder whole;
  const ObservedRun undisturbed = run(whole, nullptr, early);
  ASSERT_EQ(undisturbed.result.stop.kind, StopKind::evaluations);
  for (const bool in_place : {true, false}) {
    MemoryRecorder left(whole, whole.entries().size() * 2 / 3, false);
    AdversarialMap map(Arrival::random, 3, 4);
    EXPECT_TRUE(same(undisturbed, run(left, in_place ? nullptr : &map, early, 100.0))) << in_place;
  }
}

TEST_P(FromOutside, AnInterruptConditionEndsTheRunWithAStepAndIsNotRecorded) {
  std::stop_source source;
  source.request_stop();
  MemoryRecorder journal;
  const ObservedRun stopped =
      run(journal, nullptr, all_of({generations_reached(3), interrupted(source.get_token())}));
  EXPECT_EQ(stopped.result.stop.kind, StopKind::interrupted);
  EXPECT_EQ(stopped.result.stop.reason, "3 generations; interrupted");
  EXPECT_EQ(stopped.result.generations, 3);
  EXPECT_TRUE(journal.stops().empty());
}

TEST_P(FromOutside, AMonitorEndsTheRunWithTheEvaluationAtWhichItHasEnough) {
  struct Enough final : Monitor {
    Index seen = 0;
    void evaluation(const EvaluationRecord&) override { ++seen; }
    Verdict wants_stop() override { return seen == 57 ? Verdict("57 are enough") : std::nullopt; }
  };
  std::optional<ObservedRun> first;
  for (const int workers : {0, 1, 3}) {
    AdversarialMap map(Arrival::random, std::max(workers, 1), 4);
    Enough enough;
    const ObservedRun stopped =
        plain(workers == 0 ? nullptr : &map, [&](Solver& solver) { solver.on_evaluation(enough); });
    EXPECT_EQ(stopped.result.stop.kind, StopKind::monitor);
    EXPECT_EQ(stopped.result.stop.reason, "57 are enough");
    EXPECT_EQ(stopped.result.evaluations, 57);
    EXPECT_EQ(enough.seen, 57);
    if (!first) first = stopped;
    EXPECT_TRUE(same(*first, stopped)) << workers;
  }
}

// In place as well, it is shown what was evaluated before the next step is, and nothing is paid in vain.
TEST_P(FromOutside, AMonitorOfEvaluationsThatHasEnoughSavesTheRest) {
  struct Enough final : Monitor {
    Verdict wants_stop() override { return "enough"; }
  };
  Enough enough;
  Solver solver = GetParam().make();
  solver.limits({.generations = {}, .evaluations = most, .seconds = {}}).on_evaluation(enough);
  const Result result = solver.solve(box_problem(rosenbrock));
  EXPECT_EQ(result.evaluations, 1);
  EXPECT_LT(result.run.speculative, 60) << "no more than its step, the first";
}

TEST_P(FromOutside, AMonitorEndsTheRunWithTheStepAtWhichItHasEnough) {
  struct Enough final : Monitor {
    Index generation = 0;
    void step(const Progress& progress) override { generation = progress.generations; }
    Verdict wants_stop() override { return generation == 4 ? Verdict("enough") : std::nullopt; }
  };
  for (const bool in_place : {true, false}) {
    AdversarialMap map(Arrival::random, 3, 4);
    Enough enough;
    const ObservedRun stopped =
        plain(in_place ? nullptr : &map, [&](Solver& solver) { solver.on_step(enough); });
    EXPECT_EQ(stopped.result.stop.kind, StopKind::monitor);
    EXPECT_EQ(stopped.result.generations, 4);
    EXPECT_EQ(stopped.steps.size(), 5U);
  }
}

TEST_P(FromOutside, AnInterruptMayBeAnsweredByGoingOnAsIfNothingHadHappened) {
  const ObservedRun undisturbed = plain(nullptr, [](Solver&) {});
  for (const bool in_place : {true, false}) {
    AdversarialMap map(Arrival::random, 3, 4);
    InterruptBell bell;
    int asked = 0;
    bell.ring();
    const ObservedRun continued = plain(in_place ? nullptr : &map, [&](Solver& solver) {
      solver.on_interrupt(bell, [&](const Activity& activity) {
        EXPECT_FALSE(bell.ring()) << "the first is not answered yet";
        EXPECT_GT(activity.made + activity.under_way, 0);
        return ++asked < 3 ? InterruptAnswer::ask_again : InterruptAnswer::go_on;
      });
    });
    EXPECT_TRUE(same(undisturbed, continued));
    EXPECT_EQ(asked, 3);
    EXPECT_TRUE(bell.ring()) << "answered";
  }
}

TEST_P(FromOutside, AnInterruptMayBeAnsweredByAStop) {
  for (const bool in_place : {true, false}) {
    AdversarialMap map(Arrival::random, 3, 4);
    InterruptBell bell;
    const ObservedRun stopped = plain(in_place ? nullptr : &map, [&](Solver& solver) {
      solver.watch([&](const Activity& activity) {
        if (activity.made == 30) bell.ring();
      });
      solver.on_interrupt(bell, [](const Activity&) { return InterruptAnswer::stop; });
    });
    EXPECT_EQ(stopped.result.stop.kind, StopKind::interrupted);
    EXPECT_GE(stopped.result.evaluations, 25);
    EXPECT_LT(stopped.result.evaluations, 60);
  }
}

INSTANTIATE_TEST_SUITE_P(Solvers, FromOutside, testing::ValuesIn(testing_support::all_solvers()),
                         testing_support::name_of_case);

Solver a_solver() { return testing_support::single_solvers().front().make(); }
Solver an_ensemble() { return testing_support::ensembles().front().make(); }

TEST(TimeConditions, NeedAClock) {
  Solver solver = a_solver();
  solver.terminate(seconds_reached(1.0));
  EXPECT_THROW(solver.solve(box_problem(rosenbrock)), InvalidArgument);
}

TEST(TimeConditions, AreNotForMembers) {
  Solver solver = an_ensemble();
  solver.members({.termination = any_of({seconds_reached(1.0), generations_reached(3)})}).clock([] {
    return 0.0;
  });
  EXPECT_THROW(solver.solve(box_problem(rosenbrock)), InvalidArgument);
}

TEST(TimeConditions, AreNotForAskAndTell) {
  Solver solver = a_solver();
  const Problem problem = box_problem(rosenbrock);
  solver.terminate(seconds_reached(1.0)).clock([] { return 0.0; }).begin(problem);
  EXPECT_THROW(static_cast<void>(solver.ask()), InvalidArgument);
}

TEST(TimeConditions, EndARunOfStepsToo) {
  Solver solver = a_solver();
  const Problem problem = box_problem(rosenbrock);
  double now = 0.0;
  solver.terminate(seconds_reached(3.0)).clock([&now] { return now; }).begin(problem);
  EXPECT_TRUE(solver.step());
  EXPECT_TRUE(solver.step());
  now = 3.0;
  EXPECT_FALSE(solver.step());
  EXPECT_EQ(solver.result().stop.kind, StopKind::seconds);
  EXPECT_EQ(solver.result().generations, 2);
}

}  // namespace
}  // namespace mystic
