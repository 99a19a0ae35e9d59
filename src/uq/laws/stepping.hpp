#pragma once

#include "mystic/uq/law.hpp"

namespace mystic::laws {

/// The least number above x that a discrete law takes; the end of its support where there is none.
[[nodiscard]] double next_atom(const Law& law, double x);
/// The greatest number up to x that a discrete law takes; the start of its support where there is none.
[[nodiscard]] double last_atom_until(const Law& law, double x);

}  // namespace mystic::laws
