// What holds for every continuous law.

#include "law_cases.hpp"

#include "mystic/core/require.hpp"
#include "mystic/uq/laws/bounded.hpp"
#include "mystic/uq/laws/normal.hpp"

#include <gtest/gtest.h>

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/special_functions/erf.hpp>

#include <algorithm>

#include <cmath>
#include <functional>
#include <limits>

namespace mystic {
namespace {

const std::vector<double> tails = {1e-12, 1e-9, 1e-6, 1e-4, 1e-3, 0.01, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5};

/// Integral of `function` over the law's support, in pieces between quantiles.
double integral(const Law& law, const std::function<double(double)>& function) {
  using Rule = boost::math::quadrature::gauss_kronrod<double, 31>;
  std::vector<double> ends;
  for (const double p : {1e-60, 1e-30, 1e-16, 1e-8, 1e-5, 1e-3, 0.02, 0.1, 0.3}) {
    ends.push_back(law.quantile(p));
  }
  for (const double q : {0.5, 0.3, 0.1, 0.02, 1e-3, 1e-5, 1e-8, 1e-16, 1e-30, 1e-60}) {
    ends.push_back(law.upper_quantile(q));
  }
  double sum = 0.0;
  for (std::size_t i = 1; i < ends.size(); ++i) {
    const double half = 0.5 * (ends[i] - ends[i - 1]);
    if (half < 1e5 * spacing(ends[i])) continue;  // no mass, and the density is all rounding
    // On [-1, 1], where Boost 1.74 takes its tolerance.
    const double middle = ends[i - 1] + half;
    sum += half *
           Rule::integrate([&](double t) { return function(middle + half * t); }, -1.0, 1.0, 12, 1e-9);
  }
  return sum;
}

TEST(ContinuousLaws, HaveThePQuantileAtCdfP) {
  for (const Law& law : continuous_laws()) {
    SCOPED_TRACE(law.text());
    for (const double p : tails) {
      const double low = law.quantile(p);
      EXPECT_NEAR(law.cdf(low), p, 2e-12 * p + 4.0 * spacing(low) * law.pdf(low)) << p;
      const double high = law.quantile(1.0 - p);
      EXPECT_NEAR(law.cdf(high), 1.0 - p, 1e-14 + 4.0 * spacing(high) * law.pdf(high)) << p;
    }
  }
}

TEST(ContinuousLaws, HaveTheSameQuantilesOneByOneAndTogether) {
  std::vector<double> units = {0x1p-53, 0.5, 1.0 - 0x1p-53, 0.075, 0.925, std::nextafter(0.5, 0.0)};
  for (const double p : tails) {
    units.push_back(p);
    units.push_back(1.0 - p);
  }
  for (int k = 1; k < 300; ++k) units.push_back(k / 300.0);
  for (const Law& law : continuous_laws()) {
    std::vector<double> together = units;
    law.to_quantiles(together);
    for (std::size_t k = 0; k < units.size(); ++k) {
      const double u = units[k];
      EXPECT_EQ(together[k], u < 0.5 ? law.quantile(u) : law.upper_quantile(1.0 - u))
          << law.text() << " " << u;
    }
  }
}

// Boost's, by iteration in long double.
TEST(ContinuousLaws, HaveNormalQuantilesOfFullPrecision) {
  const Law normal = laws::Normal{};
  for (double p = 1e-300; p < 0.5; p *= 1.1) {
    const double truth = -std::sqrt(2.0) * boost::math::erfc_inv(2.0 * p);
    EXPECT_NEAR(normal.quantile(p), truth, 2e-15 * std::abs(truth)) << p;
    EXPECT_EQ(normal.upper_quantile(p), -normal.quantile(p)) << p;
  }
}

TEST(ContinuousLaws, RefuseManyProbabilitiesOfWhichOneIsOutside) {
  const Law normal = laws::Normal{};
  for (const double wrong : {-1e-300, 1.5, std::numeric_limits<double>::quiet_NaN()}) {
    std::vector<double> units = {0.5, wrong, 0.25};
    EXPECT_THROW(normal.to_quantiles(units), InvalidArgument) << wrong;
  }
  std::vector<double> ends = {0.0, 0.5, 1.0};
  Law(laws::Uniform{.lower = 2.0, .upper = 4.0}).to_quantiles(ends);
  EXPECT_EQ(ends, (std::vector<double>{2.0, 3.0, 4.0}));
}

TEST(ContinuousLaws, HaveUpperTailsOfFullPrecision) {
  for (const Law& law : continuous_laws()) {
    SCOPED_TRACE(law.text());
    for (const double q : tails) {
      const double x = law.upper_quantile(q);
      EXPECT_NEAR(law.survival(x), q, 2e-12 * q + 4.0 * spacing(x) * law.pdf(x)) << q;
    }
  }
}

TEST(ContinuousLaws, ShareTheirMassBetweenCdfAndSurvival) {
  for (const Law& law : continuous_laws()) {
    SCOPED_TRACE(law.text());
    for (const double p : tails) {
      for (const double x : {law.quantile(p), law.upper_quantile(p)}) {
        EXPECT_NEAR(law.cdf(x) + law.survival(x), 1.0, 1e-14) << x;
      }
    }
  }
}

TEST(ContinuousLaws, AreInTheirSupportAndRise) {
  for (const Law& law : continuous_laws()) {
    SCOPED_TRACE(law.text());
    const Support ends = law.support();
    double before = ends.lower;
    double reached = 0.0;
    for (int i = 1; i < 1000; ++i) {
      const double x = law.quantile(i / 1000.0);
      EXPECT_GE(x, before) << i;
      EXPECT_LE(x, ends.upper) << i;
      EXPECT_GE(law.cdf(x), reached) << i;
      EXPECT_GT(law.pdf(x), 0.0) << i;
      before = x;
      reached = law.cdf(x);
    }
    EXPECT_EQ(law.quantile(0.0), ends.lower);
    EXPECT_EQ(law.quantile(1.0), ends.upper);
    EXPECT_EQ(law.cdf(ends.lower), 0.0);
    EXPECT_EQ(law.survival(ends.lower), 1.0);
    EXPECT_EQ(law.cdf(ends.upper), 1.0);
    EXPECT_EQ(law.survival(ends.upper), 0.0);
    EXPECT_EQ(law.pdf(std::nextafter(ends.lower, -infinity)), 0.0);
    EXPECT_EQ(law.pdf(std::nextafter(ends.upper, infinity)), 0.0);
  }
}

TEST(ContinuousLaws, HaveADensityThatIntegratesToOne) {
  for (const Law& law : continuous_laws()) {
    EXPECT_NEAR(integral(law, [&](double x) { return law.pdf(x); }), 1.0, 1e-6) << law.text();
  }
}

TEST(ContinuousLaws, HaveTheCdfsDerivativeForADensity) {
  for (const Law& law : continuous_laws()) {
    SCOPED_TRACE(law.text());
    const double width = law.quantile(0.6) - law.quantile(0.4);
    for (const double p : {0.02, 0.13, 0.37, 0.61, 0.77, 0.93}) {
      const double x = law.quantile(p);
      const double step = 1e-3 * std::min(width, law.quantile(p + 0.01) - law.quantile(p - 0.01));
      // Two central differences and Richardson's extrapolation.
      const auto slope = [&](double h) { return (law.cdf(x + h) - law.cdf(x - h)) / (2.0 * h); };
      const double derivative = (4.0 * slope(step) - slope(2.0 * step)) / 3.0;
      const double rounding = 4e-16 / step + spacing(x) / step * law.pdf(x);
      EXPECT_NEAR(law.pdf(x), derivative, 1e-6 * derivative + 8.0 * rounding) << p;
    }
  }
}

TEST(ContinuousLaws, HaveTheMomentsOfTheirDensity) {
  for (const Law& law : continuous_laws()) {
    SCOPED_TRACE(law.text());
    const LawMoments moments = law.moments();
    const auto about = [&](double centre, int power) {
      return integral(law, [&](double x) { return std::pow(x - centre, power) * law.pdf(x); });
    };
    const double median = law.quantile(0.5);
    const double mean = median + about(median, 1);
    const double variance = about(mean, 2);
    const double sd = std::sqrt(variance);
    EXPECT_NEAR(moments.mean, mean, 1e-6 * sd);
    EXPECT_NEAR(moments.variance, variance, 1e-6 * variance);
    EXPECT_NEAR(moments.skewness, about(mean, 3) / variance / sd, 2e-5);
    const double kurtosis = about(mean, 4) / variance / variance;
    EXPECT_NEAR(moments.excess_kurtosis, kurtosis - 3.0, 1e-4 * kurtosis);
  }
}

TEST(ContinuousLaws, DrawNumbersOfTheLaw) {
  constexpr int count = 10000;
  std::uint32_t seed = 0;
  for (const Law& law : continuous_laws()) {
    Random random = stream(71, SearchPath{}.child(seed++));
    std::vector<double> sample;
    for (int i = 0; i < count; ++i) sample.push_back(law.sample(random));
    std::sort(sample.begin(), sample.end());
    double distance = 0.0;
    for (int i = 0; i < count; ++i) {
      const double reached = law.cdf(sample[static_cast<std::size_t>(i)]);
      distance = std::max({distance, (i + 1.0) / count - reached, reached - i * 1.0 / count});
    }
    // Kolmogorov's law gives this value to chance once in 10^4: 2 exp(-2 * 2.225^2) = 1e-4.
    EXPECT_LT(distance * std::sqrt(1.0 * count), 2.225) << law.text();
  }
}

TEST(ContinuousLaws, RefuseNoNumbers) {
  const double nan = std::nan("");
  for (const Law& law : continuous_laws()) {
    EXPECT_THROW((void)law.pdf(nan), InvalidArgument);
    EXPECT_THROW((void)law.cdf(nan), InvalidArgument);
    EXPECT_THROW((void)law.survival(nan), InvalidArgument);
    EXPECT_THROW((void)law.quantile(nan), InvalidArgument);
    EXPECT_THROW((void)law.upper_quantile(1.1), InvalidArgument);
    EXPECT_EQ(law.cdf(infinity) + law.survival(-infinity), 2.0);
    EXPECT_EQ(law.cdf(-infinity) + law.survival(infinity) + law.pdf(infinity), 0.0);
  }
}

}  // namespace
}  // namespace mystic
