#include "mystic/models/functions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace mystic {
namespace {

constexpr double pi = std::numbers::pi;

double wall(double violation) { return violation > 0.0 ? 100.0 * violation : 0.0; }

std::string dimensions_of(const TestFunction& function) {
  if (function.most_dimension == function.least_dimension) {
    return fmt::format("{} numbers", function.least_dimension);
  }
  return fmt::format("{} numbers or more", function.least_dimension);
}

constexpr std::array zeros{0.0};
constexpr std::array ones{1.0};
constexpr std::array zimmermann_corner{7.0, 2.0};

constexpr std::array<TestFunction, 6> table{{
    {.name = "rosenbrock",
     .function = rosenbrock,
     .least_dimension = 2,
     .lower = -5.0,
     .upper = 10.0,
     .pattern = ones,
     .text = "a curved valley, easy to find and hard to follow; 2 variables or more"},
    {.name = "sphere",
     .function = sphere,
     .lower = -5.12,
     .upper = 5.12,
     .pattern = zeros,
     .text = "sum of squares; convex"},
    {.name = "rastrigin",
     .function = rastrigin,
     .lower = -5.12,
     .upper = 5.12,
     .pattern = zeros,
     .text = "a bowl with about 10^n local minima on a regular grid"},
    {.name = "ackley",
     .function = ackley,
     .lower = -32.768,
     .upper = 32.768,
     .pattern = zeros,
     .text = "nearly flat and rippled far out, a cone at the minimum"},
    {.name = "griewank",
     .function = griewank,
     .lower = -600.0,
     .upper = 600.0,
     .pattern = zeros,
     .text = "a wide bowl under shallow ripples; easier in many variables"},
    {.name = "zimmermann",
     .function = zimmermann,
     .least_dimension = 2,
     .most_dimension = 2,
     .lower = 0.0,
     .upper = 10.0,
     .pattern = zimmermann_corner,
     .text = "a plane between steep walls, its minimum in a corner; 2 variables"},
}};

}  // namespace

double rastrigin(const VectorView& x) {
  require(x.size() >= 1, "rastrigin: takes 1 number or more, not 0");
  double sum = 0.0;
  for (const double coordinate : x) {
    const double ripple = std::sin(pi * coordinate);
    sum += coordinate * coordinate + 20.0 * (ripple * ripple);
  }
  return sum;
}

double ackley(const VectorView& x) {
  require(x.size() >= 1, "ackley: takes 1 number or more, not 0");
  double squares = 0.0;
  double cosines = 0.0;
  for (const double coordinate : x) {
    squares += coordinate * coordinate;
    cosines += std::cos(2.0 * pi * coordinate);
  }
  const auto n = static_cast<double>(x.size());
  const double cone = -20.0 * std::expm1(-std::sqrt(squares / n) / 5.0);
  const double ripples = -std::numbers::e * std::expm1(cosines / n - 1.0);
  return cone + ripples;
}

double griewank(const VectorView& x) {
  require(x.size() >= 1, "griewank: takes 1 number or more, not 0");
  double squares = 0.0;
  double product = 1.0;
  for (Index i = 0; i < x.size(); ++i) {
    squares += x[i] * x[i];
    product *= std::cos(x[i] / std::sqrt(static_cast<double>(i + 1)));
  }
  return squares / 4000.0 - product + 1.0;
}

double zimmermann(const VectorView& x) {
  require(x.size() == 2, "zimmermann: takes 2 numbers, not {}", x.size());
  const double from_x = x[0] - 3.0;
  const double from_y = x[1] - 2.0;
  const double objective = 9.0 - x[0] - x[1];
  // Where x or y is NaN, so is the objective; std::max drops a NaN unless it comes first.
  return std::max({objective, wall(-x[0]), wall(-x[1]), wall(from_x * from_x + from_y * from_y - 16.0),
                   wall(x[0] * x[1] - 14.0)});
}

Vector TestFunction::minimum_at(Index n) const {
  require(takes(n), "{}: takes {}, not {}", name, dimensions_of(*this), n);
  Vector point(n);
  for (Index i = 0; i < n; ++i) point[i] = pattern[static_cast<std::size_t>(i) % pattern.size()];
  return point;
}

std::span<const TestFunction> test_functions() { return table; }

const TestFunction* find_test_function(std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const TestFunction& candidate) { return candidate.name == name; });
  return found == table.end() ? nullptr : &*found;
}

FunctionModel::FunctionModel(const TestFunction& function, std::vector<std::string> inputs)
    : function_(function), inputs_(std::move(inputs)) {
  const auto n = static_cast<Index>(inputs_.size());
  require(n == 0 || function_.takes(n), "{}: takes {}, not {}", function_.name, dimensions_of(function_),
          n);
}

void FunctionModel::evaluate(const Question& question, std::span<Outcome> outcomes) const {
  for (std::size_t j = 0; j < outcomes.size(); ++j) {
    outcomes[j].outputs[0] = function_.function(question.points.col(static_cast<Index>(j)));
  }
}

}  // namespace mystic
