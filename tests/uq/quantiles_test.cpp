#include "mystic/uq/quantiles.hpp"

#include "mystic/core/random.hpp"
#include "mystic/core/require.hpp"
#include "mystic/uq/exceedance.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

Vector uniforms(Index n, std::uint64_t seed) {
  Random random = stream(seed, SearchPath{});
  Vector values(n);
  for (double& value : values) value = uniform(random);
  return values;
}

// Of 1000 samples of n numbers in (0, 1), how many intervals of the quantile of p hold p.
int covered(Index n, double p) {
  int count = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    const SortedSample sample(uniforms(n, seed));
    count += quantile_within(sample, p).interval.contains(p) ? 1 : 0;
  }
  return count;
}

TEST(Quantiles, AreThoseOfNumPy) {
  const SortedSample sample(Vector{{3.0, 1.0, 4.0, 1.5, 9.0, 2.6, 5.0}});
  EXPECT_DOUBLE_EQ(quantile_within(sample, 0.5).value, 3.0);
  EXPECT_DOUBLE_EQ(quantile_within(sample, 0.25).value, 2.05);
  EXPECT_DOUBLE_EQ(quantile_within(sample, 0.9).value, 6.6);
}

// Samples that cells of equal width do not divide: ties, one far value, a range beyond a double's, all
// the same; and failures.
TEST(Quantiles, AreTheSameWithoutSorting) {
  const std::vector<double> levels = {0.5, 0.001, 0.95, 0.999, 0.05};
  const Vector even = uniforms(20'000, 1);
  const Vector whole = (even.array() * 10.0).floor();
  const Vector heavy = even.array().pow(-40.0);
  Vector wide = even;
  wide[3] = 1e308;
  wide[4] = -1e308;
  Vector failed = even;
  for (Index k = 0; k < failed.size(); k += 7) failed[k] = k % 2 == 0 ? not_known : infinity;
  const Vector same = Vector::Constant(9000, 2.5);
  for (const Vector& values :
       {even, whole, heavy, wide, failed, same, Vector(even.head(7)), Vector(even.head(1))}) {
    const SortedSample sorted(values);
    const auto found = quantiles_within(values, levels);
    ASSERT_EQ(found.size(), levels.size());
    for (std::size_t i = 0; i < levels.size(); ++i) {
      const Estimate truth = quantile_within(sorted, levels[i]);
      EXPECT_EQ(found[i].value, truth.value) << i;
      EXPECT_EQ(found[i].interval.lower, truth.interval.lower) << i;
      EXPECT_EQ(found[i].interval.upper, truth.interval.upper) << i;
    }
  }
  EXPECT_TRUE(std::isnan(quantiles_within(Vector::Constant(3, not_known), {0.5}).front().value));
  EXPECT_THROW((void)quantiles_within(even, {0.5, 1.0}), InvalidArgument);
}

// The published ranks for the median of 15 values at 95 %: 4 and 12 (Conover 1999, table A3).
TEST(Quantiles, LieBetweenThePublishedRanks) {
  const SortedSample sample(Vector::LinSpaced(15, 1.0, 15.0));
  const Interval median = quantile_within(sample, 0.5).interval;
  EXPECT_EQ(median.lower, 4.0);
  EXPECT_EQ(median.upper, 12.0);
}

TEST(Quantiles, OfTooFewValuesHaveOpenEnds) {
  const SortedSample sample(uniforms(20, 1));
  const Interval high = quantile_within(sample, 0.95).interval;
  EXPECT_EQ(high.upper, infinity);
  EXPECT_GT(high.lower, 0.0);
  EXPECT_EQ(quantile_within(sample, 0.05).interval.lower, -infinity);
}

TEST(Quantiles, OfTheNegativeAreTheNegative) {
  const Vector values = uniforms(137, 2);
  const Estimate high = quantile_within(SortedSample(values), 0.9);
  const Estimate low = quantile_within(SortedSample(-values), 1.0 - 0.9);
  EXPECT_NEAR(low.value, -high.value, 1e-12);
  EXPECT_EQ(low.interval.lower, -high.interval.upper);
  EXPECT_EQ(low.interval.upper, -high.interval.lower);
}

TEST(Quantiles, AreCoveredAtLeastAsOftenAsTheySay) {
  for (const double p : {0.5, 0.9, 0.02}) {
    for (const Index n : {40, 500}) EXPECT_GE(covered(n, p), 935) << p << ", " << n;
  }
}

TEST(Quantiles, LeaveOutWhatFailedAndSaySo) {
  Vector values = uniforms(50, 3);
  const double clean = quantile_within(SortedSample(values.tail(48)), 0.5).value;
  values[0] = not_known;
  values[1] = -infinity;
  const SortedSample sample(values);
  EXPECT_EQ(sample.asked(), 50);
  EXPECT_EQ(sample.ok(), 48);
  EXPECT_EQ(quantile_within(sample, 0.5).value, clean);
  const SortedSample none(Vector::Constant(3, not_known));
  EXPECT_EQ(none.ok(), 0);
  EXPECT_TRUE(std::isnan(quantile_within(none, 0.5).value));
}

TEST(Quantiles, RefuseWhatIsNoProbability) {
  const SortedSample sample(uniforms(9, 4));
  for (const double p : {0.0, 1.0, -0.5, 50.0, not_known}) {
    EXPECT_THROW(static_cast<void>(quantile_within(sample, p)), InvalidArgument) << p;
    EXPECT_THROW(static_cast<void>(quantile_within(sample, 0.5, p)), InvalidArgument) << p;
  }
}

// Wilks (1941); the table of Guba, Makai & Pal (2003); Dakota's default.
TEST(Wilks, SizesAreThePublishedOnes) {
  EXPECT_EQ(wilks_size(), 59);
  EXPECT_EQ(wilks_size({.order = 2}), 93);
  EXPECT_EQ(wilks_size({.order = 3}), 124);
  EXPECT_EQ(wilks_size({.two_sided = true}), 93);
  EXPECT_EQ(wilks_size({.coverage = 0.99, .confidence = 0.99}), 459);
  EXPECT_EQ(wilks_size({.coverage = 0.9}), 29);
}

TEST(Wilks, BoundIsTheLowestThatTheSizeAllows) {
  const Vector values = uniforms(93, 5);
  const SortedSample sample(values);
  EXPECT_EQ(wilks_bound(sample).upper, sample.values()[91]) << "the second largest";
  EXPECT_EQ(wilks_bound(sample).lower, -infinity);
  const Interval both = wilks_bound(sample, {.two_sided = true});
  EXPECT_EQ(both.lower, sample.values()[0]);
  EXPECT_EQ(both.upper, sample.values()[92]);
  EXPECT_EQ(wilks_bound(SortedSample(values.head(92))).upper, values.head(92).maxCoeff());
}

TEST(Wilks, BoundCoversAsOftenAsItSays) {
  int covers = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    covers += wilks_bound(SortedSample(uniforms(59, seed))).upper >= 0.95 ? 1 : 0;
  }
  EXPECT_GE(covers, 935);
}

TEST(Wilks, SaysHowManyValuesItNeeds) {
  try {
    static_cast<void>(wilks_bound(SortedSample(uniforms(58, 1))));
    FAIL();
  } catch (const InvalidArgument& error) {
    EXPECT_STREQ(error.what(), "wilks: 59 values are needed to cover 0.95 with confidence 0.95, not 58");
  }
  EXPECT_THROW(static_cast<void>(wilks_size({.coverage = 1.0})), InvalidOptions);
  EXPECT_THROW(static_cast<void>(wilks_size({.order = 0})), InvalidOptions);
}

}  // namespace
}  // namespace mystic
