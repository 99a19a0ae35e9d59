#include "course_of.hpp"

#include "mystic/control/collapse.hpp"
#include "mystic/control/terminations.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/solvers/differential_evolution.hpp"
#include "mystic/solvers/nelder_mead.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>

namespace mystic {
namespace {

using control_test::CourseOf;

// Four parameters over three steps: at rest within 0.25; moving; x0 + 3 all the while; x1 nearly.
Points history() {
  Points points(4, 3);
  points << 1.0, 1.25, 1.125,  //
      7.0, 6.0, 5.0,           //
      4.0, 4.25, 4.125,        //
      7.0, 6.125, 5.0;
  return points;
}

TEST(CollapsedAt, NamesParametersThatMovedAtMostTheToleranceAndWhereTheyStand) {
  const auto found = collapsed_at(history(), {.target = {}, .tolerance = 0.25});
  EXPECT_EQ(found, (std::vector<CollapsedAt>{{0, 1.125}, {2, 4.125}}));
  EXPECT_TRUE(collapsed_at(history(), {.target = {}, .tolerance = 0.2499}).empty());
  EXPECT_EQ(collapsed_at(history(), {.target = {}, .tolerance = 2.0}).size(), 4U);
}

TEST(CollapsedAt, WithATargetWantsEveryPointNearIt) {
  EXPECT_EQ(collapsed_at(history(), {.target = 1.0, .tolerance = 0.25}),
            (std::vector<CollapsedAt>{{0, 1.0}}));
  EXPECT_TRUE(collapsed_at(history(), {.target = 1.125, .tolerance = 0.1249}).empty());
  EXPECT_EQ(collapsed_at(history(), {.target = 6.0, .tolerance = 1.0}).size(), 2U) << "though they move";
}

TEST(CollapsedAt, PassesOverTheMaskAndWhatIsNoNumber) {
  EXPECT_EQ(collapsed_at(history(), {.target = {}, .tolerance = 0.25, .mask = {0}}),
            (std::vector<CollapsedAt>{{2, 4.125}}));
  Points points = history();
  points(0, 1) = std::nan("");
  points(2, 0) = infinity;
  EXPECT_TRUE(collapsed_at(points, {.target = {}, .tolerance = 0.25}).empty());
}

TEST(CollapsedAs, NamesPairsThatGoTogether) {
  EXPECT_EQ(collapsed_as(history(), {.tolerance = 0.125}), (std::vector<CollapsedAs>{{1, 3, 0.0}}));
  EXPECT_TRUE(collapsed_as(history(), {.tolerance = 0.1249}).empty())
      << "they were apart, though they are together now";
}

TEST(CollapsedAs, MayKeepADistance) {
  EXPECT_EQ(collapsed_as(history(), {.offset = true, .tolerance = 0.0}),
            (std::vector<CollapsedAs>{{0, 2, 3.0}}));
  EXPECT_EQ(collapsed_as(history(), {.offset = true, .tolerance = 0.125}),
            (std::vector<CollapsedAs>{{0, 2, 3.0}, {1, 3, 0.0}}));
}

TEST(CollapsedAs, PassesOverMaskedPairsInEitherOrder) {
  EXPECT_TRUE(collapsed_as(history(), {.tolerance = 0.125, .mask = {{3, 1}}}).empty());
  EXPECT_TRUE(collapsed_as(history(), {.tolerance = 0.125, .mask = {{1, 3}}}).empty());
  EXPECT_EQ(collapsed_as(history(), {.tolerance = 0.125, .mask = {{1, 2}}}).size(), 1U);
}

// Of n that coincide, with every pair masked: the square of n looks, not its fourth power.
TEST(CollapsedAs, LooksUpItsMaskInsteadOfReadingItForEachPair) {
  const Index n = 500;
  const Points together = Points::Ones(n, 3);
  std::vector<std::pair<Index, Index>> mask;
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < i; ++j) mask.emplace_back(i, j);
  }
  const auto began = std::chrono::steady_clock::now();
  EXPECT_TRUE(collapsed_as(together, {.mask = mask}).empty());
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(3)) << "it was 9";
  mask.erase(mask.begin() + n);
  EXPECT_EQ(collapsed_as(together, {.mask = mask}).size(), 1U);
}

// Collapses do not hang on which parameter is called which.
TEST(Collapses, GoWithTheParametersWhenTheseAreReordered) {
  const std::vector<Index> order{2, 0, 3, 1};
  Points reordered(4, 3);
  for (Index i = 0; i < 4; ++i) reordered.row(i) = history().row(order[static_cast<std::size_t>(i)]);
  EXPECT_EQ(collapsed_at(reordered, {.target = {}, .tolerance = 0.25}),
            (std::vector<CollapsedAt>{{0, 4.125}, {1, 1.125}}));
  EXPECT_EQ(collapsed_as(reordered, {.offset = true, .tolerance = 0.0}),
            (std::vector<CollapsedAs>{{0, 1, -3.0}}));
}

// A parabola about 0 sampled at -5 ... 5, in an order of no meaning: cost >= 9 where |x| >= 3.
struct Parabola {
  Points samples{1, 11};
  Vector costs{11};
  Parabola() {
    for (Index k = 0; k < 11; ++k) {
      samples(0, k) = static_cast<double>((7 * k) % 11 - 5);
      costs[k] = samples(0, k) * samples(0, k);
    }
  }
};

TEST(CollapsedCost, NamesRangesWhereOnlyDearSamplesLie) {
  const Parabola p;
  EXPECT_EQ(collapsed_cost(p.samples, p.costs, {.limit = 9.0, .samples = 3}),
            (std::vector<CollapsedRange>{{0, -infinity, -3.0}, {0, 3.0, infinity}}));
  EXPECT_EQ(collapsed_cost(p.samples, p.costs, {.limit = 9.0, .samples = 3, .clip = true}),
            (std::vector<CollapsedRange>{{0, -5.0, -3.0}, {0, 3.0, 5.0}}));
  EXPECT_TRUE(collapsed_cost(p.samples, p.costs, {.limit = 9.0, .samples = 4}).empty());
  EXPECT_EQ(collapsed_cost(p.samples, p.costs, {.limit = 9.0001, .samples = 2})[0].upper, -4.0);
}

TEST(CollapsedCost, IsMeasuredFromTheCheapestSample) {
  const Parabola p;
  const Vector shifted = p.costs.array() - 1000.0;
  EXPECT_EQ(collapsed_cost(p.samples, shifted, {.limit = 9.0, .samples = 3}),
            collapsed_cost(p.samples, p.costs, {.limit = 9.0, .samples = 3}));
}

TEST(CollapsedCost, OfAHillInTheMiddleEndsAtItsOutermostSamples) {
  const Parabola p;
  EXPECT_EQ(collapsed_cost(p.samples, -p.costs, {.limit = 9.0, .samples = 5}),
            (std::vector<CollapsedRange>{{0, -4.0, 4.0}}));
}

TEST(CollapsedCost, TakesSamplesOfEqualXForOnePlaceWhichOneCheapOneMakesCheap) {
  Points samples(1, 4);
  samples << 1.0, 1.0, 2.0, 3.0;
  EXPECT_EQ(collapsed_cost(samples, Vector{{5.0, 0.0, 5.0, 5.0}}, {.limit = 1.0, .samples = 2}),
            (std::vector<CollapsedRange>{{0, 2.0, infinity}}));
  EXPECT_EQ(collapsed_cost(samples, Vector{{0.0, 5.0, 5.0, 5.0}}, {.limit = 1.0, .samples = 2}),
            (std::vector<CollapsedRange>{{0, 2.0, infinity}}));
}

TEST(CollapsedCost, TakesFailuresForDearAndSaysNothingOfFailuresAlone) {
  Points samples(1, 3);
  samples << 1.0, 2.0, 3.0;
  EXPECT_EQ(collapsed_cost(samples, Vector{{0.0, infinity, std::nan("")}}, {.limit = 1.0, .samples = 2}),
            (std::vector<CollapsedRange>{{0, 2.0, infinity}}));
  EXPECT_TRUE(
      collapsed_cost(samples, Vector::Constant(3, infinity), {.limit = 1.0, .samples = 1}).empty());
}

TEST(CollapsedCost, DoesNotReportMaskedRangesAgain) {
  const Parabola p;
  EXPECT_EQ(
      collapsed_cost(p.samples, p.costs, {.limit = 9.0, .samples = 3, .mask = {{0, -infinity, -3.0}}}),
      (std::vector<CollapsedRange>{{0, 3.0, infinity}}));
}

TEST(CollapseTerminations, WaitForTheirWholeWindowAndNameWhatCollapsed) {
  const CourseOf course = CourseOf({3, 2, 1}).points(history());
  const CollapseAtOptions at{.target = {}, .tolerance = 0.25, .window = 2};
  EXPECT_EQ(course(collapse_at(at)), "collapsed over 2 generations: x[0] at 1.125; x[2] at 4.125");
  CollapseAtOptions longer = at;
  longer.window = 3;
  EXPECT_FALSE(course.stops(collapse_at(longer)));
  const CollapseAsOptions as{.offset = true, .tolerance = 0.0, .window = 2};
  EXPECT_EQ(course(collapse_as(as)), "collapsed over 2 generations: x[2] = x[0] + 3");
  EXPECT_EQ(collapse_as(as).needs().points, 2);
}

// Points that have no finite cost stand where the search began: that is no rest.
TEST(CollapseTerminations, SayNothingOfStepsBeforeAnythingWasFound) {
  const CollapseAtOptions at{.target = {}, .tolerance = 0.25, .window = 2};
  const CollapseAsOptions as{.offset = true, .tolerance = 0.0, .window = 2};
  for (const double worst : {infinity, std::nan("")}) {
    for (const CourseOf& course : {CourseOf({worst, worst, worst}), CourseOf({worst, 2, 1})}) {
      EXPECT_FALSE(CourseOf(course).points(history()).stops(collapse_at(at))) << worst;
      EXPECT_FALSE(CourseOf(course).points(history()).stops(collapse_as(as))) << worst;
    }
    Points longer(4, 4);
    longer << Vector::Zero(4), history();
    EXPECT_TRUE(CourseOf({worst, 3, 2, 1}).points(longer).stops(collapse_at(at))) << "beyond it";
    EXPECT_TRUE(CourseOf({worst, 3, 2, 1}).points(longer).stops(collapse_as(as))) << "beyond it";
  }
}

TEST(CollapseTerminations, DoNotStopASearchThatHasFoundNothing) {
  const auto never = [](const VectorView&) { return infinity; };
  for (const Termination& condition :
       {collapse_at(), collapse_as({.offset = true}), population_spread(1.0)}) {
    Solver solver(nelder_mead());
    const Result result =
        solver.start({1.0, 2.0}).terminate(condition).limits({.evaluations = 400}).solve(never);
    EXPECT_EQ(result.stop.kind, StopKind::evaluations) << result.stop.reason;
  }
}

TEST(CollapseTerminations, LookAtTheirOwnWindowInsideAWiderOne) {
  Points points(1, 5);
  points << 9.0, 5.0, 1.0, 1.0, 1.0;
  const Termination both =
      any_of({collapse_at({.target = {}, .tolerance = 0.0, .window = 2}), solution_improvement(0.0, 4)});
  EXPECT_EQ(CourseOf({5, 4, 3, 2, 1}).points(points)(both), "collapsed over 2 generations: x[0] at 1");
}

TEST(CollapseTerminations, ByCostLookAtAllStepsThereAre) {
  Points points(1, 5);
  points << 5.0, 4.0, 3.0, 2.0, 0.0;
  const CourseOf course = CourseOf({25, 16, 9, 4, 0}).points(points);
  const CollapseCostOptions options{.limit = 9.0, .samples = 3, .clip = true, .window = 100};
  EXPECT_EQ(course(collapse_cost(options)), "collapsed: x[0] not in [3, 5]");
  EXPECT_FALSE(course.stops(collapse_cost({.limit = 9.0, .samples = 4, .window = 100})));
  EXPECT_THROW(static_cast<void>(collapse_cost({.samples = 5, .window = 4})), InvalidArgument);
}

// x[1] plays no part and is held by nothing but chance; x[0] and x[2] have their places.
TEST(CollapseTerminations, StopASearchWhoseParametersHaveFoundTheirPlaces) {
  Solver solver(differential_evolution({.population = 20}));
  solver.bounds(Vector::Constant(3, -4.0), Vector::Constant(3, 4.0)).seed(3);
  solver.terminate(collapse_at({.target = 2.0, .tolerance = 1e-3, .window = 10}))
      .limits({.generations = 500, .evaluations = {}, .seconds = {}});
  const Result result = solver.solve([](const VectorView& x) {
    return (x[0] - 2.0) * (x[0] - 2.0) + 1e-3 * x[1] * x[1] + (x[2] + 1.0) * (x[2] + 1.0);
  });
  EXPECT_EQ(result.stop.kind, StopKind::converged);
  EXPECT_EQ(result.stop.reason, "collapsed over 10 generations: x[0] at 2");
  EXPECT_NEAR(result.best.x[0], 2.0, 1e-3);
}

TEST(Collapses, RefuseWhatMakesNoSense) {
  EXPECT_THROW(static_cast<void>(collapsed_at(Points(2, 0))), InvalidArgument);
  EXPECT_THROW(static_cast<void>(collapsed_at(history(), {.target = {}, .mask = {4}})), InvalidArgument);
  EXPECT_THROW(static_cast<void>(collapsed_as(history(), {.mask = {{0, -1}}})), InvalidArgument);
  EXPECT_THROW(static_cast<void>(collapsed_at(history(), {.target = {}, .tolerance = -1.0})),
               InvalidOptions);
  EXPECT_THROW(static_cast<void>(collapsed_cost(history(), Vector::Zero(2))), InvalidArgument);
  EXPECT_THROW(static_cast<void>(collapse_cost({.limit = 0.0})), InvalidOptions);
  EXPECT_THROW(static_cast<void>(collapse_as({.window = 0})), InvalidOptions);
}

TEST(Collapse, ReadsAsText) {
  const Collapse collapse{
      .at = {{2, 3.5}}, .as = {{1, 4, -0.25}, {0, 3, 0.0}}, .ranges = {{0, -infinity, 2.0}}};
  EXPECT_EQ(to_string(collapse), "x[2] at 3.5; x[4] = x[1] - 0.25; x[3] = x[0]; x[0] not in [-inf, 2]");
  EXPECT_FALSE(collapse.empty());
  EXPECT_TRUE(Collapse{}.empty());
}

}  // namespace
}  // namespace mystic
