#include "mystic/uq/empirical_cdf.hpp"

#include "mystic/core/random.hpp"
#include "mystic/core/require.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace mystic {
namespace {

Vector uniforms(Index n, std::uint64_t seed) {
  Random random = stream(seed, SearchPath{});
  return uniform(random, Vector::Zero(n), Vector::Ones(n));
}

TEST(EmpiricalCdf, RisesOnceForValuesThatAreEqual) {
  const EmpiricalCdf found = empirical_cdf(SortedSample(Vector{{3.0, 1.0, 3.0, 2.0, not_known}}));
  EXPECT_EQ(found.asked, 5);
  EXPECT_EQ(found.ok, 4);
  EXPECT_EQ(found.at, (Vector{{1.0, 2.0, 3.0}}));
  EXPECT_EQ(found.shares, (Vector{{0.25, 0.5, 1.0}}));
}

// sqrt(log(40) / 200) = 0.13581...
TEST(EmpiricalCdf, HasTheBandOfDvoretzkyKieferAndWolfowitz) {
  const EmpiricalCdf found = empirical_cdf(SortedSample(uniforms(100, 1)), 0.95);
  EXPECT_NEAR(found.half_width, 0.1358102, 1e-7);
  EXPECT_NEAR(found.upper[40] - found.shares[40], found.half_width, 1e-15);
  EXPECT_EQ(found.lower[0], 0.0);
  EXPECT_EQ(found.upper[99], 1.0);
}

// Not too wide either: n is large enough for Kolmogorov's limit.
TEST(EmpiricalCdf, HasABandThatHoldsTheWholeFunction) {
  int held = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    const EmpiricalCdf found = empirical_cdf(SortedSample(uniforms(100, seed)));
    const double above = (found.shares - found.at).maxCoeff();
    const double below = (found.at - found.shares).maxCoeff() + 0.01;
    held += std::max(above, below) <= found.half_width ? 1 : 0;
  }
  EXPECT_TRUE(held >= 945 && held <= 985) << held;
}

TEST(EmpiricalCdf, ThinnedKeepsPointsOfTheWhole) {
  const Vector values = uniforms(5000, 2);
  const EmpiricalCdf whole = empirical_cdf(SortedSample(values));
  const EmpiricalCdf thin = empirical_cdf(SortedSample(values), 0.95, 101);
  ASSERT_EQ(thin.at.size(), 101);
  EXPECT_EQ(thin.at[0], whole.at[0]);
  EXPECT_EQ(thin.at[100], whole.at[4999]);
  EXPECT_NEAR(thin.shares[50], 0.5, 1e-3);
  for (Index k = 0; k < 101; ++k) {
    const auto place = static_cast<Index>(std::llround(thin.shares[k] * 5000.0)) - 1;
    EXPECT_EQ(thin.at[k], whole.at[place]);
  }
}

TEST(EmpiricalCdf, IsDefinedForEverySample) {
  const EmpiricalCdf none = empirical_cdf(SortedSample(Vector(0)), 0.95, 10);
  EXPECT_EQ(none.at.size(), 0);
  EXPECT_TRUE(std::isnan(none.half_width));
  const EmpiricalCdf one = empirical_cdf(SortedSample(Vector::Constant(1, 7.0)), 0.95, 10);
  EXPECT_EQ(one.shares, (Vector{{1.0}}));
  EXPECT_EQ(one.lower, (Vector{{0.0}})) << "one value says nothing";
  EXPECT_EQ(empirical_cdf(SortedSample(Vector::Constant(50, 7.0))).at.size(), 1);
}

TEST(EmpiricalCdf, RefusesALevelThatIsNone) {
  const SortedSample sample(uniforms(5, 3));
  for (const double level : {0.0, 1.0, 95.0, not_known}) {
    EXPECT_THROW(static_cast<void>(empirical_cdf(sample, level)), InvalidArgument) << level;
  }
  EXPECT_THROW(static_cast<void>(empirical_cdf(sample, 0.95, 1)), InvalidArgument);
}

}  // namespace
}  // namespace mystic
