#pragma once

#include "mystic/core/algorithm.hpp"
#include "mystic/core/options.hpp"

namespace mystic {

struct PowellOptions {
  static constexpr std::string_view title = "powell";

  double line_tolerance = 1e-2;
  Index line_iterations = 500;
  double first_step = 0.1;
  bool stay_inside = false;
  Index reset_every = 0;
  double reset_below = 0.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("line_tolerance", self.line_tolerance, Range{.lower = 0, .upper = 1, .open_below = true},
          "relative tolerance on the length of a step along a line");
    field("line_iterations", self.line_iterations, Range{.lower = 1},
          "most steps of one line search after its bracket is found");
    field("first_step", self.first_step, Range{.lower = 0, .upper = 10, .open_below = true},
          "length of the first step along each variable, relative to the width of its bounds; a "
          "variable without two finite bounds steps by 1");
    field("stay_inside", self.stay_inside, Anything{},
          "lines end at the bounds, so that no point outside them is proposed; else the problem's mode "
          "rules");
    field("reset_every", self.reset_every, Range{.lower = 0},
          "sweeps after which the directions are the axes again; 0: never");
    field("reset_below", self.reset_below, Range{.lower = 0, .upper = 1},
          "the directions are the axes again when the volume that they span, each of length 1, falls "
          "below this; 0: never, 1: at once");
  }
};

/// Powell's conjugate directions with Brent's line searches, as in SciPy and mystic. Needs a start
/// and no derivatives; every line search is sequential (run several, with buckshot, to use a map).
///
/// Generation 0 evaluates the start; each later one is a sweep of line searches along all
/// directions, and the extrapolation behind it.
///
/// Source: Powell (1964), doi:10.1093/comjnl/7.2.155; Brent (1973), chapter 5, and chapter 7 for
/// directions that start over.
/// @throws InvalidOptions
[[nodiscard]] Algorithm powell(const PowellOptions& options = {});

}  // namespace mystic
