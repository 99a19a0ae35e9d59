#pragma once

#include "mystic/core/algorithm.hpp"
#include "mystic/core/options.hpp"

namespace mystic {

struct NelderMeadOptions {
  static constexpr std::string_view title = "nelder-mead";

  bool adaptive = false;
  double radius = 0.05;
  std::string first_simplex = "usual";
  Index restarts = 0;
  double degenerate_below = 1e-8;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("adaptive", self.adaptive, Anything{},
          "coefficients that depend on the dimension (Gao & Han 2012): better above 5 variables");
    field("radius", self.radius, Range{.lower = 0, .upper = 0.5, .open_below = true},
          "size of the first simplex, relative to each coordinate, or to the width of its bounds");
    field("first_simplex", self.first_simplex, Choices{{"usual", "relative", "width"}},
          "what radius is a share of: the width of the bounds where both are finite, else the "
          "coordinate; always the coordinate; always the width (all bounds must be finite)");
    field("restarts", self.restarts, Range{.lower = 0, .upper = 1e6},
          "most times that a simplex which stagnates or is degenerate is replaced by one that points "
          "downhill (Kelley 1999); 0: never, and nothing is looked at");
    field("degenerate_below", self.degenerate_below, Range{.lower = 0, .upper = 1, .open_above = true},
          "a simplex is degenerate when its thinnest direction is less than this of its widest, in "
          "units of the first simplex; with restarts");
  }
};

/// Nelder-Mead's simplex search. Needs a start, or n + 1 initial points, its simplex. The first simplex
/// lies inside the bounds, and where a variable has two finite ones is a share of their distance; what
/// later points lead outside is the affair of the problem's mode.
///
/// Generation 0 evaluates the start, generation 1 the other n vertices (one batch); each later one
/// makes 1 or 2 evaluations, n + 2 when it shrinks, or n when it restarts.
///
/// Source: Nelder & Mead (1965), doi:10.1093/comjnl/7.4.308; coefficients rho = 1, chi = 2,
/// psi = 1/2, sigma = 1/2; adaptive: Gao & Han (2012), doi:10.1007/s10589-010-9329-3; restarts: Kelley
/// (1999), doi:10.1137/S1052623497315203.
/// @throws InvalidOptions; at the start InvalidArgument without a start, for 2 to n or more than n + 1
///         initial points, for a simplex without volume, and for widths that are not there
[[nodiscard]] Algorithm nelder_mead(const NelderMeadOptions& options = {});

}  // namespace mystic
