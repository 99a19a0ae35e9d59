#pragma once

#include "mystic/core/algorithm.hpp"
#include "mystic/core/options.hpp"

namespace mystic {

struct PowellOptions {
  static constexpr std::string_view title = "powell";

  double line_tolerance = 1e-2;
  Index line_iterations = 500;
  double first_step = 0.1;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("line_tolerance", self.line_tolerance, Range{.lower = 0, .upper = 1, .open_below = true},
          "relative tolerance on the length of a step along a line");
    field("line_iterations", self.line_iterations, Range{.lower = 1},
          "most steps of one line search after its bracket is found");
    field("first_step", self.first_step, Range{.lower = 0, .upper = 10, .open_below = true},
          "length of the first step along each variable, relative to the width of its bounds; a "
          "variable without two finite bounds steps by 1");
  }
};

/// Powell's conjugate directions with Brent's line searches, as in SciPy and mystic. Needs a start
/// and no derivatives; every line search is sequential (run several, with buckshot, to use a map).
///
/// Generation 0 evaluates the start; each later one is a sweep of line searches along all
/// directions, and the extrapolation behind it.
///
/// Source: Powell (1964), doi:10.1093/comjnl/7.2.155; Brent (1973), chapter 5.
/// @throws InvalidOptions
[[nodiscard]] Algorithm powell(const PowellOptions& options = {});

}  // namespace mystic
