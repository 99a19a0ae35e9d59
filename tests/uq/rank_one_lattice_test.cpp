#include "mystic/uq/rank_one_lattice.hpp"

#include "mystic/core/require.hpp"
#include "stratified.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

// By the definition: fractional part of k z / 64, in the order of mirrored numbers; z = (1, 182667,
// 469891).
TEST(RankOneLattice, IsTheSetOfMultiplesOfTheGenerator) {
  const Points points = rank_one_lattice_points(3, 63, {.shift = "none", .skip = 1});
  const Vector z{{1.0, 182667.0, 469891.0}};
  for (Index k = 0; k < 63; ++k) {
    const double multiple = points(0, k);
    EXPECT_EQ(multiple * 64.0, std::floor(multiple * 64.0));
    for (Index i = 0; i < 3; ++i) EXPECT_EQ(points(i, k), std::fmod(multiple * z[i], 1.0)) << k << i;
  }
  EXPECT_EQ(points(0, 0), 0.5);
  EXPECT_EQ(points(0, 1), 0.25);
  EXPECT_EQ(points(0, 2), 0.75);
}

// The sum and the last entry of the vector as published: a lost digit would show. A coordinate of
// point 2^19 is z / 2^20.
TEST(RankOneLattice, HasThePublishedGenerators) {
  const Points point = rank_one_lattice_points(250, 1, {.shift = "none", .skip = Index{1} << 19});
  EXPECT_EQ(point.sum() * 0x1p20, 63550560.0);
  EXPECT_EQ(point(249, 0) * 0x1p20, 480757.0);
  EXPECT_EQ(point(9, 0) * 0x1p20, 283199.0);
}

TEST(RankOneLattice, IsShiftedByTheSameForAllPoints) {
  const Points plain = rank_one_lattice_points(4, 100, {.shift = "none", .skip = 1});
  const Points shifted = rank_one_lattice_points(4, 100, {.seed = 7, .skip = 1});
  for (Index i = 0; i < 4; ++i) {
    for (Index k = 1; k < 100; ++k) {
      const double turn = (shifted(i, k) - plain(i, k)) - (shifted(i, 0) - plain(i, 0));
      EXPECT_EQ(turn, std::round(turn)) << i << " " << k;
    }
  }
}

TEST(RankOneLattice, IsStratifiedInEachCoordinateAndExtends) {
  const Points points = rank_one_lattice_points(250, 1024, {.seed = 2});
  for (Index i = 0; i < 250; ++i) {
    // A shifted lattice has one point in each cell wherever cells begin.
    EXPECT_TRUE(is_stratified(points.row(i), {1024})) << i;
  }
  EXPECT_EQ(rank_one_lattice_points(250, 100, {.seed = 2}), points.leftCols(100));
  EXPECT_EQ(rank_one_lattice_points(3, 100, {.seed = 2, .skip = 50}),
            points.topRows(3).middleCols(50, 100));
}

TEST(RankOneLattice, IntegratesBetterThanMonteCarloWithoutBias) {
  double sum = 0.0;
  double squares = 0.0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Points points = rank_one_lattice_points(3, 256, {.seed = seed});
    const double error = points.array().exp().colwise().prod().mean() - std::pow(std::exp(1.0) - 1.0, 3);
    sum += error;
    squares += error * error;
  }
  const double deviation = std::sqrt(squares / 200);
  EXPECT_LT(std::abs(sum / 200), 4 * deviation / std::sqrt(200.0));
  EXPECT_LT(deviation, 0.2 * 2.7 / 16.0);
}

TEST(RankOneLattice, RefusesWhatItCannotGive) {
  EXPECT_THROW((void)rank_one_lattice_points(0, 5), InvalidArgument);
  EXPECT_THROW((void)rank_one_lattice_points(251, 5), InvalidArgument);
  EXPECT_THROW((void)rank_one_lattice_points(2, 0), InvalidArgument);
  EXPECT_THROW((void)rank_one_lattice_points(2, (Index{1} << 20) + 1), InvalidArgument);
  EXPECT_THROW((void)rank_one_lattice_points(2, 5, {.shift = "none"}), InvalidOptions);
}

}  // namespace
}  // namespace mystic
