// What holds for every discrete law.

#include "law_cases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace mystic {
namespace {

const std::vector<double> tails = {1e-12, 1e-9, 1e-6, 1e-3, 0.01, 0.1, 0.2, 0.3, 0.4, 0.47};

/// Just below x: what a discrete law has reached there, it has before x.
double before(double x) { return std::nextafter(x, -infinity); }

/// The numbers that the law takes, but for 1e-25 of the upper tail; found by the cdf's jumps.
std::vector<double> atoms(const Law& law) {
  std::vector<double> found = {law.support().lower};
  while (law.survival(found.back()) > 1e-25) {
    const double x = found.back();
    const double next = law.cdf(x) < 0.5 ? law.quantile(std::nextafter(law.cdf(x), 1.0))
                                         : law.upper_quantile(std::nextafter(law.survival(x), 0.0));
    if (!(next > x)) break;
    found.push_back(next);
  }
  return found;
}

TEST(DiscreteLaws, HaveForAQuantileTheLeastNumberWithEnoughBelow) {
  for (const Law& law : discrete_laws()) {
    SCOPED_TRACE(law.text());
    for (const double p : tails) {
      const double x = law.quantile(p);
      EXPECT_GE(law.cdf(x), p);
      EXPECT_LT(law.cdf(before(x)), p);
      EXPECT_GT(law.pdf(x), 0.0);
      const double high = law.quantile(1.0 - p);
      EXPECT_GE(law.cdf(high), 1.0 - p - 2e-16);
      EXPECT_LT(law.cdf(before(high)), 1.0 - p + 2e-16);
    }
  }
}

TEST(DiscreteLaws, HaveForAnUpperQuantileTheLeastNumberWithLittleBeyond) {
  for (const Law& law : discrete_laws()) {
    SCOPED_TRACE(law.text());
    for (const double q : tails) {
      const double x = law.upper_quantile(q);
      EXPECT_LE(law.survival(x), q);
      EXPECT_GT(law.survival(before(x)), q);
    }
  }
}

TEST(DiscreteLaws, HaveMassesThatAddUpToCdfAndSurvival) {
  for (const Law& law : discrete_laws()) {
    SCOPED_TRACE(law.text());
    EXPECT_TRUE(law.is_discrete());
    if (law.sd() > 50.0) continue;  // thousands of numbers, each found by a search
    const std::vector<double> values = atoms(law);
    double below = 0.0;
    for (const double x : values) {
      below += law.pdf(x);
      EXPECT_NEAR(law.cdf(x), below, 1e-11) << x;
      EXPECT_NEAR(law.cdf(x) + law.survival(x), 1.0, 1e-12) << x;
      EXPECT_EQ(law.pdf(x + 0.25), 0.0) << x;
    }
    EXPECT_NEAR(below, 1.0, 1e-11);
    double beyond = 0.0;
    for (auto at = values.rbegin(); at != values.rend(); ++at) {
      const double survival = law.survival(*at);
      EXPECT_NEAR(survival, beyond, 1e-6 * survival + 1e-24) << *at;
      beyond += law.pdf(*at);
    }
    EXPECT_EQ(law.cdf(before(law.support().lower)), 0.0);
    EXPECT_EQ(law.survival(law.support().upper), 0.0);
  }
}

TEST(DiscreteLaws, HaveTheMomentsOfTheirMasses) {
  for (const Law& law : discrete_laws()) {
    SCOPED_TRACE(law.text());
    if (law.sd() > 50.0) continue;  // thousands of numbers, each found by a search
    const std::vector<double> values = atoms(law);
    const auto about = [&](double centre, int power) {
      double sum = 0.0;
      for (const double x : values) sum += std::pow(x - centre, power) * law.pdf(x);
      return sum;
    };
    const double mean = values.front() + about(values.front(), 1);
    const double variance = about(mean, 2);
    const LawMoments moments = law.moments();
    EXPECT_NEAR(moments.mean, mean, 1e-9 * (1.0 + std::abs(mean)));
    EXPECT_NEAR(moments.variance, variance, 1e-9 * variance);
    EXPECT_NEAR(moments.skewness, about(mean, 3) / variance / std::sqrt(variance), 1e-6);
    EXPECT_NEAR(moments.excess_kurtosis, about(mean, 4) / variance / variance - 3.0, 1e-6);
  }
}

TEST(DiscreteLaws, DrawNumbersOfTheLaw) {
  constexpr int count = 3000;
  std::uint32_t seed = 0;
  for (const Law& law : discrete_laws()) {
    SCOPED_TRACE(law.text());
    Random random = stream(72, SearchPath{}.child(seed++));
    std::map<double, int> counts;
    for (int i = 0; i < count; ++i) ++counts[law.sample(random)];
    int below = 0;
    for (const auto& [value, times] : counts) {
      EXPECT_GT(law.pdf(value), 0.0) << value;
      below += times;
      // 2 exp(-2 * 2.225^2) = 1e-4; for steps Kolmogorov's level is on the safe side.
      EXPECT_LT(std::abs(1.0 * below / count - law.cdf(value)) * std::sqrt(1.0 * count), 2.225) << value;
    }
  }
}

}  // namespace
}  // namespace mystic
