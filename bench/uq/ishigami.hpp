#pragma once

#include "mystic/core/point.hpp"

namespace mystic::bench {

/// Ishigami's function, a = 7 and b = 0.1, of many points at once: sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin
/// x1. The model of a user who wants it fast, compiled for this machine: then GCC calls the vector sine
/// of the C library, as NumPy has one of its own.
/// @param points  3 x m
/// @return m
[[nodiscard]] Vector ishigami(const PointsView& points);

}  // namespace mystic::bench
