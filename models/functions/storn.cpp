// Functions of Storn & Price's first report on differential evolution, ICSI TR-95-012 (1995).

#include "families.hpp"
#include "mystic/models/functions.hpp"

namespace mystic::functions {
namespace {

double corana(const VectorView& x) {
  require_size(x, "corana", 4);
  constexpr std::array<double, 4> scale{1.0, 1000.0, 10.0, 100.0};
  double sum = 0.0;
  for (Index i = 0; i < 4; ++i) {
    const double d = scale[static_cast<std::size_t>(i)];
    const double centre = std::copysign(0.2 * std::floor(std::abs(x[i] / 0.2) + 0.49999), x[i]);
    const double towards_zero = centre == 0.0 ? 0.0 : std::copysign(0.05, centre);
    sum += std::abs(x[i] - centre) < 0.05 ? 0.15 * square(centre - towards_zero) * d : d * square(x[i]);
  }
  return sum;
}

constexpr std::array<TestFunction, 3> rows{{
    {.name = "corana",
     .original = "corana",
     .text = "a paraboloid full of holes with flat floors, badly scaled",
     .formula =
         "sum_{i=1}^{4} 0.15 d_i (z_i - 0.05 sgn z_i)^2 where |x_i - z_i| < 0.05, else d_i x_i^2;\n"
         "z_i = 0.2 sgn(x_i) floor(|x_i| / 0.2 + 0.49999), d = (1, 1000, 10, 100)",
     .source = "Corana, Marchesi, Martini & Ridella, ACM Trans. Math. Software 13 (1987) 262",
     .function = corana,
     .least_dimension = 4,
     .most_dimension = 4,
     .lower = -1000.0,
     .upper = 1000.0,
     .place = 0.0,
     .shape = Shape::flat},
    {.name = "griewank",
     .original = "griewangk",
     .text = "a wide bowl under shallow ripples; easier in many variables",
     .formula = "sum x_i^2 / 4000 - prod cos(x_i / sqrt(i)) + 1",
     .source = "Griewank, J. Optimization Theory and Applications 34 (1981) 11",
     .function = griewank,
     .lower = -600.0,
     .upper = 600.0,
     .place = 0.0},
    {.name = "zimmermann",
     .original = "zimmermann",
     .text = "a plane between steep walls, its minimum in a corner; a local one, 0.69690, at\n"
             "(2.35478, 5.94832)",
     .formula = "max(9 - x - y, p(-x), p(-y), p((x - 3)^2 + (y - 2)^2 - 16), p(x y - 14)),\n"
                "p(v) = 100 v where v > 0, else 0",
     .source =
         "Zimmermann, Operations Research (1990), with the walls of the original mystic; those of\n"
         "Storn & Price (1995) jump by 100",
     .function = zimmermann,
     .least_dimension = 2,
     .most_dimension = 2,
     .lower = 0.0,
     .upper = 10.0,
     .place = {7.0, 2.0},
     .shape = Shape::kinked},
}};

}  // namespace

std::span<const TestFunction> storn() { return rows; }

}  // namespace mystic::functions
