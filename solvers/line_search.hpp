#pragma once

#include "mystic/core/search.hpp"

namespace mystic {

struct LineSearchSettings {
  double tolerance = 1e-2;  ///< relative, on the step
  Index iterations = 500;
};

/// Where a line search ended: x(0) + step * direction.
struct LineMinimum {
  double step = 0.0;
  double cost = infinity;
};

/// A line through `origin`, whose cost there is known; `point` is where it puts what it evaluates.
struct Line {
  const Vector& origin;
  const Vector& direction;
  double cost_at_origin;
  Vector& point;
};

/// Brackets a minimum along the line from steps 0 and 1, then closes in on it by Brent's method.
/// Source: Brent (1973), chapter 5, with the bracketing of Press et al., as in SciPy 0.6.
[[nodiscard]] Nested<LineMinimum> line_search(FrameArena& arena, const Line& line,
                                              const LineSearchSettings& settings);

}  // namespace mystic
