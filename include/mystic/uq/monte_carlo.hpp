#pragma once

#include "mystic/core/options.hpp"
#include "mystic/core/point.hpp"

#include <cstdint>

namespace mystic {

struct MonteCarloOptions {
  static constexpr std::string_view title = "MonteCarloOptions";

  std::uint64_t seed = 0;
  Index skip = 0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("seed", self.seed, Range{.lower = 0}, "seed of the design; 0 is a seed like any other");
    field("skip", self.skip, Range{.lower = 0, .upper = 0x1p53}, "number of the first point");
  }
};

/// Independent points, uniform in the open unit cube: column j is point skip + j.
///
/// Extendable: a point depends on its number and the seed only, and coordinate i of a point does not
/// depend on the dimension.
///
/// @return dimension x count, each coordinate in (0, 1)
/// @throws InvalidArgument if dimension or count is below 1; InvalidOptions
[[nodiscard]] Points monte_carlo_points(Index dimension, Index count,
                                        const MonteCarloOptions& options = {});

}  // namespace mystic
