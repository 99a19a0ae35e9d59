#include "mystic/solvers/stationary_point.hpp"

#include "mystic/core/solver.hpp"
#include "mystic/ensembles/search_all.hpp"
#include "mystic/models/functions.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

// x^2 - y^2 + (x y)^2 / 2: a saddle at 0 with curvatures 2 and -2.
double saddle(const VectorView& x) { return x[0] * x[0] - x[1] * x[1] + 0.5 * std::pow(x[0] * x[1], 2); }

StationaryPoint search(const StationaryPointOptions& options, double (*surface)(const VectorView&),
                       const Vector& start, const Vector& reach, Result* result = nullptr) {
  auto found = std::make_shared<StationaryPoint>();
  Solver solver(stationary_point(options, found));
  solver.bounds(-reach, reach).start(start).limits({.evaluations = 100000});
  const Result ended = solver.solve(surface);
  if (result != nullptr) *result = ended;
  return *found;
}

TEST(StationaryPoint, ClimbsToASaddleAndTellsItsCurvatures) {
  const auto found = search({.uphill = 1}, saddle, Vector{{0.7, -0.4}}, Vector::Constant(2, 1.0));
  ASSERT_TRUE(found.found);
  EXPECT_LT(found.x.norm(), 1e-6);
  EXPECT_NEAR(found.eigenvalues[0], -2.0, 1e-4);
  EXPECT_NEAR(found.eigenvalues[1], 2.0, 1e-4);
  EXPECT_EQ(found.negative(), 1);
}

TEST(StationaryPoint, FindsTheMinimumOfACurvedValley) {
  Result result;
  const auto found = search({}, rosenbrock, Vector{{-1.2, 1.0}}, Vector::Constant(2, 2.0), &result);
  ASSERT_TRUE(found.found) << result.stop.reason;
  EXPECT_LT((found.x - Vector::Ones(2)).norm(), 1e-4);
  EXPECT_EQ(result.stop.reason, "stationary, with 0 directions that fall off");
}

TEST(StationaryPoint, FindsAMaximumBesideAMinimum) {
  // sin x sin y on [-3, 3]^2: maxima 1 at +-(pi/2, pi/2), minima -1 at +-(pi/2, -pi/2).
  const auto waves = [](const VectorView& x) { return std::sin(x[0]) * std::sin(x[1]); };
  const auto found = search({.uphill = 2}, +waves, Vector{{1.0, 1.2}}, Vector::Constant(2, 3.0));
  ASSERT_TRUE(found.found);
  EXPECT_LT((found.x - Vector::Constant(2, std::acos(0.0))).norm(), 1e-5);
  EXPECT_NEAR(found.cost, 1.0, 1e-9);
}

TEST(StationaryPoint, TellsThatThereIsNoneOfThatKind) {
  Result result;
  const auto found =
      search({.uphill = 2}, sphere, Vector{{0.3, 0.2}}, Vector::Constant(2, 1.0), &result);
  EXPECT_FALSE(found.found);
  EXPECT_EQ(result.stop.reason, "it ran into the bounds");
}

TEST(StationaryPoint, AsksForOneBatchOfDifferencesInEachStep) {
  for (const Index n : {1, 2, 5}) {
    Solver solver(stationary_point());
    const Problem problem = make_problem(sphere, n);
    solver.start(Vector::Constant(n, 0.4)).limits({.generations = 1}).begin(problem);
    EXPECT_EQ(solver.ask().cols(), n * n + n + 1);
  }
}

// Of what is proposed, before the problem's own mode sees it. The plane falls towards one corner.
TEST(StationaryPoint, NeverLeavesTheBounds) {
  const Vector lower{{-1.0, 3.0, -infinity}};
  const Vector upper{{1.0, 3.5, 2.0}};
  for (const Vector& start :
       {Vector{{1.0, 3.0, 2.0}}, Vector{{0.9, 3.1, 1.9}}, Vector{{-5.0, 9.0, 7.0}}}) {
    std::vector<Vector> proposed;
    Problem problem = make_problem([](const VectorView& x) { return -x.sum(); }, 3);
    problem.bounds(lower, upper).repair([&](MutableVectorView x) { proposed.emplace_back(x); });
    Solver solver(stationary_point());
    solver.start(start).limits({.evaluations = 10000}).solve(problem);
    EXPECT_GT(proposed.size(), 100U);
    for (const Vector& x : proposed) {
      EXPECT_TRUE((x.array() >= lower.array()).all() && (x.array() <= upper.array()).all())
          << x.transpose();
    }
  }
}

TEST(StationaryPoint, DoesNotChangeWithTheUnitsOfTheVariables) {
  const auto scaled = [](const VectorView& x) { return saddle(Vector{{x[0] * 1e3, x[1] * 1e-3}}); };
  const auto found = search({.uphill = 1}, +scaled, Vector{{0.7e-3, -0.4e3}}, Vector{{1e-3, 1e3}});
  ASSERT_TRUE(found.found);
  EXPECT_LT(std::abs(found.x[0]) * 1e3, 1e-6);
  EXPECT_LT(std::abs(found.x[1]) * 1e-3, 1e-6);
  EXPECT_NEAR(found.eigenvalues[1], 2e6, 100.0);
}

// Of three variables the second is fixed at 0.5: the others see x^2 - z^2 + (x z)^2 / 2.
StationaryPoint beside_a_fixed_variable(Index uphill, std::vector<Vector>& proposed) {
  auto found = std::make_shared<StationaryPoint>();
  Problem problem = make_problem(
      [](const VectorView& x) { return (x[1] - 1.0) * x[1] + saddle(Vector{{x[0], x[2]}}); }, 3);
  problem.bounds(Vector{{-1.0, 0.5, -1.0}}, Vector{{1.0, 0.5, 1.0}});
  problem.repair([&](MutableVectorView x) { proposed.emplace_back(x); });
  Solver solver(stationary_point({.uphill = uphill}, found));
  solver.start({0.7, 0.5, -0.4}).limits({.evaluations = 20000}).solve(problem);
  return *found;
}

TEST(StationaryPoint, LeavesOutVariablesThatTheBoundsFix) {
  std::vector<Vector> proposed;
  const auto found = beside_a_fixed_variable(1, proposed);
  ASSERT_TRUE(found.found);
  EXPECT_LT((found.x - Vector{{0.0, 0.5, 0.0}}).norm(), 1e-6);
  EXPECT_EQ(found.eigenvalues.size(), 2) << "of those that are free";
  EXPECT_NEAR(found.eigenvalues[0], -2.0, 1e-4);
  EXPECT_NEAR(found.eigenvalues[1], 2.0, 1e-4);
  EXPECT_EQ(proposed.size() % 7, 0U) << "2^2 + 2 + 1 points a step";
  for (const Vector& x : proposed) EXPECT_EQ(x[1], 0.5);
}

TEST(StationaryPoint, SeeksAMaximumByAllVariablesThereAreOrAreFree) {
  const auto hill = [](const VectorView& x) { return -sphere(x); };
  for (const Index uphill : {2, 3}) {
    auto found = std::make_shared<StationaryPoint>();
    Solver solver(stationary_point({.uphill = uphill}, found));
    solver.bounds(Vector{{-1.0, 0.5, -1.0}}, Vector{{1.0, 0.5, 1.0}}).start({0.7, 0.5, -0.4});
    solver.limits({.evaluations = 20000}).solve(hill);
    EXPECT_TRUE(found->found) << uphill;
    EXPECT_EQ(found->negative(), 2) << uphill;
  }
}

TEST(StationaryPoint, RefusesABoxWithoutAFreeVariable) {
  Solver solver(stationary_point());
  solver.start({1.0, 2.0}).bounds(Vector{{1.0, 2.0}}, Vector{{1.0, 2.0}}).limits({.evaluations = 9});
  EXPECT_THROW(solver.solve(sphere), InvalidArgument);
}

// A point between two whole numbers would be flat, and reported as if it were one.
TEST(StationaryPoint, RefusesVariablesThatAreRounded) {
  std::vector<Variable> variables = unnamed_variables(2);
  variables[1].type = VariableType::integer;
  Problem problem(variables, make_model(sphere));
  const auto refusal = [&](Solver solver) {
    try {
      solver.limits({.evaluations = 50}).solve(problem);
    } catch (const InvalidArgument& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  problem.bounds(Vector::Constant(2, -4.0), Vector::Constant(2, 4.0));
  Solver alone{stationary_point()};
  alone.start({1.0, 2.0});
  const std::string text =
      "stationary-point: 'x1' is not real: differences along it are rounded away, so that every place "
      "looks flat";
  EXPECT_EQ(refusal(std::move(alone)), text);
  EXPECT_EQ(refusal(Solver(search_all(std::make_shared<StationaryPoints>()))), text);
}

TEST(StationaryPoint, RefusesMoreUphillDirectionsThanVariables) {
  EXPECT_THROW(search({.uphill = 3}, saddle, Vector::Zero(2), Vector::Ones(2)), InvalidArgument);
}

}  // namespace
}  // namespace mystic
