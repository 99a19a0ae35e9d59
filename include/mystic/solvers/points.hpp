#pragma once

#include "mystic/core/algorithm.hpp"

namespace mystic {

/// No search at all: evaluates each of the given points once, in their order, and ends. For tables that
/// come from elsewhere, with the map, the policies and the journal of every other study.
/// @param points  n x m, m >= 1
/// @throws InvalidArgument if there is no point
[[nodiscard]] Algorithm given_points(Points points);

/// The same for `count` points drawn uniformly in the box, from the search's own stream: the first k of
/// them are the same for every count.
/// @throws InvalidArgument if `count` is below 1; at the start if a variable lacks a bound
[[nodiscard]] Algorithm random_points(Index count);

}  // namespace mystic
