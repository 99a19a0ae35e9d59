// When enough is known.

#include "study/methods/until.hpp"

#include "study/methods/method.hpp"

#include <gtest/gtest.h>

namespace mystic::study {
namespace {

Watched watched(const std::string& what, const std::string& output, double value, double half) {
  return {what, output, "", {value, {value - half, value + half}}};
}

TEST(Until, HoldsWhenTheWidestOfTheIntervalsMeantIsNarrowEnough) {
  Until until;
  until.half_width = 0.5;
  EXPECT_TRUE(is_enough(until, {watched("mean", "y", 10, 0.5), watched("sd", "y", 3, 0.1)}));
  EXPECT_FALSE(is_enough(until, {watched("mean", "y", 10, 0.5), watched("sd", "y", 3, 0.6)}));
  until.of = "mean";
  EXPECT_TRUE(is_enough(until, {watched("mean", "y", 10, 0.5), watched("sd", "y", 3, 0.6)}));
  until.output = "z";
  EXPECT_FALSE(is_enough(until, {watched("mean", "y", 10, 0.5), watched("mean", "z", 3, 0.6)}));
}

TEST(Until, RelativeWidthsAreSharesOfTheSizeOfAnEstimate) {
  Until until;
  until.relative = 0.05;
  EXPECT_TRUE(is_enough(until, {watched("mean", "y", -10, 0.49)}));
  EXPECT_FALSE(is_enough(until, {watched("mean", "y", -10, 0.51)}));
  EXPECT_FALSE(is_enough(until, {watched("mean", "y", 0, 0.001)}));
}

TEST(Until, NeverHoldsForWhatIsNotKnownOrNotThere) {
  Until until;
  until.half_width = 1e9;
  EXPECT_FALSE(is_enough(until, {}));
  EXPECT_FALSE(is_enough(until, {{"mean", "y", "", {}}}));
  EXPECT_FALSE(is_enough(until, {{"mean", "y", "", {1.0, {-infinity, 2.0}}}}));
}

TEST(Until, ReasonNamesTheWidestAndItsWidth) {
  Until until;
  until.half_width = 0.5;
  const auto reason = is_enough(until, {watched("mean", "y", 10, 0.25), watched("mean", "z", 10, 0.4)});
  ASSERT_TRUE(reason);
  EXPECT_NE(reason->find("mean of z +- 0.4"), std::string::npos) << *reason;
}

TEST(Until, LooksFirstWhereItMayAndThenEverMoreSeldom) {
  Until until;
  until.first_look = 30;
  Index blocks = next_look(until, 0);
  EXPECT_EQ(blocks, 30);
  for (int look = 0; look < 100; ++look) {
    const Index next = next_look(until, blocks);
    EXPECT_GT(next, blocks);
    EXPECT_LE(static_cast<double>(next), 1.1 * static_cast<double>(blocks) + 1.0);
    blocks = next;
  }
  until.first_look = 2;
  EXPECT_EQ(next_look(until, 2), 3);
}

}  // namespace
}  // namespace mystic::study
