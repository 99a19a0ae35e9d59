// The solver's door, algorithms of the user's own, and ask()/tell() used wrongly.

#include "error_text.hpp"

#include "tests/support/beam_model.hpp"

#include "mystic/core/solver.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace mystic {
namespace {

using core_test::error_text;
using testing_support::BeamModel;

Search tries_both_ends(Start start) {
  Points ends(1, 2);
  ends << start.lower[0], start.upper[0];
  const auto costs = co_await evaluate(ends);
  Index best = 0;
  const double cost = costs.minCoeff(&best);
  const Vector x = ends.col(best);
  co_await step_done(x, cost);
  co_return "both ends tried";
}

Search tries_its_lower_corner(Start start) {
  const Vector x = start.lower;
  const double cost = co_await evaluate(x);
  co_await step_done(x, cost);
  co_return "";
}

Search tries_three(Start) {
  Points points(2, 3);
  points << 0.5, 1.5, 2.0, 0.5, 1.0, 2.0;
  const auto costs = co_await evaluate(points);
  const Vector x = points.col(1);
  co_await step_done(x, costs[1]);
  co_return "";
}

Search asks_for_too_many_coordinates(Start) {
  const Vector x = Vector::Zero(3);
  const double cost = co_await evaluate(x);
  static_cast<void>(cost);
  co_return "";
}

Search gives_up(Start) {
  const Vector x = Vector::Zero(1);
  const double cost = co_await evaluate(x);
  if (cost != 0.0) throw std::logic_error("gave up");
  co_return "";
}

Search ends_at_once(Start) { co_return "nothing to do"; }

Solver solver_of(Search (*search)(Start)) {
  Solver solver(Algorithm{"of my own", search});
  solver.bounds(Vector::Constant(1, -1.0), Vector::Constant(1, 2.0))
      .limits({.generations = {}, .evaluations = 100, .seconds = {}});
  return solver;
}

double square(const VectorView& x) { return (x[0] - 1.5) * (x[0] - 1.5); }

TEST(UserAlgorithm, EndsByItselfWithItsReason) {
  const Result result = solver_of(tries_both_ends).solve(square);
  EXPECT_EQ(result.stop.kind, StopKind::ended);
  EXPECT_EQ(result.stop.reason, "both ends tried");
  EXPECT_EQ(result.best.x[0], 2.0);
  EXPECT_EQ(result.best.cost, 0.25);
  EXPECT_EQ(result.best.id.k, 1U);
  EXPECT_EQ(result.evaluations, 2);
  EXPECT_EQ(result.generations, 0);
}

TEST(UserAlgorithm, MayEndWithoutHavingAskedForAnything) {
  const Result result = solver_of(ends_at_once).solve(square);
  EXPECT_EQ(result.stop.reason, "nothing to do");
  EXPECT_FALSE(result.best.exists());
}

// Unbounded, so that the short way for cheap models is taken.
TEST(UserAlgorithm, ThatAsksForPointsOfAnotherSizeIsRefused) {
  Solver solver(Algorithm{"of my own", asks_for_too_many_coordinates});
  solver.start({0.0}).limits({.generations = {}, .evaluations = 5, .seconds = {}});
  EXPECT_EQ(error_text([&] { solver.solve(square); }),
            "the search asked for points of 3 coordinates in a problem of 1");
}

TEST(UserAlgorithm, ThatThrowsEndsTheRunWithItsException) {
  EXPECT_THROW(solver_of(gives_up).solve(square), std::logic_error);
}

Solver begun(const Problem& problem) {
  Solver solver = solver_of(tries_both_ends);
  solver.begin(problem);
  return solver;
}

Problem line() { return Problem({{.name = "x", .lower = -1, .upper = 2}}, make_model(square)); }

TEST(AskAndTell, RefuseTheWrongOrder) {
  const Problem problem = line();
  Solver solver = solver_of(tries_both_ends);
  EXPECT_NE(error_text([&] { static_cast<void>(solver.ask()); }), "") << "before begin()";
  EXPECT_NE(error_text([&] { solver.step(); }), "") << "before begin()";
  EXPECT_NE(error_text([&] { static_cast<void>(solver.result()); }), "") << "before begin()";
  EXPECT_TRUE(solver.over());
  solver.begin(problem);
  EXPECT_NE(error_text([&] { solver.tell(Vector::Zero(2)); }), "") << "before ask()";
  EXPECT_EQ(solver.ask().cols(), 2);
  EXPECT_EQ(error_text([&] { static_cast<void>(solver.ask()); }), "ask: 2 points are still to be told");
  EXPECT_NE(error_text([&] { solver.step(); }), "") << "carried on by ask()";
  EXPECT_EQ(error_text([&] { solver.tell(Vector::Zero(3)); }), "tell: 3 outcomes for 2 points");
  solver.tell(Vector{{4.0, 3.0}});
  EXPECT_EQ(solver.ask().cols(), 0);
  EXPECT_TRUE(solver.over());
  EXPECT_EQ(solver.result().best.cost, 3.0);
}

TEST(AskAndTell, RefuseARunThatIsStepped) {
  const Problem problem = line();
  Solver solver = begun(problem);
  solver.step();
  EXPECT_NE(error_text([&] { static_cast<void>(solver.ask()); }), "");
}

TEST(AskAndTell, TakesOutcomesWithReasons) {
  const Problem problem = line();
  Solver solver = begun(problem);
  static_cast<void>(solver.ask());
  std::vector<Outcome> outcomes(2);
  outcomes[0].fail(FailureKind::deadline, "took too long");
  outcomes[1].outputs = Vector::Constant(1, 7.0);
  solver.tell(outcomes);
  static_cast<void>(solver.ask());
  EXPECT_EQ(solver.result().failed, 1);
  EXPECT_EQ(solver.result().best.cost, 7.0);
}

TEST(AskAndTell, CostsAreNotEnoughForAModelOfSeveralOutputs) {
  Problem problem(
      {{.name = "width", .lower = 1, .upper = 2}, {.name = "height", .lower = 1, .upper = 2}},
      std::make_shared<BeamModel>());
  problem.require_at_most("deflection", 1.0);
  Solver solver(Algorithm{"of my own", tries_its_lower_corner});
  solver.limits({.generations = 1, .evaluations = {}, .seconds = {}}).begin(problem);
  ASSERT_EQ(solver.ask().cols(), 1);
  EXPECT_EQ(error_text([&] { solver.tell(Vector::Zero(1)); }),
            "tell: the model has 3 outputs; costs alone are not enough, tell outcomes");
  std::vector<Outcome> outcomes(1);
  outcomes[0].outputs = Vector::Zero(2);
  EXPECT_EQ(error_text([&] { solver.tell(outcomes); }), "tell: 2 outputs where the model has 3");
  outcomes[0].outputs = Vector{{2.0, 1.0, 1.0}};
  solver.tell(outcomes);
  EXPECT_EQ(solver.result().evaluations, 1);
}

TEST(SolverSolve, OfACallableNeedsToKnowTheNumberOfVariables) {
  Solver solver(Algorithm{"of my own", tries_both_ends});
  solver.limits({.generations = 1, .evaluations = {}, .seconds = {}});
  EXPECT_NE(error_text([&] { solver.solve(square); }).find("start or bounds"), std::string::npos);
}

TEST(SolverSolve, ReportsRequirementsOfTheBest) {
  Problem problem(
      {{.name = "width", .lower = 0.5, .upper = 2}, {.name = "height", .lower = 0.5, .upper = 2}},
      std::make_shared<BeamModel>());
  problem.minimise("mass").require_at_most("deflection", 1.0);
  Solver solver(Algorithm{"of my own", tries_three});
  const Result result =
      solver.limits({.generations = 1, .evaluations = {}, .seconds = {}}).solve(problem);
  EXPECT_EQ(result.best.x, (Vector{{1.5, 1.0}})) << "the cheapest that meets the requirement";
  EXPECT_EQ(result.best.violation, 0.0);
  EXPECT_EQ(result.best.outputs, (Vector{{2.5, 1.0 / 1.5, 1.0}}));
}

}  // namespace
}  // namespace mystic
