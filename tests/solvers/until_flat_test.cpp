#include "mystic/solvers/until_flat.hpp"

#include "mystic/control/monitors.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/ensembles/buckshot.hpp"
#include "mystic/ensembles/nested.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/collapsing.hpp"
#include "mystic/solvers/differential_evolution.hpp"
#include "mystic/solvers/nelder_mead.hpp"
#include "mystic/solvers/powell.hpp"

#include <gtest/gtest.h>

#include <cmath>

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
  const auto steps = [](const Algorithm& algorithm) {
    RecordingMonitor monitor;
    Solver solver(algorithm);
    solver.start({-1.2, 1.0}).bounds(Vector::Constant(2, -2.0), Vector::Constant(2, 2.0)).seed(3);
    solver.limits({.generations = 8}).on_step(monitor).solve(rosenbrock);
    return monitor.steps();
  };
  for (const Algorithm& algorithm : {powell(), nelder_mead(), differential_evolution()}) {
    const auto with = steps(until_flat(algorithm, {.tolerance = 0.0, .every = 2}));
    const auto alone = steps(algorithm);
    ASSERT_EQ(with.size(), 9U) << algorithm.name;
    ASSERT_EQ(alone.size(), 9U) << algorithm.name;
    for (std::size_t i = 0; i < 9; ++i) {
      EXPECT_EQ(with[i].best, alone[i].best) << algorithm.name << ' ' << i;
      EXPECT_EQ(with[i].best_cost, alone[i].best_cost) << algorithm.name << ' ' << i;
      // A look at 4 points after every second step; generation 0 is the first.
      EXPECT_EQ(with[i].evaluations, alone[i].evaluations + 4 * static_cast<Index>(i / 2))
          << algorithm.name << ' ' << i;
    }
  }
}

// A limit of evaluations within counts none that were rejected: so it must be told which were.
TEST(UntilFlat, TellsTheSearchWithinWhichPointsWereRejected) {
  const Algorithm inner =
      as_search(buckshot(nelder_mead(), {.starts = 3}), {.termination = {}, .evaluations = 40});
  const auto run = [](const Algorithm& algorithm, Index& rejected) {
    Index proposed = 0;
    Problem problem = make_problem([](const VectorView& x) { return x.sum(); }, 2);
    problem.bounds(Vector::Zero(2), Vector::Ones(2)).repair([&](MutableVectorView) { ++proposed; });
    Solver solver(algorithm);
    const Result result = solver.limits({.evaluations = 1000}).solve(problem);
    rejected = proposed - result.evaluations;
    return result.evaluations;
  };
  Index rejected = 0;
  EXPECT_EQ(run(inner, rejected), 3 * 40);
  EXPECT_GT(rejected, 0);
  EXPECT_EQ(run(until_flat(inner, {.every = 1000}), rejected), 3 * 40);
  EXPECT_EQ(run(collapsing(inner, {.window = 1000}), rejected), 3 * 40);
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

// Halves its point in each step.
Search halving(Start start) {
  Vector x = start.x;
  for (;;) {
    const double cost = co_await evaluate(x);
    co_await step_done(x, cost);
    x *= 0.5;
  }
}

// At (t, t, t) the gradient of the sphere is 2 t along each axis: its norms are 2 t, 2 sqrt(3) t and 6
// t.
TEST(UntilFlat, KnowsThreeNorms) {
  const Algorithm inner{"halving", [](Start start) { return halving(std::move(start)); }};
  const std::vector<std::pair<std::string, double>> ends{
      {"max", 0.5}, {"euclidean", 0.25}, {"sum", 0.125}};
  for (const auto& [norm, end] : ends) {
    const Result result = run(inner, {.tolerance = 1.0 + 1e-6, .norm = norm}, sphere, {1.0, 1.0, 1.0});
    EXPECT_EQ(result.generations, static_cast<Index>(-std::log2(end))) << norm;
    EXPECT_EQ(result.stop.reason.find("the " + norm + " norm of the gradient"), 0U)
        << result.stop.reason;
  }
  EXPECT_THROW(static_cast<void>(until_flat(powell(), {.norm = "other"})), InvalidOptions);
}

// Where x is rounded, the nearest neighbours cost the same: at generation 0, far from the bottom.
TEST(UntilFlat, RefusesVariablesThatAreRounded) {
  const auto message = [](const Algorithm& algorithm, const Variable& second) {
    std::vector<Variable> variables{{.name = "width", .lower = -9.0, .upper = 9.0}, second};
    const Problem problem(variables, make_model(sphere));
    Solver solver(algorithm);
    try {
      solver.start({2.0, 3.0}).limits({.evaluations = 50}).solve(problem);
    } catch (const InvalidArgument& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  const Variable holes{.name = "holes", .lower = 1.0, .upper = 5.0, .type = VariableType::integer};
  Variable fixed = holes;
  fixed.lower = fixed.upper = 3.0;
  for (const Algorithm& algorithm : {until_flat(nelder_mead()), collapsing(until_flat(nelder_mead()))}) {
    EXPECT_EQ(message(algorithm, holes),
              "until-flat: 'holes' is not real: differences along it are rounded away, so that every "
              "place looks flat");
    EXPECT_EQ(message(algorithm, fixed), "") << "no difference is taken along it";
  }
}

TEST(UntilFlat, RefusesRoundedVariablesAsAMemberToo) {
  std::vector<Variable> variables = unnamed_variables(2);
  for (Variable& variable : variables) variable.type = VariableType::integer;
  Problem problem(variables, make_model(sphere));
  problem.bounds(Vector::Constant(2, -9.0), Vector::Constant(2, 9.0));
  Solver solver(buckshot(until_flat(nelder_mead()), {.starts = 2}));
  try {
    solver.limits({.evaluations = 50}).solve(problem);
    FAIL() << "not refused";
  } catch (const InvalidArgument& error) {
    EXPECT_EQ(std::string(error.what()).find("until-flat: 'x0', 'x1' are not real"), 0U) << error.what();
  }
}

}  // namespace
}  // namespace mystic
