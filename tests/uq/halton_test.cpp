#include "mystic/uq/halton.hpp"

#include "mystic/core/require.hpp"
#include "mystic/uq/point_quality.hpp"
#include "stratified.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

double radical_inverse(Index number, Index base) {
  double inverse = 0.0;
  double weight = 1.0 / static_cast<double>(base);
  for (; number > 0; number /= base, weight /= static_cast<double>(base)) {
    inverse += weight * static_cast<double>(number % base);
  }
  return inverse;
}

TEST(Halton, EqualsTheRadicalInversesInTheFirstPrimes) {
  const std::vector<Index> primes{2, 3, 5, 7, 11, 13, 17, 19, 23, 29};
  const Points points = halton_points(10, 5000, {.scramble = "none", .skip = 1});
  for (Index k = 0; k < 5000; ++k) {
    for (Index i = 0; i < 10; ++i) {
      ASSERT_NEAR(points(i, k), radical_inverse(k + 1, primes[static_cast<std::size_t>(i)]), 1e-15)
          << k << " " << i;
    }
  }
}

// scipy.stats.qmc.Halton(7, scramble=False).random(1001)[1000]; SciPy 1.10.1.
TEST(Halton, EqualsScipys) {
  const Vector expected{{0.0927734375, 0.3475080018289895, 0.00512, 0.9162848812994586,
                         0.9316303531179565, 0.9904415111515704, 0.8483614899246896}};
  EXPECT_LT((halton_points(7, 1, {.scramble = "none", .skip = 1000}) - expected).cwiseAbs().maxCoeff(),
            1e-15);
}

TEST(Halton, GivesAPointThatDependsOnItsNumberOnly) {
  const Points all = halton_points(6, 5000, {.seed = 4});
  EXPECT_EQ(halton_points(6, 77, {.seed = 4}), all.leftCols(77));
  EXPECT_EQ(halton_points(2, 5000, {.seed = 4}), all.topRows(2));
  for (const Index skip : {1, 2047, 2048, 2186, 2187, 4913}) {
    EXPECT_EQ(halton_points(6, 80, {.seed = 4, .skip = skip}), all.middleCols(skip, 80)) << skip;
  }
  EXPECT_NE(halton_points(6, 5000, {.seed = 5}), all);
}

TEST(Halton, StaysStratifiedWhenItsDigitsArePermuted) {
  const std::vector<Index> primes{2, 3, 5, 7};
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const Points points = halton_points(4, 16384, {.seed = seed});
    for (Index i = 0; i < 4; ++i) {
      Index cells = primes[static_cast<std::size_t>(i)];
      for (; cells <= 16384; cells *= primes[static_cast<std::size_t>(i)]) {
        EXPECT_TRUE(is_stratified(points.row(i).leftCols(cells), {cells})) << i << " " << cells;
      }
    }
    EXPECT_TRUE(is_stratified(points.topRows(2).leftCols(16 * 27), {16, 27}));
  }
}

TEST(Halton, IsUniformAtEachPointOverTheSeeds) {
  constexpr int seeds = 3000;
  Vector sum = Vector::Zero(3);
  Vector last_digits = Vector::Zero(3);
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const Points point = halton_points(3, 1, {.seed = seed, .skip = 6});
    sum += point.col(0);
    for (Index i = 0; i < 3; ++i) last_digits[i] += std::fmod(point(i, 0) * 1e6, 1.0);
  }
  EXPECT_LT((sum.array() / seeds - 0.5).abs().maxCoeff(), 4 * 0.289 / std::sqrt(seeds));
  EXPECT_LT((last_digits.array() / seeds - 0.5).abs().maxCoeff(), 4 * 0.289 / std::sqrt(seeds));
}

// What the permutations are for: unscrambled, neighbouring coordinates of many are nearly the same.
TEST(Halton, BreaksTheCorrelationOfLargePrimes) {
  EXPECT_GT(greatest_correlation(halton_points(40, 100, {.scramble = "none", .skip = 1}).bottomRows(2)),
            0.5);
  EXPECT_LT(greatest_correlation(halton_points(40, 100, {.seed = 2}).bottomRows(2)), 0.4);
}

TEST(Halton, RefusesWhatItCannotGive) {
  EXPECT_THROW((void)halton_points(0, 5), InvalidArgument);
  EXPECT_THROW((void)halton_points(1001, 5), InvalidArgument);
  EXPECT_THROW((void)halton_points(2, 0), InvalidArgument);
  EXPECT_THROW((void)halton_points(2, 5, {.scramble = "none"}), InvalidOptions);
  EXPECT_THROW((void)halton_points(2, 5, {.skip = (Index{1} << 38) - 4}), InvalidArgument);
  const Points last = halton_points(1000, 5, {.skip = (Index{1} << 38) - 5});
  EXPECT_TRUE((last.array() > 0.0).all() && (last.array() < 1.0).all());
}

TEST(Hammersley, HasEqualStepsThenHaltonsCoordinates) {
  const Points points = hammersley_points(3, 10, {.scramble = "none"});
  for (Index k = 0; k < 10; ++k) {
    EXPECT_NEAR(points(0, k), (static_cast<double>(k) + 0.5) / 10, 1e-15);
    EXPECT_NEAR(points(1, k), radical_inverse(k + 1, 2), 1e-15);
    EXPECT_NEAR(points(2, k), radical_inverse(k + 1, 3), 1e-15);
  }
  EXPECT_EQ(hammersley_points(3, 10, {.seed = 3}).bottomRows(2), halton_points(2, 10, {.seed = 3}));
  EXPECT_TRUE(is_stratified(hammersley_points(2, 1024, {.seed = 3}), {32, 32}));
  EXPECT_THROW((void)hammersley_points(0, 5), InvalidArgument);
  EXPECT_THROW((void)hammersley_points(2, 0), InvalidArgument);
  EXPECT_EQ(hammersley_points(1, 5).rows(), 1);
}

}  // namespace
}  // namespace mystic
