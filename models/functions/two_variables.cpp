// Surfaces over the plane: those of the original mystic's wolfram.py, nag.py and venkataraman.py, and
// classics of the textbooks. Minima without a closed form were computed with 40 digits (mpmath,
// 2026-11-21).

#include "families.hpp"

namespace mystic::functions {
namespace {

double well(double x, double y) {
  return -4.0 * std::exp(-x * x - y * y) + std::sin(6.0 * x) * std::sin(5.0 * y);
}

double oscillating_well(const VectorView& x) {
  require_size(x, "oscillating-well", 2);
  return well(x[0], x[1]);
}

double oscillating_half_well(const VectorView& x) {
  require_size(x, "oscillating-half-well", 2);
  return well(x[0], x[1]) + (x[1] < 0.0 ? 100.0 * square(x[1]) : 0.0);
}

double trefethen(const VectorView& point) {
  require_size(point, "trefethen", 2);
  const double x = point[0];
  const double y = point[1];
  return std::exp(std::sin(50.0 * x)) + std::sin(60.0 * std::exp(y)) + std::sin(70.0 * std::sin(x)) +
         std::sin(std::sin(80.0 * y)) - std::sin(10.0 * (x + y)) + (x * x + y * y) / 4.0;
}

double peaks(const VectorView& point) {
  require_size(point, "peaks", 2);
  const double x = point[0];
  const double y = point[1];
  return 3.0 * square(1.0 - x) * std::exp(-x * x - square(y + 1.0)) -
         10.0 * (x / 5.0 - x * x * x - square(y * y) * y) * std::exp(-x * x - y * y) -
         std::exp(-square(x + 1.0) - y * y) / 3.0;
}

double sinc_well(const VectorView& x) {
  require_size(x, "sinc-well", 2);
  const double radius = std::sqrt(square(x[0] - 4.0) + square(x[1] - 4.0) + 0.1);
  return -20.0 * std::sin(radius) / radius;
}

double beale(const VectorView& point) {
  require_size(point, "beale", 2);
  const double x = point[0];
  const double y = point[1];
  return square(1.5 - x + x * y) + square(2.25 - x + x * y * y) + square(2.625 - x + x * y * y * y);
}

double booth(const VectorView& x) {
  require_size(x, "booth", 2);
  return square(x[0] + 2.0 * x[1] - 7.0) + square(2.0 * x[0] + x[1] - 5.0);
}

constexpr double well_x = 0.21501754356106897;
constexpr double well_y = 0.24035588359935007;
constexpr double well_minimum = -4.5010697425329616;
constexpr std::array<KnownStationaryPoint, 2> well_minima{
    {{.at = {-well_x, well_y}, .value = well_minimum},
     {.at = {well_x, -well_y}, .value = well_minimum}}};

constexpr std::array<KnownStationaryPoint, 6> peaks_points{{
    {.at = {0.2282789205563691, -1.6255349574999965}, .value = -6.5511333328358369},
    {.at = {-1.3473962443682108, 0.20451886609700518}, .value = -3.0498494028002598},
    {.at = {0.29644555384683208, 0.32019624766683434}, .value = -0.064935868255526887},
    {.at = {1.2856846972413041, -0.0048475590755936723}, .value = 3.5924899180027538, .index = 2},
    {.at = {-0.46002451803438664, -0.62919650871680091}, .value = 3.7765809985322065, .index = 2},
    {.at = {-0.0093175819599541157, 1.5813679629389998}, .value = 8.1062135894423367, .index = 2},
}};

constexpr std::array<TestFunction, 7> rows{{
    {.name = "oscillating-well",
     .text = "a well crossed by waves: two minima of the same depth",
     .formula = "-4 exp(-x^2 - y^2) + sin(6x) sin(5y)",
     .source = "Wolfram's examples of global minimisation",
     .function = oscillating_well,
     .least_dimension = 2,
     .most_dimension = 2,
     .lower = -2.0,
     .upper = 2.0,
     .place = {-well_x, well_y},
     .minimum = well_minimum,
     .rounding = 1e-14,
     .stationary = well_minima},
    {.name = "oscillating-half-well",
     .original = "fosc3d",
     .text = "the same as the original mystic has it, with a penalty that leaves one of the minima",
     .formula = "-4 exp(-x^2 - y^2) + sin(6x) sin(5y), + 100 y^2 where y < 0",
     .source = "the original mystic (wolfram.py)",
     .function = oscillating_half_well,
     .least_dimension = 2,
     .most_dimension = 2,
     .lower = -2.0,
     .upper = 2.0,
     .place = {-well_x, well_y},
     .minimum = well_minimum,
     .rounding = 1e-14,
     .stationary = std::span(well_minima).first<1>()},
    {.name = "trefethen",
     .original = "nmin51",
     .text = "some thousand minima, in ripples of five lengths",
     .formula = "exp(sin(50x)) + sin(60 e^y) + sin(70 sin(x)) + sin(sin(80y)) - sin(10(x + y))\n"
                "+ (x^2 + y^2) / 4",
     .source =
         "Trefethen, SIAM News 35 (2002), problem 4; Bornemann, Laurie, Wagon & Waldvogel, The SIAM\n"
         "100-Digit Challenge (2004)",
     .function = trefethen,
     .least_dimension = 2,
     .most_dimension = 2,
     .lower = -5.0,
     .upper = 5.0,
     .place = {-0.024403079694375172, 0.21061242715535577},
     .minimum = -3.3068686474752373,
     .rounding = 1e-13},
    {.name = "peaks",
     .original = "peaks",
     .text = "three pits and three hills",
     .formula = "3 (1 - x)^2 exp(-x^2 - (y + 1)^2) - 10 (x/5 - x^3 - y^5) exp(-x^2 - y^2)\n"
                "- exp(-(x + 1)^2 - y^2) / 3",
     .source = "the surface of that name of MATLAB, and of NAG's examples",
     .function = peaks,
     .least_dimension = 2,
     .most_dimension = 2,
     .lower = -3.0,
     .upper = 3.0,
     .place = {0.2282789205563691, -1.6255349574999965},
     .minimum = -6.5511333328358369,
     .rounding = 1e-14,
     .stationary = peaks_points},
    {.name = "sinc-well",
     .original = "venkat91",
     .text = "a well in the middle of ring-shaped waves",
     .formula = "-20 sin(r) / r, r = sqrt((x - 4)^2 + (y - 4)^2 + 0.1)",
     .source = "Venkataraman, Applied Optimization with MATLAB Programming (2002), example 9.1",
     .function = sinc_well,
     .least_dimension = 2,
     .most_dimension = 2,
     .lower = 0.0,
     .upper = 10.0,
     .place = 4.0,
     .minimum = -19.668329370585822,
     .rounding = 1e-14},
    {.name = "beale",
     .text = "a flat valley with steep corners",
     .formula = "(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2",
     .source = "Beale, On an Iterative Method of Finding a Local Minimum, Princeton (1958)",
     .function = beale,
     .least_dimension = 2,
     .most_dimension = 2,
     .lower = -4.5,
     .upper = 4.5,
     .place = {3.0, 0.5}},
    {.name = "booth",
     .text = "a plain quadratic",
     .formula = "(x + 2y - 7)^2 + (2x + y - 5)^2",
     .source =
         "Jamil & Yang, Int. J. Mathematical Modelling and Numerical Optimisation 4 (2013) 150, no. 17",
     .function = booth,
     .least_dimension = 2,
     .most_dimension = 2,
     .lower = -10.0,
     .upper = 10.0,
     .place = {1.0, 3.0}},
}};

}  // namespace

std::span<const TestFunction> of_two_variables() { return rows; }

}  // namespace mystic::functions
