#include "mystic/solvers/nelder_mead.hpp"

#include "tests/support/trace.hpp"

#include "mystic/control/monitors.hpp"
#include "mystic/control/terminations.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

using testing_support::Trace;
using testing_support::traced;

constexpr Index no_limit = 100000;

Limits evaluations(Index most) { return {.generations = {}, .evaluations = most, .seconds = {}}; }

template <class Function>
Trace path_of(Function function, const Vector& start, Index most,
              const NelderMeadOptions& options = {}) {
  Trace trace;
  Solver solver(nelder_mead(options));
  solver.start(start).limits(evaluations(most)).solve(traced(function, trace));
  return trace;
}

TEST(NelderMeadSimplex, BeginsAFewPercentAlongEachCoordinate) {
  const Trace trace = path_of(sphere, Vector{{2.0, 0.0, -4.0}}, 4);
  EXPECT_EQ(trace.points[0], (Vector{{2.0, 0.0, -4.0}}));
  EXPECT_EQ(trace.points[1], (Vector{{2.0 * 1.05, 0.0, -4.0}}));
  EXPECT_EQ(trace.points[2], (Vector{{2.0, 0.1 * 0.05 * 0.05, -4.0}}))
      << "0 has no relative neighbourhood";
  EXPECT_EQ(trace.points[3], (Vector{{2.0, 0.0, -4.0 * 1.05}}));
}

// The original's own numbers for such a box.
TEST(NelderMeadSimplex, BeginsAFewPercentOfTheBoundsWidthInsideThem) {
  Trace trace;
  Solver solver(nelder_mead());
  solver.start({0.8, 0.0, -0.7}).bounds(Vector::Constant(3, -1.0), Vector{{1.0, 2.0, 1.0}});
  solver.limits(evaluations(4)).solve(traced(sphere, trace));
  EXPECT_DOUBLE_EQ(trace.points[1][0], 0.9);
  EXPECT_DOUBLE_EQ(trace.points[2][1], 0.15);
  EXPECT_DOUBLE_EQ(trace.points[3][2], -0.6);
}

TEST(NelderMeadSimplex, TurnsInwardsAtABound) {
  Trace trace;
  Solver solver(nelder_mead());
  solver.start({1.0, 5.0, 3.0})
      .bounds(Vector{{-1.0, -infinity, 3.0}}, Vector{{1.0, 5.0, 3.0}})
      .limits(evaluations(4))
      .solve(traced(sphere, trace));
  EXPECT_DOUBLE_EQ(trace.points[1][0], 0.9) << "a share of the width";
  EXPECT_DOUBLE_EQ(trace.points[2][1], 5.0 * 0.95) << "bounded on one side only";
  EXPECT_EQ(trace.points[3][2], 3.0) << "a fixed variable stays";
}

// What is proposed, before the problem's own mode sees it.
TEST(NelderMeadSimplex, LiesInsideTheBoundsWhateverItsRadiusIsAShareOf) {
  const Vector lower{{9.9, -10.0, 1.0, -1e-9, -infinity, 3.0}};
  const Vector upper{{10.0, -9.9, 1.0, 0.0, 5.0, infinity}};
  for (const std::string first_simplex : {"usual", "relative"}) {
    for (const bool at_upper : {false, true}) {
      Vector start = at_upper ? upper : lower;
      start[4] = 5.0;
      start[5] = 3.0;
      std::vector<Vector> proposed;
      Problem problem = make_problem(sphere, 6);
      problem.bounds(lower, upper).repair([&](MutableVectorView x) { proposed.emplace_back(x); });
      Solver solver(nelder_mead({.radius = 0.5, .first_simplex = first_simplex}));
      solver.start(start).limits({.generations = 1}).solve(problem);
      ASSERT_EQ(proposed.size(), 7U);
      for (const Vector& x : proposed) {
        EXPECT_TRUE((x.array() >= lower.array()).all() && (x.array() <= upper.array()).all())
            << first_simplex << ' ' << x.transpose();
      }
      for (std::size_t k = 1; k < 7; ++k) {
        const auto i = static_cast<Index>(k) - 1;
        EXPECT_EQ(proposed[k][i] != start[i], lower[i] < upper[i]) << first_simplex << ' ' << i;
      }
    }
  }
}

TEST(NelderMead, OnlyRanksCosts) {
  const Vector start{{-1.2, 1.0, 0.5}};
  const Trace plain = path_of(rosenbrock, start, 400);
  const auto monotone = [](const VectorView& x) { return std::cbrt(rosenbrock(x)) - 7.0; };
  EXPECT_EQ(path_of(monotone, start, 400).points, plain.points);
}

// Vertices are summed best first, so the order of the variables makes no difference, not even in
// rounding.
TEST(NelderMead, FollowsAPermutationOfTheVariables) {
  const auto bowl = [](const VectorView& x) {
    return (x[0] - 1) * (x[0] - 1) + 7 * (x[1] - 2) * (x[1] - 2) + 3 * std::abs(x[2] - x[0] * x[1]);
  };
  const auto permuted_bowl = [bowl](const VectorView& x) { return bowl(Vector{{x[2], x[0], x[1]}}); };
  for (const bool adaptive : {false, true}) {
    const Trace plain = path_of(bowl, Vector{{3.0, -1.0, 0.5}}, 300, {.adaptive = adaptive});
    const Trace permuted = path_of(permuted_bowl, Vector{{-1.0, 0.5, 3.0}}, 300, {.adaptive = adaptive});
    for (std::size_t i = 4; i < 300;
         ++i) {  // after the first simplex, whose vertices come in another order
      const Vector& x = permuted.points[i];
      ASSERT_EQ((Vector{{x[2], x[0], x[1]}}), plain.points[i]) << i;
    }
  }
}

TEST(NelderMead, FollowsAShiftOfTheBox) {
  const auto at = [](double shift) {
    Trace trace;
    Solver solver(nelder_mead());
    solver.start(Vector::Constant(2, shift - 0.75))
        .bounds(Vector::Constant(2, shift - 4.0), Vector::Constant(2, shift + 4.0))
        .limits(evaluations(60))
        .solve(traced([shift](const VectorView& x) { return rosenbrock(x.array() - shift); }, trace));
    return trace;
  };
  const Trace here = at(0.0);
  const Trace there = at(16.0);
  for (std::size_t i = 0; i < 60; ++i) {
    EXPECT_LT((there.points[i].array() - 16.0 - here.points[i].array()).abs().maxCoeff(), 1e-9) << i;
  }
}

TEST(NelderMead, MakesOneOrTwoEvaluationsAGenerationAndNPlusTwoWhenItShrinks) {
  RecordingMonitor monitor;
  Solver solver(nelder_mead());
  // Ripples make the simplex fail to contract now and then.
  const auto rippled = [](const VectorView& x) {
    return rastrigin(x) + 3.0 * std::abs(std::sin(40 * x[0] * x[1]));
  };
  solver.start({3.1, -2.2, 1.7}).limits(evaluations(600)).on_step(monitor).solve(rippled);
  int shrinks = 0;
  for (std::size_t i = 2; i < monitor.steps().size(); ++i) {
    const Index made = monitor.steps()[i].evaluations - monitor.steps()[i - 1].evaluations;
    EXPECT_TRUE(made == 1 || made == 2 || made == 3 + 2) << made;
    shrinks += made == 3 + 2 ? 1 : 0;
  }
  EXPECT_GT(shrinks, 0);
  EXPECT_EQ(monitor.steps()[0].evaluations, 1);
  EXPECT_EQ(monitor.steps()[1].evaluations, 4);
}

TEST(NelderMead, NeverLosesItsBest) {
  for (const TestFunction& function : test_functions()) {
    if (!function.takes(2)) continue;
    RecordingMonitor monitor;
    Solver solver(nelder_mead());
    solver.start({1.9, -2.7}).limits(evaluations(300)).on_step(monitor).solve(function.function);
    for (std::size_t i = 1; i < monitor.steps().size(); ++i) {
      EXPECT_LE(monitor.steps()[i].best_cost, monitor.steps()[i - 1].best_cost) << function.name;
      EXPECT_EQ(monitor.steps()[i].best_cost, function.function(monitor.steps()[i].best))
          << function.name;
    }
  }
}

TEST(NelderMead, SolvesInOneVariable) {
  for (const bool adaptive : {false, true}) {
    Solver solver(nelder_mead({.adaptive = adaptive}));
    solver.start({5.0})
        .terminate(candidate_relative_tolerance(1e-8, 1e-14))
        .limits(evaluations(no_limit));
    const Result result = solver.solve([](const VectorView& x) { return std::cosh(x[0] - 2.0); });
    EXPECT_EQ(result.stop.kind, StopKind::converged) << adaptive;
    EXPECT_NEAR(result.best.x[0], 2.0, 1e-6) << adaptive;
  }
}

TEST(NelderMead, SolvesRosenbrockInUpToTenVariables) {
  for (const Index n : {2, 3, 5, 8, 10}) {
    Solver solver(nelder_mead({.adaptive = n > 5}));
    solver.start(Vector::Constant(n, 0.5))
        .terminate(candidate_relative_tolerance(1e-7, 1e-12))
        .limits(evaluations(no_limit));
    const Result result = solver.solve(rosenbrock);
    EXPECT_EQ(result.stop.kind, StopKind::converged) << n;
    EXPECT_LT(result.best.cost, 1e-9) << n;
  }
}

TEST(NelderMead, FindsAMinimumOnTheBounds) {
  Solver solver(nelder_mead());
  solver.start({1.5, 1.5})
      .bounds(Vector::Constant(2, 1.0), Vector::Constant(2, 2.0))
      .terminate(candidate_relative_tolerance(1e-7, 1e-9))
      .limits(evaluations(no_limit));
  const Result result = solver.solve(sphere);
  EXPECT_NEAR(result.best.cost, 2.0, 1e-3);
}

TEST(NelderMead, NeedsAStartAndOptionsInRange) {
  Solver solver(nelder_mead());
  solver.bounds(Vector::Zero(2), Vector::Ones(2)).limits(evaluations(10));
  EXPECT_THROW(solver.solve(sphere), InvalidArgument);
  for (const double radius : {0.0, -0.1, 0.6, std::nan("")}) {
    EXPECT_THROW(static_cast<void>(nelder_mead({.radius = radius})), InvalidOptions) << radius;
  }
}

}  // namespace
}  // namespace mystic
