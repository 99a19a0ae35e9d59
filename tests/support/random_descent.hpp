#pragma once

#include "mystic/core/algorithm.hpp"

#include <functional>

namespace mystic::testing_support {

/// Whom a solver that owns its loop may ask.
struct Questions {
  std::function<double(const Vector&)> cost;
  std::function<Vector(const Points&)> costs;  ///< n x m points, m costs
  std::function<double()> draw;                ///< from [0, 1)
};

/// A solver as a library might bring it, which knows nothing of searches: steps at random around the
/// best point, one by one, then all its neighbours at once; a step may lead out of every bound. Never
/// returns.
[[noreturn]] void random_descent(Vector x, const Questions& ask);

/// The same as a search.
[[nodiscard]] Algorithm foreign_random_descent();

}  // namespace mystic::testing_support
