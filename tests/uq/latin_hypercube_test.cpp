#include "mystic/uq/latin_hypercube.hpp"

#include "mystic/core/require.hpp"
#include "mystic/uq/point_quality.hpp"
#include "stratified.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace mystic {
namespace {

void expect_latin(const Points& points) {
  for (Index i = 0; i < points.rows(); ++i) {
    EXPECT_TRUE(is_stratified(points.row(i), {points.cols()})) << "coordinate " << i;
  }
}

TEST(LatinHypercube, HasOnePointInEveryCellOfEveryKind) {
  for (const char* place : {"random", "centre"}) {
    for (const char* criterion : {"none", "maximin", "discrepancy"}) {
      for (const Index count : {1, 2, 7, 49, 100}) {
        SCOPED_TRACE(testing::Message() << place << " " << criterion << " " << count);
        expect_latin(latin_hypercube_points(
            4, count, {.place = place, .criterion = criterion, .swaps = 500, .seed = 6}));
      }
    }
  }
  expect_latin(latin_hypercube_points(2, 1'000'003, {.seed = 2}));
}

TEST(LatinHypercube, LiesAtTheCentresOfTheCellsWhenAsked) {
  const Points points = latin_hypercube_points(3, 8, {.place = "centre", .seed = 5});
  for (Index i = 0; i < 3; ++i) {
    for (Index k = 0; k < 8; ++k) {
      EXPECT_EQ(std::fmod(points(i, k) * 8.0, 1.0), 0.5);
    }
  }
}

TEST(LatinHypercube, ShufflesEachCoordinateByItself) {
  const Points points = latin_hypercube_points(3, 2000, {.seed = 5});
  EXPECT_LT(greatest_correlation(points), 4.0 / std::sqrt(2000.0));
  EXPECT_NE(points, latin_hypercube_points(3, 2000, {.seed = 6}));
  EXPECT_EQ(points, latin_hypercube_points(3, 2000, {.seed = 5}));
}

TEST(LatinHypercube, StaysLatinAndKeepsItsPointsWhenDoubled) {
  for (const char* place : {"random", "centre"}) {
    for (const Index count : {1, 3, 10, 49}) {
      SCOPED_TRACE(testing::Message() << place << " " << count);
      const Points first = latin_hypercube_points(5, count, {.place = place, .seed = 3});
      const Points second = doubled_latin_hypercube(first, {.place = place, .seed = 3});
      const Points third = doubled_latin_hypercube(second, {.place = place, .seed = 3});
      EXPECT_EQ(second.leftCols(count), first);
      EXPECT_EQ(third.leftCols(2 * count), second);
      expect_latin(second);
      expect_latin(third);
    }
  }
}

TEST(LatinHypercube, ShufflesTheNewPointsWhenDoubled) {
  const Points first = latin_hypercube_points(4, 1000, {.seed = 3});
  const Points added = doubled_latin_hypercube(first, {.seed = 3}).rightCols(1000);
  EXPECT_LT(greatest_correlation(added), 4.0 / std::sqrt(1000.0));
}

template <class Criterion>
double median_of_random_designs(Index dimension, Index count, Criterion criterion) {
  std::vector<double> values;
  for (std::uint64_t seed = 100; seed < 121; ++seed) {
    values.push_back(criterion(latin_hypercube_points(dimension, count, {.seed = seed})));
  }
  std::nth_element(values.begin(), values.begin() + 10, values.end());
  return values[10];
}

TEST(LatinHypercube, AnnealedIsFarBetterThanTheMedianOfRandomOnes) {
  const auto spacing = [](const Points& points) { return spacing_criterion(points); };
  const auto discrepancy = [](const Points& points) { return centred_discrepancy(points); };
  for (const Index dimension : {2, 5, 10}) {
    const Points apart = latin_hypercube_points(dimension, 50, {.criterion = "maximin", .seed = 1});
    EXPECT_LT(spacing(apart), 0.6 * median_of_random_designs(dimension, 50, spacing)) << dimension;
    const Points even = latin_hypercube_points(dimension, 50, {.criterion = "discrepancy", .seed = 1});
    EXPECT_LT(discrepancy(even), 0.8 * median_of_random_designs(dimension, 50, discrepancy))
        << dimension;
  }
}

// One swap is worth 2 (m - 2) distances: after thousands, what is kept must be what a sum from the
// beginning gives, or annealing would chase roundings. So more swaps are never worse, by far.
TEST(LatinHypercube, GetsBetterWithMoreSwaps) {
  for (const char* criterion : {"maximin", "discrepancy"}) {
    const auto value = [&](Index swaps) {
      const Points points =
          latin_hypercube_points(4, 40, {.criterion = criterion, .swaps = swaps, .seed = 2});
      return criterion == std::string("maximin") ? spacing_criterion(points)
                                                 : centred_discrepancy(points);
    };
    EXPECT_LT(value(30'000), 0.99 * value(300)) << criterion;
  }
}

TEST(LatinHypercube, RefusesWhatIsNoLatinHypercube) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW((void)doubled_latin_hypercube(Points{{0.1, 0.2}}), InvalidArgument);
  EXPECT_THROW((void)doubled_latin_hypercube(Points{{0.1, nan}}), InvalidArgument);
  EXPECT_THROW((void)doubled_latin_hypercube(Points{{0.1, 1.0}}), InvalidArgument);
  EXPECT_THROW((void)doubled_latin_hypercube(Points(2, 0)), InvalidArgument);
  EXPECT_EQ(doubled_latin_hypercube(Points{{0.1, 0.7}}).cols(), 4);
}

TEST(LatinHypercube, RefusesBadSizesAndNamesAllBadOptions) {
  EXPECT_THROW((void)latin_hypercube_points(0, 5), InvalidArgument);
  EXPECT_THROW((void)latin_hypercube_points(5, 0), InvalidArgument);
  EXPECT_THROW((void)latin_hypercube_points(1, 10'001, {.criterion = "maximin"}), InvalidArgument);
  try {
    (void)latin_hypercube_points(
        2, 5, {.place = "edge", .criterion = "best", .power = std::numeric_limits<double>::quiet_NaN()});
    FAIL() << "must be refused";
  } catch (const InvalidOptions& error) {
    const std::string text = error.what();
    for (const char* word : {"place", "criterion", "power"})
      EXPECT_NE(text.find(word), std::string::npos);
  }
}

TEST(SpacingCriterion, IsTheInverseOfTheDistanceOfTwoPoints) {
  EXPECT_NEAR(spacing_criterion(Points{{0.0, 0.3}, {0.0, 0.4}}), 2.0, 1e-12);
  EXPECT_NEAR(spacing_criterion(Points{{0.0, 1.0, 3.0}}, 2.0), std::sqrt(1.0 + 1.0 / 4 + 1.0 / 9),
              1e-12);
  EXPECT_EQ(spacing_criterion(Points{{0.5, 0.5}}), infinity);
  EXPECT_EQ(spacing_criterion(Points{{0.5}}), 0.0);
  EXPECT_TRUE(std::isfinite(spacing_criterion(Points{{0.0, 1e-9, 1.0}}, 200.0)));
}

}  // namespace
}  // namespace mystic
