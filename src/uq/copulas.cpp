// Conditional laws given the inputs before: elliptical ones from Cholesky's factor (of Student's, those
// before widen the scale: Demarta & McNeil 2005), Archimedean ones from the derivatives of the generator
// (Nelsen 2006, section 2.9).

#include "mystic/core/require.hpp"
#include "mystic/uq/copula.hpp"
#include "mystic/uq/correlation_matrix.hpp"

#include <Eigen/Cholesky>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/tools/roots.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace mystic {
namespace {

// Neither 0 nor 1, whatever rounding did.
double inside(double u) { return std::clamp(u, 1e-300, 1.0 - 0x1p-53); }

template <class Distribution>
double quantile_of(const Distribution& law, double u) {
  if (u <= 0.5) return boost::math::quantile(law, u);
  return boost::math::quantile(boost::math::complement(law, 1.0 - u));
}

Points factor_of(const Points& correlation) {
  require_correlation(correlation);
  require(correlation.rows() >= 2, "a copula joins at least 2 inputs, not {}", correlation.rows());
  return correlation.llt().matrixL();
}

class NormalCopula : public CopulaBody {
 public:
  explicit NormalCopula(const Points& correlation) : factor_(factor_of(correlation)) {}

  [[nodiscard]] Index dimension() const override { return factor_.rows(); }
  void join(MutableVectorView u) const override {
    Vector independent(u.size());
    for (Index k = 0; k < u.size(); ++k) {
      independent[k] = quantile_of(law_, u[k]);
      double joined = 0.0;
      for (Index j = 0; j <= k; ++j) joined += factor_(k, j) * independent[j];
      if (k > 0) u[k] = inside(boost::math::cdf(law_, joined));
    }
  }
  void part(MutableVectorView u) const override {
    Vector independent(u.size());
    for (Index k = 0; k < u.size(); ++k) {
      double rest = quantile_of(law_, u[k]);
      for (Index j = 0; j < k; ++j) rest -= factor_(k, j) * independent[j];
      independent[k] = rest / factor_(k, k);
      if (k > 0) u[k] = inside(boost::math::cdf(law_, independent[k]));
    }
  }
  [[nodiscard]] std::string text() const override {
    return fmt::format("normal copula of {} inputs", dimension());
  }

 private:
  Points factor_;
  boost::math::normal law_;
};

class StudentCopula : public CopulaBody {
 public:
  StudentCopula(const Points& correlation, double freedom)
      : factor_(factor_of(correlation)), freedom_(freedom), law_(freedom) {}

  [[nodiscard]] Index dimension() const override { return factor_.rows(); }
  void join(MutableVectorView u) const override {
    Vector independent(u.size());
    double before = 0.0;
    for (Index k = 0; k < u.size(); ++k) {
      const boost::math::students_t given(freedom_ + static_cast<double>(k));
      // No design goes as far out; there, squares of the quantiles would overflow.
      independent[k] = widening(before, k) * quantile_of(given, std::max(u[k], 1e-18));
      before += independent[k] * independent[k];
      double joined = 0.0;
      for (Index j = 0; j <= k; ++j) joined += factor_(k, j) * independent[j];
      if (k > 0) u[k] = inside(boost::math::cdf(law_, joined));
    }
  }
  void part(MutableVectorView u) const override {
    Vector independent(u.size());
    double before = 0.0;
    for (Index k = 0; k < u.size(); ++k) {
      double rest = quantile_of(law_, u[k]);
      for (Index j = 0; j < k; ++j) rest -= factor_(k, j) * independent[j];
      independent[k] = rest / factor_(k, k);
      const boost::math::students_t given(freedom_ + static_cast<double>(k));
      if (k > 0) u[k] = inside(boost::math::cdf(given, independent[k] / widening(before, k)));
      before += independent[k] * independent[k];
    }
  }
  [[nodiscard]] std::string text() const override {
    return fmt::format("Student copula of {} inputs, {} degrees of freedom", dimension(), freedom_);
  }

 private:
  [[nodiscard]] double widening(double before, Index k) const {
    return std::sqrt((freedom_ + before) / (freedom_ + static_cast<double>(k)));
  }

  Points factor_;
  double freedom_;
  boost::math::students_t law_;
};

// With s = 1 + sum_{j<k} (u_j^-theta - 1), the law of u_k given those before is
// ((s + u_k^-theta - 1) / s)^-(1/theta + k - 1).
class ClaytonCopula : public CopulaBody {
 public:
  ClaytonCopula(Index dimension, double theta) : dimension_(dimension), theta_(theta) {}

  [[nodiscard]] Index dimension() const override { return dimension_; }
  void join(MutableVectorView u) const override {
    double log_sum = -theta_ * std::log(u[0]);
    for (Index k = 1; k < u.size(); ++k) {
      const double power = theta_ / (1.0 + static_cast<double>(k) * theta_);
      // log of u_k^-theta - 1 = s (v^-power - 1), whose factors overflow where u is small.
      const double log_gain = log_sum + std::log(std::expm1(-power * std::log(u[k])));
      u[k] = inside(std::exp(-log_one_plus(log_gain) / theta_));
      log_sum = log_add(log_sum, log_gain);
    }
  }
  void part(MutableVectorView u) const override {
    double log_sum = -theta_ * std::log(u[0]);
    for (Index k = 1; k < u.size(); ++k) {
      const double log_gain = log_expm1(-theta_ * std::log(u[k]));
      const double power = 1.0 / theta_ + static_cast<double>(k);
      u[k] = inside(std::exp(-power * log_one_plus(log_gain - log_sum)));
      log_sum = log_add(log_sum, log_gain);
    }
  }
  [[nodiscard]] std::string text() const override {
    return fmt::format("Clayton copula of {} inputs, theta {}", dimension_, theta_);
  }

 private:
  static double log_one_plus(double x) {
    return x > 0.0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x));
  }
  static double log_expm1(double x) {
    return x > 30.0 ? x + std::log1p(-std::exp(-x)) : std::log(std::expm1(x));
  }
  static double log_add(double x, double y) {
    return std::max(x, y) + std::log1p(std::exp(-std::abs(x - y)));
  }

  Index dimension_;
  double theta_;
};

// C(v | u) = (e^-tu (1 - e^-tv)) / (1 - e^-t - (1 - e^-tu)(1 - e^-tv)), t = theta.
class FrankCopula : public CopulaBody {
 public:
  explicit FrankCopula(double theta) : theta_(theta) {}

  [[nodiscard]] Index dimension() const override { return 2; }
  void join(MutableVectorView u) const override {
    // A negative theta is the positive one with v turned round.
    const double t = std::abs(theta_);
    const double p = theta_ > 0.0 ? u[1] : 1.0 - u[1];
    // From above: 1 - e^-tv = p (1 - e^-t) / (p + (1 - p) e^-tu).
    const double below = p + (1.0 - p) * std::exp(-t * u[0]);
    const double share = p * -std::expm1(-t) / below;
    const double rest = ((1.0 - p) * std::exp(-t * u[0]) + p * std::exp(-t)) / below;
    const double v = -(share < 0.5 ? std::log1p(-share) : std::log(rest)) / t;
    u[1] = inside(theta_ > 0.0 ? v : 1.0 - v);
  }
  void part(MutableVectorView u) const override {
    const double t = std::abs(theta_);
    const double v = theta_ > 0.0 ? u[1] : 1.0 - u[1];
    const double gain = -std::expm1(-t * v);
    const double decay = std::exp(-t * u[0]);
    const double rest = std::exp(-t * v) * -std::expm1(-t * (1.0 - v));  // 1 - e^-t less the gain
    const double p = decay * gain / (rest + decay * gain);
    u[1] = inside(theta_ > 0.0 ? p : 1.0 - p);
  }
  [[nodiscard]] std::string text() const override {
    return fmt::format("Frank copula, theta {}", theta_);
  }

 private:
  double theta_;
};

// With x = -log u, y = -log v, s = (x^t + y^t)^(1/t): C(v | u) = e^(x - s) (x / s)^(t - 1).
class GumbelCopula : public CopulaBody {
 public:
  explicit GumbelCopula(double theta) : theta_(theta) {}

  [[nodiscard]] Index dimension() const override { return 2; }
  void join(MutableVectorView u) const override {
    if (theta_ == 1.0) return;
    const double x = -std::log(u[0]);
    // s + (t - 1) log s = x + (t - 1) log x - log p has one solution s >= x.
    const double wanted = x + (theta_ - 1.0) * std::log(x) - std::log(u[1]);
    const auto excess = [this, wanted](double s) { return s + (theta_ - 1.0) * std::log(s) - wanted; };
    const double most = x - std::log(u[1]);  // there the left side is too large, if only by rounding
    std::uintmax_t steps = 200;
    double s = x;
    if (excess(x) < 0.0 && excess(most) > 0.0) {
      const auto ends = boost::math::tools::toms748_solve(
          excess, x, most, boost::math::tools::eps_tolerance<double>(52), steps);
      s = 0.5 * (ends.first + ends.second);
    }
    // y^t = s^t - x^t.
    const double ratio = theta_ * std::log(x / s);
    const double y = s * std::pow(-std::expm1(std::min(ratio, 0.0)), 1.0 / theta_);
    u[1] = inside(std::exp(-y));
  }
  void part(MutableVectorView u) const override {
    const double x = -std::log(u[0]);
    const double y = -std::log(u[1]);
    const double larger = std::max(x, y);
    const double s =
        larger * std::pow(std::pow(x / larger, theta_) + std::pow(y / larger, theta_), 1.0 / theta_);
    u[1] = inside(std::exp(x - s + (theta_ - 1.0) * std::log(x / s)));
  }
  [[nodiscard]] std::string text() const override {
    return fmt::format("Gumbel copula, theta {}", theta_);
  }

 private:
  double theta_;
};

}  // namespace

Copula normal_copula(const Points& correlation) {
  return Copula(std::make_shared<NormalCopula>(correlation));
}

Copula student_copula(const Points& correlation, double freedom) {
  require(freedom >= 1.0 && freedom <= 1e6, "student_copula: freedom = {} is not in [1, 1e6]", freedom);
  return Copula(std::make_shared<StudentCopula>(correlation, freedom));
}

Copula clayton_copula(Index dimension, double theta) {
  require(dimension >= 2, "clayton_copula: joins at least 2 inputs, not {}", dimension);
  require(theta >= 1e-4 && theta <= 1e3, "clayton_copula: theta = {} is not in [1e-4, 1e3]", theta);
  return Copula(std::make_shared<ClaytonCopula>(dimension, theta));
}

Copula frank_copula(double theta) {
  require(std::abs(theta) >= 1e-4 && std::abs(theta) <= 500.0,
          "frank_copula: theta = {} is not in [-500, -1e-4] or [1e-4, 500]", theta);
  return Copula(std::make_shared<FrankCopula>(theta));
}

Copula gumbel_copula(double theta) {
  require(theta >= 1.0 && theta <= 100.0, "gumbel_copula: theta = {} is not in [1, 100]", theta);
  return Copula(std::make_shared<GumbelCopula>(theta));
}

}  // namespace mystic
