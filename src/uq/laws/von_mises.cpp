#include "boost_policy.hpp"
#include "location_scale.hpp"
#include "root.hpp"
#include "text.hpp"

#include "mystic/uq/laws/symmetric.hpp"

#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <numbers>

namespace mystic::laws {

namespace {

constexpr double pi = std::numbers::pi;

/// Tails are integrals of the density, so that they are precise where they are small; the series of
/// Bessel functions is not, and Hill's normal approximation (1977), which SciPy takes from concentration
/// 50, has 8 digits.
class VonMisesShape {
 public:
  explicit VonMisesShape(double concentration)
      : kappa_(concentration), half_(integral_from(0.0, [](double) { return 1.0; })) {}

  [[nodiscard]] double pdf(double angle) const { return height(angle) / (2.0 * half_); }
  [[nodiscard]] double cdf(double angle) const {
    return angle <= 0.0 ? tail(-angle) : 1.0 - tail(angle);
  }
  [[nodiscard]] double survival(double angle) const { return cdf(-angle); }
  [[nodiscard]] double quantile(double p) const {
    return p <= 0.5 ? -angle_of_tail(p) : angle_of_tail(1.0 - p);
  }
  [[nodiscard]] double upper_quantile(double q) const { return -quantile(q); }
  [[nodiscard]] static Support support() { return {.lower = -pi, .upper = pi}; }
  [[nodiscard]] LawMoments moments() const {
    const double second = integral_from(0.0, [](double t) { return t * t; }) / half_;
    const double fourth = integral_from(0.0, [](double t) { return t * t * t * t; }) / half_;
    return {.variance = second, .excess_kurtosis = fourth / second / second - 3.0};
  }
  [[nodiscard]] double sample(Random& random) const;

 private:
  /// exp(kappa (cos(angle) - 1)).
  [[nodiscard]] double height(double angle) const {
    const double sine = std::sin(0.5 * angle);
    return std::exp(-2.0 * kappa_ * sine * sine);
  }
  /// Integral of function(t) height(t) from `angle` >= 0 to pi; what is below exp(-45) of height(angle)
  /// is left out. cos a - cos b = 2 sin((b - a) / 2) sin((b + a) / 2) keeps small differences.
  template <class Function>
  [[nodiscard]] double integral_from(double angle, Function function) const {
    const double sine = std::sin(0.5 * angle);
    const double end_sine = std::sqrt(sine * sine + (kappa_ > 0.0 ? 22.5 / kappa_ : 1.0));
    const double end = end_sine < 1.0 ? 2.0 * std::asin(end_sine) : pi;
    if (!(angle < end)) return 0.0;
    const auto relative = [&](double t) {
      return function(t) *
             std::exp(-2.0 * kappa_ * std::sin(0.5 * (t - angle)) * std::sin(0.5 * (t + angle)));
    };
    // Four panels of 30 nodes are exact to the last digits for any concentration, since `end` scales.
    const double panel = 0.25 * (end - angle);
    double sum = 0.0;
    for (int i = 0; i < 4; ++i) {
      sum += boost::math::quadrature::gauss<double, 30, Policy>::integrate(relative, angle + i * panel,
                                                                           angle + (i + 1) * panel);
    }
    return height(angle) * sum;
  }
  /// P[Z > angle], angle >= 0.
  [[nodiscard]] double tail(double angle) const {
    return integral_from(angle, [](double) { return 1.0; }) / (2.0 * half_);
  }
  [[nodiscard]] double angle_of_tail(double p) const {
    const double goal = std::log(p);
    return root_between([&](double t) { return goal - std::log(std::max(tail(t), 1e-305)); }, 0.0, pi);
  }

  double kappa_;
  double half_;
};

/// Best & Fisher (1979), doi:10.2307/2346732. At small concentrations its numbers cancel, at great ones
/// its arc cosine loses digits.
double VonMisesShape::sample(Random& random) const {
  if (kappa_ < 1e-5 || kappa_ > 1e6) return quantile(open_uniform(random));
  const double tau = 1.0 + std::sqrt(1.0 + 4.0 * kappa_ * kappa_);
  const double rho = (tau - std::sqrt(2.0 * tau)) / (2.0 * kappa_);
  const double r = (1.0 + rho * rho) / (2.0 * rho);
  for (;;) {
    const double z = std::cos(pi * open_uniform(random));
    const double f = (1.0 + r * z) / (r + z);
    const double c = kappa_ * (r - f);
    const double u = open_uniform(random);
    if (c * (2.0 - c) > u || std::log(c / u) + 1.0 >= c) {
      return std::copysign(std::acos(std::clamp(f, -1.0, 1.0)), open_uniform(random) - 0.5);
    }
  }
}

}  // namespace

std::shared_ptr<const LawBody> VonMises::body() const {
  return std::make_shared<LocationScale<VonMisesShape>>(VonMisesShape(concentration), location, 1.0,
                                                        text_of(*this));
}

}  // namespace mystic::laws
