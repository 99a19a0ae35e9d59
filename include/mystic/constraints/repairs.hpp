#pragma once

#include "mystic/core/constraint.hpp"

#include <vector>

namespace mystic {

/// Shifts all coordinates by the same amount, so that their mean is `target`.
[[nodiscard]] Repair with_mean(double target);

/// Rounds the coordinates `which` (all, when empty) to whole numbers, halves away from zero.
[[nodiscard]] Repair rounded(std::vector<Index> which = {});

/// Applies repairs one after the other.
[[nodiscard]] Repair in_order(std::vector<Repair> repairs);

}  // namespace mystic
