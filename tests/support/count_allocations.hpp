#pragma once

namespace mystic::testing_support {

/// Calls of malloc by all threads of this program so far; `new` and Eigen end there as well. Link
/// count_allocations.cpp only into programs that ask: it takes malloc's place.
[[nodiscard]] long allocations_so_far();

}  // namespace mystic::testing_support
