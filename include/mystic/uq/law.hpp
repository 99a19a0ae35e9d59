#pragma once

#include "mystic/core/options.hpp"
#include "mystic/core/point.hpp"
#include "mystic/core/random.hpp"

#include <concepts>
#include <memory>
#include <span>
#include <string>
#include <utility>

namespace mystic {

/// Where a law has its mass: [lower, upper], both possibly infinite.
struct Support {
  double lower = -infinity;
  double upper = infinity;
};

/// Infinite where they diverge, NaN where they do not exist; so skewness and kurtosis are where the
/// variance is 0 or infinite.
struct LawMoments {
  double mean = 0.0;
  double variance = 0.0;
  double skewness = 0.0;
  double excess_kurtosis = 0.0;  ///< 0 for the normal law
};

/// What a family of laws answers. Immutable; every function may be called from any thread. Law guards
/// the door: x is finite here.
class LawBody {
 public:
  LawBody() = default;
  LawBody(const LawBody&) = delete;
  LawBody& operator=(const LawBody&) = delete;
  virtual ~LawBody() = default;

  /// Density at x, in 1 / unit of x; the mass of x where the law is discrete. 0 outside the support;
  /// infinite where the density has a pole.
  [[nodiscard]] virtual double pdf(double x) const = 0;
  /// P[X <= x].
  [[nodiscard]] virtual double cdf(double x) const = 0;
  /// P[X > x], with full precision where it is small.
  [[nodiscard]] virtual double survival(double x) const = 0;
  /// The least x with cdf(x) >= p; 0 < p < 1.
  [[nodiscard]] virtual double quantile(double p) const = 0;
  /// The least x with survival(x) <= q: quantile(1 - q) with full precision where q is small; 0 < q < 1.
  [[nodiscard]] virtual double upper_quantile(double q) const = 0;
  /// Puts the quantile in the place of each u in (0, 1): quantile(u) below 1/2, else
  /// upper_quantile(1 - u). A family that has a faster way for many numbers takes it, to the same bits.
  virtual void to_quantiles(std::span<double> units) const;
  [[nodiscard]] virtual Support support() const = 0;
  [[nodiscard]] virtual LawMoments moments() const = 0;
  [[nodiscard]] virtual bool is_discrete() const { return false; }
  /// A draw; by the quantile of a number in (0, 1) unless the family has a better way.
  [[nodiscard]] virtual double sample(Random& random) const;
  /// The family with its parameters: "normal(mean 0, sd 1)".
  [[nodiscard]] virtual std::string text() const = 0;
};

/// A description of a law, such as laws::Normal: options, and the body that they make.
template <class T>
concept DescribesLaw = requires(const T& description) {
  { description.body() } -> std::convertible_to<std::shared_ptr<const LawBody>>;
};

/// How a number is uncertain: a probability law on the real line, a value like any other. Made from a
/// description: `Law load = laws::Normal{.mean = 30, .sd = 9}`.
class Law {
 public:
  /// @throws InvalidOptions naming every parameter that is outside its range
  template <DescribesLaw Description>
  Law(const Description& description) : body_(checked(description).body()) {}  // NOLINT: a conversion
  explicit Law(std::shared_ptr<const LawBody> body) : body_(std::move(body)) {}

  /// Density, or mass where the law is discrete; 0 at infinite x. These three throw InvalidArgument
  /// where x is NaN, and Error where the answer could not be computed.
  [[nodiscard]] double pdf(double x) const;
  /// P[X <= x].
  [[nodiscard]] double cdf(double x) const;
  /// P[X > x], with full precision where it is small.
  [[nodiscard]] double survival(double x) const;
  /// The least x with cdf(x) >= p.
  /// @param p  in [0, 1]; 0 and 1 give the ends of the support
  /// @throws InvalidArgument if p is outside
  [[nodiscard]] double quantile(double p) const;
  /// quantile(1 - q), with full precision where q is small. Otherwise as quantile().
  [[nodiscard]] double upper_quantile(double q) const;
  /// Puts the quantile in the place of each of many probabilities: 1 - u is exact from 1/2 on, so that
  /// the upper tail has all its digits.
  /// @param units  in [0, 1]; 0 and 1 give the ends of the support
  /// @throws InvalidArgument if one is outside; Error if an answer could not be computed
  void to_quantiles(std::span<double> units) const;
  [[nodiscard]] Support support() const { return body_->support(); }
  [[nodiscard]] LawMoments moments() const { return body_->moments(); }
  [[nodiscard]] double mean() const { return body_->moments().mean; }
  [[nodiscard]] double sd() const;
  [[nodiscard]] bool is_discrete() const { return body_->is_discrete(); }
  [[nodiscard]] double sample(Random& random) const { return body_->sample(random); }
  [[nodiscard]] std::string text() const { return body_->text(); }

 private:
  template <class Description>
  static const Description& checked(const Description& description) {
    validate(description);
    return description;
  }

  std::shared_ptr<const LawBody> body_;
};

/// A draw from (0, 1), neither end ever: (k + 1/2) 2^-53, k a whole number below 2^53... but the last,
/// which would round to 1, is 1 - 2^-53.
[[nodiscard]] double open_uniform(Random& random);

}  // namespace mystic
