#include "mystic/uq/exceedance.hpp"

#include "mystic/core/random.hpp"
#include "mystic/core/require.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace mystic {
namespace {

// scipy.stats.binomtest(k, n).proportion_ci and beta.ppf of SciPy 1.10.
TEST(Exceedance, IntervalsAreThoseOfSciPy) {
  EXPECT_NEAR(wilson(3, 20).interval.lower, 0.052368745896216595, 1e-14);
  EXPECT_NEAR(wilson(3, 20).interval.upper, 0.36041886474075696, 1e-14);
  EXPECT_NEAR(clopper_pearson(3, 20).lower, 0.0320709371854637, 1e-12);
  EXPECT_NEAR(clopper_pearson(3, 20).upper, 0.37892682654531396, 1e-12);
  EXPECT_EQ(wilson(0, 50).interval.lower, 0.0);
  EXPECT_NEAR(wilson(0, 50).interval.upper, 0.07134759913335872, 1e-14);
  EXPECT_EQ(clopper_pearson(0, 50).lower, 0.0);
  EXPECT_NEAR(clopper_pearson(0, 50).upper, 0.07112173646419764, 1e-12);
  EXPECT_NEAR(wilson(999, 1000).interval.lower, 0.9943574414020421, 1e-14);
  EXPECT_NEAR(clopper_pearson(999, 1000).upper, 0.9999746825125088, 1e-12);
}

TEST(Exceedance, OfKAndOfNMinusKMirrorEachOther) {
  for (const Index k : {0, 1, 17, 40}) {
    const Interval of_k = wilson(k, 40).interval;
    const Interval of_rest = wilson(40 - k, 40).interval;
    EXPECT_NEAR(of_k.lower, 1.0 - of_rest.upper, 1e-15);
    EXPECT_NEAR(clopper_pearson(k, 40).upper, 1.0 - clopper_pearson(40 - k, 40).lower, 1e-14);
  }
}

TEST(Exceedance, CountsWhatLiesAboveAndLeavesOutWhatFailed) {
  Vector values = Vector::LinSpaced(20, 1.0, 20.0);
  values[0] = not_known;
  const Exceedance found = exceedance(SortedSample(values), 17.0);
  EXPECT_EQ(found.asked, 20);
  EXPECT_EQ(found.ok, 19);
  EXPECT_EQ(found.above, 3) << "17 itself does not exceed 17";
  EXPECT_DOUBLE_EQ(found.probability.value, 3.0 / 19.0);
}

// 3 of 20: scipy.stats.norm.isf(0.15).
TEST(Exceedance, HasAReliabilityIndex) {
  const Exceedance found = exceedance(SortedSample(Vector::LinSpaced(20, 1.0, 20.0)), 17.0);
  EXPECT_NEAR(found.index.value, 1.0364333894937898, 1e-14);
  EXPECT_LT(found.index.interval.lower, found.index.value);
  EXPECT_LT(found.index.value, found.index.interval.upper);
  const Exceedance never = exceedance(SortedSample(Vector::Zero(30)), 1.0);
  EXPECT_EQ(never.index.value, infinity);
  EXPECT_TRUE(std::isfinite(never.index.interval.lower)) << "30 without say something";
}

TEST(Exceedance, OfNothingIsNotKnown) {
  const Exceedance found = exceedance(SortedSample(Vector::Constant(5, not_known)), 1.0);
  EXPECT_EQ(found.asked, 5);
  EXPECT_TRUE(std::isnan(found.probability.value));
  EXPECT_EQ(found.surely.lower, 0.0);
  EXPECT_EQ(found.surely.upper, 1.0);
  EXPECT_TRUE(std::isnan(found.index.value));
}

TEST(Exceedance, RefusesWhatIsNoThresholdOrCount) {
  const SortedSample sample(Vector::Zero(3));
  EXPECT_THROW(static_cast<void>(exceedance(sample, not_known)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(exceedance(sample, 0.0, 1.0)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(wilson(4, 3)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(clopper_pearson(-1, 3)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(level_exceeded(sample, 1.0)), InvalidArgument);
}

// The exact coverage: the sum of P[k] over the k whose interval holds p.
double coverage(Index n, double p, const std::function<Interval(Index)>& interval) {
  double chance = std::pow(1.0 - p, static_cast<double>(n));
  double sum = 0.0;
  for (Index k = 0; k <= n; ++k) {
    if (interval(k).contains(p)) sum += chance;
    chance *= static_cast<double>(n - k) / static_cast<double>(k + 1) * p / (1.0 - p);
  }
  return sum;
}

TEST(Exceedance, ClopperPearsonNeverCoversLessThanItSays) {
  for (const Index n : {10, 100}) {
    for (const double p : {0.01, 0.13, 0.5, 0.77}) {
      EXPECT_GE(coverage(n, p, [n](Index k) { return clopper_pearson(k, n); }), 0.95) << n << " " << p;
    }
  }
}

// The coverage of Wilson's interval swings with p about 0.95.
TEST(Exceedance, WilsonCoversWhatItSaysOnAverage) {
  double sum = 0.0;
  for (int i = 0; i < 200; ++i) {
    const double p = 0.02 + 0.48 * (i + 0.5) / 200.0;  // the other half mirrors it
    sum += coverage(200, p, [](Index k) { return wilson(k, 200).interval; });
  }
  EXPECT_NEAR(sum / 200.0, 0.95, 0.003);
}

TEST(LevelExceeded, IsTheQuantileFromAbove) {
  Random random = stream(11, SearchPath{});
  const SortedSample sample(uniform(random, Vector::Zero(400), Vector::Ones(400)));
  EXPECT_EQ(level_exceeded(sample, 0.1).value, quantile_within(sample, 0.9).value);
  EXPECT_TRUE(level_exceeded(sample, 0.1).interval.contains(0.9));
}

}  // namespace
}  // namespace mystic
