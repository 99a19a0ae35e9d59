#pragma once

#include "mystic/uq/law.hpp"

namespace mystic::laws {

/// The moments of a continuous law by integrals of its tails, which are continuous where a density
/// jumps: E[(X - m)^k] = k (int_m^inf (x - m)^(k-1) P[X > x] dx + (-1)^k int_-inf^m (m - x)^(k-1)
/// P[X <= x] dx), m the median. Whether they diverge is found by the index of the tails.
[[nodiscard]] LawMoments moments_by_tails(const LawBody& law);

}  // namespace mystic::laws
