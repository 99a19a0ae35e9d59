#pragma once

#include "mystic/uq/estimate.hpp"
#include "mystic/uq/laws.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mystic {

/// What is known of a law before it is fitted.
struct LawFitOptions {
  static constexpr std::string_view title = "fit";

  double shift = 0.0;
  std::optional<double> lower = std::nullopt;
  std::optional<double> upper = std::nullopt;
  double level = 0.95;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("shift", self.shift, laws::finite_number,
          "lower end of lognormal, exponential, gamma, rayleigh, weibull and frechet; added to all "
          "values of pareto; unit of x");
    field("lower", self.lower, laws::finite_number,
          "lower bound of beta; none: as of uniform data, least - range / (n - 1); unit of x");
    field("upper", self.upper, laws::finite_number,
          "upper bound of beta; none: greatest + range / (n - 1); unit of x");
    field("level", self.level, Range{.lower = 0, .upper = 1, .open_below = true, .open_above = true},
          "confidence of the intervals");
  }
};

/// A parameter, under the name that the law's description has for it. Its interval is that of the
/// asymptotic normal law, of the logarithm where the parameter must be positive; both NaN where that
/// does not hold: at ends that move with the sample (bounds of uniform, scale of pareto).
struct FittedParameter {
  std::string name;
  Estimate estimate;
  double standard_error = not_known;
};

/// A law of maximal likelihood.
struct LawFit {
  std::string family;
  Law law;
  std::vector<FittedParameter> parameters;  ///< those that were fitted
  Index count = 0;                          ///< n
  double log_likelihood = not_known;        ///< sum log pdf
  double aic = not_known;  ///< 2 k - 2 log-likelihood, k the number of fitted parameters (Akaike 1974)
  double bic = not_known;  ///< k log n - 2 log-likelihood (Schwarz 1978)
};

/// Names of the families that can be fitted, in alphabetic order.
[[nodiscard]] std::vector<std::string> fitted_families();

/// The law of a family that makes the values most likely. In closed form where there is one; else the
/// root of one equation (gamma, weibull, gumbel, frechet), or Newton's method on a concave likelihood
/// (beta, logistic); student: EM for each number of degrees of freedom, and the best of these.
///
/// Source: Johnson, Kotz & Balakrishnan, Continuous univariate distributions (1994, 1995); student:
/// Kent, Tyler & Vardi (1994), doi:10.1080/03610919408813180.
///
/// @param family  one of fitted_families()
/// @param values  n >= 2, finite: leave out what failed
/// @throws InvalidArgument saying which value is wrong, or why these values have no law of this family
///         that is most likely (all are equal, say); a family that is not known, with the nearest name;
///         InvalidOptions
[[nodiscard]] LawFit fit_law(std::string_view family, const VectorView& values,
                             const LawFitOptions& options = {});

/// The same for a family known when compiling: `laws::Weibull strength =
/// fit_law<laws::Weibull>(values)`. For Beta, Exponential, Frechet, Gamma, Geometric, Gumbel, Laplace,
/// Logistic, Lognormal, Loguniform, Normal, Pareto, Poisson, Rayleigh, Student, Uniform, Weibull.
template <class Description>
[[nodiscard]] Description fit_law(const VectorView& values, const LawFitOptions& options = {});

enum class FitCriterion { aic, bic };

/// Fits of several families, the best first.
struct LawRanking {
  struct Refusal {
    std::string family;
    std::string reason;
  };
  std::vector<LawFit> fits;
  std::vector<Refusal> refused;  ///< families that these values cannot come from
};

/// @param families  all continuous ones if empty. Densities and probabilities do not compare: not
///                  continuous and discrete ones together
/// @throws as fit_law(), but where a family just does not fit the values it is among the refused
[[nodiscard]] LawRanking rank_fits(const VectorView& values,
                                   const std::vector<std::string>& families = {},
                                   FitCriterion criterion = FitCriterion::bic,
                                   const LawFitOptions& options = {});

/// The first of rank_fits().
/// @throws InvalidArgument if no family fits, with the reason of each
[[nodiscard]] LawFit best_fit(const VectorView& values, const std::vector<std::string>& families = {},
                              FitCriterion criterion = FitCriterion::bic,
                              const LawFitOptions& options = {});

}  // namespace mystic
