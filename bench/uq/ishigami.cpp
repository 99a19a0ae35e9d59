#include "ishigami.hpp"

#include <array>
#include <cmath>
#include <cstddef>

namespace mystic::bench {

Vector ishigami(const PointsView& points) {
  constexpr Index most = 64;
  Vector costs(points.cols());
  std::array<double, most> x1;  // NOLINT: set below
  std::array<double, most> x2;  // NOLINT
  std::array<double, most> x3;  // NOLINT
  for (Index first = 0; first < points.cols(); first += most) {
    const Index count = std::min(most, points.cols() - first);
    const double* point = points.data() + first * points.outerStride();
    for (Index j = 0; j < count; ++j, point += points.outerStride()) {
      const auto at = static_cast<std::size_t>(j);
      x1[at] = point[0];
      x2[at] = point[1];
      x3[at] = point[2];
    }
    double* const cost = costs.data() + first;
    for (Index j = 0; j < count; ++j) {
      const auto at = static_cast<std::size_t>(j);
      const double sine = std::sin(x1[at]);
      const double other = std::sin(x2[at]);
      const double square = x3[at] * x3[at];
      cost[j] = sine + 7.0 * other * other + 0.1 * square * square * sine;
    }
  }
  return costs;
}

}  // namespace mystic::bench
