#pragma once

#include "mystic/core/options.hpp"
#include "mystic/core/point.hpp"

#include <cstdint>
#include <string>

namespace mystic {

struct LatinHypercubeOptions {
  static constexpr std::string_view title = "LatinHypercubeOptions";

  std::string place = "random";
  std::string criterion = "none";
  Index swaps = 20'000;
  double power = 50.0;
  std::uint64_t seed = 0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("place", self.place, Choices{{"random", "centre"}}, "where in its cell a point lies");
    field("criterion", self.criterion, Choices{{"none", "maximin", "discrepancy"}},
          "what annealing makes small: nothing; phi_p, by which points lie far apart; the centred L2 "
          "discrepancy");
    field("swaps", self.swaps, Range{.lower = 1, .upper = 1e12},
          "swaps of two points' coordinates that annealing tries");
    field("power", self.power, Range{.lower = 1, .upper = 200},
          "p of phi_p; the larger, the more only the shortest distances count");
    field("seed", self.seed, Range{.lower = 0}, "seed of the design; 0 is a seed like any other");
  }
};

/// A Latin hypercube: of the `count` equal cells of each coordinate, every one holds one point.
/// McKay, Beckman & Conover (1979), doi:10.1080/00401706.1979.10489755.
///
/// With a criterion, the best that simulated annealing (Morris & Mitchell 1995,
/// doi:10.1016/0378-3758(94)00035-T) sees among swaps of one coordinate between two points:
/// - maximin: phi_p = (sum over pairs of d^-p)^(1/p), d their Euclidean distance;
/// - discrepancy: centred_discrepancy().
/// A swap costs a time proportional to `count` (Jin, Chen & Sudjianto 2005,
/// doi:10.1016/j.jspi.2004.02.014), memory count^2 numbers.
///
/// Not extendable: another count gives other cells. See doubled_latin_hypercube().
///
/// @return dimension x count, each coordinate in (0, 1)
/// @throws InvalidArgument if dimension or count is below 1, count above 2^31, or, with a criterion,
///         above 10 000; InvalidOptions
[[nodiscard]] Points latin_hypercube_points(Index dimension, Index count,
                                            const LatinHypercubeOptions& options = {});

struct LatinDoublingOptions {
  static constexpr std::string_view title = "LatinDoublingOptions";

  std::string place = "random";
  std::uint64_t seed = 0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("place", self.place, Choices{{"random", "centre"}}, "where in its cell a new point lies");
    field("seed", self.seed, Range{.lower = 0}, "seed of the new points; 0 is a seed like any other");
  }
};

/// A Latin hypercube of twice as many points that begins with `earlier`: of the cells of half the
/// width, those that are empty get the new points, in random order. Can be done again and again.
/// Sallaberry, Helton & Hora (2008), doi:10.1016/j.ress.2007.04.001, here without correlations.
///
/// @param earlier  n x m, a Latin hypercube
/// @return n x 2m, of which the first m columns are `earlier`
/// @throws InvalidArgument if `earlier` is no Latin hypercube (the text says where), or has more than
///         2^30 points; InvalidOptions
[[nodiscard]] Points doubled_latin_hypercube(const PointsView& earlier,
                                             const LatinDoublingOptions& options = {});

/// phi_p of the points, the criterion "maximin": (sum over pairs of d^-p)^(1/p). Infinite where two
/// points coincide, 0 for a single point.
/// @param points  n x m; finite
/// @param power   p, at least 1
/// @throws InvalidArgument
[[nodiscard]] double spacing_criterion(const PointsView& points, double power = 50.0);

}  // namespace mystic
