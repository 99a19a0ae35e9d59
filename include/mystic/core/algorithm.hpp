#pragma once

#include "mystic/core/search.hpp"

#include <functional>
#include <string>

namespace mystic {

/// A search with its options, ready to begin anywhere: what nelder_mead(), powell() and the other
/// solvers return.
struct Algorithm {
  std::string name;
  std::function<Search(Start)> begin;
  /// Whether it takes the population that it reports, or part of it, as Start::points, its candidates:
  /// so another search of it, in fewer dimensions, say, goes on where one has ended.
  bool takes_population = false;
};

}  // namespace mystic
