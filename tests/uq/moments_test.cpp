#include "mystic/uq/moments.hpp"

#include "mystic/core/random.hpp"
#include "mystic/core/require.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

Vector draws(Index n, std::uint64_t seed) {
  Random random = stream(seed, SearchPath{});
  Vector values(n);
  for (double& value : values) value = -std::log1p(-uniform(random));  // exponential
  return values;
}

Moments of(const VectorView& values) {
  Moments moments;
  moments.add(values);
  return moments;
}

void expect_near(const Moments& left, const Moments& right, double share) {
  EXPECT_EQ(left.asked(), right.asked());
  EXPECT_EQ(left.ok(), right.ok());
  EXPECT_NEAR(left.mean(), right.mean(), share * std::abs(right.mean()));
  EXPECT_NEAR(left.sd(), right.sd(), share * right.sd());
  EXPECT_NEAR(left.skewness(), right.skewness(), share * std::abs(right.skewness()) + share);
  EXPECT_NEAR(left.excess_kurtosis(), right.excess_kurtosis(), 10 * share);
  EXPECT_EQ(left.least(), right.least());
  EXPECT_EQ(left.most(), right.most());
}

// scipy.stats.describe(x) and kurtosis(x) of SciPy 1.10; sd with n - 1.
TEST(Moments, AreThoseOfSciPy) {
  const Moments moments = of(Vector{{2.0, 3.5, -1.0, 8.25, 0.5, 4.0}});
  EXPECT_DOUBLE_EQ(moments.mean(), 2.875);
  EXPECT_NEAR(moments.variance(), 10.39375, 1e-14);
  EXPECT_NEAR(moments.skewness(), 0.5538110950345784, 1e-14);
  EXPECT_NEAR(moments.excess_kurtosis(), -0.568910773876913, 1e-14);
  EXPECT_EQ(moments.least(), -1.0);
  EXPECT_EQ(moments.most(), 8.25);
}

TEST(Moments, OneByOneInBlocksAndMergedAgree) {
  const Vector values = draws(5000, 3);
  Moments one_by_one;
  for (const double value : values) one_by_one.add(value);
  const Moments all = of(values);
  expect_near(one_by_one, all, 1e-12);
  for (const Index cut : {0, 1, 7, 2500, 4999, 5000}) {
    Moments merged = of(values.head(cut));
    merged.merge(of(values.tail(5000 - cut)));
    expect_near(merged, all, 1e-12);
  }
}

TEST(Moments, LoseNoDigitsFarFromZero) {
  const Vector values = draws(3000, 4);
  const Moments near = of(values);
  const Moments far = of((values.array() + 1e9).matrix());
  EXPECT_NEAR(far.sd(), near.sd(), 1e-7 * near.sd());
  EXPECT_NEAR(far.excess_kurtosis(), near.excess_kurtosis(), 1e-5);
}

TEST(Moments, CountFailuresAndLeaveThemOut) {
  Vector values = draws(2000, 5);
  const Vector succeeded = values.tail(1998);
  values[0] = not_known;
  values[1] = infinity;
  const Moments all = of(values);
  EXPECT_EQ(all.asked(), 2000);
  EXPECT_EQ(all.ok(), 1998);
  EXPECT_NEAR(all.mean(), of(succeeded).mean(), 1e-13);
  EXPECT_NEAR(all.sd(), of(succeeded).sd(), 1e-13);
}

TEST(Moments, OfTooFewValuesAreNotKnown) {
  Moments moments;
  EXPECT_TRUE(std::isnan(moments.mean()));
  moments.add(4.0);
  EXPECT_EQ(moments.mean(), 4.0);
  EXPECT_TRUE(std::isnan(moments.sd()));
  EXPECT_TRUE(std::isnan(moments.mean_within().interval.lower));
  moments.add(4.0);
  moments.add(4.0);
  moments.add(4.0);
  EXPECT_EQ(moments.sd(), 0.0);
  EXPECT_TRUE(std::isnan(moments.skewness())) << "all are equal";
  EXPECT_EQ(moments.sd_within().interval.upper, 0.0);
}

TEST(Moments, ChangeWithTheUnitAsTheyMust) {
  const Vector values = draws(1500, 6);
  const MomentEstimates metres = moment_estimates(values);
  const MomentEstimates feet = moment_estimates(values / 0.3048);
  EXPECT_NEAR(feet.mean.interval.upper, metres.mean.interval.upper / 0.3048, 1e-12);
  EXPECT_NEAR(feet.sd.interval.lower, metres.sd.interval.lower / 0.3048, 1e-12);
  EXPECT_NEAR(feet.skewness.interval.upper, metres.skewness.interval.upper, 1e-10);
  EXPECT_NEAR(feet.excess_kurtosis.interval.lower, metres.excess_kurtosis.interval.lower, 1e-9);
}

TEST(Moments, RefuseALevelThatIsNone) {
  const Moments moments = of(draws(10, 7));
  for (const double level : {0.0, 1.0, -0.1, 95.0, not_known}) {
    EXPECT_THROW(static_cast<void>(moments.mean_within(level)), InvalidArgument) << level;
    EXPECT_THROW(static_cast<void>(moments.sd_within(level)), InvalidArgument) << level;
  }
}

// 1000 seeds: the share that covers has a standard deviation of 0.7 %.
TEST(MomentIntervals, CoverTheTruth) {
  int mean = 0;
  int sd = 0;
  int skewness = 0;
  int kurtosis = 0;
  for (std::uint64_t seed = 1000; seed < 2000; ++seed) {
    const Vector values = draws(2000, seed);
    const MomentEstimates exponential = moment_estimates(values);
    mean += exponential.mean.interval.contains(1.0) ? 1 : 0;
    sd += exponential.sd.interval.contains(1.0) ? 1 : 0;
    const MomentEstimates uniform = moment_estimates((-values.array()).exp().matrix());
    skewness += uniform.skewness.interval.contains(0.0) ? 1 : 0;
    kurtosis += uniform.excess_kurtosis.interval.contains(-1.2) ? 1 : 0;
  }
  EXPECT_TRUE(mean >= 930 && mean <= 970) << mean;
  EXPECT_TRUE(sd >= 930 && sd <= 970) << sd;
  EXPECT_TRUE(skewness >= 930 && skewness <= 970) << skewness;
  EXPECT_TRUE(kurtosis >= 930 && kurtosis <= 970) << kurtosis;
}

}  // namespace
}  // namespace mystic
