#pragma once

#include "mystic/core/collapse.hpp"
#include "mystic/core/termination.hpp"

namespace mystic {

/// Holds when collapsed_at() of the best points of the last `window` generations names any parameter;
/// the reason names them. All of these generations must have a finite best cost: before, nothing has
/// been found that could be at rest.
[[nodiscard]] Termination collapse_at(const CollapseAtOptions& options = {});
/// Holds when collapsed_as() of those points, under the same condition, names any pair.
[[nodiscard]] Termination collapse_as(const CollapseAsOptions& options = {});
/// Holds when collapsed_cost() of the best points of up to `window` generations, as many as there are,
/// names any range.
[[nodiscard]] Termination collapse_cost(const CollapseCostOptions& options = {});

}  // namespace mystic
