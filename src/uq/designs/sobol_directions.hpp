#pragma once

#include "mystic/core/point.hpp"

#include <cstdint>
#include <vector>

namespace mystic {

inline constexpr Index sobol_digits = 32;

/// Entry bit * dimension + i: what coordinate i changes by when bit `bit` of the Gray code does. The
/// first digit behind the binary point is the highest bit; direction `bit` has its last digit at
/// place `bit` + 1, so that the first 2^j points differ in the upper j digits only.
[[nodiscard]] std::vector<std::uint32_t> sobol_directions(Index dimension);

}  // namespace mystic
