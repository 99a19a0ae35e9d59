#pragma once

#include "mystic/core/algorithm.hpp"
#include "mystic/core/options.hpp"

namespace mystic {

struct NelderMeadOptions {
  static constexpr std::string_view title = "nelder-mead";

  bool adaptive = false;
  double radius = 0.05;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("adaptive", self.adaptive, Anything{},
          "coefficients that depend on the dimension (Gao & Han 2012): better above 5 variables");
    field("radius", self.radius, Range{.lower = 0, .upper = 0.5, .open_below = true},
          "size of the first simplex, relative to each coordinate, or to the width of its bounds");
  }
};

/// Nelder-Mead's simplex search. Needs a start. Where a variable has two finite bounds, the first
/// simplex is a share of their distance and lies inside; outside the bounds the problem's mode rules.
///
/// Generation 0 evaluates the start, generation 1 the other n vertices (one batch); each later one
/// makes 1 or 2 evaluations, or n + 2 when it shrinks.
///
/// Source: Nelder & Mead (1965), doi:10.1093/comjnl/7.4.308; coefficients rho = 1, chi = 2,
/// psi = 1/2, sigma = 1/2; adaptive: Gao & Han (2012), doi:10.1007/s10589-010-9329-3.
/// @throws InvalidOptions
[[nodiscard]] Algorithm nelder_mead(const NelderMeadOptions& options = {});

}  // namespace mystic
