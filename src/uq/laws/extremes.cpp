#include "mystic/uq/laws/extremes.hpp"

#include "central_moments.hpp"
#include "location_scale.hpp"
#include "text.hpp"

#include <algorithm>
#include <limits>

// All five are functions of T, exponential of mean 1: Weibull T^(1/k), Frechet T^(-1/k), Gumbel -log T,
// GEV (T^-shape - 1) / shape. Where X falls with T, P[X <= x] = P[T >= t(x)] = exp(-t).

namespace mystic::laws {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// The T of which P[T > t] = q.
double exceeded_with(double q) { return -std::log(q); }
/// The T of which P[T <= t] = p.
double reached_with(double p) { return -std::log1p(-p); }

/// Moments of G = (T^a - 1) / a, log T where a = 0, for |a| < 0.1, where those by gamma functions
/// cancel. With T = exp(y): the trapezium rule on the line, whose error falls as exp(-pi^2 / step) here,
/// since the integrand is analytic up to |Im y| < pi / 2: Trefethen & Weideman (2014),
/// doi:10.1137/130932132.
LawMoments near_logarithm(double a) {
  constexpr double step = 0.25;
  const auto sum = [a](double centre, int power) {
    double total = 0.0;
    for (int i = -400; i <= 20; ++i) {
      const double y = step * i;
      const double g = a == 0.0 ? y : std::expm1(a * y) / a;
      total += std::pow(g - centre, power) * std::exp(y - std::exp(y));
    }
    return total * step;
  };
  const double mean = sum(0.0, 1);
  return standardised_moments(mean, sum(mean, 2), sum(mean, 3), sum(mean, 4));
}

/// Moments of G = (T^a - 1) / a. E[T^(k a)] = Gamma(1 + k a) while k a > -1.
LawMoments power_moments(double a) {
  if (std::abs(a) < 0.1) return near_logarithm(a);
  LawMoments result{.mean = -infinity, .variance = infinity, .skewness = nan, .excess_kurtosis = nan};
  if (a <= -1.0) return result;
  const double g1 = std::tgamma(1.0 + a);
  result.mean = (g1 - 1.0) / a;
  if (a <= -0.5) return result;
  const double g2 = std::tgamma(1.0 + 2.0 * a);
  const double g3 = a > -1.0 / 3.0 ? std::tgamma(1.0 + 3.0 * a) : infinity;
  const double g4 = a > -0.25 ? std::tgamma(1.0 + 4.0 * a) : infinity;
  const double second = g2 - g1 * g1;
  const double third = g3 - 3.0 * g1 * g2 + 2.0 * g1 * g1 * g1;
  const double fourth =
      std::isinf(g4) ? infinity : g4 - 4.0 * g1 * g3 + g1 * g1 * (6.0 * g2 - 3.0 * g1 * g1);
  const double square = a * a;
  return standardised_moments(result.mean, second / square, third / square / a,
                              fourth / square / square);
}

/// Moments of T^a.
LawMoments moments_of_power(double a) {
  LawMoments result = power_moments(a);
  result.mean = 1.0 + a * result.mean;
  result.variance *= a * a;
  if (a < 0.0) result.skewness = -result.skewness;
  return result;
}

/// `slope` exp(-t) without inf * 0.
double density(double slope, double t) { return t > 800.0 ? 0.0 : slope * std::exp(-t); }

class WeibullShape {
 public:
  explicit WeibullShape(double shape) : k_(shape) {}

  [[nodiscard]] double pdf(double z) const {
    const double t = std::pow(z, k_);
    return z == 0.0 ? k_ * std::pow(z, k_ - 1.0) : density(k_ * t / z, t);
  }
  [[nodiscard]] double cdf(double z) const { return -std::expm1(-std::pow(z, k_)); }
  [[nodiscard]] double survival(double z) const { return std::exp(-std::pow(z, k_)); }
  [[nodiscard]] double quantile(double p) const { return std::pow(reached_with(p), 1.0 / k_); }
  [[nodiscard]] double upper_quantile(double q) const { return std::pow(exceeded_with(q), 1.0 / k_); }
  [[nodiscard]] static Support support() { return {.lower = 0.0}; }
  [[nodiscard]] LawMoments moments() const { return moments_of_power(1.0 / k_); }

 private:
  double k_;
};

class WeibullMaxShape {
 public:
  explicit WeibullMaxShape(double shape) : mirror_(shape) {}

  [[nodiscard]] double pdf(double z) const { return mirror_.pdf(-z); }
  [[nodiscard]] double cdf(double z) const { return mirror_.survival(-z); }
  [[nodiscard]] double survival(double z) const { return mirror_.cdf(-z); }
  [[nodiscard]] double quantile(double p) const { return -mirror_.upper_quantile(p); }
  [[nodiscard]] double upper_quantile(double q) const { return -mirror_.quantile(q); }
  [[nodiscard]] static Support support() { return {.upper = 0.0}; }
  [[nodiscard]] LawMoments moments() const { return mirrored(mirror_.moments()); }

 private:
  WeibullShape mirror_;
};

struct StandardGumbel {
  [[nodiscard]] static double pdf(double z) { return density(std::exp(-z), std::exp(-z)); }
  [[nodiscard]] static double cdf(double z) { return std::exp(-std::exp(-z)); }
  [[nodiscard]] static double survival(double z) { return -std::expm1(-std::exp(-z)); }
  [[nodiscard]] static double quantile(double p) { return -std::log(exceeded_with(p)); }
  [[nodiscard]] static double upper_quantile(double q) { return -std::log(reached_with(q)); }
  [[nodiscard]] static Support support() { return {}; }
  [[nodiscard]] static LawMoments moments() { return mirrored(power_moments(0.0)); }
};

class FrechetShape {
 public:
  explicit FrechetShape(double shape) : k_(shape) {}

  [[nodiscard]] double pdf(double z) const {
    const double t = std::pow(z, -k_);
    return density(k_ * t / z, t);
  }
  [[nodiscard]] double cdf(double z) const { return std::exp(-std::pow(z, -k_)); }
  [[nodiscard]] double survival(double z) const { return -std::expm1(-std::pow(z, -k_)); }
  [[nodiscard]] double quantile(double p) const { return std::pow(exceeded_with(p), -1.0 / k_); }
  [[nodiscard]] double upper_quantile(double q) const { return std::pow(reached_with(q), -1.0 / k_); }
  [[nodiscard]] static Support support() { return {.lower = 0.0}; }
  [[nodiscard]] LawMoments moments() const { return moments_of_power(-1.0 / k_); }

 private:
  double k_;
};

class GevShape {
 public:
  explicit GevShape(double shape) : xi_(shape) {}

  [[nodiscard]] double pdf(double z) const {
    const double log_t = log_exponential(z);
    if (log_t > 700.0) return 0.0;
    // t^(1 + shape) exp(-t); where shape = -1, the power of t = 0 is 1 too.
    return std::exp((xi_ == -1.0 ? 0.0 : (1.0 + xi_) * log_t) - std::exp(log_t));
  }
  [[nodiscard]] double cdf(double z) const { return std::exp(-std::exp(log_exponential(z))); }
  [[nodiscard]] double survival(double z) const { return -std::expm1(-std::exp(log_exponential(z))); }
  [[nodiscard]] double quantile(double p) const { return place(std::log(exceeded_with(p))); }
  [[nodiscard]] double upper_quantile(double q) const { return place(std::log(reached_with(q))); }
  [[nodiscard]] Support support() const {
    return {.lower = xi_ > 0.0 ? -1.0 / xi_ : -infinity, .upper = xi_ < 0.0 ? -1.0 / xi_ : infinity};
  }
  [[nodiscard]] LawMoments moments() const { return mirrored(power_moments(-xi_)); }

 private:
  /// log t of z, and z of log t. At the end of the support, rounding may leave it by a little.
  [[nodiscard]] double log_exponential(double z) const {
    return xi_ == 0.0 ? -z : -std::log1p(std::max(xi_ * z, -1.0)) / xi_;
  }
  [[nodiscard]] double place(double log_t) const {
    return xi_ == 0.0 ? -log_t : std::expm1(-xi_ * log_t) / xi_;
  }

  double xi_;
};

}  // namespace

std::shared_ptr<const LawBody> Weibull::body() const {
  return std::make_shared<LocationScale<WeibullShape>>(WeibullShape(shape), shift, scale,
                                                       text_of(*this));
}

std::shared_ptr<const LawBody> WeibullMax::body() const {
  return std::make_shared<LocationScale<WeibullMaxShape>>(WeibullMaxShape(shape), shift, scale,
                                                          text_of(*this));
}

std::shared_ptr<const LawBody> Gumbel::body() const {
  return std::make_shared<LocationScale<StandardGumbel>>(StandardGumbel{}, location, scale,
                                                         text_of(*this));
}

std::shared_ptr<const LawBody> Frechet::body() const {
  return std::make_shared<LocationScale<FrechetShape>>(FrechetShape(shape), shift, scale,
                                                       text_of(*this));
}

std::shared_ptr<const LawBody> Gev::body() const {
  return std::make_shared<LocationScale<GevShape>>(GevShape(shape), location, scale, text_of(*this));
}

}  // namespace mystic::laws
