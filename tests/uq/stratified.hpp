#pragma once

#include "mystic/core/point.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace mystic {

/// Of the cells that divide coordinate i into cells[i], does every one hold as many points?
inline testing::AssertionResult is_stratified(const PointsView& points,
                                              const std::vector<Index>& cells) {
  Index product = 1;
  for (const Index count : cells) product *= count;
  if (points.cols() % product != 0) {
    return testing::AssertionFailure() << points.cols() << " points in " << product << " cells";
  }
  std::vector<Index> held(static_cast<std::size_t>(product), 0);
  for (Index k = 0; k < points.cols(); ++k) {
    Index cell = 0;
    for (Index i = 0; i < points.rows(); ++i) {
      const Index count = cells[static_cast<std::size_t>(i)];
      if (!(points(i, k) > 0.0 && points(i, k) < 1.0)) {
        return testing::AssertionFailure() << points(i, k) << " is not in (0, 1)";
      }
      cell = cell * count + static_cast<Index>(points(i, k) * static_cast<double>(count));
    }
    ++held[static_cast<std::size_t>(cell)];
  }
  for (std::size_t cell = 0; cell < held.size(); ++cell) {
    if (held[cell] != points.cols() / product) {
      return testing::AssertionFailure() << "cell " << cell << " holds " << held[cell] << " points of "
                                         << points.cols() << " in " << product << " cells";
    }
  }
  return testing::AssertionSuccess();
}

}  // namespace mystic
