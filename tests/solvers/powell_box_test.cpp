// Powell's lines that end at the bounds, and its directions that start over.

#include "mystic/solvers/powell.hpp"

#include "tests/support/trace.hpp"

#include "mystic/control/terminations.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"

#include "solvers/directions.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

using testing_support::Trace;
using testing_support::traced;

Limits evaluations(Index most) { return {.generations = {}, .evaluations = most, .seconds = {}}; }

struct BoxRun {
  std::vector<Vector> proposed;  // before the problem's own mode sees them
  Result result;
};

template <class Function>
BoxRun solve_inside(Function function, const Vector& start, const Vector& lower, const Vector& upper) {
  BoxRun run;
  Problem problem = make_problem(function, start.size());
  problem.bounds(lower, upper).bounds_mode(BoundsMode::clip).repair([&run](MutableVectorView x) {
    run.proposed.emplace_back(x);
  });
  Solver solver(powell({.stay_inside = true}));
  run.result = solver.start(start)
                   .terminate(normalised_change_over_generation(1e-12, 2))
                   .limits(evaluations(4000))
                   .solve(problem);
  return run;
}

void expect_inside(const BoxRun& run, const Vector& lower, const Vector& upper) {
  ASSERT_EQ(static_cast<Index>(run.proposed.size()), run.result.evaluations);
  for (const Vector& x : run.proposed) {
    EXPECT_TRUE((x.array() >= lower.array()).all() && (x.array() <= upper.array()).all())
        << x.transpose();
  }
}

TEST(PowellInside, ProposesNoPointOutsideTheBounds) {
  const Vector lower{{-1.1, -0.3, 0.7}};
  const Vector upper{{0.9, 2.0, 4.1}};
  for (const TestFunction& function : test_functions()) {
    if (!function.takes(3)) continue;
    for (const double share : {0.0, 0.3, 1.0}) {
      const BoxRun run = solve_inside(function.function, lower + share * (upper - lower), lower, upper);
      EXPECT_GT(run.proposed.size(), 20U) << function.name;
      expect_inside(run, lower, upper);
    }
  }
}

TEST(PowellInside, FindsMinimaOnTheBoundsFromEverywhere) {
  const Vector lower = Vector::Constant(2, 1.0);
  const Vector upper = Vector::Constant(2, 2.0);
  for (const double x : {1.0, 1.3, 2.0}) {
    for (const double y : {1.0, 1.9, 2.0}) {
      const BoxRun corner = solve_inside(sphere, Vector{{x, y}}, lower, upper);
      EXPECT_EQ(corner.result.stop.kind, StopKind::converged);
      EXPECT_EQ(corner.result.best.x, lower) << x << y << ": the corner itself";
      const auto plane = [](const VectorView& at) { return at[1] - 3.0 * at[0]; };
      EXPECT_EQ(solve_inside(plane, Vector{{x, y}}, lower, upper).result.best.x, (Vector{{2.0, 1.0}}));
      // Half on a bound: least at x = 1.5 where y = 1.
      const auto valley = [](const VectorView& at) { return std::pow(at[0] - 1.5, 2) + at[1]; };
      const BoxRun side = solve_inside(valley, Vector{{x, y}}, lower, upper);
      EXPECT_NEAR(side.result.best.x[0], 1.5, 1e-5);
      EXPECT_EQ(side.result.best.x[1], 1.0);
    }
  }
}

TEST(PowellInside, WorksWithOneBoundAndWithAFixedVariable) {
  const Vector lower{{1.0, -infinity, 0.5}};
  const Vector upper{{infinity, 5.0, 0.5}};
  const BoxRun run = solve_inside(sphere, Vector{{4.0, 3.0, 0.5}}, lower, upper);
  expect_inside(run, lower, upper);
  EXPECT_NEAR(run.result.best.cost, 1.25, 1e-9);
}

TEST(PowellInside, IsTheSamePathWhereTheBoundsAreFar) {
  const auto path = [](bool stay_inside) {
    Trace trace;
    Solver solver(powell({.first_step = 1e-4, .stay_inside = stay_inside}));
    solver.start({-1.2, 1.0})
        .bounds(Vector::Constant(2, -5000.0), Vector::Constant(2, 5000.0))
        .limits(evaluations(300))
        .solve(traced(rosenbrock, trace));
    return trace.points;
  };
  EXPECT_EQ(path(true), path(false));
}

Start start_in(Index n) {
  return {Vector::Zero(n), Vector::Constant(n, -5.0), Vector::Constant(n, 5.0), Random()};
}

TEST(PowellDirections, StartOverEverySoManySweeps) {
  DirectionSet directions(start_in(2), {.first_step = 0.1, .reset_every = 2});
  directions.begin_sweep();
  directions.replace(0, Vector{{3.0, 4.0}});
  EXPECT_EQ(Vector(directions[0]), (Vector{{0.0, 1.0}})) << "the last takes the place";
  EXPECT_EQ(Vector(directions[1]), (Vector{{3.0, 4.0}}));
  directions.begin_sweep();
  EXPECT_EQ(Vector(directions[1]), (Vector{{3.0, 4.0}}));
  directions.begin_sweep();
  EXPECT_EQ(Vector(directions[0]), (Vector{{1.0, 0.0}}));
  EXPECT_EQ(Vector(directions[1]), (Vector{{0.0, 1.0}}));
}

// |det| of unit columns in two dimensions is the sine of the angle between them.
TEST(PowellDirections, StartOverWhenTheyAreNearlyDependent) {
  for (const double angle : {0.5, 0.02}) {
    DirectionSet directions(start_in(2), {.reset_below = 0.1});
    directions.replace(0, 7.0 * Vector{{std::sin(angle), std::cos(angle)}});
    EXPECT_NEAR(directions.independence(), angle > 0.1 ? std::sin(angle) : 1.0, 1e-14);
  }
  DirectionSet never(start_in(2), {});
  never.replace(0, Vector{{0.0, 1.0}});
  EXPECT_EQ(never.independence(), 0.0) << "twice the same";
}

TEST(PowellDirections, AreMeasuredInFirstSteps) {
  const Start wide{Vector::Zero(2), Vector{{-5.0, -5e6}}, Vector{{5.0, 5e6}}, Random()};
  DirectionSet directions(wide, {});
  directions.replace(0, Vector{{1.0, 1e6}});
  EXPECT_NEAR(directions.independence(), std::sqrt(0.5), 1e-12) << "45 degrees in those units";
}

TEST(PowellDirections, AxesAfterEverySweepAndAtOnceAreTheSameSearch) {
  const auto path = [](const PowellOptions& options) {
    Trace trace;
    Solver solver(powell(options));
    solver.start({-1.2, 1.0, 0.5}).limits(evaluations(300)).solve(traced(rosenbrock, trace));
    return trace.points;
  };
  const auto axes = path({.reset_every = 1});
  EXPECT_EQ(path({.reset_below = 1.0}), axes);
  EXPECT_NE(path({}), axes);
  EXPECT_EQ(path({.reset_every = 1000, .reset_below = 1e-12}), path({})) << "never due";
}

}  // namespace
}  // namespace mystic
