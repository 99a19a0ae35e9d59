// Smooth surfaces of which every stationary point is known: to find saddles and transition paths with.
// Those of Himmelblau's function and of the six-hump camel were computed with 40 digits (mpmath,
// 2026-11-21). There are no others: the two equations of the gradient have degrees 3 and 3, or 5 and 3,
// hence by Bezout at most 9, or 15, common roots, and that many are here. The minima of the double wells
// have a closed form.

#include "families.hpp"

namespace mystic::functions {
namespace {

double himmelblau(const VectorView& x) {
  require_size(x, "himmelblau", 2);
  return square(x[0] * x[0] + x[1] - 11.0) + square(x[0] + x[1] * x[1] - 7.0);
}

double six_hump_camel(const VectorView& point) {
  require_size(point, "six-hump-camel", 2);
  const double xx = square(point[0]);
  const double yy = square(point[1]);
  return (4.0 - 2.1 * xx + xx * xx / 3.0) * xx + point[0] * point[1] + (4.0 * yy - 4.0) * yy;
}

double three_hump_camel(const VectorView& point) {
  require_size(point, "three-hump-camel", 2);
  const double x = point[0];
  const double xx = square(x);
  const double y = point[1];
  return (2.0 - 1.05 * xx + xx * xx / 6.0) * xx + x * y + y * y;
}

/// A quartic in one variable with q'(t) = 4 (t - left) (t - middle) (t - right), left < middle < right:
/// two wells and a barrier between them. All numbers below are multiples of 1/256: nothing is rounded.
struct DoubleWell {
  double left = 0.0;
  double middle = 0.0;
  double right = 0.0;

  [[nodiscard]] constexpr double value(double t) const {
    const double cubic = -4.0 * (left + middle + right) / 3.0;
    const double quadratic = 2.0 * (left * middle + left * right + middle * right);
    const double linear = -4.0 * left * middle * right;
    return (((t + cubic) * t + quadratic) * t + linear) * t;
  }
  [[nodiscard]] constexpr double root(std::size_t which) const {
    return which == 0 ? left : which == 1 ? right : middle;
  }
};

constexpr std::array<DoubleWell, 3> wells{{{.left = -1.25, .middle = 0.5, .right = 1.5},
                                           {.left = -0.75, .middle = 0.0, .right = 1.5},
                                           {.left = -1.5, .middle = -0.75, .right = 1.5}}};

double double_wells(const VectorView& x) {
  require_size(x, "double-wells", 3);
  return wells[0].value(x[0]) + wells[1].value(x[1]) + wells[2].value(x[2]);
}

constexpr std::array<KnownStationaryPoint, 27> wells_points() {
  std::array<KnownStationaryPoint, 27> points{};
  std::size_t filled = 0;
  for (Index index = 0; index <= 3; ++index) {
    for (std::size_t i = 0; i < 27; ++i) {
      const std::array<std::size_t, 3> which{i % 3, i / 3 % 3, i / 9};  // 2: on the barrier
      const Index barriers = (which[0] == 2 ? 1 : 0) + (which[1] == 2 ? 1 : 0) + (which[2] == 2 ? 1 : 0);
      if (barriers != index) continue;
      const double x = wells[0].root(which[0]);
      const double y = wells[1].root(which[1]);
      const double z = wells[2].root(which[2]);
      points[filled++] = {.at = {x, y, z},
                          .value = wells[0].value(x) + wells[1].value(y) + wells[2].value(z),
                          .index = index};
    }
  }
  return points;
}

constexpr auto double_wells_points = wells_points();

constexpr std::array<KnownStationaryPoint, 9> himmelblau_points{{
    {.at = {3.0, 2.0}, .value = 0.0},
    {.at = {3.5844283403304917, -1.8481265269644036}, .value = 0.0},
    {.at = {-3.7793102533777469, -3.2831859912861694}, .value = 0.0},
    {.at = {-2.8051180869527449, 3.131312518250573}, .value = 0.0},
    {.at = {3.3851541836070209, 0.073851879837749288}, .value = 13.31192627040559, .index = 1},
    {.at = {0.086677504555396352, 2.8842547011747761}, .value = 67.71915008752614, .index = 1},
    {.at = {-3.0730257507643896, -0.081353044287967512}, .value = 104.01516291755811, .index = 1},
    {.at = {-0.12796134673068007, -1.9537149802445764}, .value = 178.33723920192746, .index = 1},
    {.at = {-0.27084459066734761, -0.92303855647998146}, .value = 181.6165215225827, .index = 2},
}};

constexpr double camel_minimum = -1.0316284534898774;
constexpr std::array<KnownStationaryPoint, 15> camel_points{{
    {.at = {0.089842013100318062, -0.71265640302073963}, .value = camel_minimum},
    {.at = {-0.089842013100318062, 0.71265640302073963}, .value = camel_minimum},
    {.at = {1.7036067149699808, -0.79608356867262512}, .value = -0.21546382438371764},
    {.at = {-1.7036067149699808, 0.79608356867262512}, .value = -0.21546382438371764},
    {.at = {1.6071047529201972, 0.56865145488413137}, .value = 2.1042503103112583},
    {.at = {-1.6071047529201972, -0.56865145488413137}, .value = 2.1042503103112583},
    {.at = {0.0, 0.0}, .value = 0.0, .index = 1},
    {.at = {1.1092053368047864, -0.76826809250953984}, .value = 0.54371860097818514, .index = 1},
    {.at = {-1.1092053368047864, 0.76826809250953984}, .value = 0.54371860097818514, .index = 1},
    {.at = {1.6380679841897786, 0.22867406904439407}, .value = 2.2293571975307147, .index = 1},
    {.at = {-1.6380679841897786, -0.22867406904439407}, .value = 2.2293571975307147, .index = 1},
    {.at = {1.2960702671671092, 0.6050843880386585}, .value = 2.2294708180298599, .index = 1},
    {.at = {-1.2960702671671092, -0.6050843880386585}, .value = 2.2294708180298599, .index = 1},
    {.at = {1.2302298765166526, 0.16233458445899497}, .value = 2.4962953510235769, .index = 2},
    {.at = {-1.2302298765166526, -0.16233458445899497}, .value = 2.4962953510235769, .index = 2},
}};

constexpr std::array<TestFunction, 4> rows{{
    {.name = "himmelblau",
     .text = "four minima of the same depth around a hill",
     .formula = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
     .source =
         "Himmelblau, Applied Nonlinear Programming (1972); stationary points computed with 40 digits",
     .function = himmelblau,
     .least_dimension = 2,
     .most_dimension = 2,
     .lower = -5.0,
     .upper = 5.0,
     .place = {3.0, 2.0},
     .stationary = himmelblau_points,
     .stationary_is_complete = true},
    {.name = "six-hump-camel",
     .text = "six minima in three pairs",
     .formula = "(4 - 2.1 x^2 + x^4/3) x^2 + x y + (4 y^2 - 4) y^2",
     .source =
         "Branin & Hoo (1972); Dixon & Szegoe, Towards Global Optimisation 2 (1978); stationary points\n"
         "computed with 40 digits",
     .function = six_hump_camel,
     .least_dimension = 2,
     .most_dimension = 2,
     .lower = {-3.0, -2.0},
     .upper = {3.0, 2.0},
     .place = {0.089842013100318062, -0.71265640302073963},
     .minimum = camel_minimum,
     .rounding = 1e-15,
     .stationary = camel_points,
     .stationary_is_complete = true},
    {.name = "three-hump-camel",
     .text = "three minima in a bowl that is steep far out",
     .formula = "2 x^2 - 1.05 x^4 + x^6/6 + x y + y^2",
     .source = "Dixon & Szegoe, Towards Global Optimisation (1975)",
     .function = three_hump_camel,
     .least_dimension = 2,
     .most_dimension = 2,
     .lower = -5.0,
     .upper = 5.0,
     .place = 0.0},
    {.name = "double-wells",
     .text = "8 minima, 12 saddles with one way down, 6 with two, 1 maximum, all known exactly",
     .formula = "q_1(x) + q_2(y) + q_3(z), q_i'(t) = 4 (t - l_i)(t - m_i)(t - r_i), q_i(0) = 0;\n"
                "l, m, r = (-1.25, 0.5, 1.5), (-0.75, 0, 1.5), (-1.5, -0.75, 1.5)",
     .source = "ours: a separable sum, for tests of saddles",
     .function = double_wells,
     .least_dimension = 3,
     .most_dimension = 3,
     .lower = -2.0,
     .upper = 2.0,
     .place = {-1.25, 1.5, 1.5},
     .minimum = wells[0].value(-1.25) + wells[1].value(1.5) + wells[2].value(1.5),
     .stationary = double_wells_points,
     .stationary_is_complete = true},
}};

}  // namespace

std::span<const TestFunction> camels() { return rows; }

}  // namespace mystic::functions
