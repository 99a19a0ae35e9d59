#include "mystic/uq/monte_carlo.hpp"

#include "mystic/core/require.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace mystic {
namespace {

TEST(MonteCarlo, GivesAPointThatDependsOnItsNumberAndSeedOnly) {
  const Points many = monte_carlo_points(5, 40, {.seed = 9});
  EXPECT_EQ(monte_carlo_points(5, 13, {.seed = 9}), many.leftCols(13));
  for (const Index skip : {1, 2, 7}) {
    EXPECT_EQ(monte_carlo_points(5, 11, {.seed = 9, .skip = skip}), many.middleCols(skip, 11)) << skip;
  }
  EXPECT_EQ(monte_carlo_points(2, 40, {.seed = 9}), many.topRows(2));
  EXPECT_TRUE((monte_carlo_points(5, 40, {.seed = 10}).array() != many.array()).all());
}

TEST(MonteCarlo, IsUniformInEachCoordinateAndUncorrelated) {
  const Points points = monte_carlo_points(4, 20000, {.seed = 1});
  EXPECT_TRUE((points.array() > 0.0).all() && (points.array() < 1.0).all());
  for (Index i = 0; i < 4; ++i) {
    std::vector<double> row(20000);
    for (Index k = 0; k < 20000; ++k) row[static_cast<std::size_t>(k)] = points(i, k);
    std::sort(row.begin(), row.end());
    double distance = 0.0;  // Kolmogorov and Smirnov; 1.95 / sqrt(m) is passed once in a thousand
    for (std::size_t k = 0; k < row.size(); ++k) {
      distance = std::max(distance, std::abs(row[k] - (static_cast<double>(k) + 0.5) / 20000));
    }
    EXPECT_LT(distance, 1.95 / std::sqrt(20000.0)) << i;
    for (Index j = 0; j < i; ++j) {
      const double product =
          ((points.row(i).array() - 0.5) * (points.row(j).array() - 0.5)).mean() * 12.0;
      EXPECT_LT(std::abs(product), 4.0 / std::sqrt(20000.0)) << i << " " << j;
    }
  }
}

TEST(MonteCarlo, RefusesNoPointsNoVariablesAndANegativeSkip) {
  EXPECT_THROW((void)monte_carlo_points(0, 5), InvalidArgument);
  EXPECT_THROW((void)monte_carlo_points(5, 0), InvalidArgument);
  EXPECT_THROW((void)monte_carlo_points(5, -1), InvalidArgument);
  EXPECT_THROW((void)monte_carlo_points(Index{1} << 40, Index{1} << 40), InvalidArgument);
  EXPECT_THROW((void)monte_carlo_points(5, 5, {.skip = -1}), InvalidOptions);
}

}  // namespace
}  // namespace mystic
