#include "mystic/uq/philox.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace mystic {
namespace {

using Block = std::array<std::uint32_t, 4>;

// kat_vectors of Random123 1.14, lines "philox4x32 10"; recomputed with an implementation of our own in
// Python.
TEST(Philox, GivesTheKnownAnswersOfRandom123) {
  constexpr std::uint32_t ones = 0xffffffffU;
  EXPECT_EQ(philox_block({0, 0, 0, 0}, {0, 0}),
            (Block{0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U}));
  EXPECT_EQ(philox_block({ones, ones, ones, ones}, {ones, ones}),
            (Block{0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU}));
  EXPECT_EQ(
      philox_block({0x243f6a88U, 0x85a308d3U, 0x13198a2eU, 0x03707344U}, {0xa4093822U, 0x299f31d0U}),
      (Block{0xd16cfe09U, 0x94fdccebU, 0x5001e420U, 0x24126ea1U}));
}

TEST(Philox, PutsDrawCoordinateAndDesignIntoTheCounterAndTheSeedIntoTheKey) {
  const Philox philox(0x299f31d0a4093822U, 0x03707344U, 0x13198a2eU);
  const auto two = philox.pair(0x85a308d3243f6a88U);
  EXPECT_EQ(two[0], 0x94fdccebd16cfe09U);
  EXPECT_EQ(two[1], 0x24126ea15001e420U);
}

TEST(Philox, GivesTheSameDrawByNumberAndInTurn) {
  Philox turn(7, 2, 5);
  const Philox number = turn;
  for (std::uint64_t k = 0; k < 9; ++k) EXPECT_EQ(turn(), number.at(k)) << k;
  for (const std::uint64_t gap : {1U, 2U, 3U, 1000U}) {
    Philox jumped(7, 2, 5);
    jumped();
    jumped.discard(gap);
    EXPECT_EQ(jumped(), number.at(1 + gap)) << gap;
    EXPECT_EQ(jumped(), number.at(2 + gap)) << gap;
  }
}

// Ends, odd beginnings, and a carry into the upper word of the counter.
TEST(Philox, GivesManyDrawsAsItGivesThemOneByOne) {
  const Philox philox(0x123456789abcdefU, 5, 7);
  for (const std::uint64_t first : {0UL, 1UL, 6UL, 0x1ffffffefUL}) {
    for (const std::size_t count : {0U, 1U, 2U, 7U, 16U, 33U, 100U}) {
      std::vector<double> units(count);
      philox.open_units(first, units);
      for (std::size_t k = 0; k < count; ++k)
        EXPECT_EQ(units[k], open_unit(philox.at(first + k))) << first << " " << k;
    }
  }
}

TEST(Philox, IsAUniformRandomBitGenerator) {
  static_assert(std::uniform_random_bit_generator<Philox>);
  Philox philox(3);
  double sum = 0.0;
  for (int k = 0; k < 20000; ++k) sum += open_unit(philox());
  EXPECT_NEAR(sum / 20000, 0.5, 5 * 0.289 / 141.4);  // five standard errors
}

TEST(OpenUnit, NeverGivesAnEnd) {
  EXPECT_EQ(open_unit(0), 0x1p-53);
  EXPECT_EQ(open_unit(~std::uint64_t{0}), 1.0 - 0x1p-53);
  EXPECT_LT(open_unit(~std::uint64_t{0}), 1.0);
}

}  // namespace
}  // namespace mystic
