#include "mystic/uq/laws/bounded.hpp"

#include "boost_policy.hpp"
#include "central_moments.hpp"
#include "on_interval.hpp"
#include "rules.hpp"
#include "text.hpp"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

namespace mystic::laws {

namespace {

struct Level {
  static constexpr bool is_level = true;

  [[nodiscard]] static double pdf(const UnitPoint&) { return 1.0; }
  [[nodiscard]] static double cdf(const UnitPoint& z) { return z.below; }
  [[nodiscard]] static double survival(const UnitPoint& z) { return z.above; }
  [[nodiscard]] static UnitPoint quantile(double p) { return {.below = p, .above = 1.0 - p}; }
  [[nodiscard]] static UnitPoint upper_quantile(double q) { return {.below = 1.0 - q, .above = q}; }
  [[nodiscard]] static LawMoments moments() {
    return {.mean = 0.5, .variance = 1.0 / 12.0, .skewness = 0.0, .excess_kurtosis = -1.2};
  }
};

/// A rise, a level part, a fall; their lengths sum to 1. Both tails are sums of positive terms.
class Roof {
 public:
  Roof(double rise, double level, double fall)
      : rise_(rise), level_(level), fall_(fall), height_(2.0 / (rise + 2.0 * level + fall)) {}

  [[nodiscard]] double pdf(const UnitPoint& z) const {
    if (z.below < rise_) return height_ * z.below / rise_;
    return z.above < fall_ ? height_ * z.above / fall_ : height_;
  }
  [[nodiscard]] double cdf(const UnitPoint& z) const { return mass(z.below, z.above, rise_, fall_); }
  [[nodiscard]] double survival(const UnitPoint& z) const {
    return mass(z.above, z.below, fall_, rise_);
  }
  [[nodiscard]] UnitPoint quantile(double p) const {
    const auto [near, far] = distances(p, rise_, fall_);
    return {.below = near, .above = far};
  }
  [[nodiscard]] UnitPoint upper_quantile(double q) const {
    const auto [near, far] = distances(q, fall_, rise_);
    return {.below = far, .above = near};
  }
  [[nodiscard]] LawMoments moments() const {
    const auto slope = [this](double length, double mean, double sign) {
      const double square = length * length;
      return Part{.weight = height_ * length / 2.0,
                  .mean = mean,
                  .second = square / 18.0,
                  .third = sign * square * length / 135.0,
                  .fourth = square * square / 135.0};
    };
    const double level_square = level_ * level_;
    return mixed_moments({slope(rise_, 2.0 / 3.0 * rise_, -1.0),
                          {.weight = height_ * level_,
                           .mean = rise_ + level_ / 2.0,
                           .second = level_square / 12.0,
                           .third = 0.0,
                           .fourth = level_square * level_square / 80.0},
                          slope(fall_, 1.0 - 2.0 / 3.0 * fall_, 1.0)});
  }

 private:
  /// What lies within `near` of one end, from which the roof rises over `rise`.
  [[nodiscard]] double mass(double near, double far, double rise, double fall) const {
    if (near < rise) return height_ * near / rise * near / 2.0;
    if (far >= fall) return height_ * (rise / 2.0 + (near - rise));
    return height_ * (rise / 2.0 + level_ + (fall - far) * (fall + far) / (2.0 * fall));
  }
  /// The distances from that end and from the other at which the mass is p.
  [[nodiscard]] std::pair<double, double> distances(double p, double rise, double fall) const {
    if (p <= height_ * rise / 2.0) {
      const double near = std::sqrt(2.0 * rise * p / height_);
      return {near, 1.0 - near};
    }
    if (p <= height_ * (rise / 2.0 + level_)) {
      const double near = rise + (p / height_ - rise / 2.0);
      return {near, 1.0 - near};
    }
    const double far = std::sqrt(2.0 * fall * (1.0 - p) / height_);
    return {1.0 - far, far};
  }

  double rise_;
  double level_;
  double fall_;
  double height_;
};

class BetaShape {
 public:
  BetaShape(double alpha, double beta) : a_(alpha), b_(beta) {}

  [[nodiscard]] double pdf(const UnitPoint& z) const {
    return z.below <= z.above ? boost::math::ibeta_derivative(a_, b_, z.below, Policy())
                              : boost::math::ibeta_derivative(b_, a_, z.above, Policy());
  }
  [[nodiscard]] double cdf(const UnitPoint& z) const {
    return z.below <= z.above ? boost::math::ibeta(a_, b_, z.below, Policy())
                              : boost::math::ibetac(b_, a_, z.above, Policy());
  }
  [[nodiscard]] double survival(const UnitPoint& z) const {
    return z.below <= z.above ? boost::math::ibetac(a_, b_, z.below, Policy())
                              : boost::math::ibeta(b_, a_, z.above, Policy());
  }
  [[nodiscard]] UnitPoint quantile(double p) const {
    const double tiny = near_end(p, a_, b_);
    if (tiny < 1e-17) return {.below = tiny, .above = 1.0};
    UnitPoint z;
    z.below = boost::math::ibeta_inv(a_, b_, p, &z.above, Policy());
    return z;
  }
  [[nodiscard]] UnitPoint upper_quantile(double q) const {
    const double tiny = near_end(q, b_, a_);
    if (tiny < 1e-17) return {.below = 1.0, .above = tiny};
    UnitPoint z;
    z.below = boost::math::ibetac_inv(a_, b_, q, &z.above, Policy());
    return z;
  }
  [[nodiscard]] LawMoments moments() const {
    const double sum = a_ + b_;
    const double product = a_ / sum * b_;  // over sum; a_ * b_ may overflow
    const double variance = product / sum / (sum + 1.0);
    const double skewness = 2.0 * (b_ - a_) / (sum + 2.0) * std::sqrt((sum + 1.0) / sum / product);
    const double difference = (a_ - b_) / sum;
    const double kurtosis = 6.0 * (difference * difference * (sum + 1.0) - product / sum * (sum + 2.0)) /
                            (product / sum * (sum + 2.0)) / (sum + 3.0);
    return {.mean = a_ / sum, .variance = variance, .skewness = skewness, .excess_kurtosis = kurtosis};
  }

 private:
  /// The z of which z^a / (a B(a, b)) = p: the quantile but for a factor 1 + O(z). Boost's inverse takes
  /// no more than 200 steps, which do not suffice there.
  [[nodiscard]] static double near_end(double p, double a, double b) {
    const double log_beta = boost::math::lgamma(a, Policy()) + boost::math::lgamma(b, Policy()) -
                            boost::math::lgamma(a + b, Policy());
    return std::exp((std::log(p) + std::log(a) + log_beta) / a);
  }

  double a_;
  double b_;
};

class LoguniformBody final : public LawBody {
 public:
  explicit LoguniformBody(const Loguniform& law)
      : lower_(law.lower), upper_(law.upper), length_(log_ratio(lower_, upper_)), text_(text_of(law)) {}

  [[nodiscard]] double pdf(double x) const override {
    return x < lower_ || x > upper_ ? 0.0 : 1.0 / x / length_;
  }
  [[nodiscard]] double cdf(double x) const override {
    if (x <= lower_) return 0.0;
    return x >= upper_ ? 1.0 : log_ratio(lower_, x) / length_;
  }
  [[nodiscard]] double survival(double x) const override {
    if (x <= lower_) return 1.0;
    return x >= upper_ ? 0.0 : log_ratio(x, upper_) / length_;
  }
  [[nodiscard]] double quantile(double p) const override {
    return p <= 0.5 ? lower_ * std::exp(p * length_) : upper_ * std::exp(-(1.0 - p) * length_);
  }
  [[nodiscard]] double upper_quantile(double q) const override {
    return q <= 0.5 ? upper_ * std::exp(-q * length_) : lower_ * std::exp((1.0 - q) * length_);
  }
  [[nodiscard]] Support support() const override { return {.lower = lower_, .upper = upper_}; }
  [[nodiscard]] LawMoments moments() const override;
  [[nodiscard]] std::string text() const override { return text_; }

 private:
  /// log(b / a), also where b is near a, or much greater.
  [[nodiscard]] static double log_ratio(double a, double b) {
    const double excess = (b - a) / a;
    return excess < 1.0 ? std::log1p(excess) : std::log(b) - std::log(a);
  }

  double lower_;
  double upper_;
  double length_;
  std::string text_;
};

LawMoments LoguniformBody::moments() const {
  // Relative to `upper`, so that nothing overflows: E[(X / upper)^k] = (1 - exp(-k length)) / (k
  // length).
  const auto raw = [this](double k) { return -std::expm1(-k * length_) / (k * length_); };
  const double mean = raw(1.0);
  double second = 0.0;
  double third = 0.0;
  double fourth = 0.0;
  if (length_ > 1.0) {
    second = raw(2.0) - mean * mean;
    third = raw(3.0) - 3.0 * mean * raw(2.0) + 2.0 * mean * mean * mean;
    fourth = raw(4.0) - 4.0 * mean * raw(3.0) + mean * mean * (6.0 * raw(2.0) - 3.0 * mean * mean);
  } else {
    // The raw moments cancel; X / upper - mean by expm1, and Boole's rule for a smooth function of the
    // share p of the length: 400 steps leave an error below 1e-15.
    constexpr int steps = 400;
    for (int i = 0; i <= steps; ++i) {
      const double ends = i == 0 || i == steps ? 7.0 : (i % 4 == 0 ? 14.0 : (i % 4 == 2 ? 12.0 : 32.0));
      const double d = std::expm1(-length_ * i / steps) - (mean - 1.0);
      const double weight = ends * 4.0 / (90.0 * steps);
      second += weight * d * d;
      third += weight * d * d * d;
      fourth += weight * d * d * d * d;
    }
  }
  LawMoments result = standardised_moments(upper_ * mean, second, third, fourth);
  result.variance *= upper_ * upper_;
  return result;
}

}  // namespace

std::string Uniform::broken_rules() const { return wrong_bounds(lower, upper); }

std::shared_ptr<const LawBody> Uniform::body() const {
  return std::make_shared<OnInterval<Level>>(Level{}, lower, upper, text_of(*this));
}

std::string Loguniform::broken_rules() const { return wrong_bounds(lower, upper); }

std::shared_ptr<const LawBody> Loguniform::body() const {
  return std::make_shared<LoguniformBody>(*this);
}

std::string Triangular::broken_rules() const {
  return wrong_bounds(lower, upper) + wrong_order("lower", lower, "mode", mode) +
         wrong_order("mode", mode, "upper", upper);
}

std::shared_ptr<const LawBody> Triangular::body() const {
  const double width = upper - lower;
  return std::make_shared<OnInterval<Roof>>(Roof((mode - lower) / width, 0.0, (upper - mode) / width),
                                            lower, upper, text_of(*this));
}

std::string Trapezoidal::broken_rules() const {
  return wrong_bounds(lower, upper) + wrong_order("lower", lower, "level_from", level_from) +
         wrong_order("level_from", level_from, "level_to", level_to) +
         wrong_order("level_to", level_to, "upper", upper);
}

std::shared_ptr<const LawBody> Trapezoidal::body() const {
  const double width = upper - lower;
  const Roof roof((level_from - lower) / width, (level_to - level_from) / width,
                  (upper - level_to) / width);
  return std::make_shared<OnInterval<Roof>>(roof, lower, upper, text_of(*this));
}

std::string Beta::broken_rules() const { return wrong_bounds(lower, upper); }

std::shared_ptr<const LawBody> Beta::body() const {
  return std::make_shared<OnInterval<BetaShape>>(BetaShape(alpha, beta), lower, upper, text_of(*this));
}

}  // namespace mystic::laws
