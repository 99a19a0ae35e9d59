#pragma once

#include "mystic/core/point.hpp"

#include <cstddef>

namespace mystic {

/// Points whose columns each begin at a multiple of 64 bytes: what a model gets is aligned the same
/// under every map, so that its sums round the same (Eigen's differ by alignment otherwise).
class PaddedPoints {
 public:
  static constexpr Index per_line = 8;  // doubles in 64 bytes
  static constexpr std::size_t alignment = sizeof(double) * per_line;

  PaddedPoints() = default;
  PaddedPoints(Index dimension, Index capacity)
      : dimension_(dimension), stride_((dimension + per_line - 1) / per_line * per_line),
        values_(stride_, capacity) {}

  [[nodiscard]] Index capacity() const { return values_.cols(); }
  [[nodiscard]] Index stride() const { return stride_; }
  [[nodiscard]] double* column(Index j) { return values_.data() + j * stride_; }
  [[nodiscard]] const double* column(Index j) const { return values_.data() + j * stride_; }
  [[nodiscard]] Eigen::Map<const Vector> view(Index j) const { return {column(j), dimension_}; }

 private:
  static_assert(EIGEN_MAX_ALIGN_BYTES == 64,
                "build with EIGEN_MAX_ALIGN_BYTES=64, as mystic's target exports");

  Index dimension_ = 0;
  Index stride_ = 0;
  Points values_;
};

}  // namespace mystic
