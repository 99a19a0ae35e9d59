#pragma once

#include "mystic/core/options.hpp"

namespace mystic::laws {

inline constexpr Range finite_number{.open_below = true, .open_above = true};
inline constexpr Range positive_number{.lower = 0.0, .open_below = true, .open_above = true};

}  // namespace mystic::laws
