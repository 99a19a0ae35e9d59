#pragma once

#include "mystic/core/point.hpp"

#include <cstdint>
#include <string_view>

namespace mystic {

/// Points of a sampling design by its name, each with the options that it has unless told otherwise:
/// monte-carlo, latin-hypercube, sobol (Owen's scramble), halton, lattice (rank 1). For one with
/// options, call its own function.
/// @return dimension x count, each coordinate in (0, 1)
/// @throws InvalidArgument if there is no such design, or as its own function does
[[nodiscard]] Points sampling_points(std::string_view design, Index dimension, Index count,
                                     std::uint64_t seed);

}  // namespace mystic
