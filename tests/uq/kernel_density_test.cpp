#include "mystic/uq/kernel_density.hpp"

#include "mystic/core/random.hpp"
#include "mystic/core/require.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace mystic {
namespace {

const Vector twenty{{0.3, 1.2,  2.2, 2.9, 4.1, 5.5, 5.5,  7.0, 8.25, 9.5,
                     2.0, -1.0, 0.5, 3.5, 1.0, 2.5, -2.0, 0.0, 4.0,  1.5}};

Vector exponential(Index n, std::uint64_t seed) {
  Random random = stream(seed, SearchPath{});
  Vector values(n);
  for (double& value : values) value = -std::log1p(-uniform(random));
  return values;
}

// Each value a kernel of its own.
double directly(const Vector& values, double bandwidth, double x) {
  double sum = 0.0;
  for (const double value : values) sum += std::exp(-0.5 * std::pow((x - value) / bandwidth, 2));
  return sum / std::sqrt(2.0 * std::numbers::pi) / bandwidth / static_cast<double>(values.size());
}

// scipy.stats.gaussian_kde(x, bw_method=0.9 * min(sd, iqr / 1.34) * 20**-0.2 / sd) of SciPy 1.10.
TEST(KernelDensity, IsSciPys) {
  const KernelDensity found = kernel_density(SortedSample(twenty), {.points = 5});
  EXPECT_NEAR(found.bandwidth, 1.318887517943072, 1e-14);
  const Vector at{{-5.956662553829216, -1.1033312769146084, 3.749999999999999, 8.603331276914606,
                   13.456662553829215}};
  const Vector densities{{0.0001818512224754587, 0.06540631511202855, 0.10251132532842218,
                          0.03580583180575206, 0.00017435348287168687}};
  for (Index k = 0; k < 5; ++k) {
    EXPECT_NEAR(found.at[k], at[k], 1e-13);
    EXPECT_NEAR(found.densities[k], densities[k], 1e-15) << k;
  }
}

TEST(KernelDensity, OfManyValuesIsThatOfEachByItself) {
  const Vector values = exponential(20000, 1);
  const KernelDensity found = kernel_density(SortedSample(values), {.points = 60});
  const double highest = found.densities.maxCoeff();
  for (Index k = 0; k < 60; ++k) {
    EXPECT_NEAR(found.densities[k], directly(values, found.bandwidth, found.at[k]), 1e-5 * highest) << k;
  }
}

TEST(KernelDensity, HasArea1) {
  const KernelDensity found = kernel_density(SortedSample(exponential(5000, 2)), {.points = 2000});
  const double step = found.at[1] - found.at[0];
  EXPECT_NEAR(found.densities.sum() * step, 1.0, 1e-3);
}

TEST(KernelDensity, LosesNoDigitsFarFromZero) {
  const Vector values = exponential(3000, 3);
  const KernelDensity near = kernel_density(SortedSample(values), {.points = 40});
  const KernelDensity far =
      kernel_density(SortedSample((values.array() + 1e8).matrix()), {.points = 40});
  EXPECT_LE((near.densities - far.densities).cwiseAbs().maxCoeff(), 1e-5);
}

// Two modes 20 sd apart: the rule with the standard deviation alone would be 8 times wider.
TEST(KernelDensity, HasABandwidthThatTwoModesOrOutliersDoNotMislead) {
  Vector values = exponential(1000, 4);
  const double clean = silverman_bandwidth(SortedSample(values));
  values[0] = 1e6;
  EXPECT_NEAR(silverman_bandwidth(SortedSample(values)), clean, 0.01 * clean);
}

TEST(KernelDensity, IsDefinedForEverySample) {
  Vector mostly = Vector::Constant(20, 3.0);
  mostly[4] = 5.0;
  EXPECT_GT(silverman_bandwidth(SortedSample(mostly)), 0.0) << "the quartiles coincide";
  const KernelDensity constant = kernel_density(SortedSample(Vector::Constant(9, 2.0)));
  EXPECT_EQ(constant.bandwidth, 0.0);
  EXPECT_EQ(constant.at.size(), 0);
  const KernelDensity one =
      kernel_density(SortedSample(Vector::Constant(1, 2.0)), {.points = 3, .bandwidth = 0.5});
  EXPECT_NEAR(one.densities[1], 2.0 / std::sqrt(2.0 * std::numbers::pi), 1e-15);
  const KernelDensity none = kernel_density(SortedSample(Vector::Constant(2, not_known)));
  EXPECT_TRUE(std::isnan(none.bandwidth));
  EXPECT_EQ(none.asked, 2);
  EXPECT_EQ(none.at.size(), 0);
}

TEST(KernelDensity, RefusesWhatIsNoBandwidth) {
  const SortedSample sample(twenty);
  for (const double bandwidth : {0.0, -1.0, infinity, not_known}) {
    EXPECT_THROW(static_cast<void>(kernel_density(sample, {.bandwidth = bandwidth})), InvalidOptions);
  }
  EXPECT_THROW(static_cast<void>(kernel_density(sample, {.points = 1})), InvalidOptions);
}

}  // namespace
}  // namespace mystic
