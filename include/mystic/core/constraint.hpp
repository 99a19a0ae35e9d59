#pragma once

#include "mystic/core/point.hpp"

#include <functional>

namespace mystic {

/// Changes a point so that it keeps a rule (a projection); applied before the bounds.
using Repair = std::function<void(MutableVectorView)>;

/// What breaking a rule adds to the cost at x (unit of the cost); 0 where the rule holds.
using Penalty = std::function<double(const VectorView&)>;

}  // namespace mystic
