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
};

}  // namespace mystic
