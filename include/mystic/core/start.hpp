#pragma once

#include "mystic/core/frame_arena.hpp"
#include "mystic/core/point.hpp"
#include "mystic/core/random.hpp"

#include <string>
#include <vector>

namespace mystic {

/// What a search is given to begin with.
struct Start {
  Vector x;                     ///< n; empty where the search draws its own points in the box
  Vector lower;                 ///< n; -inf where there is no bound
  Vector upper;                 ///< n; +inf where there is no bound
  Random random;                ///< the search's own stream
  FrameArena* arena = nullptr;  ///< for the frames of its coroutines; null: the heap
  Points points = {};           ///< n x m, in the bounds: candidates to begin with, x the first; or none
  std::vector<std::string> rounded = {};  ///< rounded_variables() of the problem

  [[nodiscard]] Index dimension() const { return lower.size(); }
  /// True when every variable has two finite bounds: then points can be drawn.
  [[nodiscard]] bool has_box() const { return lower.allFinite() && upper.allFinite(); }
};

}  // namespace mystic
