#include "mystic/uq/laws/positive.hpp"

#include "boost_policy.hpp"
#include "location_scale.hpp"
#include "text.hpp"

#include <boost/math/special_functions/gamma.hpp>

#include <limits>
#include <numbers>

namespace mystic::laws {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

class GammaShape {
 public:
  explicit GammaShape(double shape) : shape_(shape) {}

  [[nodiscard]] double pdf(double z) const {
    return boost::math::gamma_p_derivative(shape_, z, Policy());
  }
  [[nodiscard]] double cdf(double z) const { return boost::math::gamma_p(shape_, z, Policy()); }
  [[nodiscard]] double survival(double z) const { return boost::math::gamma_q(shape_, z, Policy()); }
  [[nodiscard]] double quantile(double p) const { return boost::math::gamma_p_inv(shape_, p, Policy()); }
  [[nodiscard]] double upper_quantile(double q) const {
    return boost::math::gamma_q_inv(shape_, q, Policy());
  }
  [[nodiscard]] static Support support() { return {.lower = 0.0}; }
  [[nodiscard]] LawMoments moments() const {
    return {.mean = shape_,
            .variance = shape_,
            .skewness = 2.0 / std::sqrt(shape_),
            .excess_kurtosis = 6.0 / shape_};
  }

 private:
  double shape_;
};

struct StandardExponential {
  [[nodiscard]] static double pdf(double z) { return std::exp(-z); }
  [[nodiscard]] static double cdf(double z) { return -std::expm1(-z); }
  [[nodiscard]] static double survival(double z) { return std::exp(-z); }
  [[nodiscard]] static double quantile(double p) { return -std::log1p(-p); }
  [[nodiscard]] static double upper_quantile(double q) { return -std::log(q); }
  [[nodiscard]] static Support support() { return {.lower = 0.0}; }
  [[nodiscard]] static LawMoments moments() {
    return {.mean = 1.0, .variance = 1.0, .skewness = 2.0, .excess_kurtosis = 6.0};
  }
};

struct StandardRayleigh {
  [[nodiscard]] static double pdf(double z) { return z * std::exp(-0.5 * z * z); }
  [[nodiscard]] static double cdf(double z) { return -std::expm1(-0.5 * z * z); }
  [[nodiscard]] static double survival(double z) { return std::exp(-0.5 * z * z); }
  [[nodiscard]] static double quantile(double p) { return std::sqrt(-2.0 * std::log1p(-p)); }
  [[nodiscard]] static double upper_quantile(double q) { return std::sqrt(-2.0 * std::log(q)); }
  [[nodiscard]] static Support support() { return {.lower = 0.0}; }
  [[nodiscard]] static LawMoments moments() {
    constexpr double pi = std::numbers::pi;
    const double gap = 4.0 - pi;
    return {.mean = std::sqrt(pi / 2.0),
            .variance = gap / 2.0,
            .skewness = 2.0 * std::sqrt(pi) * (pi - 3.0) / (gap * std::sqrt(gap)),
            .excess_kurtosis = -(6.0 * pi * pi - 24.0 * pi + 16.0) / (gap * gap)};
  }
};

/// Less 1, so that what is near the lower end is precise wherever that end is moved to.
class ParetoShape {
 public:
  explicit ParetoShape(double shape) : shape_(shape) {}

  [[nodiscard]] double pdf(double z) const { return shape_ * survival(z) / (1.0 + z); }
  [[nodiscard]] double cdf(double z) const { return -std::expm1(-shape_ * std::log1p(z)); }
  [[nodiscard]] double survival(double z) const { return std::exp(-shape_ * std::log1p(z)); }
  [[nodiscard]] double quantile(double p) const { return std::expm1(-std::log1p(-p) / shape_); }
  [[nodiscard]] double upper_quantile(double q) const { return std::expm1(-std::log(q) / shape_); }
  [[nodiscard]] static Support support() { return {.lower = 0.0}; }
  [[nodiscard]] LawMoments moments() const {
    const double a = shape_;
    LawMoments result{.mean = infinity, .variance = infinity, .skewness = nan, .excess_kurtosis = nan};
    if (a > 1.0) result.mean = 1.0 / (a - 1.0);
    if (a > 2.0) {
      result.variance = a / (a - 1.0) / (a - 1.0) / (a - 2.0);
      result.skewness = infinity;
      result.excess_kurtosis = infinity;
    }
    if (a > 3.0) result.skewness = 2.0 * (1.0 + a) / (a - 3.0) * std::sqrt((a - 2.0) / a);
    if (a > 4.0) {
      result.excess_kurtosis = 6.0 * (((a + 1.0) * a - 6.0) * a - 2.0) / a / (a - 3.0) / (a - 4.0);
    }
    return result;
  }

 private:
  double shape_;
};

}  // namespace

std::shared_ptr<const LawBody> Gamma::body() const {
  return std::make_shared<LocationScale<GammaShape>>(GammaShape(shape), shift, scale, text_of(*this));
}

std::shared_ptr<const LawBody> Exponential::body() const {
  return std::make_shared<LocationScale<StandardExponential>>(StandardExponential{}, shift, 1.0 / rate,
                                                              text_of(*this));
}

std::shared_ptr<const LawBody> Rayleigh::body() const {
  return std::make_shared<LocationScale<StandardRayleigh>>(StandardRayleigh{}, shift, scale,
                                                           text_of(*this));
}

std::shared_ptr<const LawBody> Pareto::body() const {
  return std::make_shared<LocationScale<ParetoShape>>(ParetoShape(shape), shift + scale, scale,
                                                      text_of(*this));
}

}  // namespace mystic::laws
