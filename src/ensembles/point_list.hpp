#pragma once

#include "mystic/core/point.hpp"

#include <vector>

namespace mystic {

/// Points that are added one by one, side by side in memory.
class PointList {
 public:
  explicit PointList(Index dimension = 0) : dimension_(dimension) {}

  void add(const VectorView& x) { numbers_.insert(numbers_.end(), x.begin(), x.end()); }

  /// n x m; until the next is added.
  [[nodiscard]] PointsMap view() const {
    const Index count = dimension_ > 0 ? static_cast<Index>(numbers_.size()) / dimension_ : 0;
    return {numbers_.data(), dimension_, count, Eigen::OuterStride<>(dimension_)};
  }

 private:
  Index dimension_;
  std::vector<double> numbers_;
};

}  // namespace mystic
