// The functions of Pohlheim's toolbox, from many authors.
// Source: Pohlheim, GEATbx: Examples of Objective Functions (1995-2006).

#include "families.hpp"
#include "mystic/models/functions.hpp"

namespace mystic::functions {
namespace {

double schwefel(const VectorView& x) {
  require_at_least(x, "schwefel", 1);
  double sum = 0.0;
  for (const double coordinate : x) sum -= coordinate * std::sin(std::sqrt(std::abs(coordinate)));
  return sum;
}

double rotated_ellipsoid(const VectorView& x) {
  require_at_least(x, "rotated-ellipsoid", 1);
  double partial = 0.0;
  double sum = 0.0;
  for (const double coordinate : x) {
    partial += coordinate;
    sum += square(partial);
  }
  return sum;
}

double different_powers(const VectorView& x) {
  require_at_least(x, "different-powers", 1);
  double sum = 0.0;
  for (Index i = 0; i < x.size(); ++i) sum += std::pow(std::abs(x[i]), static_cast<double>(i + 2));
  return sum;
}

double michalewicz(const VectorView& x) {
  require(x.size() >= 1 && x.size() <= 10, "michalewicz: takes 1 to 10 numbers, not {}", x.size());
  double sum = 0.0;
  for (Index i = 0; i < x.size(); ++i) {
    const double valley = std::sin(static_cast<double>(i + 1) * square(x[i]) / pi);
    sum -= std::sin(x[i]) * std::pow(square(valley), 10);
  }
  return sum;
}

double branin(const VectorView& x) {
  require_size(x, "branin", 2);
  const double bend = x[1] - 5.1 / (4.0 * pi * pi) * square(x[0]) + 5.0 / pi * x[0] - 6.0;
  return square(bend) + 10.0 * (1.0 - 1.0 / (8.0 * pi)) * std::cos(x[0]) + 10.0;
}

double easom(const VectorView& x) {
  require_size(x, "easom", 2);
  return -std::cos(x[0]) * std::cos(x[1]) * std::exp(-square(x[0] - pi) - square(x[1] - pi));
}

double goldstein_price(const VectorView& point) {
  require_size(point, "goldstein-price", 2);
  const double x = point[0];
  const double y = point[1];
  const double first = 19.0 - 14.0 * x + 3.0 * x * x - 14.0 * y + 6.0 * x * y + 3.0 * y * y;
  const double second = 18.0 - 32.0 * x + 12.0 * x * x + 48.0 * y - 36.0 * x * y + 27.0 * y * y;
  return (1.0 + square(x + y + 1.0) * first) * (30.0 + square(2.0 * x - 3.0 * y) * second);
}

constexpr double branin_minimum = 5.0 / (4.0 * pi);
constexpr std::array<KnownStationaryPoint, 3> branin_minima{{
    {.at = {-pi, 12.275}, .value = branin_minimum},
    {.at = {pi, 2.275}, .value = branin_minimum},
    {.at = {9.4247779607693797, 2.475}, .value = branin_minimum},
}};

constexpr std::array<KnownStationaryPoint, 4> goldstein_price_minima{{
    {.at = {0.0, -1.0}, .value = 3.0},
    {.at = {-0.6, -0.4}, .value = 30.0},
    {.at = {1.8, 0.2}, .value = 84.0},
    {.at = {1.2, 0.8}, .value = 840.0},
}};

// A sum of functions of one variable each: the minimum of the i-th, computed with 40 digits.
constexpr Pattern michalewicz_place{
    2.2029055201726094, 1.5707963267948966, 1.2849915705529244, 1.9230584698663628, 1.7204697725658413,
    1.5707963267948966, 1.4544139713623790, 1.7560865209450264, 1.6557174168210290, 1.5707963267948966};
constexpr Pattern michalewicz_terms{
    -0.80130341009855253, -1.0, -0.95909126989600595, -0.93846241847208341,
    -0.98880108062150436, -1.0, -0.99322713535588160, -0.98287203627221060,
    -0.99639436492510296, -1.0};

constexpr std::array<TestFunction, 9> rows{{
    {.name = "schwefel",
     .original = "schwefel",
     .text = "the second-best minimum lies far from the best; unbounded below outside its box",
     .formula = "-sum x_i sin(sqrt(|x_i|))",
     .source =
         "Schwefel, Numerical Optimization of Computer Models (1981); minimum computed with 40 digits",
     .function = schwefel,
     .lower = -500.0,
     .upper = 500.0,
     .place = 420.96874635998203,
     .minimum_terms = -418.98288727243371,
     .rounding = 1e-11},
    {.name = "rotated-ellipsoid",
     .original = "ellipsoid",
     .text = "convex, its axes not those of the variables",
     .formula = "sum_{i=1}^{n} (sum_{j=1}^{i} x_j)^2",
     .source = "Schwefel (1981), problem 1.2",
     .function = rotated_ellipsoid,
     .lower = -65.536,
     .upper = 65.536,
     .place = 0.0},
    {.name = "rastrigin",
     .original = "rastrigin",
     .text = "a bowl with about 10^n local minima on a regular grid",
     .formula = "10 n + sum x_i^2 - 10 cos(2 pi x_i)",
     .source =
         "Rastrigin (1974) for n = 2; Muehlenbein, Schomisch & Born, Parallel Computing 17 (1991) 619",
     .function = rastrigin,
     .lower = -5.12,
     .upper = 5.12,
     .place = 0.0},
    {.name = "different-powers",
     .original = "powers",
     .text = "convex, each variable with a power of its own",
     .formula = "sum |x_i|^(i+1)",
     .source = "Pohlheim, GEATbx, F9",
     .function = different_powers,
     .lower = -1.0,
     .upper = 1.0,
     .place = 0.0},
    {.name = "ackley",
     .original = "ackley",
     .text = "nearly flat and rippled far out, a cone at the minimum",
     .formula = "20 + e - 20 exp(-sqrt(sum x_i^2 / n) / 5) - exp(sum cos(2 pi x_i) / n)",
     .source =
         "Ackley, A Connectionist Machine for Genetic Hillclimbing (1987); n variables: Baeck (1996)",
     .function = ackley,
     .lower = -32.768,
     .upper = 32.768,
     .place = 0.0,
     .shape = Shape::kinked},
    {.name = "michalewicz",
     .original = "michal",
     .text = "steep valleys in a plain, about n! of their crossings are minima",
     .formula = "-sum sin(x_i) sin(i x_i^2 / pi)^20",
     .source = "Michalewicz, Genetic Algorithms + Data Structures = Evolution Programs (1992); minima "
               "computed\n"
               "with 40 digits",
     .function = michalewicz,
     .most_dimension = 10,
     .lower = 0.0,
     .upper = pi,
     .place = michalewicz_place,
     .minimum_terms = michalewicz_terms,
     .rounding = 1e-14},
    {.name = "branin",
     .original = "branins",
     .text = "three minima of the same depth",
     .formula = "(y - 5.1/(4 pi^2) x^2 + 5/pi x - 6)^2 + 10 (1 - 1/(8 pi)) cos(x) + 10",
     .source = "Branin, IBM J. Research and Development 16 (1972) 504; minimum 5/(4 pi)",
     .function = branin,
     .least_dimension = 2,
     .most_dimension = 2,
     .lower = {-5.0, 0.0},
     .upper = {10.0, 15.0},
     .place = {pi, 2.275},
     .minimum = branin_minimum,
     .rounding = 1e-14,
     .stationary = branin_minima},
    {.name = "easom",
     .original = "easom",
     .text = "a narrow pit in a wide plain",
     .formula = "-cos(x) cos(y) exp(-(x - pi)^2 - (y - pi)^2)",
     .source = "Easom, A Survey of Global Optimization Techniques, thesis, Louisville (1990)",
     .function = easom,
     .least_dimension = 2,
     .most_dimension = 2,
     .lower = -100.0,
     .upper = 100.0,
     .place = pi,
     .minimum = -1.0},
    {.name = "goldstein-price",
     .original = "goldstein",
     .text = "four minima, from 3 to 840; values up to 1e6 in its box",
     .formula = "(1 + (x + y + 1)^2 (19 - 14x + 3x^2 - 14y + 6xy + 3y^2))\n"
                "(30 + (2x - 3y)^2 (18 - 32x + 12x^2 + 48y - 36xy + 27y^2))",
     .source = "Goldstein & Price, Mathematics of Computation 25 (1971) 569",
     .function = goldstein_price,
     .least_dimension = 2,
     .most_dimension = 2,
     .lower = -2.0,
     .upper = 2.0,
     .place = {0.0, -1.0},
     .minimum = 3.0,
     .rounding = 1e-11,
     .stationary = goldstein_price_minima},
}};

}  // namespace

std::span<const TestFunction> pohlheim() { return rows; }

}  // namespace mystic::functions
