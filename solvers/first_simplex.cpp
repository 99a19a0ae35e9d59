// The first simplex of Nelder-Mead: SciPy's and mystic's displacements, those of a box, or given
// vertices.

#include "first_simplex.hpp"

#include "mystic/core/require.hpp"

#include <Eigen/QR>

#include <algorithm>
#include <cmath>

namespace mystic {
namespace {

bool has_width(double lower, double upper) { return std::isfinite(lower) && std::isfinite(upper); }

// The coordinate of vertex k that differs from the start's, within the bounds; the start's own where
// these are one.
double displaced(double x, double lower, double upper, const NelderMeadOptions& options) {
  const double radius = options.radius;
  if (has_width(lower, upper) && options.first_simplex != "relative") {
    const double step = (upper - lower) * radius;
    const double up = std::clamp(x + step, lower, upper);
    return up != x ? up : std::clamp(x - step, lower, upper);
  }
  // 0 has no relative neighbourhood: SciPy's and mystic's absolute step there.
  const double up = x != 0.0 ? x * (1.0 + radius) : 0.1 * radius * radius;
  const double inside = std::clamp(up, lower, upper);
  if (inside != x) return inside;
  return std::clamp(x != 0.0 ? x * (1.0 - radius) : -radius, lower, upper);
}

// Points that lie in a plane would never leave it. Measured in each variable's own extent; a variable
// that its bounds fix has none.
void require_full_dimension(const Points& vertices, const Start& start) {
  Points edges = vertices.rightCols(vertices.cols() - 1).colwise() - vertices.col(0);
  Index free = 0;
  for (Index i = 0; i < edges.rows(); ++i) {
    const double extent = edges.row(i).cwiseAbs().maxCoeff();
    if (extent > 0.0) edges.row(i) /= extent;
    if (start.lower[i] < start.upper[i]) ++free;
  }
  const Index dimensions = Eigen::ColPivHouseholderQR<Points>(edges).rank();
  require(dimensions >= free,
          "nelder-mead: the initial points lie in {} dimensions, within the bounds, where {} variables "
          "are to be chosen; a simplex needs them all",
          dimensions, free);
}

}  // namespace

Points first_simplex(const Start& start, const NelderMeadOptions& options) {
  const Index n = start.dimension();
  const Index given = start.points.cols();
  require(given <= 1 || given == n + 1,
          "nelder-mead: {} initial points in {} variables; give 1, the start, or {}, the simplex", given,
          n, n + 1);
  if (given == n + 1) {
    require_full_dimension(start.points, start);
    return start.points;
  }
  Points vertices(n, n + 1);
  const Vector first = start.x.cwiseMax(start.lower).cwiseMin(start.upper);
  vertices.colwise() = first;
  for (Index k = 0; k < n; ++k) {
    require(options.first_simplex != "width" || has_width(start.lower[k], start.upper[k]),
            "nelder-mead: first_simplex = width needs two finite bounds; variable {} has [{}, {}]", k,
            start.lower[k], start.upper[k]);
    vertices(k, k + 1) = displaced(first[k], start.lower[k], start.upper[k], options);
  }
  return vertices;
}

}  // namespace mystic
