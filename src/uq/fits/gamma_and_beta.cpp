// Laws whose likelihood is concave in their shapes, but has no root in closed form.

#include "likelihood.hpp"

#include "../laws/root.hpp"

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/log1p.hpp>
#include <boost/math/special_functions/trigamma.hpp>

#include <algorithm>
#include <cmath>

namespace mystic::fits {
namespace {

using boost::math::digamma;
using boost::math::trigamma;

// log k - digamma(k), without cancellation where k is large.
double log_less_digamma(double k) {
  if (k < 1e4) return std::log(k) - digamma(k);
  return (0.5 + 1.0 / (12.0 * k)) / k;
}

// k trigamma(k) - 1, likewise.
double trigamma_excess(double k) {
  if (k < 1e4) return k * trigamma(k) - 1.0;
  return (0.5 + 1.0 / (6.0 * k)) / k;
}

// Where the gradient {g + psi(a + b) - psi(a), h + psi(a + b) - psi(b)} is 0, by Newton's method from
// the moments; on logarithms of a and b where a step would leave them.
struct Shapes {
  double alpha = 1.0;
  double beta = 1.0;
};

// Per value.
double beta_log_likelihood(const Shapes& at, double mean_log, double mean_log_rest) {
  return (at.alpha - 1.0) * mean_log + (at.beta - 1.0) * mean_log_rest +
         std::lgamma(at.alpha + at.beta) - std::lgamma(at.alpha) - std::lgamma(at.beta);
}

Shapes beta_shapes(Shapes at, double mean_log, double mean_log_rest) {
  double before = beta_log_likelihood(at, mean_log, mean_log_rest);
  for (int step = 0; step < 200; ++step) {
    const double both = digamma(at.alpha + at.beta);
    const double g = mean_log + both - digamma(at.alpha);
    const double h = mean_log_rest + both - digamma(at.beta);
    const double cross = trigamma(at.alpha + at.beta);
    const double aa = trigamma(at.alpha) - cross;
    const double bb = trigamma(at.beta) - cross;
    const double determinant = aa * bb - cross * cross;
    double by_alpha = (bb * g + cross * h) / determinant;
    double by_beta = (cross * g + aa * h) / determinant;
    // Concave: a step that is short enough climbs.
    for (int half = 0; half < 60; ++half, by_alpha *= 0.5, by_beta *= 0.5) {
      const Shapes next{at.alpha + by_alpha, at.beta + by_beta};
      if (!(next.alpha > 0.0) || !(next.beta > 0.0)) continue;
      const double after = beta_log_likelihood(next, mean_log, mean_log_rest);
      if (after < before - 1e-14 * std::abs(before)) continue;
      at = next;
      before = after;
      break;
    }
    if (std::abs(by_alpha) <= 1e-13 * at.alpha && std::abs(by_beta) <= 1e-13 * at.beta) break;
  }
  return at;
}

// From the mean and the variance of values in (0, 1).
Shapes beta_by_moments(const Vector& z) {
  const double mean = mean_of(z);
  const double variance = mean_of((z.array() - mean).square().matrix());
  const double sum = std::max(mean * (1.0 - mean) / variance - 1.0, 0.1);
  return {mean * sum, (1.0 - mean) * sum};
}

}  // namespace

// The shape is the root of log k - digamma(k) = log mean - mean log, between half of the right side's
// inverse and all of it. The right side is the mean of -(log(1 + d) - d), d the deviations from the
// mean: no digits are lost where all are nearly equal.
Fitted<laws::Gamma> most_likely(Family<laws::Gamma>, const Vector& values,
                                const LawFitOptions& options) {
  const Vector above = above_shift(laws::Gamma::title, values, options.shift);
  require_variation(laws::Gamma::title, above);
  const auto n = static_cast<double>(values.size());
  const double mean = mean_of(above);
  double gap = 0.0;
  for (const double value : above) gap -= boost::math::log1pmx((value - mean) / mean) / n;
  const double shape = std::exp(
      laws::root_between([gap](double log_k) { return gap - log_less_digamma(std::exp(log_k)); },
                         std::log(0.5 / gap), std::log(1.0 / gap)));
  const double scale = mean / shape;
  const double excess = n * trigamma_excess(shape);
  const double mean_log = std::log(mean) - gap;
  return {{.shape = shape, .scale = scale, .shift = options.shift},
          {positive_parameter("shape", shape, std::sqrt(shape / excess), options.level),
           positive_parameter("scale", scale, scale * std::sqrt((excess / n + 1.0) / shape / (excess)),
                              options.level)},
          n * ((shape - 1.0) * mean_log - shape - shape * std::log(scale) - std::lgamma(shape))};
}

Fitted<laws::Beta> most_likely(Family<laws::Beta>, const Vector& values, const LawFitOptions& options) {
  require_variation(laws::Beta::title, values);
  const auto n = static_cast<double>(values.size());
  const double least = values.minCoeff();
  const double most = values.maxCoeff();
  const double lower = options.lower.value_or(least - (most - least) / (n - 1.0));
  const double upper = options.upper.value_or(most + (most - least) / (n - 1.0));
  require(lower < least && most < upper,
          "fit of {}: values from {} to {} must lie between the bounds {} and {}, not at them",
          laws::Beta::title, least, most, lower, upper);
  const Vector z = (values.array() - lower) / (upper - lower);
  const double mean_log = mean_of(z.array().log().matrix());
  const double mean_log_rest = mean_of(((upper - values.array()) / (upper - lower)).log().matrix());
  const Shapes found = beta_shapes(beta_by_moments(z), mean_log, mean_log_rest);
  const double cross = trigamma(found.alpha + found.beta);
  const double aa = trigamma(found.alpha) - cross;
  const double bb = trigamma(found.beta) - cross;
  const double determinant = n * (aa * bb - cross * cross);
  Fitted<laws::Beta> fitted{
      {.alpha = found.alpha, .beta = found.beta, .lower = lower, .upper = upper},
      {positive_parameter("alpha", found.alpha, std::sqrt(bb / determinant), options.level),
       positive_parameter("beta", found.beta, std::sqrt(aa / determinant), options.level)},
      n * (beta_log_likelihood(found, mean_log, mean_log_rest) - std::log(upper - lower))};
  if (!options.lower) fitted.parameters.push_back({"lower", {lower, {}}, not_known});
  if (!options.upper) fitted.parameters.push_back({"upper", {upper, {}}, not_known});
  return fitted;
}

}  // namespace mystic::fits
