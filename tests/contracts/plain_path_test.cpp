// Cheap models are evaluated by a shorter way (src/core/strand_plain.cpp); whatever asks to look at what
// happens in between takes the general one. Both are the same run.

#include "tests/support/faulty.hpp"
#include "tests/support/memory_recorder.hpp"
#include "tests/support/solver_cases.hpp"
#include "tests/support/trace.hpp"

#include "mystic/control/terminations.hpp"
#include "mystic/models/functions.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

using testing_support::box_problem;
using testing_support::FaultyRosenbrock;
using testing_support::MemoryRecorder;
using testing_support::same;
using testing_support::SolverCase;
using testing_support::Trace;
using testing_support::traced;

struct PlainRun {
  Result result;
  Trace trace;
  RecordingMonitor steps;
};

class PlainPath : public testing::TestWithParam<SolverCase> {
 protected:
  using Set = std::function<void(Solver&)>;

  // A search on its own is unbounded, unless told: then some of its points are off the short way.
  template <class Function>
  static void solve(Function function, const Set& set, PlainRun& run, bool watched = true,
                    bool bounded = false) {
    Solver solver = GetParam().make();
    if (watched) solver.on_step(run.steps);
    set(solver);
    const auto model = traced(function, run.trace);
    run.result = GetParam().ensemble || bounded ? solver.solve(box_problem(model)) : solver.solve(model);
  }

  template <class Function>
  static void expect_no_difference(Function function, const Set& set, bool bounded = false) {
    PlainRun plain;
    solve(function, set, plain, true, bounded);
    PlainRun unwatched;  // nobody looks at its steps either
    solve(function, set, unwatched, false, bounded);
    EXPECT_TRUE(same(plain.result, unwatched.result));
    EXPECT_EQ(plain.trace.points, unwatched.trace.points);
    MemoryRecorder recorder;
    Monitor no_op;
    const std::vector<Set> ways = {
        [&](Solver& solver) { solver.recorder(recorder); },
        [&](Solver& solver) { solver.on_evaluation(no_op); },
        [](Solver& solver) { solver.clock([] { return 0.0; }); },
        [](Solver& solver) { solver.stop_token(std::stop_source().get_token()); },
        [](Solver& solver) { solver.watch([](const Activity&) {}); },
    };
    for (std::size_t way = 0; way < ways.size(); ++way) {
      PlainRun general;
      solve(
          function,
          [&](Solver& solver) {
            set(solver);
            ways[way](solver);
          },
          general, true, bounded);
      EXPECT_TRUE(same(plain.result, general.result)) << "way " << way;
      EXPECT_EQ(plain.trace.points, general.trace.points) << "way " << way;
      ASSERT_EQ(plain.steps.steps().size(), general.steps.steps().size());
      for (std::size_t i = 0; i < plain.steps.steps().size(); ++i) {
        EXPECT_EQ(plain.steps.steps()[i].best_cost, general.steps.steps()[i].best_cost);
        EXPECT_EQ(plain.steps.steps()[i].evaluations, general.steps.steps()[i].evaluations);
      }
    }
  }
};

TEST_P(PlainPath, IsTheGeneralOneWhereverEvaluationsRunOut) {
  for (const Index most : {1, 2, 3, 4, 5, 9, 10, 11, 25, 50, 120}) {
    expect_no_difference(rosenbrock, [&](Solver& solver) {
      solver.limits({.generations = {}, .evaluations = most, .seconds = {}});
    });
  }
}

TEST_P(PlainPath, IsTheGeneralOneWithinBoundsAndBeyondThem) {
  for (const Index most : {1, 4, 10, 11, 12, 13, 57, 200}) {
    expect_no_difference(
        [](const VectorView& x) { return x.sum() + rosenbrock(x) / 100.0; },  // least beyond the bounds
        [&](Solver& solver) { solver.limits({.generations = {}, .evaluations = most, .seconds = {}}); },
        true);
  }
}

TEST_P(PlainPath, IsTheGeneralOneWhenEvaluationsFail) {
  for (const double share : {0.05, 0.2, 1.0}) {
    expect_no_difference(FaultyRosenbrock(6), [&](Solver& solver) {
      FailurePolicy policy;
      policy.abort_above = share;
      solver.policy(policy).limits({.generations = {}, .evaluations = 100, .seconds = {}});
    });
  }
}

TEST_P(PlainPath, IsTheGeneralOneToTerminations) {
  expect_no_difference(rosenbrock, [&](Solver& solver) {
    solver.terminate(any_of({change_over_generation(1e-2, 3), value_to_reach(0.0, 1e-2)}))
        .limits({.generations = 40, .evaluations = {}, .seconds = {}});
  });
}

TEST_P(PlainPath, IsTheGeneralOneWhereverGenerationsRunOut) {
  for (const Index most : {0, 1, 2, 3, 7, 30}) {
    expect_no_difference(rosenbrock, [&](Solver& solver) {
      solver.limits({.generations = most, .evaluations = {}, .seconds = {}});
    });
  }
}

TEST_P(PlainPath, PausesWhereTheGeneralOnePauses) {
  const auto evaluations_after_each_step = [](const Set& set) {
    Solver solver = GetParam().make();
    solver.limits({.generations = 9, .evaluations = {}, .seconds = {}});
    set(solver);
    Trace trace;
    const auto model = make_model(traced(rosenbrock, trace));
    const Problem problem =
        GetParam().ensemble ? box_problem(model) : Problem(unnamed_variables(3), model);
    solver.begin(problem);
    std::vector<std::size_t> counts;
    while (solver.step()) counts.push_back(trace.points.size());
    return counts;
  };
  Monitor no_op;
  EXPECT_EQ(evaluations_after_each_step([](Solver&) {}),
            evaluations_after_each_step([&](Solver& solver) { solver.on_step(no_op); }));
}

INSTANTIATE_TEST_SUITE_P(Solvers, PlainPath, testing::ValuesIn(testing_support::all_solvers()),
                         testing_support::name_of_case);

}  // namespace
}  // namespace mystic
