#pragma once

#include "mystic/uq/estimate.hpp"

namespace mystic {

/// How p quantities vary together, in one pass and in memory for p x p numbers. Parts that were
/// collected apart merge into what one pass over all would have given, up to rounding.
///
/// An observation is a column of p numbers. If one of them is NaN or infinite all of it failed: it is
/// counted and left out, so that every entry comes from the same n observations.
///
/// Source: Pebay (Sandia, SAND2008-6212), equation 3.11.
class Covariance {
 public:
  /// @throws InvalidArgument if p < 1
  explicit Covariance(Index quantities);

  /// m observations, in blocks: many together are far faster than one by one.
  /// @param columns  p x m
  /// @throws InvalidArgument if it has another number of rows
  void add(const PointsView& columns);
  /// @throws InvalidArgument if it is of another number of quantities
  void merge(const Covariance& other);

  [[nodiscard]] Index quantities() const { return mean_.size(); }  ///< p
  [[nodiscard]] Index asked() const { return asked_; }
  [[nodiscard]] Index ok() const { return ok_; }  ///< n

  /// p; NaN where n = 0.
  [[nodiscard]] Vector mean() const;
  /// p x p, unbiased; NaN where n < 2.
  [[nodiscard]] Points covariance() const;
  /// Pearson's, p x p; NaN in the row and column of a quantity that does not vary, everywhere where
  /// n < 2.
  [[nodiscard]] Points correlation() const;

 private:
  void merge_central(Index count, const Vector& mean, const Points& products);

  Index asked_ = 0;
  Index ok_ = 0;
  Vector mean_;
  Points products_;  // sums of products of distances from the means; lower triangle
  Vector least_;
  Vector most_;
};

}  // namespace mystic
