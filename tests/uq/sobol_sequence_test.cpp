#include "mystic/uq/sobol_sequence.hpp"

#include "mystic/core/require.hpp"
#include "stratified.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

namespace mystic {
namespace {

const std::vector<std::string> scrambles{"owen", "linear", "shift"};

// scipy.stats.qmc.Sobol(8, scramble=False).random(9), points 1 to 8; SciPy 1.10.1.
TEST(Sobol, GivesJoeAndKuosFirstPoints) {
  const Points expected{{0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125, 0.1875},
                        {0.5, 0.25, 0.75, 0.375, 0.875, 0.125, 0.625, 0.3125},
                        {0.5, 0.25, 0.75, 0.625, 0.125, 0.875, 0.375, 0.9375},
                        {0.5, 0.25, 0.75, 0.875, 0.375, 0.625, 0.125, 0.4375},
                        {0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125, 0.5625},
                        {0.5, 0.75, 0.25, 0.125, 0.625, 0.875, 0.375, 0.3125},
                        {0.5, 0.25, 0.75, 0.375, 0.875, 0.125, 0.625, 0.4375},
                        {0.5, 0.75, 0.25, 0.875, 0.375, 0.125, 0.625, 0.9375}};
  EXPECT_EQ(sobol_points(8, 8, {.scramble = "none", .skip = 1}), expected);
}

// scipy.stats.qmc.Sobol(3667, scramble=False).random(1200): coordinates 1, 20, 999, 3665, 3666.
TEST(Sobol, GivesJoeAndKuosPointsInManyDimensions) {
  const Points points = sobol_points(3667, 1199, {.scramble = "none", .skip = 1});
  const std::vector<Index> coordinates{1, 20, 999, 3665, 3666};
  const Vector at_777{{0.9365234375, 0.2373046875, 0.3837890625, 0.0712890625, 0.3271484375}};
  const Vector at_1199{{0.50537109375, 0.84912109375, 0.21337890625, 0.91650390625, 0.17236328125}};
  EXPECT_EQ(Vector(points(coordinates, 776)), at_777);
  EXPECT_EQ(Vector(points(coordinates, 1198)), at_1199);
}

TEST(Sobol, GivesAPointThatDependsOnItsNumberOnly) {
  for (const std::string& scramble : scrambles) {
    const Points all = sobol_points(3, 9000, {.scramble = scramble, .seed = 4});
    EXPECT_EQ(sobol_points(3, 100, {.scramble = scramble, .seed = 4}), all.leftCols(100)) << scramble;
    EXPECT_EQ(sobol_points(2, 9000, {.scramble = scramble, .seed = 4}), all.topRows(2)) << scramble;
    for (const Index skip : {1, 17, 4000, 4095, 4096, 8191}) {
      EXPECT_EQ(sobol_points(3, 700, {.scramble = scramble, .seed = 4, .skip = skip}),
                all.middleCols(skip, 700))
          << scramble << " " << skip;
    }
    EXPECT_NE(sobol_points(3, 100, {.scramble = scramble, .seed = 5}), all.leftCols(100)) << scramble;
  }
}

TEST(Sobol, IsStratifiedInEachCoordinateUnderEveryScramble) {
  for (const std::string& scramble : scrambles) {
    for (const Index power : {1, 6, 14}) {
      const Index count = Index{1} << power;
      const Points points = sobol_points(20, 2 * count, {.scramble = scramble, .seed = 8});
      for (Index i = 0; i < 20; ++i) {
        EXPECT_TRUE(is_stratified(points.row(i).leftCols(count), {count})) << scramble << " " << i;
        EXPECT_TRUE(is_stratified(points.row(i).rightCols(count), {count})) << scramble << " " << i;
      }
    }
  }
}

// The first two coordinates are a (0, m, 2)-net: each elementary interval of area 2^-m holds one point.
TEST(Sobol, KeepsTheNetOfTheFirstTwoCoordinatesUnderEveryScramble) {
  for (const std::string& scramble : scrambles) {
    for (const Index power : {4, 13}) {
      const Index count = Index{1} << power;
      for (const Index skip : {Index{0}, 5 * count}) {
        const Points points = sobol_points(2, count, {.scramble = scramble, .seed = 3, .skip = skip});
        for (Index split = 0; split <= power; ++split) {
          EXPECT_TRUE(is_stratified(points, {Index{1} << split, Index{1} << (power - split)}))
              << scramble << " " << power << " " << split;
        }
      }
    }
  }
}

// Far behind the first block, so that the lower digits of the tree are used as well.
TEST(Sobol, StaysStratifiedInALateRun) {
  for (const std::string& scramble : scrambles) {
    const Points points = sobol_points(6, 8192, {.scramble = scramble, .seed = 3, .skip = 0xfffe0000});
    for (Index i = 0; i < 6; ++i) EXPECT_TRUE(is_stratified(points.row(i), {8192})) << scramble << i;
  }
}

// One point a cell must hold below the digits of the upper tree too: 2^16 points, 2^16 cells.
TEST(Sobol, ScramblesTheLowerDigitsWithinTheTree) {
  const Points points = sobol_points(2, 65536, {.seed = 21});
  for (Index split = 0; split <= 16; split += 2) {
    EXPECT_TRUE(is_stratified(points, {Index{1} << split, Index{1} << (16 - split)})) << split;
  }
}

TEST(Sobol, IsUniformAtEachPointOverTheSeeds) {
  constexpr Index seeds = 4000;
  for (const std::string& scramble : scrambles) {
    for (const Index number : {0, 5, 70'000}) {
      double sum = 0.0;
      double squares = 0.0;
      double last_digits = 0.0;
      for (Index seed = 0; seed < seeds / (number > 9 ? 10 : 1); ++seed) {
        const double x = sobol_points(
            2, 1, {.scramble = scramble, .seed = static_cast<std::uint64_t>(seed), .skip = number})(1,
                                                                                                    0);
        sum += x;
        squares += x * x;
        last_digits += std::fmod(x * 0x1p20, 1.0);
      }
      const double count = static_cast<double>(seeds / (number > 9 ? 10 : 1));
      EXPECT_NEAR(sum / count, 0.5, 4 * std::sqrt(1.0 / 12 / count)) << scramble << number;
      EXPECT_NEAR(squares / count, 1.0 / 3, 4 * std::sqrt(4.0 / 45 / count)) << scramble << number;
      EXPECT_NEAR(last_digits / count, 0.5, 4 * std::sqrt(1.0 / 12 / count)) << scramble << number;
    }
  }
}

// Owen's variance falls as m^-3 for a smooth function, m^-2 at least; Monte Carlo would have m^-1.
TEST(Sobol, IntegratesWithoutBiasAndFarBetterThanMonteCarlo) {
  constexpr int seeds = 300;
  for (const std::string& scramble : {std::string("owen"), std::string("linear")}) {
    double sum = 0.0;
    double squares = 0.0;
    for (int seed = 0; seed < seeds; ++seed) {
      const Points points =
          sobol_points(3, 256, {.scramble = scramble, .seed = static_cast<std::uint64_t>(seed)});
      const double error =
          points.array().exp().colwise().prod().mean() - std::pow(std::exp(1.0) - 1.0, 3);
      sum += error;
      squares += error * error;
    }
    const double deviation = std::sqrt(squares / seeds);
    EXPECT_LT(std::abs(sum / seeds), 4.0 * deviation / std::sqrt(seeds)) << scramble;
    EXPECT_LT(deviation, 0.1 * 2.7 / 16.0) << scramble;  // sd of the integrand 2.7, 16 = sqrt(256)
  }
}

// Independent flips: of the four orders that the four quarters may take in two halves, all appear, and
// the halves are flipped independently, which a digital shift does not do.
TEST(Sobol, FlipsTheSecondDigitOfEachHalfByItselfUnderOwen) {
  std::set<int> owen;
  std::set<int> shift;
  for (std::uint64_t seed = 0; seed < 64; ++seed) {
    for (const bool is_owen : {true, false}) {
      const Points x = sobol_points(1, 4, {.scramble = is_owen ? "owen" : "shift", .seed = seed});
      int order = 0;
      for (Index k = 0; k < 4; ++k) order = 10 * order + static_cast<int>(4.0 * x(0, k));
      (is_owen ? owen : shift).insert(order);
    }
  }
  EXPECT_EQ(owen.size(), 8U);
  EXPECT_EQ(shift.size(), 4U);
}

TEST(Sobol, RefusesWhatItCannotGive) {
  EXPECT_THROW((void)sobol_points(0, 4), InvalidArgument);
  EXPECT_THROW((void)sobol_points(3668, 4), InvalidArgument);
  EXPECT_THROW((void)sobol_points(3, 0), InvalidArgument);
  EXPECT_THROW((void)sobol_points(3, 5, {.skip = 0xfffffffc}), InvalidArgument);
  EXPECT_THROW((void)sobol_points(3, 4, {.scramble = "none"}), InvalidOptions);
  EXPECT_THROW((void)sobol_points(3, 4, {.scramble = "faure"}), InvalidOptions);
  EXPECT_EQ(sobol_points(3, 4, {.skip = 0xfffffffc}).cols(), 4);
  try {
    (void)sobol_points(3668, 4);
  } catch (const InvalidArgument& error) {
    EXPECT_NE(std::string(error.what()).find("3668 is not in [1, 3667]"), std::string::npos)
        << error.what();
  }
}

}  // namespace
}  // namespace mystic
