#pragma once

#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

namespace mystic::reference_test {

/// What a published run of the original reached, and for how many evaluations.
struct Reached {
  double cost;
  Index evaluations;
};

/// The test function that the original calls so; it must exist.
inline double (*original(std::string_view name))(const VectorView&) {
  for (const TestFunction& function : test_functions()) {
    if (function.original == name) return function.function;
  }
  throw InvalidArgument("no test function has that name in the original: " + std::string(name));
}

inline Vector vector_of(const std::vector<double>& numbers) {
  return Eigen::Map<const Vector>(numbers.data(), static_cast<Index>(numbers.size()));
}

inline std::string named(const char* function, const std::vector<double>& start) {
  return std::string(function) + " in " + std::to_string(start.size()) + " variables";
}

/// By which a cost recorded with 12 digits may differ.
inline double rounding(double cost) { return 1e-9 * std::max(1.0, std::abs(cost)); }

}  // namespace mystic::reference_test
