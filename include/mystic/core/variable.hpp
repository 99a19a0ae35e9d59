#pragma once

#include "mystic/core/point.hpp"

#include <string>
#include <vector>

namespace mystic {

enum class VariableType { real, integer };

/// One thing that may be chosen.
struct Variable {
  std::string name = {};
  double lower = -infinity;
  double upper = infinity;
  VariableType type = VariableType::real;
  std::string unit = {};
  std::string text = {};
  /// What the whole numbers from 0 stand for, if they stand for anything: for people.
  std::vector<std::string> choices = {};
};

/// x0, x1, ... without bounds.
[[nodiscard]] std::vector<Variable> unnamed_variables(Index dimension);

/// What happens to a point outside the bounds.
enum class BoundsMode {
  reject,  ///< not called, not counted, ranked last
  clip,    ///< each coordinate moved to the nearest bound
  redraw,  ///< each offending coordinate drawn anew, uniformly (finite bounds only)
};

}  // namespace mystic
