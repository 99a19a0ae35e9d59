// solve(), step() and ask()/tell() drive the same search: the same points, the same result.

#include "tests/support/adversarial_map.hpp"
#include "tests/support/faulty.hpp"
#include "tests/support/memory_recorder.hpp"
#include "tests/support/solver_cases.hpp"
#include "tests/support/trace.hpp"

#include "mystic/models/functions.hpp"

#include <gtest/gtest.h>

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

class Drivers : public testing::TestWithParam<SolverCase> {
 protected:
  static void set(Solver& solver) {
    solver.limits({.generations = {}, .evaluations = 140, .seconds = {}});
  }

  // The run of solve(), which the others are held against.
  template <class Function>
  static ObservedRun solved(Function function) {
    return observe(GetParam(), box_problem(function), set);
  }
};

TEST_P(Drivers, StepByStepIsTheSameRun) {
  const Problem problem = box_problem(rosenbrock);
  Solver solver = GetParam().make();
  RecordingMonitor monitor;
  solver.on_step(monitor).on_evaluation(monitor);
  set(solver);
  solver.begin(problem);
  std::size_t calls = 1;
  for (; solver.step(); ++calls) {
    ASSERT_EQ(monitor.steps().size(), calls) << "a generation per call";
    ASSERT_EQ(solver.result().generations, static_cast<Index>(calls) - 1);
    ASSERT_FALSE(solver.over());
  }
  EXPECT_TRUE(solver.over());
  EXPECT_FALSE(solver.step()) << "it stays over";
  const ObservedRun stepped{solver.result(), monitor.steps(), monitor.evaluations()};
  EXPECT_TRUE(same(solved(rosenbrock), stepped));
}

TEST_P(Drivers, StepByStepOverAMapIsTheSameRun) {
  const Problem problem = box_problem(rosenbrock);
  AdversarialMap map(Arrival::random, 3, 11);
  Solver solver = GetParam().make();
  RecordingMonitor monitor;
  solver.on_step(monitor).on_evaluation(monitor).map(map);
  set(solver);
  solver.begin(problem);
  while (solver.step()) {
  }
  const ObservedRun stepped{solver.result(), monitor.steps(), monitor.evaluations()};
  EXPECT_TRUE(same(solved(rosenbrock), stepped));
}

using SingleDrivers = Drivers;  // members of an ensemble run ahead

TEST_P(SingleDrivers, StepEndsAfterOneGenerationEvenWhenAllIsRecalled) {
  const Problem problem = box_problem(rosenbrock);
  MemoryRecorder journal;
  observe(GetParam(), problem, [&](Solver& solver) {
    set(solver);
    solver.recorder(journal);
  });
  AdversarialMap map(Arrival::first_come, 2);
  Solver solver = GetParam().make();
  RecordingMonitor monitor;
  solver.on_step(monitor).recorder(journal).map(map);
  set(solver);
  solver.begin(problem);
  for (std::size_t calls = 1; solver.step(); ++calls) ASSERT_EQ(monitor.steps().size(), calls);
  EXPECT_EQ(map.computed(), 0);
}

template <class Function>
ObservedRun asked_and_told(Solver& solver, const Problem& problem, Function function) {
  RecordingMonitor monitor;
  solver.on_step(monitor).on_evaluation(monitor);
  solver.begin(problem);
  for (Points wanted = solver.ask(); wanted.cols() > 0; wanted = solver.ask()) {
    Vector costs(wanted.cols());
    for (Index j = 0; j < wanted.cols(); ++j) costs[j] = function(wanted.col(j));
    solver.tell(costs);
  }
  EXPECT_TRUE(solver.over());
  return {solver.result(), monitor.steps(), monitor.evaluations()};
}

TEST_P(Drivers, AskAndTellIsTheSameRun) {
  const Problem problem = box_problem(rosenbrock);
  Solver solver = GetParam().make();
  set(solver);
  EXPECT_TRUE(same(solved(rosenbrock), asked_and_told(solver, problem, rosenbrock)));
}

TEST_P(Drivers, ToldNaNIsAFailureLikeAnyOther) {
  const auto not_a_number_at_times = [](const VectorView& x) {
    return testing_support::bits_of(x) % 4 == 0 ? std::numeric_limits<double>::quiet_NaN()
                                                : rosenbrock(x);
  };
  const Problem problem = box_problem(not_a_number_at_times);
  Solver solver = GetParam().make();
  set(solver);
  const ObservedRun told = asked_and_told(solver, problem, not_a_number_at_times);
  EXPECT_GT(told.result.failed, 0);
  EXPECT_TRUE(same(solved(not_a_number_at_times), told));
}

TEST_P(Drivers, ASecondSolveBeginsAnew) {
  const Problem problem = box_problem(rosenbrock);
  Solver solver = GetParam().make();
  set(solver);
  const Result first = solver.solve(problem);
  EXPECT_TRUE(same(first, solver.solve(problem)));
}

INSTANTIATE_TEST_SUITE_P(Solvers, Drivers, testing::ValuesIn(testing_support::all_solvers()),
                         testing_support::name_of_case);
INSTANTIATE_TEST_SUITE_P(Composed, Drivers, testing::ValuesIn(testing_support::composed_solvers()),
                         testing_support::name_of_case);

INSTANTIATE_TEST_SUITE_P(Solvers, SingleDrivers, testing::ValuesIn(testing_support::single_solvers()),
                         testing_support::name_of_case);

}  // namespace
}  // namespace mystic
