#include "course_of.hpp"

#include "mystic/control/terminations.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

using control_test::CourseOf;

const double nan = std::nan("");

TEST(ValueToReach, HoldsWithinItsToleranceOnBothSides) {
  const Termination condition = value_to_reach(2.0, 0.25);
  EXPECT_TRUE(CourseOf({9.0, 2.25}).stops(condition)) << "with the tolerance itself";
  EXPECT_TRUE(CourseOf({1.75}).stops(condition));
  EXPECT_FALSE(CourseOf({2.0, 2.2500001}).stops(condition)) << "only the newest counts";
  EXPECT_FALSE(CourseOf({1.7499999}).stops(condition));
}

TEST(ValueToReach, NeverHoldsForACostThatIsNoNumber) {
  EXPECT_FALSE(CourseOf({infinity}).stops(value_to_reach(0.0, 1.0)));
  EXPECT_FALSE(CourseOf({nan}).stops(value_to_reach(0.0, 1.0)));
}

// A window of w compares costs w steps apart; the original's `generations = g` is a window of g - 1.
TEST(ChangeOverGeneration, ComparesCostsWindowStepsApart) {
  EXPECT_TRUE(CourseOf({9, 4, 4, 4}).stops(change_over_generation(0.0, 2)));
  EXPECT_FALSE(CourseOf({9, 4, 4, 4}).stops(change_over_generation(0.0, 3)));
  EXPECT_FALSE(CourseOf({4, 4}).stops(change_over_generation(0.0, 2))) << "too early to say";
  EXPECT_TRUE(CourseOf({4, 4, 4}).stops(change_over_generation(0.0, 2)));
  EXPECT_FALSE(CourseOf({4}).stops(change_over_generation(1e9, 1))) << "one cost is no change";
}

TEST(ChangeOverGeneration, HoldsUpToAndWithItsTolerance) {
  EXPECT_TRUE(CourseOf({5.0, 4.5}).stops(change_over_generation(0.5, 1)));
  EXPECT_FALSE(CourseOf({5.0, 4.4999}).stops(change_over_generation(0.5, 1)));
}

TEST(ChangeOverGeneration, GoesOnWhileNothingHasBeenFound) {
  EXPECT_FALSE(CourseOf({infinity, infinity, infinity}).stops(change_over_generation(1e300, 2)));
  EXPECT_FALSE(CourseOf({infinity, 3.0}).stops(change_over_generation(1e300, 1)));
  EXPECT_FALSE(CourseOf({nan, nan}).stops(change_over_generation(1e300, 1)));
}

// 2 (before - now) <= tolerance (|before| + |now|): 2 * 1 <= tolerance * 19.
TEST(NormalisedChange, IsRelativeToTheSumOfBothCosts) {
  EXPECT_TRUE(CourseOf({10.0, 9.0}).stops(normalised_change_over_generation(2.0 / 19 + 1e-12, 1)));
  EXPECT_FALSE(CourseOf({10.0, 9.0}).stops(normalised_change_over_generation(2.0 / 19 - 1e-12, 1)));
  EXPECT_TRUE(CourseOf({-9.0, -10.0}).stops(normalised_change_over_generation(2.0 / 19 + 1e-12, 1)));
  EXPECT_FALSE(CourseOf({-9.0, -10.0}).stops(normalised_change_over_generation(2.0 / 19 - 1e-12, 1)));
}

TEST(NormalisedChange, TakesCostsNearZeroForUnchanged) {
  EXPECT_TRUE(CourseOf({4e-21, 0.0}).stops(normalised_change_over_generation(0.0, 1)));
  EXPECT_FALSE(CourseOf({6e-21, 0.0}).stops(normalised_change_over_generation(0.0, 1)));
  EXPECT_TRUE(CourseOf({7.0, 7.0}).stops(normalised_change_over_generation(0.0, 1)));
}

TEST(NormalisedChange, ComparesCostsWindowStepsApart) {
  EXPECT_TRUE(CourseOf({9, 4, 4, 4}).stops(normalised_change_over_generation(1e-4, 2)));
  EXPECT_FALSE(CourseOf({9, 4, 4, 4}).stops(normalised_change_over_generation(1e-4, 3)));
  EXPECT_FALSE(CourseOf({4}).stops(normalised_change_over_generation(1.0, 1)));
}

TEST(NormalisedChange, GoesOnWhileNothingHasBeenFound) {
  EXPECT_FALSE(CourseOf({infinity, infinity}).stops(normalised_change_over_generation(1e300, 1)));
  EXPECT_FALSE(CourseOf({infinity, 3.0}).stops(normalised_change_over_generation(1e300, 1)));
  EXPECT_FALSE(CourseOf({nan, 3.0}).stops(normalised_change_over_generation(1e300, 1)));
}

Points population() {
  Points points(2, 3);
  points << 1.0, 1.25, 1.0, 5.0, 5.0, 4.5;
  return points;
}

TEST(CandidateTolerance, LooksAtEachCoordinateAndEachCostFromTheBest) {
  const Vector costs{{2.0, 2.5, 2.25}};
  const CourseOf course = CourseOf({2.0}).population(population(), costs);
  EXPECT_TRUE(course.stops(candidate_relative_tolerance(0.5, 0.5)));
  EXPECT_FALSE(course.stops(candidate_relative_tolerance(0.4999, 0.5))) << "a coordinate differs by 0.5";
  EXPECT_FALSE(course.stops(candidate_relative_tolerance(0.5, 0.4999))) << "a cost differs by 0.5";
}

TEST(CandidateTolerance, IsAbsoluteWhateverItsName) {
  const CourseOf course = CourseOf({2e6}).population(1e6 * population(), Vector{{2e6, 2e6, 2e6}});
  EXPECT_FALSE(course.stops(candidate_relative_tolerance(0.5, 0.5)));
}

TEST(CandidateTolerance, NeverHoldsWithoutTwoCandidates) {
  EXPECT_FALSE(CourseOf({2.0}).stops(candidate_relative_tolerance(1e9, 1e9)));
  const CourseOf alone = CourseOf({2.0}).population(Points::Zero(2, 1), Vector::Constant(1, 2.0));
  EXPECT_FALSE(alone.stops(candidate_relative_tolerance(1e9, 1e9)));
}

TEST(CandidateTolerance, NeverHoldsWhileACandidateHasNoCost) {
  const Points same = Points::Zero(2, 2);
  EXPECT_FALSE(
      CourseOf({2.0}).population(same, Vector{{2.0, infinity}}).stops(candidate_relative_tolerance()));
  EXPECT_FALSE(CourseOf({infinity})
                   .population(same, Vector{{infinity, infinity}})
                   .stops(candidate_relative_tolerance()));
}

TEST(GenerationsReached, CountsStepsAfterTheStart) {
  EXPECT_TRUE(CourseOf({3.0}).stops(generations_reached(0)));
  EXPECT_FALSE(CourseOf({3.0, 2.0}).stops(generations_reached(2)));
  EXPECT_TRUE(CourseOf({3.0, 2.0, 1.0}).stops(generations_reached(2)));
  EXPECT_EQ(CourseOf({3.0, 2.0, 1.0})(generations_reached(1)), "2 generations");
}

TEST(EvaluationsReached, HoldsFromItsNumberOn) {
  EXPECT_FALSE(CourseOf({1.0}).evaluations(9).stops(evaluations_reached(10)));
  EXPECT_TRUE(CourseOf({1.0}).evaluations(10).stops(evaluations_reached(10)));
  EXPECT_EQ(CourseOf({1.0}).evaluations(12)(evaluations_reached(10)), "12 evaluations");
}

TEST(AnyOf, ListsAllThatHoldInTheOrderGiven) {
  const CourseOf course = CourseOf({4.0, 4.0, 4.0}).evaluations(50);
  const Termination condition = any_of({evaluations_reached(40), value_to_reach(0.0, 0.1),
                                        change_over_generation(0.0, 2), generations_reached(2)});
  EXPECT_EQ(course(condition),
            "50 evaluations; best cost fell by at most 0 over 2 generations; 2 generations");
  EXPECT_FALSE(CourseOf({4.0}).evaluations(5).stops(condition));
}

TEST(AllOf, HoldsWhenAllDoAndListsThemInTheOrderGiven) {
  const Termination condition = all_of({generations_reached(2), evaluations_reached(40)});
  EXPECT_FALSE(CourseOf({4.0, 4.0, 4.0}).evaluations(39).stops(condition));
  EXPECT_FALSE(CourseOf({4.0}).evaluations(50).stops(condition));
  EXPECT_EQ(CourseOf({4.0, 4.0, 4.0}).evaluations(50)(condition), "2 generations; 50 evaluations");
}

TEST(Compositions, LookBackAsFarAsAnyOfTheirParts) {
  const Termination inner = all_of({change_over_generation(0.0, 7), generations_reached(3)});
  const Termination outer = any_of({normalised_change_over_generation(0.0, 4), inner});
  EXPECT_EQ(inner.window(), 7);
  EXPECT_EQ(outer.window(), 7);
  // The part that looks back 4 steps is not confused by a window of 7.
  EXPECT_TRUE(CourseOf({9, 9, 9, 9, 5, 5, 5, 5, 5}).stops(outer));
}

TEST(Terminations, RefuseSettingsThatMakeNoSense) {
  EXPECT_THROW(static_cast<void>(value_to_reach(nan, 0.1)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(value_to_reach(infinity, 0.1)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(value_to_reach(0.0, -0.1)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(value_to_reach(0.0, nan)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(change_over_generation(nan, 3)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(change_over_generation(0.1, 0)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(normalised_change_over_generation(-1.0, 3)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(normalised_change_over_generation(0.1, 0)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(candidate_relative_tolerance(nan, 0.1)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(candidate_relative_tolerance(0.1, -1.0)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(generations_reached(-1)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(evaluations_reached(0)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(any_of({})), InvalidArgument);
  EXPECT_THROW(static_cast<void>(all_of({})), InvalidArgument);
}

}  // namespace
}  // namespace mystic
