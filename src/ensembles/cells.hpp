#pragma once

#include "mystic/core/start.hpp"

#include <vector>

namespace mystic {

/// The centre of cell number `cell` of a grid of bins[i] equal cells along variable i; the first
/// variable varies fastest.
[[nodiscard]] Vector centre_of_cell(const Start& whole, const std::vector<Index>& bins, Index cell);

}  // namespace mystic
