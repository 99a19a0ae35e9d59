#pragma once

#include "mystic/core/algorithm.hpp"
#include "mystic/core/options.hpp"

namespace mystic {

struct FlatnessOptions {
  static constexpr std::string_view title = "until-flat";

  double tolerance = 1e-5;
  std::string norm = "max";
  double difference = 1e-6;
  Index every = 1;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("tolerance", self.tolerance, Range{.lower = 0, .open_above = true},
          "the search ends once the norm of the gradient is at most this; unit of the cost per unit of "
          "a variable");
    field("norm", self.norm, Choices{{"max", "euclidean", "sum"}},
          "largest component, square root of the sum of squares, or sum of magnitudes");
    field("difference", self.difference, Range{.lower = 1e-12, .upper = 0.1},
          "step of the central differences along x, relative to max(1, |x|)");
    field("every", self.every, Range{.lower = 1, .upper = 1e9}, "steps from one look to the next");
  }
};

/// `inner`, ended once the surface is flat at its best point: norm(grad f) <= tolerance, with
///
///     df/dx_i = (f(x + h_i e_i) - f(x - h_i e_i)) / (2 h_i),   h_i = difference * max(1, |x_i|)
///
/// cut off at the bounds, where the difference is one-sided and a slope that leads out of the box does
/// not count. The 2 n points of a look are one batch, and count as evaluations. A failed point: not
/// flat. For real variables only: where points are rounded, every place looks flat.
/// @throws InvalidOptions; at the start InvalidArgument if a variable is rounded (Start::rounded)
[[nodiscard]] Algorithm until_flat(Algorithm inner, const FlatnessOptions& options = {});

}  // namespace mystic
