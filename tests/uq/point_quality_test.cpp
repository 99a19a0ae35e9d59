#include "mystic/uq/point_quality.hpp"

#include "mystic/core/require.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace mystic {
namespace {

const Points four{{0.1, 0.9, 0.42, 0.66}, {0.2, 0.55, 0.05, 0.81}, {0.35, 0.5, 0.77, 0.13}};

// scipy.stats.qmc.discrepancy of `four`, method "CD" (a square) and "L2-star"; SciPy 1.10.1.
TEST(Discrepancy, EqualsScipys) {
  EXPECT_NEAR(centred_discrepancy(four), std::sqrt(0.06399460143103686), 1e-14);
  EXPECT_NEAR(star_discrepancy(four), 0.11705356239148403, 1e-14);
}

TEST(Discrepancy, OfTheCentreAloneIsTheClosedForm) {
  for (const Index n : {1, 3, 6}) {
    const auto power = static_cast<double>(n);
    const Points centre = Points::Constant(n, 1, 0.5);
    EXPECT_NEAR(centred_discrepancy(centre), std::sqrt(std::pow(13.0 / 12.0, power) - 1.0), 1e-14);
    EXPECT_NEAR(star_discrepancy(centre),
                std::sqrt(std::pow(3.0, -power) - 2.0 * std::pow(0.375, power) + std::pow(0.5, power)),
                1e-14);
  }
}

TEST(CentredDiscrepancy, DoesNotChangeWhenACoordinateIsMirrored) {
  Points mirrored = four;
  mirrored.row(1) = 1.0 - mirrored.row(1).array();
  EXPECT_NEAR(centred_discrepancy(mirrored), centred_discrepancy(four), 1e-15);
  EXPECT_GT(std::abs(star_discrepancy(mirrored) - star_discrepancy(four)), 1e-3);
}

TEST(LeastDistance, IsThatOfTheNearestTwo) {
  EXPECT_NEAR(least_distance(Points{{0.0, 3.0, 10.0}, {0.0, 4.0, 0.0}}), 5.0, 1e-15);
  EXPECT_EQ(least_distance(Points{{0.5}}), infinity);
  EXPECT_EQ(least_distance(Points{{0.5, 0.2, 0.5}}), 0.0);
}

TEST(GreatestCorrelation, IsOneForACopyWhateverItsSignAndScale) {
  Points points = four;
  points.row(2) = -3.0 * points.row(0).array() + 7.0;
  EXPECT_NEAR(greatest_correlation(points), 1.0, 1e-14);
  EXPECT_NEAR(greatest_correlation(Points{{-1.0, 1.0, -1.0, 1.0}, {-1.0, -1.0, 1.0, 1.0}}), 0.0, 1e-15);
  // Of ranks: 1 - 6 sum d^2 / (m (m^2 - 1)) with sum d^2 = 8.
  EXPECT_NEAR(greatest_correlation(Points{{1, 2, 3, 4, 5}, {2, 1, 4, 5, 3}}), 0.6, 1e-14);
  EXPECT_EQ(greatest_correlation(Points{{1, 2, 3}}), 0.0);
}

TEST(PointQuality, RefusesPointsItHasNoMeaningFor) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW((void)centred_discrepancy(Points{{0.1, nan}}), InvalidArgument);
  EXPECT_THROW((void)centred_discrepancy(Points{{0.1, 1.1}}), InvalidArgument);
  EXPECT_THROW((void)centred_discrepancy(Points(2, 0)), InvalidArgument);
  EXPECT_THROW((void)star_discrepancy(Points{{-0.1}}), InvalidArgument);
  EXPECT_THROW((void)least_distance(Points{{0.1, nan}}), InvalidArgument);
  EXPECT_THROW((void)greatest_correlation(Points{{0.1}}), InvalidArgument);
  EXPECT_THROW((void)greatest_correlation(Points{{0.1, 0.2}, {0.3, 0.3}}), InvalidArgument);
}

}  // namespace
}  // namespace mystic
