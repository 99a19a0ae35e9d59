#pragma once

#include "mystic/core/point.hpp"
#include "mystic/core/random.hpp"

namespace mystic {

/// What annealing makes small, kept up to date while two points swap a coordinate. Holds the points
/// with a point a ROW (m x n), so that a coordinate of all points is contiguous.
class SwapCriterion {
 public:
  explicit SwapCriterion(Points rows) : rows_(std::move(rows)) {}
  SwapCriterion(const SwapCriterion&) = delete;
  SwapCriterion& operator=(const SwapCriterion&) = delete;
  virtual ~SwapCriterion() = default;

  /// Logarithm of the criterion, so that changes are relative and nothing overflows.
  [[nodiscard]] virtual double value() const = 0;
  /// The value after points a and b had swapped coordinate i; a != b.
  virtual double tried(Index a, Index b, Index i) = 0;
  /// Does the swap that was tried last.
  virtual void take() = 0;

  [[nodiscard]] const Points& rows() const { return rows_; }

 protected:
  Points rows_;
};

/// The best rows (m x n) among `swaps` swaps from where `criterion` is.
[[nodiscard]] Points annealed(SwapCriterion& criterion, Random& random, Index swaps);

/// n x m in, n x m out.
[[nodiscard]] Points annealed_maximin(const Points& points, double power, Random& random, Index swaps);
[[nodiscard]] Points annealed_discrepancy(const Points& points, Random& random, Index swaps);

}  // namespace mystic
