// Laws of which the most likely one has a closed form.

#include "likelihood.hpp"

#include "mystic/uq/quantiles.hpp"

#include <cmath>
#include <numbers>

namespace mystic::fits {
namespace {

using laws::Normal;

struct Bell {
  double mean = 0.0;
  double sd = 0.0;  // with n
};

Bell bell(const Vector& values) {
  const double mean = mean_of(values);
  const double spread = mean_of((values.array() - mean).square().matrix());
  return {mean, std::sqrt(spread)};
}

double bell_log_likelihood(double n, double sd) {
  return -n * (0.5 * std::log(2.0 * std::numbers::pi) + std::log(sd) + 0.5);
}

}  // namespace

Fitted<Normal> most_likely(Family<Normal>, const Vector& values, const LawFitOptions& options) {
  require_variation(Normal::title, values);
  const auto n = static_cast<double>(values.size());
  const auto [mean, sd] = bell(values);
  return {{.mean = mean, .sd = sd},
          {real_parameter("mean", mean, sd / std::sqrt(n), options.level),
           positive_parameter("sd", sd, sd / std::sqrt(2.0 * n), options.level)},
          bell_log_likelihood(n, sd)};
}

Fitted<laws::Lognormal> most_likely(Family<laws::Lognormal>, const Vector& values,
                                    const LawFitOptions& options) {
  const Vector logs = above_shift(laws::Lognormal::title, values, options.shift).array().log();
  require_variation(laws::Lognormal::title, values);
  const auto n = static_cast<double>(values.size());
  const auto [mean, sd] = bell(logs);
  return {{.mean_of_log = mean, .sd_of_log = sd, .shift = options.shift},
          {real_parameter("mean_of_log", mean, sd / std::sqrt(n), options.level),
           positive_parameter("sd_of_log", sd, sd / std::sqrt(2.0 * n), options.level)},
          bell_log_likelihood(n, sd) - n * mean};
}

Fitted<laws::Uniform> most_likely(Family<laws::Uniform>, const Vector& values, const LawFitOptions&) {
  require_variation(laws::Uniform::title, values);
  const double lower = values.minCoeff();
  const double upper = values.maxCoeff();
  return {{.lower = lower, .upper = upper},
          {{"lower", {lower, {}}, not_known}, {"upper", {upper, {}}, not_known}},
          -static_cast<double>(values.size()) * std::log(upper - lower)};
}

Fitted<laws::Loguniform> most_likely(Family<laws::Loguniform>, const Vector& values,
                                     const LawFitOptions&) {
  const Vector logs = above_shift(laws::Loguniform::title, values, 0.0).array().log();
  require_variation(laws::Loguniform::title, values);
  const double lower = values.minCoeff();
  const double upper = values.maxCoeff();
  const auto n = static_cast<double>(values.size());
  return {{.lower = lower, .upper = upper},
          {{"lower", {lower, {}}, not_known}, {"upper", {upper, {}}, not_known}},
          -n * std::log(std::log(upper / lower)) - n * mean_of(logs)};
}

Fitted<laws::Exponential> most_likely(Family<laws::Exponential>, const Vector& values,
                                      const LawFitOptions& options) {
  const Vector above = values.array() - options.shift;
  require(above.minCoeff() >= 0.0 && above.maxCoeff() > 0.0,
          "fit of {}: values from {} to {}; none may be less than the shift, {}, nor all equal to it",
          laws::Exponential::title, values.minCoeff(), values.maxCoeff(), options.shift);
  const auto n = static_cast<double>(values.size());
  const double rate = 1.0 / mean_of(above);
  return {{.rate = rate, .shift = options.shift},
          {positive_parameter("rate", rate, rate / std::sqrt(n), options.level)},
          n * std::log(rate) - n};
}

Fitted<laws::Laplace> most_likely(Family<laws::Laplace>, const Vector& values,
                                  const LawFitOptions& options) {
  require_variation(laws::Laplace::title, values);
  const auto n = static_cast<double>(values.size());
  const double location = quantile_within(SortedSample(values), 0.5).value;
  const double scale = mean_of((values.array() - location).abs().matrix());
  return {{.location = location, .scale = scale},
          {real_parameter("location", location, scale / std::sqrt(n), options.level),
           positive_parameter("scale", scale, scale / std::sqrt(n), options.level)},
          -n * (std::log(2.0 * scale) + 1.0)};
}

Fitted<laws::Rayleigh> most_likely(Family<laws::Rayleigh>, const Vector& values,
                                   const LawFitOptions& options) {
  const Vector above = above_shift(laws::Rayleigh::title, values, options.shift);
  const auto n = static_cast<double>(values.size());
  const double scale = std::sqrt(0.5 * mean_of(above.array().square().matrix()));
  return {{.scale = scale, .shift = options.shift},
          {positive_parameter("scale", scale, 0.5 * scale / std::sqrt(n), options.level)},
          n * (mean_of(above.array().log().matrix()) - 2.0 * std::log(scale) - 1.0)};
}

Fitted<laws::Pareto> most_likely(Family<laws::Pareto>, const Vector& values,
                                 const LawFitOptions& options) {
  const Vector above = above_shift(laws::Pareto::title, values, options.shift);
  require_variation(laws::Pareto::title, values);
  const auto n = static_cast<double>(values.size());
  const double scale = above.minCoeff();
  const double mean_log = mean_of((above.array() / scale).log().matrix());
  const double shape = 1.0 / mean_log;
  return {{.shape = shape, .scale = scale, .shift = options.shift},
          {positive_parameter("shape", shape, shape / std::sqrt(n), options.level),
           {"scale", {scale, {}}, not_known}},
          n * (std::log(shape / scale) - (shape + 1.0) * mean_log)};
}

Fitted<laws::Poisson> most_likely(Family<laws::Poisson>, const Vector& values,
                                  const LawFitOptions& options) {
  require_counts(laws::Poisson::title, values);
  const double mean = mean_of(values);
  require(mean > 0.0, "fit of {}: all {} values are 0; one must be greater", laws::Poisson::title,
          values.size());
  const auto n = static_cast<double>(values.size());
  double log_factorials = 0.0;
  for (const double value : values) log_factorials += std::lgamma(value + 1.0);
  return {{.mean = mean},
          {positive_parameter("mean", mean, std::sqrt(mean / n), options.level)},
          n * mean * (std::log(mean) - 1.0) - log_factorials};
}

Fitted<laws::Geometric> most_likely(Family<laws::Geometric>, const Vector& values,
                                    const LawFitOptions& options) {
  require_counts(laws::Geometric::title, values);
  const double mean = mean_of(values);
  require(mean > 0.0, "fit of {}: all {} values are 0; one must be greater", laws::Geometric::title,
          values.size());
  const auto n = static_cast<double>(values.size());
  const double probability = 1.0 / (1.0 + mean);
  return {{.probability = probability},
          {positive_parameter("probability", probability,
                              probability * std::sqrt((1.0 - probability) / n), options.level)},
          n * (std::log(probability) + mean * std::log1p(-probability))};
}

}  // namespace mystic::fits
