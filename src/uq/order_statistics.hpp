#pragma once

#include "mystic/core/point.hpp"

#include <vector>

namespace mystic {

/// The values of some ranks, as sorting all of them would give, in a time proportional to their number:
/// values are counted in cells of equal width, and only cells that hold a rank are sorted.
/// @param values  finite, n >= 1
/// @param ranks   in [0, n)
/// @return one for each rank, in the order of `ranks`
[[nodiscard]] std::vector<double> order_statistics(const VectorView& values,
                                                   const std::vector<Index>& ranks);

}  // namespace mystic
