#pragma once

#include "mystic/core/start.hpp"
#include "mystic/solvers/nelder_mead.hpp"

namespace mystic {

/// The n x (n + 1) vertices with which Nelder-Mead begins, the start the first of them: the initial
/// points if there are n + 1, else the start and a displacement along each coordinate.
/// @throws InvalidArgument for another number of points than 0, 1 or n + 1, for points in less
///         dimensions than there are variables to choose, and for a width where there is none
[[nodiscard]] Points first_simplex(const Start& start, const NelderMeadOptions& options);

}  // namespace mystic
