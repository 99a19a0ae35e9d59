#pragma once

#include "mystic/core/options.hpp"
#include "mystic/core/point.hpp"

#include <cstdint>
#include <string>

namespace mystic {

struct HaltonOptions {
  static constexpr std::string_view title = "HaltonOptions";

  std::string scramble = "digits";
  std::uint64_t seed = 0;
  Index skip = 0;

  [[nodiscard]] std::string broken_rules() const;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("scramble", self.scramble, Choices{{"digits", "none"}},
          "digits: a random permutation of the digits for each place of each coordinate; none: not "
          "random");
    field("seed", self.seed, Range{.lower = 0}, "seed of the permutations; 0 is a seed like any other");
    field("skip", self.skip, Range{.lower = 0, .upper = 0x1p38},
          "number of the first point; at least 1 without scramble, for point 0 is the origin");
  }
};

/// The most variables that halton_points() has a prime number for.
inline constexpr Index most_halton_dimensions = 1000;

/// Points skip, skip + 1, ... of the Halton sequence (1960), doi:10.1007/BF01386213: coordinate i is
/// the number of the point with its digits in base p_i, the i-th prime, mirrored at the point. Scrambled
/// as by Owen (2017), arXiv:1706.02808, but to all digits that a double holds. Scrambled, a point lies
/// in the middle of the interval of its digits; without, it is the radical inverse.
///
/// Extendable: a point depends on its number, the seed and the scramble only, and coordinate i does not
/// depend on the dimension. A call may begin anywhere. The first p_i^j points have one in each of p_i^j
/// equal cells of coordinate i.
///
/// @return dimension x count, each coordinate in (0, 1)
/// @throws InvalidArgument if dimension is not in [1, 1000], count below 1, or skip + count above 2^38;
///         InvalidOptions
[[nodiscard]] Points halton_points(Index dimension, Index count, const HaltonOptions& options = {});

struct HammersleyOptions {
  static constexpr std::string_view title = "HammersleyOptions";

  std::string scramble = "digits";
  std::uint64_t seed = 0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("scramble", self.scramble, Choices{{"digits", "none"}}, "of all coordinates but the first");
    field("seed", self.seed, Range{.lower = 0}, "seed of the permutations; 0 is a seed like any other");
  }
};

/// Hammersley's points: coordinate 0 of point k is (k + 1/2) / count, the others are those of the
/// Halton sequence, beginning at point 0, or at point 1 without scramble. Not extendable.
///
/// @return dimension x count, each coordinate in (0, 1)
/// @throws InvalidArgument if dimension is not in [1, 1001], count not in [1, 2^38]; InvalidOptions
[[nodiscard]] Points hammersley_points(Index dimension, Index count,
                                       const HammersleyOptions& options = {});

}  // namespace mystic
