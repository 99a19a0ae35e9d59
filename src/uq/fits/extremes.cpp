// Weibull, Gumbel, Frechet: one law on three scales. With y = log x of a Weibull law of shape k and
// scale s, -y is Gumbel's of location -log s and scale 1 / k, and 1 / x is Frechet's of shape k and
// scale 1 / s.
//
// The most likely k is the one root of sum y exp(k y) / sum exp(k y) - 1 / k = mean y, whose left side
// rises; s^k = mean exp(k y). Errors from the expected information (Johnson, Kotz & Balakrishnan 1994,
// 21.4; 1995, 22.5), with g Euler's constant: var k = 6 k^2 / pi^2 n,
// var log s = (1 + 6 (1 - g)^2 / pi^2) / k^2 n.

#include "likelihood.hpp"

#include "../laws/root.hpp"

#include <cmath>
#include <numbers>

namespace mystic::fits {
namespace {

struct Extreme {
  double shape = 0.0;
  double log_scale = 0.0;
  double shape_error = 0.0;
  double log_scale_error = 0.0;
  double log_likelihood = 0.0;  // of y
};

// Sums of exp(k y) for y that are at most 0, and nothing overflows.
struct Tilted {
  double mean = 0.0;  // of exp(k y)
  double mean_of_y = 0.0;
};

Tilted tilted(const Vector& y, double k) {
  double sum = 0.0;
  double weighted = 0.0;
  for (const double value : y) {
    const double weight = std::exp(k * value);
    sum += weight;
    weighted += weight * value;
  }
  return {sum / static_cast<double>(y.size()), weighted / sum};
}

Extreme extreme(const Vector& logs) {
  const auto n = static_cast<double>(logs.size());
  const double most = logs.maxCoeff();
  const Vector y = logs.array() - most;
  const double mean = mean_of(y);
  const auto excess = [&](double log_k) {
    const double k = std::exp(log_k);
    return tilted(y, k).mean_of_y - 1.0 / k - mean;
  };
  // Half and twice of what the spread tells until the root lies between. At infinity excess is -mean >
  // 0.
  const double spread = std::sqrt(mean_of((y.array() - mean).square().matrix()));
  double lower = std::log(std::numbers::pi / std::sqrt(6.0) / spread);
  double upper = lower;
  while (excess(lower) > 0.0) lower -= 1.0;
  while (excess(upper) < 0.0) upper += 1.0;
  const double k = std::exp(laws::root_between(excess, lower, upper));
  const double scaled = std::log(tilted(y, k).mean) / k;  // log s - most
  const double constant = (1.0 - std::numbers::egamma) * std::sqrt(6.0) / std::numbers::pi;
  return {.shape = k,
          .log_scale = most + scaled,
          .shape_error = k * std::sqrt(6.0 / n) / std::numbers::pi,
          .log_scale_error = std::sqrt((1.0 + constant * constant) / n) / k,
          .log_likelihood = n * (std::log(k) + k * (mean - scaled) - 1.0)};
}

}  // namespace

Fitted<laws::Weibull> most_likely(Family<laws::Weibull>, const Vector& values,
                                  const LawFitOptions& options) {
  const Vector logs = above_shift(laws::Weibull::title, values, options.shift).array().log();
  require_variation(laws::Weibull::title, logs);
  const Extreme found = extreme(logs);
  const double scale = std::exp(found.log_scale);
  const auto n = static_cast<double>(values.size());
  return {{.shape = found.shape, .scale = scale, .shift = options.shift},
          {positive_parameter("shape", found.shape, found.shape_error, options.level),
           positive_parameter("scale", scale, scale * found.log_scale_error, options.level)},
          found.log_likelihood - n * mean_of(logs)};
}

Fitted<laws::Frechet> most_likely(Family<laws::Frechet>, const Vector& values,
                                  const LawFitOptions& options) {
  const Vector logs = above_shift(laws::Frechet::title, values, options.shift).array().log();
  require_variation(laws::Frechet::title, logs);
  const Extreme found = extreme(-logs);
  const double scale = std::exp(-found.log_scale);
  const auto n = static_cast<double>(values.size());
  return {{.shape = found.shape, .scale = scale, .shift = options.shift},
          {positive_parameter("shape", found.shape, found.shape_error, options.level),
           positive_parameter("scale", scale, scale * found.log_scale_error, options.level)},
          found.log_likelihood - n * mean_of(logs)};
}

Fitted<laws::Gumbel> most_likely(Family<laws::Gumbel>, const Vector& values,
                                 const LawFitOptions& options) {
  require_variation(laws::Gumbel::title, values);
  const Extreme found = extreme(-values);
  const double scale = 1.0 / found.shape;
  return {{.location = -found.log_scale, .scale = scale},
          {real_parameter("location", -found.log_scale, found.log_scale_error, options.level),
           positive_parameter("scale", scale, found.shape_error / (found.shape * found.shape),
                              options.level)},
          found.log_likelihood};
}

}  // namespace mystic::fits
