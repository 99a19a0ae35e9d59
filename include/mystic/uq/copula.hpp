#pragma once

#include "mystic/core/point.hpp"

#include <memory>
#include <string>
#include <utility>

namespace mystic {

/// What a family of copulas answers, for n inputs. Immutable; may be asked from any thread.
class CopulaBody {
 public:
  CopulaBody() = default;
  CopulaBody(const CopulaBody&) = delete;
  CopulaBody& operator=(const CopulaBody&) = delete;
  virtual ~CopulaBody() = default;

  [[nodiscard]] virtual Index dimension() const = 0;
  /// In place: n independent uniform numbers in (0, 1) to n dependent ones. The first stays as it is,
  /// each further one is the quantile of its law given those before (inverse Rosenblatt transformation).
  virtual void join(MutableVectorView u) const = 0;
  /// The way back (Rosenblatt transformation).
  virtual void part(MutableVectorView u) const = 0;
  [[nodiscard]] virtual std::string text() const = 0;
};

/// How inputs hang together, whatever their laws: a law on the unit cube with uniform marginals; a
/// value like any other.
///
/// Source of the transformations: Rosenblatt (1952); of the families: Nelsen, An Introduction to
/// Copulas (2006).
class Copula {
 public:
  explicit Copula(std::shared_ptr<const CopulaBody> body) : body_(std::move(body)) {}

  [[nodiscard]] Index dimension() const { return body_->dimension(); }
  void join(MutableVectorView u) const { body_->join(u); }
  void part(MutableVectorView u) const { body_->part(u); }
  [[nodiscard]] std::string text() const { return body_->text(); }

 private:
  std::shared_ptr<const CopulaBody> body_;
};

/// The normal law's. Kendall's tau of i and j: 2 asin(r_ij) / pi; Spearman's rho: 6 asin(r_ij / 2) / pi.
/// @param correlation  n x n, n >= 2: r, that of the normal law behind it; see normal_correlation()
/// @throws InvalidArgument if it is no correlation matrix, see require_correlation()
[[nodiscard]] Copula normal_copula(const Points& correlation);

/// Student's: as the normal law's, but extremes come together.
/// @param freedom  degrees of freedom, in [1, 1e6]
[[nodiscard]] Copula student_copula(const Points& correlation, double freedom);

/// Clayton's, for small values that come together. Tau: theta / (theta + 2).
/// @param dimension  n >= 2
/// @param theta      in [1e-4, 1e3]
[[nodiscard]] Copula clayton_copula(Index dimension, double theta);

/// Frank's, of two inputs; neither end is special. Tau: 1 - 4 (1 - D1(theta)) / theta, D1 Debye's
/// function.
/// @param theta  in [-500, 500], |theta| >= 1e-4; negative: one falls as the other rises
[[nodiscard]] Copula frank_copula(double theta);

/// Gumbel's, of two inputs, for large values that come together. Tau: 1 - 1 / theta.
/// @param theta  in [1, 100]; 1: independent
[[nodiscard]] Copula gumbel_copula(double theta);

/// The parameter that gives Clayton's copula a Kendall tau.
/// @param kendall  in (0, 1)
[[nodiscard]] double clayton_theta(double kendall);

/// The same of Frank's, found numerically.
/// @param kendall  in (-1, 1); 0: independent, theta 0
[[nodiscard]] double frank_theta(double kendall);

/// The same of Gumbel's.
/// @param kendall  in [0, 1)
[[nodiscard]] double gumbel_theta(double kendall);

}  // namespace mystic
