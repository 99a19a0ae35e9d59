#pragma once

#include "mystic/core/collapse.hpp"
#include "mystic/core/termination.hpp"

namespace mystic {

/// Holds when collapsed_at() of the best points of the last `window` generations names any parameter;
/// the reason names them.
[[nodiscard]] Termination collapse_at(const CollapseAtOptions& options = {});
/// Holds when collapsed_as() of those points names any pair.
[[nodiscard]] Termination collapse_as(const CollapseAsOptions& options = {});
/// Holds when collapsed_cost() of the best points of up to `window` generations, as many as there are,
/// names any range.
[[nodiscard]] Termination collapse_cost(const CollapseCostOptions& options = {});

}  // namespace mystic
