#pragma once

#include "mystic/core/model.hpp"

#include <vector>

namespace mystic {

/// What `model` gives at the points, one column each, asked in one question.
inline std::vector<Outcome> evaluate(const Model& model, const Points& points,
                                     const std::stop_token& stop = {}) {
  std::vector<Outcome> outcomes(static_cast<std::size_t>(points.cols()));
  for (Outcome& outcome : outcomes) {
    outcome.outputs.resize(static_cast<Index>(model.outputs().size()));
  }
  const PointsMap map(points.data(), points.rows(), points.cols(), Eigen::OuterStride<>(points.rows()));
  model.evaluate({.first = {}, .points = map, .stop = stop}, outcomes);
  return outcomes;
}

}  // namespace mystic
