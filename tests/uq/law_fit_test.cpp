#include "mystic/uq/law_fit.hpp"

#include "mystic/core/require.hpp"

#include <boost/math/special_functions/digamma.hpp>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace mystic {
namespace {

const Vector twenty{{0.3, 1.2, 2.2, 2.9, 4.1, 5.5, 5.4, 7.0,  8.25, 9.5,
                     2.0, 0.8, 0.5, 3.5, 1.0, 2.5, 3.1, 12.6, 4.0,  1.5}};
const Vector counts{{0, 3, 1, 2, 2, 5, 0, 1, 4, 2}};

struct Expected {
  std::string family;
  LawFitOptions options = {};
  std::vector<double> parameters = {};
  double log_likelihood = 0.0;
};

// SciPy 1.10: norm.fit, expon.fit(floc=0), laplace.fit, uniform.fit; the others
// minimize(lambda q: -law.logpdf(x, ...).sum(), method='Nelder-Mead', options={'xatol': 1e-12, 'fatol':
// 1e-13}) on logarithms of the parameters. Pareto, loguniform: logpdf at the closed form.
std::vector<Expected> by_scipy() {
  return {
      {"normal", {}, {3.8925, 3.2116302324520487}, -51.71434404012046},
      {"exponential", {}, {1.0 / 3.8925}, -47.18103249452032},
      {"lognormal", {}, {std::log(2.63054672889778), 0.9691065097581164}, -47.09499009588375},
      {"lognormal",
       {.shift = -1.0},
       {std::log(3.990108188267383), 0.642833727855621},
       -47.217754113876794},
      {"gamma", {}, {1.419568648744069, 2.7420300812569356}, -46.50126309962347},
      {"weibull", {}, {1.227804180466149, 4.170035991587634}, -46.553084325827555},
      {"frechet", {}, {0.984361634313723, 1.5875470442040722}, -49.601158031525685},
      {"gumbel", {}, {2.4909895963210626, 2.211929674015159}, -48.549593175913394},
      {"logistic", {}, {3.446601128927364, 1.751177528587679}, -51.37621230174722},
      {"laplace", {}, {3.0, 2.4025}, -51.393140848445114},
      {"rayleigh", {}, {3.568341706321989}, -51.540204580610265},
      {"beta",
       {.lower = 0.0, .upper = 15.0},
       {1.0145581107012849, 2.751203170008653},
       -46.803187268839984},
      {"student", {}, {3.9455687948539704, 3.227469848885554, 2.412282479913939}, -51.321987373618015},
      {"pareto", {}, {0.4605823211858352, 0.3}, -54.84910805054813},
      {"uniform", {}, {0.3, 12.6}, -50.19198524756744},
      {"loguniform", {}, {0.3, 12.6}, -45.7130809711905},
  };
}

TEST(LawFit, IsSciPys) {
  for (const auto& [family, options, parameters, log_likelihood] : by_scipy()) {
    const LawFit found = fit_law(family, twenty, options);
    EXPECT_NEAR(found.log_likelihood, log_likelihood, 1e-10) << family;
    ASSERT_EQ(found.parameters.size(), parameters.size()) << family;
    for (std::size_t k = 0; k < parameters.size(); ++k) {
      // A minimum is found to half the digits of the function.
      EXPECT_NEAR(found.parameters[k].estimate.value, parameters[k], 3e-6 * parameters[k])
          << family << " " << found.parameters[k].name;
    }
  }
  EXPECT_NEAR(fit_law("poisson", counts).log_likelihood, -17.973802972838975, 1e-12);
  EXPECT_NEAR(fit_law("geometric", counts).log_likelihood, -19.095425048844383, 1e-12);
}

TEST(LawFit, HasTheLikelihoodOfItsLaw) {
  for (const std::string& family : fitted_families()) {
    const Vector& values = family == "poisson" || family == "geometric" ? counts : twenty;
    const LawFit found = fit_law(family, values);
    double sum = 0.0;
    for (const double value : values) sum += std::log(found.law.pdf(value));
    EXPECT_NEAR(found.log_likelihood, sum, 1e-10) << family;
    const auto k = static_cast<double>(found.parameters.size());
    EXPECT_NEAR(found.aic, 2.0 * k - 2.0 * sum, 1e-9) << family;
    EXPECT_NEAR(found.bic - found.aic, k * (std::log(static_cast<double>(values.size())) - 2.0), 1e-12);
  }
}

TEST(LawFit, MovesWithUnitAndOrigin) {
  for (const char* family : {"normal", "gumbel", "logistic", "laplace", "student", "uniform"}) {
    const Law here = fit_law(family, twenty).law;
    const Law there = fit_law(family, (twenty.array() * 1e-6 + 5e-4).matrix()).law;
    EXPECT_NEAR(there.quantile(0.9), here.quantile(0.9) * 1e-6 + 5e-4, 1e-12) << family;
  }
  for (const char* family : {"lognormal", "gamma", "weibull", "frechet", "rayleigh", "pareto", "beta"}) {
    const Law here = fit_law(family, twenty).law;
    const Law there = fit_law(family, twenty * 1e9).law;
    EXPECT_NEAR(there.quantile(0.9) * 1e-9, here.quantile(0.9), 1e-8) << family;
  }
}

// Young's moduli differ by one part in 1e8: shapes of 1e16 must not be noise.
TEST(LawFit, OfGammaLosesNoDigitsWhereValuesAreNearlyEqual) {
  const Vector values = 1.0 + 1e-6 * (twenty.array() - 3.8925);
  const Law found = fit_law("gamma", values).law;
  EXPECT_NEAR(found.mean(), 1.0, 1e-9);
  EXPECT_NEAR(found.sd(), 1e-6 * 3.2116302324520487, 1e-11);
}

// log k - digamma(k) = log mean - mean log, where the shape k is large enough for a series.
TEST(LawFit, OfGammaSolvesItsEquationForLargeShapesToo) {
  for (const double spread : {0.01, 0.009}) {
    const Vector values = 3.8925 + spread * (twenty.array() - 3.8925);
    const double shape = fit_law<laws::Gamma>(values).shape;
    const double gap = std::log(values.mean()) - values.array().log().mean();
    EXPECT_NEAR((std::log(shape) - boost::math::digamma(shape)) / gap, 1.0, 1e-7) << shape;
  }
}

TEST(LawFit, OfAFamilyKnownWhenCompilingIsTheSame) {
  const auto normal = fit_law<laws::Normal>(twenty);
  EXPECT_NEAR(normal.mean, 3.8925, 1e-14);
  const auto weibull = fit_law<laws::Weibull>(twenty, {.shift = 0.1});
  EXPECT_EQ(weibull.shift, 0.1);
  EXPECT_EQ(weibull.shape, fit_law("weibull", twenty, {.shift = 0.1}).parameters[0].estimate.value);
}

TEST(RankFits, HasTheMostPlausibleFirstAndSaysWhyOthersAreNot) {
  Vector values = twenty;
  values[3] = -2.0;
  const LawRanking ranking = rank_fits(values);
  for (std::size_t i = 1; i < ranking.fits.size(); ++i) {
    EXPECT_LE(ranking.fits[i - 1].bic, ranking.fits[i].bic);
  }
  bool is_refused = false;
  for (const auto& refusal : ranking.refused) {
    is_refused = is_refused || (refusal.family == "lognormal" &&
                                refusal.reason.find("value 4 of 20 is -2") != std::string::npos);
  }
  EXPECT_TRUE(is_refused);
  EXPECT_EQ(best_fit(twenty, {"normal", "gamma", "uniform"}).family, "gamma");
  EXPECT_EQ(best_fit(counts, {"poisson", "geometric"}, FitCriterion::aic).family, "poisson");
}

std::string refusal(std::string_view family, const Vector& values, const LawFitOptions& options = {}) {
  try {
    static_cast<void>(fit_law(family, values, options));
  } catch (const InvalidArgument& error) {
    return error.what();
  }
  return "";
}

TEST(LawFit, SaysWhatIsWrongWithTheValues) {
  EXPECT_EQ(refusal("normal", Vector(0)), "fit of normal: there are no values; two are needed");
  EXPECT_EQ(refusal("normal", Vector::Constant(3, 2.5)),
            "fit of normal: all 3 values are 2.5; two must differ, or the law is a constant");
  EXPECT_EQ(refusal("lognormal", Vector{{1.0, -4.0}}),
            "fit of lognormal: value 2 of 2 is -4; all must be greater than the shift, 0");
  EXPECT_EQ(refusal("gamma", Vector{{1.0, not_known, 2.0}}),
            "fit of gamma: value 2 of 3 is nan; leave out what failed");
  EXPECT_EQ(refusal("poisson", Vector{{1.0, 2.5}}),
            "fit of poisson: value 2 of 2 is 2.5; all must be whole numbers, 0 or more");
  EXPECT_EQ(refusal("beta", Vector{{0.0, 0.5, 0.7}}, {.lower = 0.0, .upper = 1.0}),
            "fit of beta: values from 0 to 0.7 must lie between the bounds 0 and 1, not at them");
  EXPECT_NE(refusal("student", Vector{{-1.0, 0.0, 0.1, 1.0}}).find("no heavier than normal's"),
            std::string::npos);
  EXPECT_NE(refusal("wiebull", twenty).find("did you mean 'weibull'?"), std::string::npos);
  EXPECT_NE(refusal("normal", twenty, {.level = 95.0}).find("level = 95"), std::string::npos);
  for (const std::string& family : fitted_families()) {
    EXPECT_NE(refusal(family, Vector{{1.0, infinity}}), "") << family;
    EXPECT_NE(refusal(family, Vector::Zero(5)), "") << family;
  }
}

TEST(RankFits, RefusesToCompareDensitiesWithProbabilities) {
  EXPECT_THROW(static_cast<void>(rank_fits(counts, {"normal", "poisson"})), InvalidArgument);
  EXPECT_THROW(static_cast<void>(best_fit(Vector::Zero(4), {"normal", "gamma"})), InvalidArgument);
}

}  // namespace
}  // namespace mystic
