#include "large_points.hpp"

#include <cstdint>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace mystic {

Points large_points(Index dimension, Index count) {
  Points points(dimension, count);
#if defined(__linux__)
  constexpr std::uintptr_t huge_page = std::uintptr_t{1} << 21U;
  const std::uintptr_t bytes = static_cast<std::uintptr_t>(points.size()) * sizeof(double);
  if (bytes >= 4 * huge_page) {
    const auto first =
        (reinterpret_cast<std::uintptr_t>(points.data()) + huge_page - 1) & ~(huge_page - 1);
    const auto last = (reinterpret_cast<std::uintptr_t>(points.data()) + bytes) & ~(huge_page - 1);
    // A wish: where it is refused, the pages are small.
    (void)madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE);  // NOLINT
  }
#endif
  return points;
}

}  // namespace mystic
