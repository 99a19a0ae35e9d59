#pragma once

#include "mystic/core/point.hpp"
#include "mystic/core/random.hpp"

#include <functional>

namespace mystic {

/// Where a search begins: points that are given, or a rule by which it draws them from its own stream,
/// so that a seed gives the same ones under every map. All are moved into the bounds, as a start is.
///
/// Who takes what: differential evolution its first candidates (and draws those that are missing),
/// Nelder-Mead its simplex (n + 1 points; or 1, its start), an ensemble the starts of its first members;
/// every other search begins at the first point.
class InitialPoints {
 public:
  /// @param points  n x m, m >= 1, finite
  /// @throws InvalidArgument
  [[nodiscard]] static InitialPoints given(const Points& points);

  /// x itself, and count - 1 points drawn uniformly within `radius` of it: relative to each coordinate,
  /// and absolute where that is 0.
  /// @param x       n >= 1 finite numbers
  /// @param radius  finite, at least 0
  /// @throws InvalidArgument; also if count < 1
  [[nodiscard]] static InitialPoints around(const VectorView& x, double radius, Index count);

  /// `count` >= 1 points drawn uniformly in the box.
  /// @throws InvalidArgument if count < 1; when drawn, if a variable lacks a bound
  [[nodiscard]] static InitialPoints in_box(Index count);

  /// `count` >= 1 points of a normal distribution.
  /// @param mean        n >= 1 finite numbers
  /// @param covariance  n x n, symmetric, positive definite; entry (i, j) in the unit of x_i x_j
  /// @throws InvalidArgument
  [[nodiscard]] static InitialPoints multinormal(const VectorView& mean, const Points& covariance,
                                                 Index count);

  /// n; 0 where the box will say.
  [[nodiscard]] Index dimension() const { return dimension_; }

  /// n x m points within the bounds (+-inf: none).
  /// @throws InvalidArgument if the bounds have another size than the points, or lack what the rule
  /// needs
  [[nodiscard]] Points draw(Random& random, const VectorView& lower, const VectorView& upper) const;

 private:
  using Rule = std::function<Points(Random&, const VectorView& lower, const VectorView& upper)>;
  InitialPoints(Index dimension, Rule rule);

  Index dimension_;
  Rule rule_;
};

}  // namespace mystic
