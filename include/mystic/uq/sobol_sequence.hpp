#pragma once

#include "mystic/core/options.hpp"
#include "mystic/core/point.hpp"

#include <cstdint>
#include <string>

namespace mystic {

struct SobolOptions {
  static constexpr std::string_view title = "SobolOptions";

  std::string scramble = "owen";
  std::uint64_t seed = 0;
  Index skip = 0;

  [[nodiscard]] std::string broken_rules() const;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field(
        "scramble", self.scramble, Choices{{"owen", "linear", "shift", "none"}},
        "owen: nested uniform; linear: a random matrix and a shift, as SciPy does, in less time; shift: "
        "digital shift only; none: not random");
    field("seed", self.seed, Range{.lower = 0}, "seed of the scramble; 0 is a seed like any other");
    field(
        "skip", self.skip, Range{.lower = 0, .upper = 0x1p32},
        "number of the first point; at least 1 without scramble, for point 0 is the origin. Points keep "
        "their balance only in runs of 2^j points that begin at a multiple of 2^j");
  }
};

/// The most variables that sobol_points() knows directions for.
inline constexpr Index most_sobol_dimensions = 3667;

/// Points skip, skip + 1, ... of the Sobol' sequence in the order of the Gray code, with the directions
/// of Joe & Kuo (2008), doi:10.1137/070709359, file new-joe-kuo-6 (from Boost's table): the first 2^j
/// points of a coordinate lie one in each of 2^j equal cells, and so on for boxes of several
/// coordinates. All scrambles keep that. Values have 32 digits; scrambled, a point lies in the middle
/// of its interval of 2^-32.
///
/// - owen: Owen (1995), doi:10.1007/978-1-4612-2552-2_19: digit d + 1 is flipped by a draw for each
/// prefix
///   of d digits, all independent (Philox, keyed by seed, counter: coordinate and prefix).
/// - linear: Matousek (1998), doi:10.1006/jcom.1998.0489: a random lower triangular matrix over digits,
///   then a shift. The variance of owen's, but errors depend on each other.
/// - shift: the same flips for all points.
///
/// Extendable: a point depends on its number, the seed and the scramble only, and coordinate i does not
/// depend on the dimension. A call may begin anywhere.
///
/// @return dimension x count, each coordinate in (0, 1)
/// @throws InvalidArgument if dimension is not in [1, 3667], count below 1, or skip + count above 2^32;
///         InvalidOptions
[[nodiscard]] Points sobol_points(Index dimension, Index count, const SobolOptions& options = {});

}  // namespace mystic
