// Nelder-Mead's first simplex by the initial points or another rule, and its oriented restarts.

#include "mystic/solvers/nelder_mead.hpp"

#include "tests/support/trace.hpp"

#include "mystic/control/monitors.hpp"
#include "mystic/control/terminations.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"

#include "solvers/oriented_restart.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

using testing_support::Trace;
using testing_support::traced;

Limits evaluations(Index most) { return {.generations = {}, .evaluations = most, .seconds = {}}; }

// McKinnon (1998), doi:10.1137/S1052623496303482, (1.1) with tau = 2, theta = 6, phi = 60: strictly
// convex, with continuous first derivatives, its minimum -1/4 at (0, -1/2).
double mckinnon(const VectorView& x) {
  const double across = x[0] <= 0.0 ? 360.0 * x[0] * x[0] : 6.0 * x[0] * x[0];
  return across + x[1] + x[1] * x[1];
}

// His simplex, from which every step is an inside contraction.
Points mckinnon_simplex() {
  const double plus = (1.0 + std::sqrt(33.0)) / 8.0;
  const double minus = (1.0 - std::sqrt(33.0)) / 8.0;
  return Points{{0.0, plus, 1.0}, {0.0, minus, 1.0}};
}

Result solve_mckinnon(const NelderMeadOptions& options, double unit_of_y = 1.0) {
  Points simplex = mckinnon_simplex();
  simplex.row(1) *= unit_of_y;
  Solver solver(nelder_mead(options));
  return solver.start(InitialPoints::given(simplex))
      .terminate(candidate_relative_tolerance(1e-10, 1e-12))
      .limits(evaluations(3000))
      .solve([unit_of_y](const VectorView& x) { return mckinnon(Vector{{x[0], x[1] / unit_of_y}}); });
}

TEST(NelderMeadRestarts, WithoutThemMcKinnonsSimplexEndsWhereNothingIsStationary) {
  const Result result = solve_mckinnon({});
  EXPECT_EQ(result.stop.kind, StopKind::converged);
  EXPECT_LT(result.best.x.norm(), 1e-9) << "the origin, where the slope is 1";
  EXPECT_EQ(result.best.cost, 0.0);
}

TEST(NelderMeadRestarts, FindMcKinnonsMinimum) {
  const Result result = solve_mckinnon({.restarts = 3});
  EXPECT_EQ(result.stop.kind, StopKind::converged);
  EXPECT_NEAR(result.best.cost, -0.25, 1e-9);
  EXPECT_NEAR(result.best.x[0], 0.0, 1e-5);
  EXPECT_NEAR(result.best.x[1], -0.5, 1e-4);
}

TEST(NelderMeadRestarts, FindItByTheTestOfDecreaseAlone) {
  EXPECT_NEAR(solve_mckinnon({.restarts = 3, .degenerate_below = 0.0}).best.cost, -0.25, 1e-9);
}

// Lengths are measured in the first simplex: powers of two, so that not even rounding differs.
TEST(NelderMeadRestarts, DoNotDependOnTheUnitsOfTheVariables) {
  const Result metres = solve_mckinnon({.restarts = 3});
  for (const double unit : {0x1p-10, 0x1p10}) {
    Points simplex = mckinnon_simplex();
    simplex.row(1) *= unit;
    Solver solver(nelder_mead({.restarts = 3}));
    const Result other =
        solver.start(InitialPoints::given(simplex))
            .limits(evaluations(100))
            .solve([unit](const VectorView& x) { return mckinnon(Vector{{x[0], x[1] / unit}}); });
    Solver again(nelder_mead({.restarts = 3}));
    const Result here =
        again.start(InitialPoints::given(mckinnon_simplex())).limits(evaluations(100)).solve(mckinnon);
    EXPECT_EQ(other.best.cost, here.best.cost) << unit;
    EXPECT_EQ(other.best.x[1] / unit, here.best.x[1]) << unit;
  }
  EXPECT_LT(metres.best.cost, -0.2);
}

TEST(NelderMeadRestarts, TakeNEvaluationsEachAndNoMoreThanAreAllowed) {
  for (const Index allowed : {0, 1, 4}) {
    RecordingMonitor monitor;
    Solver solver(nelder_mead({.restarts = allowed, .degenerate_below = 0.9}));
    solver.start({1.9, -2.7, 0.3}).limits(evaluations(400)).on_step(monitor).solve(rosenbrock);
    Index restarts = 0;
    for (std::size_t i = 2; i < monitor.steps().size(); ++i) {
      const Index made = monitor.steps()[i].evaluations - monitor.steps()[i - 1].evaluations;
      EXPECT_TRUE(made == 1 || made == 2 || made == 3 || made == 5) << made;
      restarts += made == 3 ? 1 : 0;
    }
    EXPECT_EQ(restarts, allowed);
  }
}

TEST(NelderMeadRestarts, ThatAreNeverDueChangeNothing) {
  const auto path = [](Index restarts) {
    Trace trace;
    Solver solver(nelder_mead({.restarts = restarts}));
    solver.start({0.8, 1.2, 0.7}).limits(evaluations(150)).solve(traced(rosenbrock, trace));
    return trace.points;
  };
  EXPECT_EQ(path(5), path(0)) << "on this function the simplex neither stagnates nor degenerates";
}

TEST(NelderMeadRestarts, StayWithinTheBoundsAndSurviveThem) {
  Trace trace;
  Solver solver(nelder_mead({.restarts = 5, .degenerate_below = 1e-2}));
  const Result result =
      solver.start({1.9, 1.0, 1.5})
          .bounds(Vector{{1.0, 1.0, -1.0}}, Vector{{2.0, 1.0, 2.0}}, BoundsMode::reject)
          .terminate(candidate_relative_tolerance(1e-8, 1e-8))
          .limits(evaluations(5000))
          .solve(traced(sphere, trace));
  EXPECT_NEAR(result.best.cost, 2.0, 1e-3) << "with a fixed variable, and at a bound";
  EXPECT_EQ(result.stop.kind, StopKind::converged);
}

// f = b'x: the simplex gradient is b, whatever the simplex, so new vertices lie downhill.
TEST(OrientedRestart, PutsNewVerticesDownhillAlongTheCoordinates) {
  const Vector slope{{3.0, -2.0}};
  const Points vertices{{1.0, 2.0, 1.5}, {4.0, 4.25, 6.0}};
  Simplex simplex(vertices);
  const Vector costs = vertices.transpose() * slope;
  std::vector<Index> columns{1, 2};
  simplex.set_first_cost(costs[0]);
  simplex.set_costs(costs.tail(2), columns);
  const Start start{Vector(), Vector::Constant(2, -infinity), Vector::Constant(2, infinity), Random()};
  OrientedRestart restart(start, vertices, {.restarts = 1, .degenerate_below = 0.0});
  EXPECT_FALSE(restart.is_due(simplex)) << "the first simplex has nothing to be compared with";
  Points placed(2, 2);
  restart.place(simplex, placed);
  const Vector best = simplex.best();
  EXPECT_LT(placed(0, 0), best[0]) << "the cost rises with x";
  EXPECT_EQ(placed(1, 0), best[1]);
  EXPECT_EQ(placed(0, 1), best[0]);
  EXPECT_GT(placed(1, 1), best[1]) << "and falls with y";
  // Half of the shortest edge, in the extents 1 and 2 of the simplex: the edges from (1.5, 6) to the
  // others are (0.5, 1) and (0.5, 0.875) long.
  const double half = 0.5 * std::hypot(0.5, 0.875);
  EXPECT_NEAR(best[0] - placed(0, 0), half * 1.0, 1e-15);
  EXPECT_NEAR(placed(1, 1) - best[1], half * 2.0, 1e-15);
  EXPECT_FALSE(restart.is_left());
}

TEST(NelderMeadFirstSimplex, IsTheInitialPointsWhenThereAreOneMoreThanVariables) {
  const Points points{{1.0, 2.0, 1.5}, {4.0, 4.25, 6.0}};
  Trace trace;
  Solver solver(nelder_mead());
  solver.start(InitialPoints::given(points)).limits(evaluations(3)).solve(traced(sphere, trace));
  for (std::size_t j = 0; j < 3; ++j) EXPECT_EQ(trace.points[j], points.col(static_cast<Index>(j)));
}

TEST(NelderMeadFirstSimplex, RefusesOtherNumbersOfPointsAndPointsWithoutVolume) {
  const auto solve = [](const Points& points) {
    Solver solver(nelder_mead());
    static_cast<void>(solver.start(InitialPoints::given(points)).limits(evaluations(10)).solve(sphere));
  };
  EXPECT_NO_THROW(solve(Points{{1.0}, {2.0}}));
  EXPECT_THROW(solve(Points{{1.0, 2.0}, {2.0, 3.0}}), InvalidArgument);
  EXPECT_THROW(solve(Points::Random(2, 4)), InvalidArgument);
  EXPECT_THROW(solve(Points{{0.0, 1.0, 2.0}, {0.0, 1e6, 2e6}}), InvalidArgument) << "on a line";
  EXPECT_NO_THROW(solve(Points{{0.0, 1.0, 0.0}, {0.0, 0.0, 1e-9}})) << "thin only by its units";
}

TEST(NelderMeadFirstSimplex, IsRelativeToTheCoordinatesOrTheWidthAsTold) {
  const auto third = [](const char* rule) {
    Trace trace;
    Solver solver(nelder_mead({.radius = 0.1, .first_simplex = rule}));
    solver.start({0.5, 1.0})
        .bounds(Vector{{0.0, -4.0}}, Vector{{1.0, 4.0}})
        .limits(evaluations(3))
        .solve(traced(sphere, trace));
    return trace.points.at(2)[1];
  };
  EXPECT_DOUBLE_EQ(third("usual"), 1.8);
  EXPECT_DOUBLE_EQ(third("width"), 1.8);
  EXPECT_DOUBLE_EQ(third("relative"), 1.1);
  Solver solver(nelder_mead({.first_simplex = "width"}));
  solver.start({0.5, 1.0}).bounds(Vector{{0.0, -infinity}}, Vector{{1.0, 4.0}}).limits(evaluations(3));
  EXPECT_THROW(solver.solve(sphere), InvalidArgument);
  EXPECT_THROW(static_cast<void>(nelder_mead({.first_simplex = "regular"})), InvalidOptions);
}

}  // namespace
}  // namespace mystic
