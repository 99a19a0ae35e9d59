#pragma once

#include "mystic/core/point.hpp"

#include <algorithm>

namespace mystic {

/// The last points that were noted, side by side, newest last. Allocates nothing after its construction,
/// and moves what it keeps only once for as many new points.
class RecentPoints {
 public:
  RecentPoints() = default;
  /// @param most  how many are kept; 0: none
  RecentPoints(Index dimension, Index most)
      : most_(most), points_(dimension, most > 0 ? most + std::max<Index>(most, 16) : 0) {}

  /// @param point  n doubles
  void add(const double* point) {
    if (most_ == 0) return;
    if (filled_ == points_.cols()) {
      const Index kept = most_ - 1;
      for (Index j = 0; j < kept; ++j) points_.col(j) = points_.col(filled_ - kept + j);
      filled_ = kept;
    }
    points_.col(filled_++) = Eigen::Map<const Vector>(point, points_.rows());
  }
  void clear() { filled_ = 0; }

  /// Whether as many have been noted as are kept.
  [[nodiscard]] bool full() const { return filled_ >= most_; }
  /// n x k, k at most as many as are kept.
  [[nodiscard]] PointsMap view() const {
    if (most_ == 0) return {nullptr, 0, 0, Eigen::OuterStride<>(0)};
    const Index seen = std::min(filled_, most_);
    return {points_.data() + (filled_ - seen) * points_.rows(), points_.rows(), seen,
            Eigen::OuterStride<>(points_.rows())};
  }

 private:
  Index most_ = 0;
  Points points_;
  Index filled_ = 0;
};

}  // namespace mystic
