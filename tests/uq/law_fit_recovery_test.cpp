// Laws are found again from what was drawn of them, and as far from the truth as their intervals say.

#include "mystic/uq/law_fit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace mystic {
namespace {

struct Truth {
  Law law;
  std::string family;
  LawFitOptions options = {};
  std::vector<double> parameters = {};
};

std::vector<Truth> truths() {
  using namespace laws;
  return {
      {Normal{.mean = -3.0, .sd = 0.5}, "normal", {}, {-3.0, 0.5}},
      {Lognormal{.mean_of_log = 2.0, .sd_of_log = 0.4, .shift = 5.0},
       "lognormal",
       {.shift = 5.0},
       {2.0, 0.4}},
      {Exponential{.rate = 0.02}, "exponential", {}, {0.02}},
      {Gamma{.shape = 0.7, .scale = 3.0}, "gamma", {}, {0.7, 3.0}},
      {Weibull{.shape = 2.5, .scale = 40.0}, "weibull", {}, {2.5, 40.0}},
      {Frechet{.shape = 3.0, .scale = 2.0}, "frechet", {}, {3.0, 2.0}},
      {Gumbel{.location = 10.0, .scale = 3.0}, "gumbel", {}, {10.0, 3.0}},
      {Beta{.alpha = 2.0, .beta = 0.8, .lower = -1.0, .upper = 3.0},
       "beta",
       {.lower = -1.0, .upper = 3.0},
       {2.0, 0.8}},
      {Logistic{.location = 1.0, .scale = 0.2}, "logistic", {}, {1.0, 0.2}},
      {Laplace{.location = 1.0, .scale = 2.0}, "laplace", {}, {1.0, 2.0}},
      {Rayleigh{.scale = 7.0}, "rayleigh", {}, {7.0}},
      {Pareto{.shape = 2.0, .scale = 5.0}, "pareto", {}, {2.0}},
      {Student{.degrees_of_freedom = 3.0, .location = 2.0, .scale = 4.0},
       "student",
       {},
       {3.0, 2.0, 4.0}},
      {Poisson{.mean = 3.5}, "poisson", {}, {3.5}},
      {Geometric{.probability = 0.3}, "geometric", {}, {0.3}},
  };
}

Vector drawn(const Law& law, Index n, std::uint64_t seed) {
  Random random = stream(seed, SearchPath{});
  Vector values(n);
  for (double& value : values) value = law.sample(random);
  return values;
}

// 200 seeds: the share that covers has a standard deviation of 1.5 %.
TEST(LawFitIntervals, CoverTheTruth) {
  for (const Truth& truth : truths()) {
    std::vector<int> held(truth.parameters.size(), 0);
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      const LawFit found = fit_law(truth.family, drawn(truth.law, 150, seed), truth.options);
      for (std::size_t k = 0; k < held.size(); ++k) {
        held[k] += found.parameters[k].estimate.interval.contains(truth.parameters[k]) ? 1 : 0;
      }
    }
    for (std::size_t k = 0; k < held.size(); ++k) {
      EXPECT_GE(held[k], 178) << truth.family << " " << k;
      EXPECT_LE(held[k], 199) << truth.family << " " << k;
    }
  }
}

// The inverse of the expected information of one value, as tables have it: 0.6079 and 1.1087 of
// Weibull's and Gumbel's laws, 3 and 0.6993 of the logistic.
TEST(LawFit, HasTheStandardErrorsOfTheTables) {
  const Vector values = drawn(laws::Gumbel{.location = 5.0, .scale = 2.0}, 400, 1).cwiseAbs();
  const double n = 400.0;
  const auto variances = [&](const char* family) {
    const LawFit found = fit_law(family, values);
    const double first = found.parameters[0].standard_error;
    const double second = found.parameters[1].standard_error;
    return Vector{{n * first * first, n * second * second}};
  };
  const auto weibull = fit_law<laws::Weibull>(values);
  const double stretch = weibull.scale / weibull.shape;
  EXPECT_NEAR(variances("weibull")[0] / (weibull.shape * weibull.shape), 0.6079, 1e-4);
  EXPECT_NEAR(variances("weibull")[1] / (stretch * stretch), 1.1087, 1e-4);
  const double gumbel = fit_law<laws::Gumbel>(values).scale;
  EXPECT_NEAR(variances("gumbel")[0] / (gumbel * gumbel), 1.1087, 1e-4);
  EXPECT_NEAR(variances("gumbel")[1] / (gumbel * gumbel), 0.6079, 1e-4);
  const double logistic = fit_law<laws::Logistic>(values).scale;
  EXPECT_NEAR(variances("logistic")[0] / (logistic * logistic), 3.0, 1e-10);
  EXPECT_NEAR(variances("logistic")[1] / (logistic * logistic), 0.6993, 1e-4);
}

TEST(BestFit, FindsTheFamilyThatWasDrawnFrom) {
  using namespace laws;
  EXPECT_EQ(best_fit(drawn(Gumbel{.location = 10.0, .scale = 3.0}, 3000, 1)).family, "gumbel");
  EXPECT_EQ(best_fit(drawn(Weibull{.shape = 2.5, .scale = 40.0}, 3000, 2)).family, "weibull");
  EXPECT_EQ(best_fit(drawn(Lognormal{.mean_of_log = 2.0, .sd_of_log = 0.4}, 3000, 3)).family,
            "lognormal");
  EXPECT_EQ(best_fit(drawn(Uniform{.lower = 3.0, .upper = 8.0}, 3000, 4)).family, "uniform");
  EXPECT_EQ(best_fit(drawn(Laplace{.location = 0.0, .scale = 2.0}, 3000, 5)).family, "laplace");
}

}  // namespace
}  // namespace mystic
