#include "mystic/solvers/collapsing.hpp"

#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/differential_evolution.hpp"
#include "mystic/solvers/nelder_mead.hpp"
#include "mystic/solvers/powell.hpp"

#include "tests/support/trace.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace mystic {
namespace {

using Events = std::vector<CollapseEvent>;

// Halves the distance of coordinate 0 to 1 in each of the first `late` steps, then that of coordinate 1:
// a search that leaves a parameter alone for so long that it looks at rest. In one variable it is at
// once the turn of that one.
Search one_after_the_other(Start start, Index late) {
  Vector x = start.x;
  Vector trial = x;
  double cost = co_await evaluate(x);
  for (Index step = 0;; ++step) {
    co_await step_done(x, cost);
    const Index i = x.size() > 1 && step >= late ? 1 : 0;
    trial = x;
    trial[i] = 0.5 * (x[i] + 1.0);
    const double better = co_await evaluate(trial);
    if (better < cost) {
      cost = better;
      x = trial;
    }
  }
}

Algorithm taking_turns(Index late) {
  return {"taking turns", [late](Start start) { return one_after_the_other(std::move(start), late); }};
}

double from_ones(const VectorView& x) { return (x.array() - 1.0).square().sum(); }

TEST(Collapsing, FreezesWhatHasComeToRestAndGoesOnInTheRest) {
  // Coordinate 1 stands still from the start: frozen after the window, and rightly, since the cost does
  // not depend on it.
  auto events = std::make_shared<Events>();
  Solver solver(collapsing(taking_turns(1000), {.window = 5, .patience = 5}, events));
  const auto first_only = [](const VectorView& x) { return std::pow(x[0] - 1.0, 2); };
  const Result result = solver.start({3.0, 0.0}).limits({.evaluations = 500}).solve(first_only);
  ASSERT_EQ(events->size(), 1U);
  EXPECT_FALSE(events->front().undone);
  EXPECT_EQ(events->front().collapse.at, (std::vector<CollapsedAt>{{1, 0.0}}));
  EXPECT_LT(result.best.cost, 1e-9);
  EXPECT_EQ(result.stop.reason, "frozen: x[1] at 0; released, nothing improved");
}

TEST(Collapsing, IsUndoneWhereItWasWrong) {
  auto events = std::make_shared<Events>();
  Solver solver(collapsing(taking_turns(8), {.window = 5, .patience = 12}, events));
  const Result result = solver.start({3.0, 0.0}).limits({.evaluations = 500}).solve(from_ones);
  ASSERT_GE(events->size(), 2U);
  EXPECT_EQ((*events)[0].collapse.at, (std::vector<CollapsedAt>{{1, 0.0}}));
  EXPECT_TRUE((*events)[1].undone);
  EXPECT_EQ((*events)[1].collapse.at, (std::vector<CollapsedAt>{{1, 0.0}}));
  for (std::size_t i = 2; i < events->size(); ++i) {  // it is not frozen again
    for (const CollapsedAt& at : (*events)[i].collapse.at) EXPECT_NE(at.parameter, 1) << i;
  }
  EXPECT_NEAR(result.best.x[1], 1.0, 1e-3);
}

TEST(Collapsing, EvaluatesOnlyWhereTheFrozenParameterStands) {
  testing_support::Trace trace;
  auto events = std::make_shared<Events>();
  Solver solver(collapsing(taking_turns(1000), {.target = 0.0, .tolerance = 0.5, .window = 5}, events));
  solver.start({3.0, 0.25}).limits({.evaluations = 30}).solve(testing_support::traced(from_ones, trace));
  ASSERT_FALSE(events->empty());
  for (std::size_t i = 8; i < trace.points.size(); ++i) EXPECT_EQ(trace.points[i][1], 0.0) << i;
}

// All coordinates but the last rise by the same in each step, the last falls.
Search side_by_side(Start start) {
  Vector x = start.x;
  for (;;) {
    const double cost = co_await evaluate(x);
    co_await step_done(x, cost);
    x.head(x.size() - 1).array() += 0.05;
    x[x.size() - 1] *= 0.9;
  }
}

TEST(Collapsing, TiesParametersThatCoincide) {
  testing_support::Trace trace;
  auto events = std::make_shared<Events>();
  const Algorithm algorithm{"side by side", [](Start start) { return side_by_side(std::move(start)); }};
  Solver solver(collapsing(algorithm, {.tolerance = 1e-3, .window = 5, .pairs = true}, events));
  solver.start({0.0, 0.0, 4.0})
      .limits({.evaluations = 18})
      .solve(testing_support::traced(from_ones, trace));
  ASSERT_EQ(events->size(), 1U);
  EXPECT_EQ(events->front().collapse.as, (std::vector<CollapsedAs>{{0, 1, 0.0}}));
  EXPECT_TRUE(events->front().collapse.at.empty());
  for (const Vector& x : trace.points) EXPECT_EQ(x[0], x[1]);
  EXPECT_GT(trace.points.back()[0], 0.6);
}

// mystic's story: a sphere in 10 dimensions, coordinates frozen at 0 as they come near it.
TEST(Collapsing, BringsTheSphereToZeroInFewerEvaluationsThanWithout) {
  const auto evaluations = [](const Algorithm& algorithm) {
    Solver solver(algorithm);
    const auto reached = Termination(0, [](const Progress& now) -> Verdict {
      if (now.best_cost() <= 1e-20) return "reached";
      return std::nullopt;
    });
    const Result result = solver.bounds(Vector::Constant(10, -5.0), Vector::Constant(10, 5.0))
                              .seed(7)
                              .terminate(reached)
                              .limits({.evaluations = 200000})
                              .solve(sphere);
    EXPECT_EQ(result.stop.kind, StopKind::converged);
    return result.evaluations;
  };
  const Algorithm evolution = differential_evolution({.population = 40});
  EXPECT_LT(evaluations(collapsing(evolution, {.target = 0.0, .tolerance = 1e-3, .window = 20})),
            evaluations(evolution) * 3 / 4);
}

}  // namespace
}  // namespace mystic
