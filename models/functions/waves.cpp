// The original mystic's two wavy lines (wavy.py), which give a vector there; here the sum over the
// variables.

#include "families.hpp"

namespace mystic::functions {
namespace {

double wavy1(const VectorView& x) {
  require_at_least(x, "wavy1", 1);
  double sum = 0.0;
  for (const double t : x) sum += std::abs(t + pi + 3.0 * std::sin(t + pi));
  return sum;
}

double wavy2(const VectorView& x) {
  require_at_least(x, "wavy2", 1);
  double sum = 0.0;
  for (const double t : x) {
    sum += 4.0 * std::sin(t) + std::sin(4.0 * t) + std::sin(8.0 * t) + std::sin(16.0 * t) +
           std::sin(32.0 * t) + std::sin(64.0 * t);
  }
  return sum;
}

constexpr std::array<TestFunction, 2> rows{{
    {.name = "wavy1",
     .original = "wavy1",
     .text = "a kink at the bottom of ever shallower waves",
     .formula = "sum |x_i + pi + 3 sin(x_i + pi)|",
     .source = "the original mystic (wavy.py)",
     .function = wavy1,
     .lower = -20.0,
     .upper = 20.0,
     .place = -pi,
     .shape = Shape::kinked},
    {.name = "wavy2",
     .original = "wavy2",
     .text = "ripples on ripples, periodic; its box is one period",
     .formula = "sum 4 sin(x_i) + sin(4 x_i) + sin(8 x_i) + sin(16 x_i) + sin(32 x_i) + sin(64 x_i)",
     .source = "the original mystic (wavy.py); minimum computed with 40 digits",
     .function = wavy2,
     .lower = -pi,
     .upper = pi,
     .place = -1.793341781525472,
     .minimum_terms = -6.9875935356648624,
     .rounding = 1e-12},
}};

}  // namespace

std::span<const TestFunction> waves() { return rows; }

}  // namespace mystic::functions
