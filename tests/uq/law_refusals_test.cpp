#include "mystic/uq/laws.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace mystic {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// What the refusal of `description` says; "accepted" where there is none.
template <class Description>
std::string refusal(const Description& description) {
  try {
    const Law law = description;
    return "accepted: " + law.text();
  } catch (const InvalidOptions& error) {
    return error.what();
  }
}

TEST(Laws, RefuseParametersOutsideTheirRange) {
  using namespace laws;
  EXPECT_EQ(refusal(Normal{.sd = 0.0}), "normal:\n  sd = 0 is not in (0, inf)");
  EXPECT_EQ(refusal(Normal{.mean = nan, .sd = -1.0}),
            "normal:\n  mean = nan is not in (-inf, inf)\n  sd = -1 is not in (0, inf)");
  EXPECT_EQ(refusal(Exponential{.rate = -2.0}), "exponential:\n  rate = -2 is not in [1e-300, 1e+300]");
  EXPECT_EQ(refusal(Uniform{.upper = infinity}), "uniform:\n  upper = inf is not in (-inf, inf)");
  EXPECT_EQ(refusal(Binomial{.trials = 0}), "binomial:\n  trials = 0 is not in [1, 1000000000000]");
  EXPECT_EQ(refusal(Geometric{.probability = 1.5}), "geometric:\n  probability = 1.5 is not in (0, 1)");
  EXPECT_EQ(refusal(Constant{.value = nan}), "constant:\n  value = nan is not in (-inf, inf)");
}

TEST(Laws, RefuseBoundsThatAreReversed) {
  using namespace laws;
  EXPECT_EQ(refusal(Uniform{.lower = 2.0, .upper = 1.0}),
            "uniform:\n  lower = 2 must be less than upper = 1");
  EXPECT_EQ(refusal(Beta{.lower = 1.0, .upper = 1.0}), "beta:\n  lower = 1 must be less than upper = 1");
  EXPECT_EQ(refusal(Loguniform{.lower = 3.0, .upper = 1.0}),
            "loguniform:\n  lower = 3 must be less than upper = 1");
  EXPECT_EQ(refusal(Triangular{.mode = 1.5}), "triangular:\n  mode = 1.5 must be at most upper = 1");
  EXPECT_EQ(refusal(Trapezoidal{.level_from = 0.8, .level_to = 0.7}),
            "trapezoidal:\n  level_from = 0.8 must be at most level_to = 0.7");
  EXPECT_EQ(refusal(Uniform{.lower = -1e308, .upper = 1e308}),
            "uniform:\n  upper - lower = 1e+308 - -1e+308 must be finite");
  EXPECT_EQ(refusal(Hypergeometric{.population = 5, .marked = 6, .draws = 1}),
            "hypergeometric:\n  marked = 6 must be at most population = 5");
}

TEST(Lognormal, TakesOnePairOfParameters) {
  using laws::Lognormal;
  EXPECT_EQ(refusal(Lognormal{}), "accepted: lognormal(mean of log 0, sd of log 1, shift 0)");
  EXPECT_EQ(refusal(Lognormal{.mean = 30000.0, .sd = 9000.0, .shift = 15000.0}),
            "accepted: lognormal(mean 30000, sd 9000, shift 15000)");
  EXPECT_EQ(refusal(Lognormal{.mean = 1.0}),
            "lognormal:\n  mean without sd: the pair mean and sd must be whole");
  EXPECT_EQ(
      refusal(Lognormal{.sd_of_log = 1.0}),
      "lognormal:\n  sd_of_log without mean_of_log: the pair mean_of_log and sd_of_log must be whole");
  EXPECT_NE(refusal(Lognormal{.mean_of_log = 1.0, .sd = 2.0}).find("one pair must be given"),
            std::string::npos);
  EXPECT_EQ(refusal(Lognormal{.mean = 1.0, .sd = 2.0, .shift = 1.0}),
            "lognormal:\n  mean = 1 must be greater than shift = 1: all x are");
}

TEST(LawsOfData, RefuseDataThatSayNothing) {
  using namespace laws;
  EXPECT_EQ(refusal(Empirical{}), "empirical:\n  sample is empty; it must have at least one number");
  EXPECT_EQ(refusal(Empirical{.sample = {1.0, nan}}), "empirical:\n  sample[1] = nan must be finite");
  EXPECT_EQ(refusal(FiniteDiscrete{.values = {1.0, 2.0}, .weights = {1.0}}),
            "finite-discrete:\n  weights: there are 1; there must be one for each of the 2 values");
  EXPECT_EQ(refusal(FiniteDiscrete{.values = {1.0, 2.0}, .weights = {1.0, -3.0}}),
            "finite-discrete:\n  weights[1] = -3 must be finite and at least 0");
  EXPECT_EQ(refusal(Histogram{.edges = {0.0, 1.0, 1.0}, .weights = {1.0, 1.0}}),
            "histogram:\n  edges[2] = 1 must be greater than edges[1] = 1");
  EXPECT_EQ(refusal(Histogram{.edges = {0.0, 1.0, 2.0}, .weights = {0.0, 0.0}}),
            "histogram:\n  weights: all 2 are 0; one must be above");
  EXPECT_EQ(
      refusal(KernelSmoothed{.sample = {3.0, 3.0}}),
      "kernel-smoothed:\n  bandwidth: Silverman's rule gives 0 for 2 numbers that are all the same; "
      "it must be given");
  EXPECT_EQ(refusal(KernelSmoothed{.sample = {3.0}, .bandwidth = -1.0}),
            "kernel-smoothed:\n  bandwidth = -1 is not in (0, inf)");
}

TEST(CombinedLaws, RefuseWhatHasNoMass) {
  using namespace laws;
  EXPECT_EQ(
      refusal(Truncated{.law = Uniform{}, .lower = 2.0, .upper = 3.0}),
      "truncated:\n  uniform(lower 0, upper 1) has no mass in [lower, upper] = [2, 3]; its own range "
      "is [0, 1]");
  EXPECT_EQ(refusal(Truncated{.law = Normal{}, .lower = 3.0, .upper = 2.0}),
            "truncated:\n  lower = 3 must be at most upper = 2");
  EXPECT_EQ(refusal(Mixture{}), "mixture:\n  laws is empty; it must have at least one law");
  EXPECT_EQ(
      refusal(Mixture{.laws = {Normal{}, Poisson{}}, .weights = {1.0, 1.0}}),
      "mixture:\n  laws[1] = poisson(mean 1) is discrete, laws[0] = normal(mean 0, sd 1) is not; all "
      "must be discrete, or none");
}

TEST(Laws, HaveMomentsThatAreInfiniteOrMissingWhereTheyAre) {
  using namespace laws;
  const LawMoments pareto = Law(Pareto{.shape = 2.5}).moments();
  EXPECT_TRUE(std::isfinite(pareto.variance) && std::isinf(pareto.skewness));
  const LawMoments student = Law(Student{.degrees_of_freedom = 1.0}).moments();
  EXPECT_TRUE(std::isnan(student.mean) && std::isnan(student.variance));
  const LawMoments gev = Law(Gev{.shape = 0.6}).moments();
  EXPECT_TRUE(std::isfinite(gev.mean) && std::isinf(gev.variance) && std::isnan(gev.skewness));
  EXPECT_TRUE(std::isinf(Law(Frechet{.shape = 1.0}).mean()));
  const LawMoments cut =
      Law(Truncated{.law = Student{.degrees_of_freedom = 2.0}, .lower = 0.0}).moments();
  EXPECT_TRUE(std::isfinite(cut.mean) && std::isinf(cut.variance)) << cut.variance;
  EXPECT_TRUE(std::isnan(Law(Constant{}).moments().skewness));
  EXPECT_EQ(Law(Constant{.value = 4.0}).quantile(0.3), 4.0);
}

}  // namespace
}  // namespace mystic
