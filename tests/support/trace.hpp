#pragma once

#include "mystic/core/point.hpp"

#include <memory>
#include <vector>

namespace mystic::testing_support {

/// What a function was asked and what it answered, in the order of the calls.
struct Trace {
  std::vector<Vector> points;
  std::vector<double> costs;
};

/// `function`, noting its calls in `trace`; for one thread.
template <class Function>
[[nodiscard]] auto traced(Function function, Trace& trace) {
  return [function, &trace](const VectorView& x) -> double {
    const double cost = function(x);
    trace.points.emplace_back(x);
    trace.costs.push_back(cost);
    return cost;
  };
}

}  // namespace mystic::testing_support
