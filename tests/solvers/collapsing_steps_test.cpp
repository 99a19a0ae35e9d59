// What a collapsing search hands on: its steps to whoever drives it, points to the searches within.

#include "mystic/solvers/collapsing.hpp"

#include "mystic/control/monitors.hpp"
#include "mystic/control/terminations.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/ensembles/buckshot.hpp"
#include "mystic/ensembles/nested.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/differential_evolution.hpp"
#include "mystic/solvers/nelder_mead.hpp"
#include "mystic/solvers/powell.hpp"

#include "tests/support/trace.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>
#include <span>
#include <vector>

namespace mystic {
namespace {

using Events = std::vector<CollapseEvent>;
using testing_support::Trace;
using testing_support::traced;

constexpr Index for_ever = 100000;

struct Usual {
  Algorithm algorithm;
  Termination termination;
};

std::vector<Usual> usual_searches() {
  return {{nelder_mead(), candidate_relative_tolerance()},
          {powell(), normalised_change_over_generation(1e-4, 1)},
          {powell(), normalised_change_over_generation(1e-2, 2)}};
}

TEST(Collapsing, WithoutACollapseGoesTheWayOfTheSearchAloneToItsUsualEnd) {
  for (const Usual& by : usual_searches()) {
    const auto path = [&](const Algorithm& algorithm, Result& result) {
      Trace trace;
      Solver solver(algorithm);
      result = solver.start({-1.2, 1.0})
                   .terminate(by.termination)
                   .limits({.evaluations = 5000})
                   .solve(traced(rosenbrock, trace));
      return trace.points;
    };
    Result with;
    Result alone;
    const auto points = path(by.algorithm, alone);
    EXPECT_EQ(path(collapsing(by.algorithm, {.window = for_ever, .patience = for_ever}), with), points);
    EXPECT_EQ(with.stop.kind, StopKind::converged) << by.algorithm.name;
    EXPECT_EQ(with.stop.reason, alone.stop.reason) << by.algorithm.name;
    EXPECT_EQ(with.generations, alone.generations) << by.algorithm.name;
  }
}

// Powell improves after it has reported a sweep.
TEST(Collapsing, PassesOnAtWhichCostAStepBegan) {
  const auto costs = [](const Algorithm& algorithm) {
    std::vector<double> seen;
    const Termination look(1, [&](const Progress& now) -> Verdict {
      seen.insert(seen.end(), now.best_costs.begin(), now.best_costs.end());
      return std::nullopt;
    });
    Solver solver(algorithm);
    solver.start({-1.2, 1.0}).terminate(look).limits({.evaluations = 400}).solve(rosenbrock);
    return seen;
  };
  const auto alone = costs(powell());
  EXPECT_EQ(costs(collapsing(powell(), {.window = for_ever, .patience = for_ever})), alone);
  Index replaced = 0;  // 1 cost, then pairs
  for (std::size_t i = 1; i + 2 < alone.size(); i += 2) replaced += alone[i + 2] != alone[i + 1] ? 1 : 0;
  EXPECT_GT(replaced, 0);
}

// The last parameter is never frozen, so its search alone must come to an end.
TEST(Collapsing, InOneVariableEndsWithTheSearchAlone) {
  const auto evaluations = [](const Algorithm& algorithm) {
    Solver solver(algorithm);
    solver.start({3.0}).terminate(candidate_relative_tolerance()).limits({.evaluations = 5000});
    return solver.solve(sphere).evaluations;
  };
  EXPECT_EQ(evaluations(collapsing(nelder_mead())), evaluations(nelder_mead()));
}

// Both parameters are frozen too early, one after the other, and found to have been: then neither may be
// frozen again.
TEST(Collapsing, EndsWhereNothingMayBeFrozenAnyMore) {
  auto events = std::make_shared<Events>();
  Solver solver(collapsing(nelder_mead(), {.tolerance = 0.1, .window = 3, .patience = 20}, events));
  const Result result = solver.start({-1.2, 1.0})
                            .terminate(candidate_relative_tolerance(1e-6, 1e-12))
                            .limits({.evaluations = 20000})
                            .solve(rosenbrock);
  std::set<Index> forbidden;
  for (const CollapseEvent& event : *events) {
    if (event.undone) forbidden.insert(event.collapse.at.front().parameter);
  }
  EXPECT_EQ(forbidden, (std::set<Index>{0, 1}));
  EXPECT_EQ(result.stop.kind, StopKind::converged) << result.stop.reason;
  EXPECT_LT(result.best.cost, 1e-10) << "not where the reduced search has converged";
}

// Keeps what a termination sees.
Termination looking(const std::function<void(const Progress&)>& look) {
  return Termination(0, [look](const Progress& progress) -> Verdict {
    look(progress);
    return std::nullopt;
  });
}

double apart(const VectorView& x) { return (x.array() - 0.3).square().sum() + 0.01 * x[0]; }

// `inner`, noting in how many dimensions each of its searches is.
Algorithm noting_dimensions(const Algorithm& inner, std::vector<Index>& dimensions) {
  return {inner.name,
          [inner, &dimensions](Start start) {
            dimensions.push_back(start.dimension());
            return inner.begin(std::move(start));
          },
          inner.takes_population};
}

TEST(Collapsing, ReportsItsPopulationWithItsCostsWhileNothingIsFrozen) {
  std::vector<Index> dimensions;
  const Algorithm inner = noting_dimensions(differential_evolution({.population = 9}), dimensions);
  Solver solver(collapsing(inner, {.target = 0.0, .tolerance = 0.5, .window = 4, .patience = 9}));
  const auto look = [&](const Progress& now) {
    EXPECT_EQ(now.population.cols(), dimensions.back() == 4 ? 9 : 0);
    for (Index j = 0; j < now.population.cols(); ++j) {
      EXPECT_EQ(apart(now.population.col(j)), now.population_costs[j]);
    }
  };
  solver.bounds(Vector::Constant(4, -1.0), Vector::Constant(4, 1.0)).terminate(looking(look));
  solver.seed(1).limits({.evaluations = 5000}).solve(apart);
  EXPECT_LT(*std::min_element(dimensions.begin(), dimensions.end()), 4) << "frozen";
  EXPECT_EQ(dimensions.back(), 4) << "the test";
}

TEST(Collapsing, TakesTheSimplexThatItIsGiven) {
  Points simplex(2, 3);
  simplex << 1.0, 1.5, 1.0,  //
      1.0, 1.0, 1.7;
  Trace trace;
  Solver solver(collapsing(nelder_mead()));
  solver.start(InitialPoints::given(simplex)).limits({.evaluations = 3});
  solver.solve(traced(sphere, trace));
  for (std::size_t j = 0; j < 3; ++j) EXPECT_EQ(trace.points[j], simplex.col(static_cast<Index>(j)));
}

// In [-1, 1]^n, the same in every run of the tests.
Points drawn_points(Index n, Index count) {
  Random random = stream(6, SearchPath{});
  const Vector ones = Vector::Ones(n);
  return InitialPoints::in_box(count).draw(random, -ones, ones);
}

TEST(Collapsing, TakesTheCandidatesThatItIsGivenHoweverFew) {
  const Points given = drawn_points(5, 3);
  Trace trace;
  Solver solver(collapsing(differential_evolution({.population = 8})));
  solver.start(InitialPoints::given(given)).bounds(-Vector::Ones(5), Vector::Ones(5));
  solver.limits({.evaluations = 8}).solve(traced(sphere, trace));
  for (std::size_t j = 0; j < 3; ++j) EXPECT_EQ(trace.points[j], given.col(static_cast<Index>(j)));
  EXPECT_NE(trace.points[3], given.col(0));
}

// Whatever their order.
std::multiset<std::vector<double>> candidates(const auto& points) {
  std::multiset<std::vector<double>> all;
  for (const auto& x : points) all.insert(std::vector<double>(x.begin(), x.end()));
  return all;
}

// Of any size: also of as many candidates as a simplex has.
TEST(Collapsing, GoesOnWithThePopulationInTheDimensionsThatAreLeft) {
  for (const Index size : {4, 5, 9}) {
    auto events = std::make_shared<Events>();
    Trace trace;
    struct Seen {
      Points population;
      Vector best;
      std::size_t evaluations;
    };
    std::vector<Seen> seen;
    const auto look = [&](const Progress& now) {
      seen.push_back({now.population, now.best, static_cast<std::size_t>(now.evaluations)});
    };
    // All candidates are given with the same x[0], so it stays.
    Points given = drawn_points(4, size);
    given.row(0).setConstant(0.25);
    Solver solver(collapsing(differential_evolution({.population = size}),
                             {.target = 0.25, .tolerance = 0.0, .window = 6}, events));
    solver.start(InitialPoints::given(given)).bounds(-Vector::Ones(4), Vector::Ones(4)).seed(2);
    solver.terminate(looking(look)).limits({.evaluations = 40 * size}).solve(traced(rosenbrock, trace));
    ASSERT_FALSE(events->empty());
    ASSERT_EQ(events->front().collapse.at.front().parameter, 0);
    const Seen& last = seen[static_cast<std::size_t>(events->front().step) - 1];
    const std::span next =
        std::span(trace.points).subspan(last.evaluations, static_cast<std::size_t>(size));
    EXPECT_EQ(next.front(), last.best) << "the best first";
    EXPECT_EQ(candidates(next), candidates(last.population.colwise())) << size;
  }
}

// The best points of an ensemble's members are its population, but no starts of so many members.
TEST(Collapsing, BeginsAnEnsembleAnewFromTheBestPointAlone) {
  auto events = std::make_shared<Events>();
  const Ensemble ensemble =
      buckshot(nelder_mead(), {.starts = 8, .rules = {.near_better = "restart", .share_every = 5}});
  const Algorithm inner =
      as_search(ensemble, {.termination = candidate_relative_tolerance(), .evaluations = 400});
  Solver solver(collapsing(inner, {.target = 0.0, .tolerance = 0.2, .window = 6}, events));
  solver.bounds(Vector::Constant(3, -1.0), Vector::Constant(3, 1.0)).limits({.evaluations = 20000});
  const Result result = solver.solve(sphere);
  EXPECT_FALSE(events->empty());
  EXPECT_LT(result.best.cost, 1e-6) << result.stop.reason;
}

// Frozen at 0 because it came near; the candidates that are left all stand there.
TEST(Collapsing, TestsAPopulationWhereItCanMove) {
  auto events = std::make_shared<Events>();
  Solver solver(collapsing(differential_evolution({.population = 12}),
                           {.target = 0.0, .tolerance = 0.5, .window = 5, .patience = 25}, events));
  solver.bounds(Vector::Constant(3, -1.0), Vector::Constant(3, 1.0)).seed(5);
  const Result result = solver.limits({.evaluations = 20000}).solve(apart);
  ASSERT_FALSE(events->empty());
  EXPECT_EQ(events->front().collapse.at.size(), 2U);
  EXPECT_LT((result.best.x.array() - 0.3).abs().maxCoeff(), 0.01);
  EXPECT_EQ(result.stop.reason,
            to_string(events->front().collapse).insert(0, "frozen: ") + "; released, none moved far");
}

TEST(Collapsing, FreezesNothingWhileNothingHasBeenFound) {
  auto events = std::make_shared<Events>();
  const auto never = [](const VectorView&) { return infinity; };
  Solver solver(collapsing(nelder_mead(), {.window = 5, .pairs = true}, events));
  solver.start({1.0, 1.0, 2.0}).limits({.evaluations = 300}).solve(never);
  EXPECT_TRUE(events->empty());
  // And from the first success on it looks only at what came after.
  int calls = 0;
  const auto late = [&calls](const VectorView& x) { return ++calls < 60 ? infinity : x[0]; };
  Solver again(collapsing(nelder_mead(), {.window = 5}, events));
  RecordingMonitor monitor;
  again.start({1.0, 1.0, 2.0}).limits({.evaluations = 200}).on_step(monitor).solve(late);
  ASSERT_FALSE(events->empty());
  Index found = 0;
  while (!(monitor.steps()[static_cast<std::size_t>(found)].best_cost < infinity)) ++found;
  EXPECT_GE(events->front().step, found + 1 + 5);
}

Search at_rest(Start start) {
  const Vector x = start.x;
  for (;;) {
    const double cost = co_await evaluate(x);
    co_await step_done(x, cost);
  }
}

Algorithm standing_still(std::vector<Index>& dimensions) {
  const auto begin = [](Start start) { return at_rest(std::move(start)); };
  return noting_dimensions({"standing still", begin}, dimensions);
}

TEST(Collapsing, LeavesOneParameterFree) {
  for (const bool pairs : {false, true}) {
    std::vector<Index> dimensions;
    auto events = std::make_shared<Events>();
    Solver solver(collapsing(standing_still(dimensions),
                             {.tolerance = 0.0, .window = 3, .pairs = pairs, .patience = 4}, events));
    const Result result = solver.start({0.3, 0.3, 0.1}).limits({.evaluations = 300}).solve(sphere);
    EXPECT_EQ(dimensions, (std::vector<Index>{3, 1, 3})) << "all, one, all again for the test";
    ASSERT_EQ(events->size(), 1U);
    EXPECT_EQ(events->front().collapse.at.size(), 2U);
    EXPECT_EQ(result.stop.reason, "frozen: x[0] at 0.3; x[1] at 0.3; released, nothing improved");
  }
}

// All at rest, and all the same: half a million pairs, of which none is to be tied.
TEST(Collapsing, LooksForPairsAmongAThousandParameters) {
  std::vector<Index> dimensions;
  Solver solver(collapsing(standing_still(dimensions), {.window = 3, .pairs = true, .patience = 4}));
  const auto began = std::chrono::steady_clock::now();
  solver.start(Vector::Ones(1000)).limits({.evaluations = 300}).solve(sphere);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5)) << "it was a minute";
  EXPECT_EQ(dimensions, (std::vector<Index>{1000, 1, 1000}));
}

}  // namespace
}  // namespace mystic
