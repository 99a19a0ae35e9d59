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

/// The bounds that a line must not leave, n doubles each; +-inf for none.
struct Box {
  const Vector& lower;
  const Vector& upper;
};

/// A line through `origin`, whose cost there is known; `point` is where it puts what it evaluates.
struct Line {
  const Vector& origin;
  const Vector& direction;
  double cost_at_origin;
  Vector& point;
  const Box* box = nullptr;  ///< not null: the origin lies in it, and so does every point
  double least = -infinity;  ///< steps that stay in it: least <= 0 <= most
  double most = infinity;
};

/// Fills in the steps that stay in the box.
void keep_inside(Line& line, const Box& box);

/// Brackets a minimum along the line from steps 0 and 1 (or as far as the box lets it), then closes in
/// on it by Brent's method. Where the cost falls up to the end of the line, that end is the minimum.
/// Source: Brent (1973), chapter 5, with the bracketing of Press et al., as in SciPy 0.6.
[[nodiscard]] Nested<LineMinimum> line_search(FrameArena& arena, const Line& line,
                                              const LineSearchSettings& settings);

}  // namespace mystic
