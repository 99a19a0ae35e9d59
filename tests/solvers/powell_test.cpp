#include "mystic/solvers/powell.hpp"

#include "tests/support/trace.hpp"

#include "mystic/control/monitors.hpp"
#include "mystic/control/terminations.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"

#include <Eigen/QR>

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

using testing_support::Trace;
using testing_support::traced;

Limits evaluations(Index most) { return {.generations = {}, .evaluations = most, .seconds = {}}; }
Limits generations(Index most) { return {.generations = most, .evaluations = {}, .seconds = {}}; }

// x' A x / 2 with eigenvalues from 1 to `condition` in random directions; its minimum 0 at `centre`.
struct Quadratic {
  Quadratic(Index n, double condition, std::uint64_t seed) : matrix(n, n), centre(n) {
    Random random = stream(seed, SearchPath{});
    const Vector low = Vector::Constant(n, -1.0);
    Points directions(n, n);
    for (Index j = 0; j < n; ++j) directions.col(j) = uniform(random, low, -low);
    const Points q = Eigen::HouseholderQR<Points>(directions).householderQ();
    const Vector eigenvalues = Vector::LinSpaced(n, 1.0, condition);
    matrix = q * eigenvalues.asDiagonal() * q.transpose();
    centre = uniform(random, low, -low);
  }
  double operator()(const VectorView& x) const {
    const Vector from = x - centre;
    return 0.5 * from.dot(matrix * from);
  }
  Points matrix;
  Vector centre;
};

// With Powell's test for keeping a direction the n sweeps of his 1964 proof become a few more, but the
// directions do become conjugate: 2 n sweeps are enough. Searching along the axes alone leaves 5e-7 to
// 5e-2 of the cost at that point.
TEST(Powell, EndsAtAQuadraticsMinimumAfterTwiceNSweeps) {
  for (const Index n : {2, 3, 5, 8}) {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
      const Quadratic quadratic(n, 20.0, seed);
      Solver solver(powell({.line_tolerance = 1e-9}));
      const Result result =
          solver.start(Vector::Constant(n, 1.5)).limits(generations(2 * n)).solve(quadratic);
      const double at_start = quadratic(Vector::Constant(n, 1.5));
      EXPECT_LT(result.best.cost, 1e-12 * at_start) << n << " variables, seed " << seed;
    }
  }
}

TEST(Powell, IsNeverWorseAfterASweep) {
  for (const TestFunction& function : test_functions()) {
    if (!function.takes(2)) continue;
    RecordingMonitor monitor;
    Solver solver(powell());
    solver.start({1.9, -2.7}).limits(evaluations(400)).on_step(monitor).solve(function.function);
    for (std::size_t i = 1; i < monitor.steps().size(); ++i) {
      EXPECT_LE(monitor.steps()[i].best_cost, monitor.steps()[i - 1].best_cost) << function.name;
      EXPECT_EQ(monitor.steps()[i].best_cost, function.function(monitor.steps()[i].best))
          << function.name;
    }
  }
}

// First steps are a share of the bounds' width: metres or millimetres make no difference (a power of
// two, so that not even rounding does).
TEST(Powell, DoesNotDependOnTheUnitOfABoundedVariable) {
  const auto in_unit = [](double unit) {
    Trace trace;
    Solver solver(powell());
    solver.start(unit * Vector{{0.5, -1.0}})
        .bounds(unit * Vector::Constant(2, -3.0), unit * Vector::Constant(2, 5.0))
        .limits(evaluations(150))
        .solve(traced([unit](const VectorView& x) { return rosenbrock(x / unit); }, trace));
    return trace;
  };
  const Trace metres = in_unit(1.0);
  const Trace large = in_unit(1024.0);
  for (std::size_t i = 0; i < 150; ++i) EXPECT_EQ(large.points[i] / 1024.0, metres.points[i]) << i;
}

TEST(Powell, SolvesInOneVariable) {
  Solver solver(powell());
  solver.start({5.0}).terminate(normalised_change_over_generation(1e-12, 2)).limits(evaluations(2000));
  const Result result = solver.solve([](const VectorView& x) { return std::cosh(x[0] - 2.0); });
  EXPECT_EQ(result.stop.kind, StopKind::converged);
  EXPECT_NEAR(result.best.x[0], 2.0, 1e-6);
}

TEST(Powell, StaysAtTheMinimumItBeginsAt) {
  for (const Index n : {1, 2, 4}) {
    Solver solver(powell());
    solver.start(Vector::Zero(n))
        .terminate(normalised_change_over_generation())
        .limits(evaluations(10000));
    const Result result = solver.solve(sphere);
    EXPECT_EQ(result.stop.kind, StopKind::converged);
    EXPECT_EQ(result.best.cost, 0.0);
    EXPECT_EQ(result.best.x, Vector::Zero(n));
  }
}

TEST(Powell, WorksBesideAWallOfInfinity) {
  const auto walled = [](const VectorView& x) { return x[0] + x[1] < 0.5 ? infinity : sphere(x); };
  Solver solver(powell());
  solver.start({2.0, 3.0})
      .terminate(normalised_change_over_generation(1e-8, 3))
      .limits(evaluations(20000));
  const Result result = solver.solve(walled);
  EXPECT_EQ(result.stop.kind, StopKind::converged);
  EXPECT_LT(result.best.cost, 1.0);
  EXPECT_GE(result.best.cost, 0.125) << "the least there is, at (1/4, 1/4)";
}

TEST(Powell, EndsAtItsLimitWhereThereIsNoMinimum) {
  for (const Index n : {1, 3}) {
    Solver solver(powell());
    solver.start(Vector::Zero(n)).limits(evaluations(5000));
    const Result result = solver.solve([](const VectorView& x) { return x.sum(); });
    EXPECT_EQ(result.stop.kind, StopKind::evaluations);
    EXPECT_LT(result.best.cost, -1e100);
  }
}

TEST(Powell, FindsAMinimumOnTheBounds) {
  Solver solver(powell());
  solver.start({1.5, 1.5})
      .bounds(Vector::Constant(2, 1.0), Vector::Constant(2, 2.0))
      .terminate(normalised_change_over_generation(1e-8, 2))
      .limits(evaluations(20000));
  EXPECT_NEAR(solver.solve(sphere).best.cost, 2.0, 1e-6);
}

TEST(Powell, KeepsItsLineSearchesShortWhenToldTo) {
  RecordingMonitor monitor;
  Solver solver(powell({.line_tolerance = 1e-12, .line_iterations = 1}));
  solver.start({0.3, 0.4}).limits(generations(3)).on_step(monitor).solve(sphere);
  for (std::size_t i = 1; i < monitor.steps().size(); ++i) {
    // Two to bracket, a few more while it goes down, one of Brent's; along two or three lines.
    EXPECT_LE(monitor.steps()[i].evaluations - monitor.steps()[i - 1].evaluations, 3 * 6) << i;
  }
}

TEST(Powell, SolvesRosenbrockInUpToTenVariables) {
  for (const Index n : {2, 3, 5, 10}) {
    Solver solver(powell());
    solver.start(Vector::Constant(n, -1.2))
        .terminate(normalised_change_over_generation(1e-8, 3))
        .limits(evaluations(100000));
    const Result result = solver.solve(rosenbrock);
    EXPECT_EQ(result.stop.kind, StopKind::converged) << n;
    EXPECT_LT(std::min(result.best.cost, std::abs(result.best.cost - 3.986)), 1e-2) << n;
  }
}

TEST(Powell, NeedsAStartAndOptionsInRange) {
  Solver solver(powell());
  solver.bounds(Vector::Zero(2), Vector::Ones(2)).limits(evaluations(10));
  EXPECT_THROW(solver.solve(sphere), InvalidArgument);
  EXPECT_THROW(static_cast<void>(powell({.line_tolerance = 0.0})), InvalidOptions);
  EXPECT_THROW(static_cast<void>(powell({.line_iterations = 0})), InvalidOptions);
  EXPECT_THROW(static_cast<void>(powell({.first_step = std::nan("")})), InvalidOptions);
}

}  // namespace
}  // namespace mystic
