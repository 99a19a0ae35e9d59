#include "mystic/uq/laws/normal.hpp"

#include "location_scale.hpp"
#include "rules.hpp"
#include "standard_normal.hpp"
#include "text.hpp"

#include <limits>
#include <numbers>

namespace mystic::laws {

double normal_pdf(double z) {
  return std::exp(-0.5 * z * z) * (0.5 * std::numbers::inv_sqrtpi * std::numbers::sqrt2);
}

double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

namespace {

struct StandardNormal {
  [[nodiscard]] static double pdf(double z) { return normal_pdf(z); }
  [[nodiscard]] static double cdf(double z) { return normal_cdf(z); }
  [[nodiscard]] static double survival(double z) { return normal_cdf(-z); }
  [[nodiscard]] static double quantile(double p) { return normal_quantile(p); }
  [[nodiscard]] static double upper_quantile(double q) { return -normal_quantile(q); }
  static void to_quantiles(std::span<double> units) { normal_quantiles(units); }
  [[nodiscard]] static Support support() { return {}; }
  [[nodiscard]] static LawMoments moments() { return {.variance = 1.0}; }
};

/// exp(mu + sigma Z), Z standard normal.
class LognormalShape {
 public:
  LognormalShape(double mean_of_log, double sd_of_log) : mu_(mean_of_log), sigma_(sd_of_log) {}

  [[nodiscard]] double pdf(double y) const {
    // At 0 the density is 0, of which (log 0)^2 in the exponent knows; 0 / 0 does not.
    return y == 0.0 ? 0.0 : normal_pdf((std::log(y) - mu_) / sigma_) / y / sigma_;
  }
  [[nodiscard]] double cdf(double y) const { return normal_cdf((std::log(y) - mu_) / sigma_); }
  [[nodiscard]] double survival(double y) const { return normal_cdf((mu_ - std::log(y)) / sigma_); }
  [[nodiscard]] double quantile(double p) const { return std::exp(mu_ + sigma_ * normal_quantile(p)); }
  [[nodiscard]] double upper_quantile(double q) const {
    return std::exp(mu_ - sigma_ * normal_quantile(q));
  }
  void to_quantiles(std::span<double> units) const {
    normal_quantiles(units);
    for (double& value : units) value = std::exp(mu_ + sigma_ * value);
  }
  [[nodiscard]] static Support support() { return {.lower = 0.0}; }
  [[nodiscard]] LawMoments moments() const {
    const double variance = sigma_ * sigma_;
    const double mean = std::exp(mu_ + 0.5 * variance);
    const double excess = std::expm1(variance);
    // exp(4 v) + 2 exp(3 v) + 3 exp(2 v) - 6, without the cancellation for small v = variance.
    const double kurtosis =
        std::expm1(4.0 * variance) + 2.0 * std::expm1(3.0 * variance) + 3.0 * std::expm1(2.0 * variance);
    return {.mean = mean,
            .variance = mean * mean * excess,
            .skewness = (excess + 3.0) * std::sqrt(excess),
            .excess_kurtosis = kurtosis};
  }

 private:
  double mu_;
  double sigma_;
};

}  // namespace

std::shared_ptr<const LawBody> Normal::body() const {
  return std::make_shared<LocationScale<StandardNormal>>(StandardNormal{}, mean, sd, text_of(*this));
}

std::string Lognormal::broken_rules() const {
  const bool by_log = mean_of_log || sd_of_log;
  const bool by_itself = mean || sd;
  if (by_log && by_itself) {
    return "\n  mean_of_log and sd_of_log, or mean and sd: one pair must be given, not parts of both";
  }
  if (mean_of_log.has_value() != sd_of_log.has_value()) {
    return fmt::format("\n  {} without {}: the pair mean_of_log and sd_of_log must be whole",
                       mean_of_log ? "mean_of_log" : "sd_of_log",
                       mean_of_log ? "sd_of_log" : "mean_of_log");
  }
  if (mean.has_value() != sd.has_value()) {
    return fmt::format("\n  {} without {}: the pair mean and sd must be whole", mean ? "mean" : "sd",
                       mean ? "sd" : "mean");
  }
  if (mean && *mean <= shift) {
    return fmt::format("\n  mean = {} must be greater than shift = {}: all x are", *mean, shift);
  }
  return "";
}

std::shared_ptr<const LawBody> Lognormal::body() const {
  Lognormal told = *this;
  double mu = mean_of_log.value_or(0.0);
  double sigma = sd_of_log.value_or(1.0);
  if (mean && sd) {
    // E = exp(mu + sigma^2 / 2), Var = E^2 (exp(sigma^2) - 1), both of x - shift.
    const double ratio = *sd / (*mean - shift);
    const double variance = ratio < 1e100 ? std::log1p(ratio * ratio) : 2.0 * std::log(ratio);
    mu = std::log(*mean - shift) - 0.5 * variance;
    sigma = std::sqrt(variance);
  } else {
    told.mean_of_log = mu;
    told.sd_of_log = sigma;
  }
  return std::make_shared<LocationScale<LognormalShape>>(LognormalShape(mu, sigma), shift, 1.0,
                                                         text_of(told));
}

}  // namespace mystic::laws
