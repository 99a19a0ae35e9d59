#pragma once

#include "mystic/core/point.hpp"

namespace mystic {

/// dimension x count doubles, not set. A large design is written once, from end to end, and most of the
/// time goes into getting its memory page by page: 0.58 of 0.73 s for 10^7 Sobol' points of 10 variables
/// (2026-11-22). So Linux is asked for huge pages, as NumPy does; elsewhere nothing happens.
[[nodiscard]] Points large_points(Index dimension, Index count);

}  // namespace mystic
