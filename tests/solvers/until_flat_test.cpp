#include "mystic/solvers/until_flat.hpp"

#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/nelder_mead.hpp"
#include "mystic/solvers/powell.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

Result run(const Algorithm& algorithm, const FlatnessOptions& options, double (*cost)(const VectorView&),
           std::initializer_list<double> start) {
  Solver solver(until_flat(algorithm, options));
  return solver.start(start).limits({.evaluations = 20000}).solve(cost);
}

Vector slope_of_rosenbrock(const Vector& x) {
  return Vector{
      {-400.0 * x[0] * (x[1] - x[0] * x[0]) - 2.0 * (1.0 - x[0]), 200.0 * (x[1] - x[0] * x[0])}};
}

TEST(UntilFlat, EndsWhereTheGradientIsSmall) {
  for (const double tolerance : {1e-1, 1e-3, 1e-5}) {
    const Result result = run(nelder_mead(), {.tolerance = tolerance}, rosenbrock, {-1.2, 1.0});
    EXPECT_EQ(result.stop.kind, StopKind::ended);
    EXPECT_NE(result.stop.reason.find("norm of the gradient"), std::string::npos) << result.stop.reason;
    EXPECT_LE(slope_of_rosenbrock(result.best.x).lpNorm<Eigen::Infinity>(), 2.0 * tolerance);
  }
}

TEST(UntilFlat, CountsItsOwnEvaluations) {
  // Nelder-Mead's generation 0 is 1 evaluation, generation 1 is 2 more; 4 for each look.
  Solver solver(until_flat(nelder_mead(), {.tolerance = 1e-9}));
  const Result result = solver.start({3.0, 4.0}).limits({.generations = 2}).solve(sphere);
  Solver bare(nelder_mead());
  const Result alone = bare.start({3.0, 4.0}).limits({.generations = 2}).solve(sphere);
  EXPECT_EQ(result.evaluations, alone.evaluations + 2 * 4);
}

TEST(UntilFlat, GoesTheSameWayAsTheSearchAlone) {
  Solver with(until_flat(powell(), {.tolerance = 0.0, .every = 2}));
  Solver without{powell()};
  const Result a = with.start({-1.2, 1.0}).limits({.generations = 8}).solve(rosenbrock);
  const Result b = without.start({-1.2, 1.0}).limits({.generations = 8}).solve(rosenbrock);
  EXPECT_EQ(a.generations, b.generations);
  EXPECT_LE(a.best.cost, b.best.cost);
}

TEST(UntilFlat, TakesASlopeOutOfTheBoxForFlat) {
  Solver solver(until_flat(nelder_mead(), {.tolerance = 1e-6}));
  const auto falls = [](const VectorView& x) { return -x[0] + x[1] * x[1]; };
  const Result result =
      solver.start({0.5, 0.3})
          .bounds(Vector::Constant(2, -1.0), Vector::Constant(2, 1.0), BoundsMode::clip)
          .limits({.evaluations = 5000})
          .solve(falls);
  EXPECT_EQ(result.stop.kind, StopKind::ended) << result.stop.reason;
  EXPECT_EQ(result.best.x[0], 1.0);
}

TEST(UntilFlat, KnowsThreeNorms) {
  // On a quadratic bowl the looks see exact gradients 2 x: the norms order the ends.
  for (const std::string norm : {"max", "euclidean", "sum"}) {
    const Result result = run(nelder_mead(), {.tolerance = 0.5, .norm = norm}, sphere, {3.0, 4.0, 5.0});
    EXPECT_EQ(result.stop.reason.rfind("the " + norm + " norm", 0), 0U) << result.stop.reason;
  }
  EXPECT_THROW(static_cast<void>(until_flat(powell(), {.norm = "other"})), InvalidOptions);
}

}  // namespace
}  // namespace mystic
