#pragma once

#include "mystic/core/options.hpp"
#include "mystic/core/point.hpp"

#include <string>
#include <vector>

namespace mystic {

// Designs of levels, all in units of the box: 0 is a variable's lower, 1 its upper level, 1/2 the
// middle. Other than the sampling designs they contain 0 and 1, so they are for variables with bounds.

/// All combinations of levels[i] equally far levels of variable i, 0 and 1 among them; the first
/// variable changes fastest.
/// @param levels  one for each variable, each at least 2
/// @return n x (product of levels)
/// @throws InvalidArgument if there is no variable, a level is below 2, or there are more than 2^31
/// points
[[nodiscard]] Points full_factorial_points(const std::vector<Index>& levels);

/// All 2^n corners; the first variable changes fastest. 1 <= dimension <= 30.
[[nodiscard]] Points two_level_factorial_points(Index dimension);

/// A fraction 2^-p of a two-level factorial design of base + p variables: the first `base` take all
/// combinations, and variable base + j is high where the product of the levels (as -1 and 1) of the
/// variables generators[j] is 1. "E = ABCD" with A, B, ... = 0, 1, ... is {0, 1, 2, 3}.
/// Box & Hunter (1961), doi:10.1080/00401706.1961.10489951.
///
/// Columns of two variables are orthogonal.
/// @param base        1 to 30
/// @param generators  each a list of at least two different numbers below `base`, no two the same set
/// @return (base + p) x 2^base
/// @throws InvalidArgument
[[nodiscard]] Points fractional_factorial_points(Index base,
                                                 const std::vector<std::vector<Index>>& generators);

struct BoxBehnkenOptions {
  static constexpr std::string_view title = "BoxBehnkenOptions";

  Index centres = 3;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("centres", self.centres, Range{.lower = 0, .upper = 1e6}, "points at the centre");
  }
};

/// The design of Box & Behnken (1960), doi:10.1080/00401706.1960.10489912: all corners of two variables
/// (three variables of 6 or 7) with the others in the middle, for each block of their table; then the
/// centres. From 8 variables on, where the table is another kind of design, all pairs.
///
/// @param dimension  3 to 100
/// @return n x (12, 24, 40, 48, 56, or 2 n (n - 1) + centres)
/// @throws InvalidArgument; InvalidOptions
[[nodiscard]] Points box_behnken_points(Index dimension, const BoxBehnkenOptions& options = {});

struct CentralCompositeOptions {
  static constexpr std::string_view title = "CentralCompositeOptions";

  std::string axes = "circumscribed";
  double alpha = 0.0;
  Index centres = 4;

  [[nodiscard]] std::string broken_rules() const;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("axes", self.axes, Choices{{"circumscribed", "inscribed", "face"}},
          "circumscribed: the corners are those of the box, the axes leave it; inscribed: the axes end "
          "at the "
          "box; face: both, alpha is 1");
    field("alpha", self.alpha, Range{.lower = 0, .upper = 100},
          "distance of an axis point from the centre over that of a corner's coordinate; 0: 2^(n/4), by "
          "which "
          "the design is rotatable");
    field("centres", self.centres, Range{.lower = 0, .upper = 1e6}, "points at the centre");
  }
};

/// The central composite design of Box & Wilson (1951): 2^n corners, two points on each axis, the
/// centres. The axis points of a circumscribed design are at 1/2 -+ alpha/2, outside of [0, 1] where
/// alpha > 1.
///
/// @param dimension  2 to 20
/// @return n x (2^n + 2 n + centres)
/// @throws InvalidArgument; InvalidOptions
[[nodiscard]] Points central_composite_points(Index dimension,
                                              const CentralCompositeOptions& options = {});

}  // namespace mystic
