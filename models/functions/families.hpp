#pragma once

#include "mystic/models/test_function.hpp"

#include <cmath>
#include <numbers>
#include <span>

// The rows of the table of test functions, a file for each family. mystic/models/functions.hpp joins
// them.

namespace mystic::functions {

inline constexpr double pi = std::numbers::pi;

constexpr double square(double value) { return value * value; }

inline void require_size(const VectorView& x, std::string_view name, Index n) {
  require(x.size() == n, "{}: takes {} numbers, not {}", name, n, x.size());
}

inline void require_at_least(const VectorView& x, std::string_view name, Index n) {
  require(x.size() >= n, "{}: takes {} {} or more, not {}", name, n, n == 1 ? "number" : "numbers",
          x.size());
}

std::span<const TestFunction> de_jong();
std::span<const TestFunction> storn();
std::span<const TestFunction> chebyshev();
std::span<const TestFunction> pohlheim();
std::span<const TestFunction> of_two_variables();
std::span<const TestFunction> waves();
std::span<const TestFunction> of_more_variables();
std::span<const TestFunction> camels();

}  // namespace mystic::functions
