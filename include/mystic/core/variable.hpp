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

/// Names of those that take whole numbers only (choices among them) and are not fixed by their bounds:
/// points are rounded along them before they are evaluated.
[[nodiscard]] std::vector<std::string> rounded_variables(const std::vector<Variable>& variables);

/// What a search that takes differences has to say of rounded variables; at least one.
[[nodiscard]] std::string no_differences_along(const std::vector<std::string>& rounded);

/// What happens to a point outside the bounds.
enum class BoundsMode {
  reject,  ///< not called, not counted, ranked last
  clip,    ///< each coordinate moved to the nearest bound
  redraw,  ///< each offending coordinate drawn anew, uniformly (finite bounds only)
};

}  // namespace mystic
