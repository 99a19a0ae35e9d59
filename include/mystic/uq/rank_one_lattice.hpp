#pragma once

#include "mystic/core/options.hpp"
#include "mystic/core/point.hpp"

#include <cstdint>
#include <string>

namespace mystic {

struct RankOneLatticeOptions {
  static constexpr std::string_view title = "RankOneLatticeOptions";

  std::string shift = "random";
  std::uint64_t seed = 0;
  Index skip = 0;

  [[nodiscard]] std::string broken_rules() const;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("shift", self.shift, Choices{{"random", "none"}}, "of all points, modulo 1");
    field("seed", self.seed, Range{.lower = 0}, "seed of the shift; 0 is a seed like any other");
    field("skip", self.skip, Range{.lower = 0, .upper = 0x1p20},
          "number of the first point; at least 1 without shift, for point 0 is the origin");
  }
};

inline constexpr Index most_lattice_dimensions = 250;

/// Points skip, skip + 1, ... of an embedded rank-1 lattice: point k is the fractional part of
/// r(k) z + shift, r the radical inverse in base 2, so that each first 2^j points are a lattice.
/// z: Cools, Kuo & Nuyens, "Constructing embedded lattice rules for multivariate integration" (2006),
/// doi:10.1137/06065074X, their vector for 250 variables and 2^20 points (order-2 weights).
///
/// Extendable: a point depends on its number, the seed and the shift only, and coordinate i does not
/// depend on the dimension.
///
/// @return dimension x count, each coordinate in (0, 1)
/// @throws InvalidArgument if dimension is not in [1, 250], count below 1, or skip + count above 2^20;
///         InvalidOptions
[[nodiscard]] Points rank_one_lattice_points(Index dimension, Index count,
                                             const RankOneLatticeOptions& options = {});

}  // namespace mystic
