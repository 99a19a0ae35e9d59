#pragma once

#include "mystic/core/search.hpp"

#include <functional>
#include <string>
#include <vector>

namespace mystic {

/// A search with its options, ready to begin anywhere: what nelder_mead(), powell() and the other
/// solvers return.
struct Algorithm {
  std::string name;
  std::function<Search(Start)> begin;
};

/// Many searches driven at once over one map, each from its own start: what buckshot() returns.
struct Ensemble {
  std::string name;
  Algorithm member;
  /// The starts of all members; `whole` has the box, the user's x (or none) and the seed's stream.
  /// A member's `random` and `arena` are set by the driver.
  std::function<std::vector<Vector>(Start& whole)> starts;
};

}  // namespace mystic
