#pragma once

#include "mystic/uq/law_fit.hpp"

#include <string_view>
#include <type_traits>
#include <vector>

namespace mystic::fits {

template <class Description>
struct Fitted {
  Description law;
  std::vector<FittedParameter> parameters;
  double log_likelihood = not_known;
};

/// A parameter that may be any number.
[[nodiscard]] FittedParameter real_parameter(const char* name, double value, double error, double level);
/// A positive one: the interval is that of its logarithm.
[[nodiscard]] FittedParameter positive_parameter(const char* name, double value, double error,
                                                 double level);

/// In the order of the values: the same whatever their alignment.
[[nodiscard]] double mean_of(const VectorView& values);

/// values - shift, refused where not positive.
[[nodiscard]] Vector above_shift(std::string_view family, const Vector& values, double shift);
/// Refuses values that are all equal.
void require_variation(std::string_view family, const Vector& values);
/// Refuses what is not 0, 1, 2...
void require_counts(std::string_view family, const Vector& values);

// The law of maximal likelihood, of two or more finite values.
template <class Description>
using Family = std::type_identity<Description>;

[[nodiscard]] Fitted<laws::Beta> most_likely(Family<laws::Beta>, const Vector&, const LawFitOptions&);
[[nodiscard]] Fitted<laws::Exponential> most_likely(Family<laws::Exponential>, const Vector&,
                                                    const LawFitOptions&);
[[nodiscard]] Fitted<laws::Frechet> most_likely(Family<laws::Frechet>, const Vector&,
                                                const LawFitOptions&);
[[nodiscard]] Fitted<laws::Gamma> most_likely(Family<laws::Gamma>, const Vector&, const LawFitOptions&);
[[nodiscard]] Fitted<laws::Geometric> most_likely(Family<laws::Geometric>, const Vector&,
                                                  const LawFitOptions&);
[[nodiscard]] Fitted<laws::Gumbel> most_likely(Family<laws::Gumbel>, const Vector&,
                                               const LawFitOptions&);
[[nodiscard]] Fitted<laws::Laplace> most_likely(Family<laws::Laplace>, const Vector&,
                                                const LawFitOptions&);
[[nodiscard]] Fitted<laws::Logistic> most_likely(Family<laws::Logistic>, const Vector&,
                                                 const LawFitOptions&);
[[nodiscard]] Fitted<laws::Lognormal> most_likely(Family<laws::Lognormal>, const Vector&,
                                                  const LawFitOptions&);
[[nodiscard]] Fitted<laws::Loguniform> most_likely(Family<laws::Loguniform>, const Vector&,
                                                   const LawFitOptions&);
[[nodiscard]] Fitted<laws::Normal> most_likely(Family<laws::Normal>, const Vector&,
                                               const LawFitOptions&);
[[nodiscard]] Fitted<laws::Pareto> most_likely(Family<laws::Pareto>, const Vector&,
                                               const LawFitOptions&);
[[nodiscard]] Fitted<laws::Poisson> most_likely(Family<laws::Poisson>, const Vector&,
                                                const LawFitOptions&);
[[nodiscard]] Fitted<laws::Rayleigh> most_likely(Family<laws::Rayleigh>, const Vector&,
                                                 const LawFitOptions&);
[[nodiscard]] Fitted<laws::Student> most_likely(Family<laws::Student>, const Vector&,
                                                const LawFitOptions&);
[[nodiscard]] Fitted<laws::Uniform> most_likely(Family<laws::Uniform>, const Vector&,
                                                const LawFitOptions&);
[[nodiscard]] Fitted<laws::Weibull> most_likely(Family<laws::Weibull>, const Vector&,
                                                const LawFitOptions&);

}  // namespace mystic::fits
