#include "central_moments.hpp"
#include "quadrature.hpp"
#include "rules.hpp"
#include "stepping.hpp"
#include "tail_moments.hpp"

#include "mystic/uq/laws/combined.hpp"

#include <algorithm>
#include <limits>

namespace mystic::laws {

namespace {

constexpr double least_mass = 1e-290;

/// P[from < X <= to] as a difference, and the number of which its error is a rounding.
struct Difference {
  double mass = 0.0;
  double rounded = 0.0;
};

Difference difference(const Law& law, double from, double to) {
  const double beyond = law.survival(from);
  if (beyond <= 0.5) return {.mass = beyond - law.survival(to), .rounded = beyond};
  const double reached = law.cdf(to);
  if (reached <= 0.5) return {.mass = reached - law.cdf(from), .rounded = reached};
  return {.mass = 1.0 - (law.cdf(from) + law.survival(to)), .rounded = 1.0};
}

/// P[from < X <= to]. Where more than two digits cancel, what lies there is added up instead, if that is
/// more precise.
double mass_between(const Law& law, double from, double to) {
  if (!(from < to)) return 0.0;
  const Difference by_difference = difference(law, from, to);
  if (by_difference.mass >= 0.01 * by_difference.rounded) return by_difference.mass;
  if (law.is_discrete()) {
    double sum = 0.0;
    double x = from;
    for (int count = 0; count < 1000; ++count) {
      const double next = next_atom(law, x);
      if (!(next > x && next <= to)) return sum;
      sum += law.pdf(next);
      x = next;
    }
    return by_difference.mass;
  }
  const Support ends = law.support();
  const double lower = std::max(from, ends.lower);
  const double upper = std::min(to, ends.upper);
  if (!(lower < upper) || std::isinf(lower) || std::isinf(upper)) return by_difference.mass;
  const Integral sum = integral_of([&law](double x) { return law.pdf(x); }, lower, upper, 1e-14, 8);
  return sum.error <= 1e-16 * by_difference.rounded ? sum.value : by_difference.mass;
}

class TruncatedBody final : public LawBody {
 public:
  explicit TruncatedBody(const Truncated& description)
      : law_(description.law), lower_(description.lower), upper_(description.upper),
        before_(description.law.is_discrete() ? std::nextafter(lower_, -infinity) : lower_),
        mass_(mass_between(law_, before_, upper_)),
        text_(fmt::format("{}({}, lower {}, upper {})", Truncated::title, law_.text(), lower_, upper_)) {
    const Support ends = law_.support();
    if (law_.is_discrete()) {
      if (lower_ <= ends.lower || std::isinf(lower_)) {
        lower_ = ends.lower;
      } else if (!(law_.pdf(lower_) > 0.0)) {
        lower_ = next_atom(law_, lower_);
      }
      upper_ = upper_ >= ends.upper ? ends.upper : last_atom_until(law_, upper_);
    } else {
      lower_ = before_ = std::max(lower_, ends.lower);
      upper_ = std::min(upper_, ends.upper);
    }
  }

  [[nodiscard]] double pdf(double x) const override {
    return x < lower_ || x > upper_ ? 0.0 : law_.pdf(x) / mass_;
  }
  [[nodiscard]] double cdf(double x) const override {
    if (x < lower_) return 0.0;
    return x >= upper_ ? 1.0 : std::min(mass_between(law_, before_, x) / mass_, 1.0);
  }
  [[nodiscard]] double survival(double x) const override {
    if (x < lower_) return 1.0;
    return x >= upper_ ? 0.0 : std::min(mass_between(law_, x, upper_) / mass_, 1.0);
  }
  [[nodiscard]] double quantile(double p) const override {
    if (p > 0.5) return upper_quantile(1.0 - p);
    const double mass = p * mass_;
    if (law_.is_discrete()) {
      return stepped(place_above(mass * (1.0 - 1e-13)), [this, p](double x) { return cdf(x) >= p; });
    }
    const double base = std::min(law_.cdf(before_), law_.survival(before_));
    return polished(place_above(mass), mass < 0.01 * base,
                    [&](double x) { return mass_between(law_, before_, x) - mass; });
  }
  [[nodiscard]] double upper_quantile(double q) const override {
    if (q > 0.5) return quantile(1.0 - q);
    const double mass = q * mass_;
    if (law_.is_discrete()) {
      return stepped(place_below(mass * (1.0 + 1e-13)),
                     [this, q](double x) { return survival(x) <= q; });
    }
    const double base = std::min(law_.cdf(upper_), law_.survival(upper_));
    return polished(place_below(mass), mass < 0.01 * base,
                    [&](double x) { return mass - mass_between(law_, x, upper_); });
  }
  [[nodiscard]] Support support() const override { return {.lower = lower_, .upper = upper_}; }
  [[nodiscard]] LawMoments moments() const override {
    return law_.is_discrete() ? moments_by_atoms() : moments_by_tails(*this);
  }
  [[nodiscard]] bool is_discrete() const override { return law_.is_discrete(); }
  [[nodiscard]] std::string text() const override { return text_; }

 private:
  /// Where `mass` lies between the lower end and x, to a rounding of the law's own cdf.
  [[nodiscard]] double place_above(double mass) const {
    const double reached = law_.cdf(before_) + mass;
    const double x = reached <= 0.5 ? law_.quantile(reached)
                                    : law_.upper_quantile(std::max(law_.survival(before_) - mass, 0.0));
    return std::clamp(x, lower_, upper_);
  }
  [[nodiscard]] double place_below(double mass) const {
    const double beyond = law_.survival(upper_) + mass;
    const double x = beyond <= 0.5 ? law_.upper_quantile(beyond)
                                   : law_.quantile(std::max(law_.cdf(upper_) - mass, 0.0));
    return std::clamp(x, lower_, upper_);
  }
  /// The least atom from x on that is `enough`; x is none that comes after it.
  template <class Enough>
  [[nodiscard]] double stepped(double x, Enough enough) const {
    while (x < upper_ && !enough(x)) x = std::min(next_atom(law_, x), upper_);
    return x;
  }
  /// x, where needed closer to the zero of `residual`, a mass that rises with x, by Newton's steps.
  template <class Residual>
  [[nodiscard]] double polished(double x, bool is_needed, Residual residual) const {
    for (int step = 0; is_needed && step < 4; ++step) {
      const double density = law_.pdf(x);
      const double left = residual(x);
      if (left == 0.0 || !(density > 0.0) || std::isinf(density)) break;
      const double next = std::clamp(x - left / density, lower_, upper_);
      if (next == x || !(std::abs(residual(next)) < std::abs(left))) break;
      x = next;
    }
    return x;
  }
  [[nodiscard]] LawMoments moments_by_atoms() const;

  Law law_;
  double lower_;
  double upper_;
  double before_;  ///< the mass counts from here, this number excluded
  double mass_;
  std::string text_;
};

/// All atoms from the least on, until what is beyond has no weight in a moment.
LawMoments TruncatedBody::moments_by_atoms() const {
  std::vector<Part> parts;
  double x = lower_;
  for (;;) {
    parts.push_back({.weight = pdf(x), .mean = x});
    if (!(x < upper_) || survival(x) < 1e-30) break;
    const double next = next_atom(law_, x);
    if (!(next > x)) break;
    x = std::min(next, upper_);
  }
  return mixed_moments(parts);
}

}  // namespace

std::string Truncated::broken_rules() const {
  if (std::isnan(lower) || std::isnan(upper)) return "";
  if (lower > upper) return wrong_order("lower", lower, "upper", upper);
  const double before = law.is_discrete() ? std::nextafter(lower, -infinity) : lower;
  if (mass_between(law, before, upper) >= least_mass) return "";
  return fmt::format("\n  {} has no mass in [lower, upper] = [{}, {}]; its own range is [{}, {}]",
                     law.text(), lower, upper, law.support().lower, law.support().upper);
}

std::shared_ptr<const LawBody> Truncated::body() const { return std::make_shared<TruncatedBody>(*this); }

}  // namespace mystic::laws
