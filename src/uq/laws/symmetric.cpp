#include "mystic/uq/laws/symmetric.hpp"

#include "boost_policy.hpp"
#include "location_scale.hpp"
#include "text.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <limits>
#include <numbers>

namespace mystic::laws {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

class StudentShape {
 public:
  explicit StudentShape(double degrees_of_freedom) : law_(degrees_of_freedom) {}

  [[nodiscard]] double pdf(double z) const { return boost::math::pdf(law_, z); }
  [[nodiscard]] double cdf(double z) const { return boost::math::cdf(law_, z); }
  [[nodiscard]] double survival(double z) const { return boost::math::cdf(law_, -z); }
  [[nodiscard]] double quantile(double p) const { return boost::math::quantile(law_, p); }
  [[nodiscard]] double upper_quantile(double q) const { return -boost::math::quantile(law_, q); }
  [[nodiscard]] static Support support() { return {}; }
  [[nodiscard]] LawMoments moments() const {
    const double v = law_.degrees_of_freedom();
    return {.mean = v > 1.0 ? 0.0 : nan,
            .variance = v > 2.0 ? v / (v - 2.0) : (v > 1.0 ? infinity : nan),
            .skewness = v > 3.0 ? 0.0 : nan,
            .excess_kurtosis = v > 4.0 ? 6.0 / (v - 4.0) : (v > 2.0 ? infinity : nan)};
  }

 private:
  boost::math::students_t_distribution<double, Policy> law_;
};

struct StandardLaplace {
  [[nodiscard]] static double pdf(double z) { return 0.5 * std::exp(-std::abs(z)); }
  [[nodiscard]] static double cdf(double z) {
    return z < 0.0 ? 0.5 * std::exp(z) : 1.0 - 0.5 * std::exp(-z);
  }
  [[nodiscard]] static double survival(double z) { return cdf(-z); }
  [[nodiscard]] static double quantile(double p) {
    return p <= 0.5 ? std::log(2.0 * p) : -std::log(2.0 * (1.0 - p));
  }
  [[nodiscard]] static double upper_quantile(double q) { return -quantile(q); }
  [[nodiscard]] static Support support() { return {}; }
  [[nodiscard]] static LawMoments moments() { return {.variance = 2.0, .excess_kurtosis = 3.0}; }
};

struct StandardLogistic {
  [[nodiscard]] static double pdf(double z) {
    const double e = std::exp(-std::abs(z));
    return e / (1.0 + e) / (1.0 + e);
  }
  [[nodiscard]] static double cdf(double z) { return 1.0 / (1.0 + std::exp(-z)); }
  [[nodiscard]] static double survival(double z) { return cdf(-z); }
  [[nodiscard]] static double quantile(double p) { return std::log(p) - std::log1p(-p); }
  [[nodiscard]] static double upper_quantile(double q) { return -quantile(q); }
  [[nodiscard]] static Support support() { return {}; }
  [[nodiscard]] static LawMoments moments() {
    return {.variance = std::numbers::pi * std::numbers::pi / 3.0, .excess_kurtosis = 1.2};
  }
};

}  // namespace

std::shared_ptr<const LawBody> Student::body() const {
  return std::make_shared<LocationScale<StudentShape>>(StudentShape(degrees_of_freedom), location, scale,
                                                       text_of(*this));
}

std::shared_ptr<const LawBody> Laplace::body() const {
  return std::make_shared<LocationScale<StandardLaplace>>(StandardLaplace{}, location, scale,
                                                          text_of(*this));
}

std::shared_ptr<const LawBody> Logistic::body() const {
  return std::make_shared<LocationScale<StandardLogistic>>(StandardLogistic{}, location, scale,
                                                           text_of(*this));
}

}  // namespace mystic::laws
