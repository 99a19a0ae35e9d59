#pragma once

namespace mystic::journal_test {

/// Calls of malloc by all threads of this program so far; `new` and Eigen end there as well.
[[nodiscard]] long allocations_so_far();

}  // namespace mystic::journal_test
