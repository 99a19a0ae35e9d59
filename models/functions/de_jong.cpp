// De Jong's five functions, and what Storn & Price and the original mystic made of two of them.
// Source: De Jong, An Analysis of the Behavior of a Class of Genetic Adaptive Systems, thesis,
// University of Michigan (1975), F1 to F5; Storn & Price, ICSI TR-95-012 (1995), eq. 16-20.

#include "families.hpp"
#include "mystic/models/functions.hpp"

namespace mystic::functions {
namespace {

double step(const VectorView& x) {
  require_at_least(x, "step", 1);
  double sum = 30.0;
  for (const double coordinate : x) sum += std::floor(coordinate);
  return sum;
}

double walled_step(const VectorView& x) {
  require_at_least(x, "walled-step", 1);
  double sum = 30.0;
  for (const double coordinate : x) {
    if (std::abs(coordinate) <= 5.12) {
      sum += std::floor(coordinate);
    } else {
      sum += 30.0 * (coordinate > 5.12 ? coordinate - 5.12 : 5.12 - coordinate);
    }
  }
  return sum;
}

double quartic(const VectorView& x) {
  require_at_least(x, "quartic", 1);
  double sum = 0.0;
  for (Index i = 0; i < x.size(); ++i) sum += static_cast<double>(i + 1) * square(square(x[i]));
  return sum;
}

// 1 / (0.002 + sum over a grid of 5 x 5 foxholes of 1 / (number of the hole + distance^6)).
double holes(const VectorView& x, int first_number) {
  double sum = 0.002;
  for (int hole = 0; hole < 25; ++hole) {
    const double from_x = x[0] - 16.0 * (hole % 5 - 2);
    const double from_y = x[1] - 16.0 * (hole / 5 - 2);
    sum += 1.0 /
           (first_number + hole + square(from_x * from_x * from_x) + square(from_y * from_y * from_y));
  }
  return 1.0 / sum;
}

double foxholes(const VectorView& x) {
  require_size(x, "foxholes", 2);
  return holes(x, 1);
}

double foxholes_from_zero(const VectorView& x) {
  require_size(x, "foxholes-from-zero", 2);
  return holes(x, 0);
}

constexpr std::array<TestFunction, 7> rows{{
    {.name = "sphere",
     .original = "sphere",
     .text = "sum of squares; convex",
     .formula = "sum x_i^2",
     .source = "De Jong (1975), F1",
     .function = sphere,
     .lower = -5.12,
     .upper = 5.12,
     .place = 0.0},
    {.name = "rosenbrock",
     .original = "rosen",
     .text = "a curved valley, easy to find and hard to follow",
     .formula = "sum_{i=1}^{n-1} 100 (x_{i+1} - x_i^2)^2 + (1 - x_i)^2",
     .source = "Rosenbrock, Computer Journal 3 (1960) 175, for n = 2; De Jong (1975), F2",
     .function = rosenbrock,
     .least_dimension = 2,
     .lower = -5.0,
     .upper = 10.0,
     .place = 1.0},
    {.name = "step",
     .text = "steps without a slope; unbounded below outside its box",
     .formula = "30 + sum floor(x_i)",
     .source = "De Jong (1975), F3, with the 30 of Storn & Price, ICSI TR-95-012 (1995)",
     .function = step,
     .lower = -5.12,
     .upper = 5.12,
     .place = -5.06,
     .minimum = 30.0,
     .minimum_terms = -6.0,
     .shape = Shape::flat},
    {.name = "walled-step",
     .original = "step",
     .text = "step between walls: outside its box it rises, after a jump on the lower side",
     .formula = "30 + sum s(x_i); s(v) = floor(v) where |v| <= 5.12, 30 (v - 5.12) above,\n"
                "30 (5.12 - v) below",
     .source = "Storn & Price, ICSI TR-95-012 (1995), after De Jong (1975), F3",
     .function = walled_step,
     .lower = -5.12,
     .upper = 5.12,
     .place = -5.06,
     .minimum = 30.0,
     .minimum_terms = -6.0,
     .shape = Shape::flat},
    {.name = "quartic",
     .original = "quartic",
     .text = "very flat at its minimum; here without the noise that NoisyModel adds",
     .formula = "sum i x_i^4",
     .source = "De Jong (1975), F4, without its noise",
     .function = quartic,
     .lower = -1.28,
     .upper = 1.28,
     .place = 0.0},
    {.name = "foxholes",
     .text = "a plain at 500 with 25 narrow holes of depths 1 to 25",
     .formula = "1 / (0.002 + sum_{j=1}^{25} 1 / (j + (x - a_j)^6 + (y - b_j)^6)),\n"
                "a_j, b_j in {-32, -16, 0, 16, 32}, a changing fastest",
     .source = "De Jong (1975), F5, after Shekel (1971); minimum computed with 40 digits",
     .function = foxholes,
     .least_dimension = 2,
     .most_dimension = 2,
     .lower = -65.536,
     .upper = 65.536,
     .place = {-31.97833483565697, -31.978334837300795},
     .minimum = 0.99800383779445026,
     .rounding = 1e-14},
    {.name = "foxholes-from-zero",
     .original = "shekel",
     .text = "foxholes numbered from 0, as in the original mystic, so that the deepest reaches 0",
     .formula = "1 / (0.002 + sum_{j=0}^{24} 1 / (j + (x - a_j)^6 + (y - b_j)^6)),\n"
                "a_j, b_j in {-32, -16, 0, 16, 32}, a changing fastest",
     .source = "the original mystic (dejong.py), after De Jong (1975), F5",
     .function = foxholes_from_zero,
     .least_dimension = 2,
     .most_dimension = 2,
     .lower = -65.536,
     .upper = 65.536,
     .place = -32.0},
}};

}  // namespace

std::span<const TestFunction> de_jong() { return rows; }

}  // namespace mystic::functions
