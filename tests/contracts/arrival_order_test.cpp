// Promise 1: the order in which outcomes arrive decides nothing.

#include "tests/support/adversarial_map.hpp"
#include "tests/support/faulty.hpp"
#include "tests/support/solver_cases.hpp"

#include "mystic/control/terminations.hpp"
#include "mystic/models/functions.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

using testing_support::AdversarialMap;
using testing_support::Arrival;
using testing_support::box_problem;
using testing_support::FaultyRosenbrock;
using testing_support::observe;
using testing_support::ObservedRun;
using testing_support::SolverCase;

class ArrivalOrder : public testing::TestWithParam<SolverCase> {};

struct Disorder {
  Arrival arrival;
  Index workers;
  std::uint64_t seed;
};

const std::vector<Disorder> disorders = {
    {Arrival::first_come, 1, 1}, {Arrival::first_come, 4, 1},     {Arrival::last_come, 3, 1},
    {Arrival::random, 2, 7},     {Arrival::oldest_starved, 6, 1}, {Arrival::random, 20, 8},
};

void expect_the_same_in_any_order(const SolverCase& by, const Problem& problem,
                                  const std::function<void(Solver&)>& set) {
  const ObservedRun in_place = observe(by, problem, set);
  EXPECT_EQ(in_place.result.evaluations, static_cast<Index>(in_place.evaluations.size()));
  for (const Disorder& disorder : disorders) {
    AdversarialMap map(disorder.arrival, disorder.workers, disorder.seed);
    const ObservedRun disordered = observe(by, problem, [&](Solver& solver) {
      set(solver);
      solver.map(map);
    });
    EXPECT_TRUE(same(in_place, disordered))
        << by.name << ", arrival " << static_cast<int>(disorder.arrival) << ", " << disorder.workers
        << " workers";
    EXPECT_FALSE(map.is_open());
    EXPECT_LE(map.most_under_way(), std::max<Index>(1, 2 * disorder.workers));
    EXPECT_EQ(disordered.result.evaluations + disordered.result.run.speculative, map.computed());
  }
}

TEST_P(ArrivalOrder, IsOfNoConsequenceWhereverEvaluationsRunOut) {
  const Problem problem = box_problem(rosenbrock);
  for (const Index most :
       {1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 14, 15, 16, 20, 29, 35, 36, 41, 70, 119, 250}) {
    expect_the_same_in_any_order(GetParam(), problem, [&](Solver& solver) {
      solver.limits({.generations = {}, .evaluations = most, .seconds = {}});
    });
  }
}

TEST_P(ArrivalOrder, IsOfNoConsequenceWhenEvaluationsFail) {
  const Problem problem = box_problem(FaultyRosenbrock(4));
  for (const double share : {0.1, 0.2, 0.3, 1.0}) {
    for (const Index after : {1, 3, 20, 40}) {
      expect_the_same_in_any_order(GetParam(), problem, [&](Solver& solver) {
        FailurePolicy policy;
        policy.abort_above = share;
        policy.abort_after = after;
        solver.policy(policy).limits({.generations = {}, .evaluations = 150, .seconds = {}});
      });
    }
  }
}

TEST_P(ArrivalOrder, IsOfNoConsequenceToTerminations) {
  const Problem problem = box_problem(rosenbrock);
  for (const double target : {1.0, 1e-2, 1e-4}) {
    expect_the_same_in_any_order(GetParam(), problem, [&](Solver& solver) {
      const auto condition = any_of({value_to_reach(0.0, target), change_over_generation(1e-3, 12)});
      solver.terminate(condition).members({.termination = change_over_generation(1e-2, 4)});
    });
  }
}

TEST_P(ArrivalOrder, IsOfNoConsequenceToLimitsOfGenerations) {
  const Problem problem = box_problem(rosenbrock);
  for (const Index most : {0, 1, 2, 5}) {
    expect_the_same_in_any_order(GetParam(), problem, [&](Solver& solver) {
      solver.limits({.generations = most, .evaluations = {}, .seconds = {}});
    });
    expect_the_same_in_any_order(GetParam(), problem, [&](Solver& solver) {
      solver.members({.termination = {}, .generations = most, .evaluations = 20 * (most + 1)})
          .limits({.generations = 3 * (most + 1), .evaluations = {}, .seconds = {}});
    });
  }
}

// How many shares a batch is cut into depends on the workers; which points fail, and the limits, must
// not.
TEST_P(ArrivalOrder, IsOfNoConsequenceToBatchesOfWhichAPointFails) {
  const auto all_or_nothing = [](const PointsView& points) -> Vector {
    Vector costs(points.cols());
    for (Index j = 0; j < points.cols(); ++j) costs[j] = FaultyRosenbrock(5)(points.col(j));
    return costs;
  };
  const Problem problem = box_problem(make_batch_model(all_or_nothing));
  for (const Index most : {5, 17, 33, 90}) {
    expect_the_same_in_any_order(GetParam(), problem, [&](Solver& solver) {
      solver.limits({.generations = {}, .evaluations = most, .seconds = {}});
    });
  }
}

TEST_P(ArrivalOrder, IsOfNoConsequenceToRepairsRedrawsAndWholeNumbers) {
  for (const BoundsMode mode : {BoundsMode::reject, BoundsMode::clip, BoundsMode::redraw}) {
    std::vector<Variable> variables = unnamed_variables(3);
    if (!GetParam().real_only) variables[1].type = VariableType::integer;
    Problem problem(variables, make_model(rosenbrock));
    problem.bounds(Vector::Constant(3, -2.0), Vector::Constant(3, 2.0)).bounds_mode(mode);
    problem.repair([](MutableVectorView x) { x[2] = std::abs(x[2]); });
    problem.penalty([](const VectorView& x) { return x[0] > 1.0 ? x[0] - 1.0 : 0.0; });
    expect_the_same_in_any_order(GetParam(), problem, [&](Solver& solver) {
      solver.limits({.generations = {}, .evaluations = 130, .seconds = {}});
    });
  }
}

// "As soon as it begins": no evaluation is made.
TEST_P(ArrivalOrder, MeetsWholeNumbersOrARefusalOfThem) {
  std::vector<Variable> variables = unnamed_variables(3);
  variables[1].type = VariableType::integer;
  bool called = false;
  Problem problem(variables, make_model([&](const VectorView& x) {
                    called = true;
                    return rosenbrock(x);
                  }));
  problem.bounds(Vector::Constant(3, -2.0), Vector::Constant(3, 2.0));
  Solver solver = GetParam().make();
  solver.limits({.evaluations = 20});
  if (GetParam().real_only) {
    EXPECT_THROW(solver.solve(problem), InvalidArgument);
  } else {
    EXPECT_NO_THROW(solver.solve(problem));
  }
  EXPECT_EQ(called, !GetParam().real_only);
}

INSTANTIATE_TEST_SUITE_P(Solvers, ArrivalOrder, testing::ValuesIn(testing_support::all_solvers()),
                         testing_support::name_of_case);
INSTANTIATE_TEST_SUITE_P(Composed, ArrivalOrder, testing::ValuesIn(testing_support::composed_solvers()),
                         testing_support::name_of_case);

}  // namespace
}  // namespace mystic
