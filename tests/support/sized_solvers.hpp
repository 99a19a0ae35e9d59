#pragma once

#include "mystic/core/solver.hpp"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace mystic::testing_support {

/// A solver of the library for problems of any size, and what is claimed of it.
struct SizedSolver {
  std::string name;
  /// For the box [-4, 5]^n, with a start in it that is not special; nothing else set.
  std::function<Solver(Index n)> make;
  /// Evaluations for a sphere in 1, 2, 10 and 100 variables.
  std::array<Index, 4> budget;
  /// Only comparisons of costs matter to it: an order-preserving transformation of them changes nothing.
  bool by_order = false;
  /// Where the origin lies does not matter to it, if the box and the start move along.
  bool by_differences = true;
  /// A box of one point is not refused.
  bool takes_one_point = true;
};

inline void PrintTo(const SizedSolver& solver, std::ostream* stream) { *stream << solver.name; }
inline std::string name_of_sized(const testing::TestParamInfo<SizedSolver>& info) {
  return info.param.name;
}

[[nodiscard]] std::vector<SizedSolver> sized_solvers();

/// n numbers between 1.3 and 1.8: the start.
[[nodiscard]] Vector usual_start(Index n);

}  // namespace mystic::testing_support
