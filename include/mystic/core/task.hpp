#pragma once

#include "mystic/core/evaluation_id.hpp"
#include "mystic/core/outcome.hpp"
#include "mystic/core/point.hpp"

#include <span>

namespace mystic {

/// One deal of a map: `count` points that lie `stride` doubles apart, each 64-byte aligned, and where
/// their outcomes go. Whoever submits it owns all that it points to.
struct Task {
  EvaluationId first;  ///< id of the first point; the others follow in k
  const double* points = nullptr;
  Index dimension = 0;
  Index stride = 0;             ///< doubles from one point to the next; a multiple of 8
  std::span<Outcome> outcomes;  ///< one per point
  Index position = 0;           ///< for fixed shares: this is number `position` of `of`
  Index of = 1;
  const double* nearest = nullptr;  ///< a point where the model succeeded, near the first; or null
  void* owner = nullptr;            ///< of whoever submitted it; a map does not touch it

  [[nodiscard]] Index count() const { return static_cast<Index>(outcomes.size()); }
  [[nodiscard]] PointsMap view() const {
    return {points, dimension, count(), Eigen::OuterStride<>(stride)};
  }
};

}  // namespace mystic
