#include "coverage.hpp"

#include "mystic/core/callable_model.hpp"
#include "mystic/uq/laws/bounded.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace mystic::coverage {
namespace {

constexpr double pi = std::numbers::pi;

double ishigami_of(const VectorView& x) {
  return std::sin(x[0]) + 7.0 * std::pow(std::sin(x[1]), 2) + 0.1 * std::pow(x[2], 4) * std::sin(x[0]);
}

// P[y > t]: x1 in closed form (P[sin > c] = acos(c) / pi), x2 and x3 by the midpoint rule over a
// quarter.
double ishigami_exceeds(double threshold) {
  constexpr int cells = 400;
  double sum = 0.0;
  for (int i = 0; i < cells; ++i) {
    const double second = std::sin((i + 0.5) / cells * pi / 2.0);
    for (int j = 0; j < cells; ++j) {
      const double third = (j + 0.5) / cells * pi;
      const double sine = (threshold - 7.0 * second * second) / (1.0 + 0.1 * std::pow(third, 4));
      sum += std::acos(std::clamp(sine, -1.0, 1.0)) / pi;
    }
  }
  return sum / (cells * cells);
}

double ishigami_quantile(double p) {
  double below = -12.0;
  double above = 20.0;
  for (int step = 0; step < 40; ++step) {
    const double middle = 0.5 * (below + above);
    (ishigami_exceeds(middle) > 1.0 - p ? below : above) = middle;
  }
  return 0.5 * (below + above);
}

const Vector& g_parameters() {
  static const Vector a{{0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0}};
  return a;
}

double g_of(const VectorView& x) {
  const Vector& a = g_parameters();
  return ((4.0 * x.array() - 2.0).abs() + a.array()).cwiseQuotient(1.0 + a.array()).prod();
}

// The factor of a = 0 is uniform on [0, 2], the others (f) on [a, a + 2] / (1 + a), and their product is
// at least 0.354. So for t <= 0.7: P[y <= t] = t / 2 prod E[1 / f], E[1 / f] = log((a + 2) / a) (1 + a)
// / 2.
double g_slope() {
  double slope = 0.5;
  for (const double a : g_parameters()) {
    if (a > 0.0) slope *= std::log((a + 2.0) / a) * (1.0 + a) / 2.0;
  }
  return slope;
}

}  // namespace

Subject ishigami() {
  Subject found{.name = "ishigami",
                .model = make_model(ishigami_of),
                .inputs = {},
                .mean = 3.5,
                .sd = std::sqrt(13.844587940719),
                .threshold = 8.0,
                .exceedance = ishigami_exceeds(8.0),
                .quantile_of = 0.9,
                .quantile = ishigami_quantile(0.9),
                .first = Vector{{0.3139051911, 0.4424111448, 0.0}},
                .total = Vector{{0.5575888552, 0.4424111448, 0.2436836641}}};
  for (const char* name : {"x1", "x2", "x3"}) {
    found.inputs.add(name, laws::Uniform{.lower = -pi, .upper = pi});
  }
  return found;
}

Subject g_function() {
  const Vector parts = (3.0 * (1.0 + g_parameters().array()).square()).inverse();
  const double product = (1.0 + parts.array()).prod();
  Subject found{.name = "g-function",
                .model = make_model(g_of),
                .inputs = {},
                .mean = 1.0,
                .sd = std::sqrt(product - 1.0),
                .threshold = 0.7,
                .exceedance = 1.0 - 0.7 * g_slope(),
                .quantile_of = 0.25,
                .quantile = 0.25 / g_slope(),
                .first = parts / (product - 1.0),
                .total = parts.array() / (1.0 + parts.array()) * product / (product - 1.0)};
  for (Index i = 1; i <= parts.size(); ++i) found.inputs.add(fmt::format("x{}", i), laws::Uniform{});
  return found;
}

}  // namespace mystic::coverage
