// Conditions on points, targets, time and interrupts; negation.

#include "course_of.hpp"

#include "mystic/control/terminations.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

using control_test::CourseOf;

const double nan = std::nan("");

Points history() {
  Points points(2, 4);
  points << 9.0, 1.0, 1.25, 1.5,  //
      9.0, 2.0, 2.0, 1.5;
  return points;
}

// |1.5 - 1.25| + |1.5 - 2| = 0.75 over one step, |1.5 - 1| + |1.5 - 2| = 1 over two.
TEST(SolutionImprovement, IsTheOneNormBetweenBestPointsWindowStepsApart) {
  const CourseOf course = CourseOf({4, 3, 2, 1}).points(history());
  EXPECT_TRUE(course.stops(solution_improvement(0.75, 1)));
  EXPECT_FALSE(course.stops(solution_improvement(0.7499, 1)));
  EXPECT_TRUE(course.stops(solution_improvement(1.0, 2)));
  EXPECT_FALSE(course.stops(solution_improvement(0.9999, 2)));
  EXPECT_EQ(course(solution_improvement(1.0, 2)),
            "the best point moved by 1 over 2 generations, at most 1");
}

TEST(SolutionImprovement, SaysNothingBeforeItsWindowOrBeforeAnythingIsFound) {
  EXPECT_FALSE(CourseOf({4, 3, 2, 1}).points(history()).stops(solution_improvement(1e9, 4)));
  EXPECT_FALSE(
      CourseOf({infinity, infinity}).points(Points::Zero(2, 2)).stops(solution_improvement(1e9, 1)));
}

// |x - best| <= 0.1 |best|: 0.1 of 2 is 0.2, of -5 is 0.5.
TEST(PopulationSpread, IsRelativeToEachCoordinateOfTheBest) {
  Points points(2, 3);
  points << 2.0, 2.1875, 1.8125,  //
      -5.0, -5.0, -4.5;
  const CourseOf course = CourseOf({1.0}).population(points, Vector{{1.0, 7.0, 9.0}});
  EXPECT_TRUE(course.stops(population_spread(0.1))) << "costs play no part";
  EXPECT_FALSE(course.stops(population_spread(0.0999))) << "0.5 of 5";
  points(0, 1) = 2.25;
  EXPECT_FALSE(CourseOf({1.0}).population(points, Vector::Ones(3)).stops(population_spread(0.1)));
}

TEST(PopulationSpread, AtZeroWantsZero) {
  Points points(2, 2);
  points << 0.0, 0.0, 1.0, 1.0;
  EXPECT_TRUE(CourseOf({1.0}).population(points, Vector::Ones(2)).stops(population_spread(0.0)));
  points(0, 1) = 1e-300;
  EXPECT_FALSE(CourseOf({1.0}).population(points, Vector::Ones(2)).stops(population_spread(0.5)));
}

TEST(PopulationSpread, NeverHoldsWithoutTwoCandidates) {
  EXPECT_FALSE(CourseOf({2.0}).stops(population_spread(1e9)));
  EXPECT_FALSE(
      CourseOf({2.0}).population(Points::Ones(2, 1), Vector::Ones(1)).stops(population_spread(1e9)));
}

TEST(PopulationSpread, SaysNothingBeforeAnythingIsFound) {
  for (const double worst : {infinity, std::nan("")}) {
    EXPECT_FALSE(CourseOf({worst})
                     .population(Points::Ones(2, 3), Vector::Constant(3, worst))
                     .stops(population_spread(1e9)));
  }
}

// |cost + 8| <= 0.25 * 8.
TEST(NormalisedCostTarget, IsRelativeToTheTarget) {
  EXPECT_TRUE(CourseOf({-6.0}).stops(normalised_cost_target(-8.0, 0.25)));
  EXPECT_TRUE(CourseOf({-10.0}).stops(normalised_cost_target(-8.0, 0.25)));
  EXPECT_FALSE(CourseOf({-5.9999}).stops(normalised_cost_target(-8.0, 0.25)));
  EXPECT_FALSE(CourseOf({1e-300}).stops(normalised_cost_target(0.0, 0.25))) << "0 is met exactly";
  EXPECT_TRUE(CourseOf({0.0}).stops(normalised_cost_target(0.0, 0.25)));
}

TEST(NormalisedCostTarget, WithoutATargetHoldsWhenNothingImproves) {
  EXPECT_TRUE(CourseOf({5, 4, 4, 4}).stops(normalised_cost_target({}, 0.5, 2)));
  EXPECT_FALSE(CourseOf({5, 4, 4, 4}).stops(normalised_cost_target({}, 0.5, 3)));
  EXPECT_FALSE(CourseOf({4, 4, 3.9999999}).stops(normalised_cost_target({}, 0.5, 2)));
}

TEST(ValueToReachOrChange, HoldsForEither) {
  const Termination condition = value_to_reach_or_change(0.5, 0.125, 1, 2.0);
  EXPECT_TRUE(CourseOf({9.0, 2.5}).stops(condition)) << "reached";
  EXPECT_TRUE(CourseOf({9.0, 8.875}).stops(condition)) << "changes no more";
  EXPECT_FALSE(CourseOf({9.0, 8.8}).stops(condition));
}

TEST(SecondsReached, LooksAtTheRunsTime) {
  EXPECT_TRUE(CourseOf({1.0}).outside({.seconds = 5.0}).stops(seconds_reached(5.0)));
  EXPECT_FALSE(CourseOf({1.0}).outside({.seconds = 4.999}).stops(seconds_reached(5.0)));
  EXPECT_FALSE(CourseOf({1.0}).stops(seconds_reached(1e-9))) << "nothing is known of the time";
}

TEST(Interrupted, LooksAtItsTokenWhereItMay) {
  std::stop_source source;
  const Termination condition = interrupted(source.get_token());
  EXPECT_FALSE(CourseOf({1.0}).outside({.interrupts = true}).stops(condition));
  source.request_stop();
  EXPECT_TRUE(CourseOf({1.0}).outside({.interrupts = true}).stops(condition));
  EXPECT_FALSE(CourseOf({1.0}).stops(condition)) << "a replay";
}

TEST(Not, HoldsWhenTheConditionDoesNot) {
  const Termination condition = not_(value_to_reach(0.0, 0.5));
  EXPECT_FALSE(CourseOf({0.5}).stops(condition));
  EXPECT_EQ(CourseOf({0.75})(condition), "not: the best cost is within 0.5 of 0");
  EXPECT_TRUE(CourseOf({0.5}).stops(not_(condition)));
  EXPECT_TRUE(CourseOf({4.0}).stops(not_(change_over_generation(1.0, 1)))) << "it cannot say yet";
  EXPECT_EQ(not_(change_over_generation(1.0, 7)).window(), 7);
}

TEST(Not, RefusesWhatComesFromOutside) {
  std::stop_source source;
  EXPECT_THROW(static_cast<void>(not_(seconds_reached(1.0))), InvalidArgument);
  EXPECT_THROW(static_cast<void>(not_(any_of({generations_reached(1), seconds_reached(1.0)}))),
               InvalidArgument);
  EXPECT_THROW(static_cast<void>(not_(interrupted(source.get_token()))), InvalidArgument);
}

TEST(When, IsItsConditionOrAFunctionOfYourOwn) {
  EXPECT_EQ(CourseOf({0.5})(when(value_to_reach(0.0, 0.5))), CourseOf({0.5})(value_to_reach(0.0, 0.5)));
  const Termination many =
      when([](const Progress& p) { return p.evaluations > 10; }, "more than 10 evaluations");
  EXPECT_FALSE(CourseOf({1.0}).evaluations(10).stops(many));
  EXPECT_EQ(CourseOf({1.0}).evaluations(11)(many), "more than 10 evaluations");
}

TEST(Compositions, NeedWhatTheirPartsNeed) {
  std::stop_source source;
  const Termination early = seconds_reached(3.0);
  const Termination late = seconds_reached(7.0);
  EXPECT_EQ(any_of({late, early}).needs().seconds, 3.0) << "from then on it may hold";
  EXPECT_EQ(all_of({late, early}).needs().seconds, 7.0);
  EXPECT_EQ(all_of({generations_reached(2), early}).needs().seconds, 3.0);
  EXPECT_EQ(any_of({solution_improvement(0.1, 9), change_over_generation(0.1, 4)}).needs().points, 9);
  EXPECT_EQ(any_of({solution_improvement(0.1, 9), change_over_generation(0.1, 4)}).window(), 4);
  EXPECT_TRUE(all_of({generations_reached(2), interrupted(source.get_token())}).needs().interrupts);
  EXPECT_FALSE(any_of({generations_reached(2)}).needs().from_outside());
}

TEST(PointTerminations, RefuseSettingsThatMakeNoSense) {
  const auto refuses = [](const auto& make) {
    EXPECT_THROW(static_cast<void>(make()), InvalidArgument);
  };
  refuses([] { return solution_improvement(-1.0, 3); });
  refuses([] { return solution_improvement(nan, 3); });
  refuses([] { return solution_improvement(0.1, 0); });
  refuses([] { return population_spread(nan); });
  refuses([] { return normalised_cost_target(nan); });
  refuses([] { return normalised_cost_target(1.0, -0.1); });
  refuses([] { return normalised_cost_target({}, 0.1, 0); });
  refuses([] { return value_to_reach_or_change(-0.1); });
  refuses([] { return value_to_reach_or_change(0.1, 0.1, 0); });
  refuses([] { return seconds_reached(0.0); });
  refuses([] { return seconds_reached(infinity); });
  refuses([] { return seconds_reached(nan); });
  refuses([] { return interrupted(std::stop_token()); });
  refuses([] { return when(nullptr, "never"); });
}

}  // namespace
}  // namespace mystic
