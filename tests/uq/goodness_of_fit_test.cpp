#include "mystic/uq/goodness_of_fit.hpp"

#include "mystic/core/require.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

const Vector twenty{{0.3, 1.2, 2.2, 2.9, 4.1, 5.5, 5.4, 7.0,  8.25, 9.5,
                     2.0, 0.8, 0.5, 3.5, 1.0, 2.5, 3.1, 12.6, 4.0,  1.5}};

Vector drawn(const Law& law, Index n, std::uint64_t seed) {
  Random random = stream(seed, SearchPath{});
  Vector values(n);
  for (double& value : values) value = law.sample(random);
  return values;
}

// scipy.stats.kstwo.sf(d, n) of SciPy 1.10.
TEST(KolmogorovSmirnov, HasTheChancesOfSciPy) {
  EXPECT_NEAR(kolmogorov_smirnov_p(1, 0.7), 0.6, 1e-14);
  EXPECT_NEAR(kolmogorov_smirnov_p(5, 0.3), 0.664, 1e-14);
  EXPECT_NEAR(kolmogorov_smirnov_p(10, 0.274), 0.3715203845434957, 1e-13);
  EXPECT_NEAR(kolmogorov_smirnov_p(20, 0.2), 0.352720173623415, 1e-13);
  EXPECT_NEAR(kolmogorov_smirnov_p(100, 0.05), 0.9532159710635725, 1e-12);
  EXPECT_NEAR(kolmogorov_smirnov_p(500, 0.04), 0.3902508696049749, 1e-6) << "SciPy's is a series here";
  EXPECT_NEAR(kolmogorov_smirnov_p(501, 0.04), 0.3890319321741198, 1e-4);
  EXPECT_NEAR(kolmogorov_smirnov_p(1000, 0.02), 0.8108971656895577, 1e-4);
  EXPECT_NEAR(kolmogorov_smirnov_p(1000, 0.05), 0.013012074781090332, 1e-4);
  EXPECT_NEAR(kolmogorov_smirnov_p(10000, 0.013), 0.0675011884833907, 1e-4);
  EXPECT_NEAR(kolmogorov_smirnov_p(20, 0.6), 2.0483011649719853e-07, 1e-16);
  EXPECT_NEAR(kolmogorov_smirnov_p(100, 0.3), 1.7719869892662917e-08, 1e-17);
  EXPECT_NEAR(kolmogorov_smirnov_p(500, 0.12), 9.88394350588572e-07, 1e-16);
  EXPECT_EQ(kolmogorov_smirnov_p(7, 1.0 / 14.0), 1.0);
  EXPECT_EQ(kolmogorov_smirnov_p(7, 1.0), 0.0);
}

// Where one way of computing ends and another begins.
TEST(KolmogorovSmirnov, FallsWithoutJumps) {
  for (const Index n : {3, 50, 500, 501, 5000}) {
    double last = 1.0;
    for (double z = 0.3; z < 3.0; z += n == 500 ? 0.1 : 0.02) {
      const double p = kolmogorov_smirnov_p(n, z / std::sqrt(static_cast<double>(n)));
      ASSERT_LE(p, last + 1e-9) << n << " " << z;
      ASSERT_LE(last - p, 0.2) << n << " " << z;
      last = p;
    }
  }
}

// Quantiles of the limit: Marsaglia & Marsaglia (2004); 2.492 and 3.880 are the usual ones for 0.05 and
// 0.01.
TEST(AndersonDarling, HasTheUsualQuantiles) {
  EXPECT_NEAR(anderson_darling_p(100000, 2.4924), 0.05, 2e-5);
  EXPECT_NEAR(anderson_darling_p(100000, 3.8781), 0.01, 2e-5);
  EXPECT_NEAR(anderson_darling_p(100000, 1.9330), 0.1, 2e-5);
  EXPECT_EQ(anderson_darling_p(10, 0.0), 1.0);
  EXPECT_EQ(anderson_darling_p(10, infinity), 0.0);
  EXPECT_LT(anderson_darling_p(10, 50.0), 1e-20);
}

// scipy.stats.kstest(x, norm(4, 3).cdf); A^2 from its logcdf and logsf.
TEST(GoodnessOfFit, IsSciPys) {
  const GoodnessOfFit found = goodness_of_fit(laws::Normal{.mean = 4.0, .sd = 3.0}, twenty);
  EXPECT_NEAR(found.kolmogorov_smirnov.statistic, 0.18670438618290786, 1e-14);
  EXPECT_NEAR(found.kolmogorov_smirnov.p_value, 0.43564593907143145, 1e-12);
  EXPECT_NEAR(found.anderson_darling.statistic, 0.9384116299860992, 1e-12);
}

// Of a law that was known before, p is uniform: each decile has a tenth, n as small as 8.
TEST(GoodnessOfFit, HasPValuesThatAreUniformWhereTheLawIsTrue) {
  for (const Index n : {8, 60}) {
    Vector of_middle = Vector::Zero(10);
    Vector of_tails = Vector::Zero(10);
    const Law law = laws::Gumbel{.location = 2.0, .scale = 0.5};
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
      const GoodnessOfFit found = goodness_of_fit(law, drawn(law, n, seed));
      of_middle[static_cast<Index>(found.kolmogorov_smirnov.p_value * 9.9999)] += 1.0;
      of_tails[static_cast<Index>(found.anderson_darling.p_value * 9.9999)] += 1.0;
    }
    // 200 each, standard deviation 13.4.
    EXPECT_GE(of_middle.minCoeff(), 145) << n << " " << of_middle.transpose();
    EXPECT_LE(of_middle.maxCoeff(), 255) << n << " " << of_middle.transpose();
    EXPECT_GE(of_tails.minCoeff(), 145) << n << " " << of_tails.transpose();
    EXPECT_LE(of_tails.maxCoeff(), 255) << n << " " << of_tails.transpose();
  }
}

// With fitted parameters the plain p would be below 0.1 in hardly any of these samples.
TEST(GoodnessOfFit, OfAFittedLawHasPValuesThatAreUniformByRefitting) {
  int rare = 0;
  int rare_by_mistake = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Vector values = drawn(laws::Normal{}, 30, seed);
    rare += goodness_of_fit("normal", values, {}, {.replicates = 99, .seed = seed})
                        .kolmogorov_smirnov.p_value <= 0.1
                ? 1
                : 0;
    rare_by_mistake +=
        goodness_of_fit(fit_law("normal", values).law, values).kolmogorov_smirnov.p_value <= 0.1 ? 1 : 0;
  }
  EXPECT_GE(rare, 8);
  EXPECT_LE(rare, 34);
  EXPECT_LE(rare_by_mistake, 2);
}

TEST(GoodnessOfFit, SeesALawThatIsWrong) {
  const Vector values = drawn(laws::Exponential{}, 200, 1);
  const GoodnessOfFit found = goodness_of_fit("normal", values, {}, {.replicates = 99});
  EXPECT_EQ(found.kolmogorov_smirnov.p_value, 0.01);
  EXPECT_EQ(found.anderson_darling.p_value, 0.01);
  const GoodnessOfFit beyond = goodness_of_fit(laws::Uniform{}, Vector{{0.5, 1.5}});
  EXPECT_EQ(beyond.anderson_darling.p_value, 0.0) << "a value where the law has none";
}

TEST(GoodnessOfFit, RefusesWhatItCannotTest) {
  EXPECT_THROW(static_cast<void>(goodness_of_fit(laws::Poisson{}, twenty)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(goodness_of_fit(laws::Normal{}, Vector(0))), InvalidArgument);
  EXPECT_THROW(static_cast<void>(goodness_of_fit(laws::Normal{}, Vector{{1.0, not_known}})),
               InvalidArgument);
  EXPECT_THROW(static_cast<void>(goodness_of_fit("geometric", Vector{{1.0, 2.0, 0.0}}, {})),
               InvalidArgument);
  EXPECT_THROW(static_cast<void>(goodness_of_fit("normal", twenty, {}, {.replicates = 3})),
               InvalidOptions);
  EXPECT_THROW(static_cast<void>(kolmogorov_smirnov_p(0, 0.5)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(kolmogorov_smirnov_p(5, not_known)), InvalidArgument);
}

TEST(GoodnessOfFit, SaysNothingOfTailsWhereTheFittedEndIsAValue) {
  const Vector values{{0.1, 0.4, 0.5, 0.7, 0.95}};
  const GoodnessOfFit found = goodness_of_fit("uniform", values, {}, {.replicates = 19});
  EXPECT_TRUE(std::isnan(found.anderson_darling.statistic));
  EXPECT_TRUE(std::isnan(found.anderson_darling.p_value));
  EXPECT_GT(found.kolmogorov_smirnov.p_value, 0.0);
}

}  // namespace
}  // namespace mystic
