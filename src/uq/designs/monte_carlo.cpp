#include "mystic/uq/monte_carlo.hpp"

#include "draws.hpp"
#include "large_points.hpp"

namespace mystic {

Points monte_carlo_points(Index dimension, Index count, const MonteCarloOptions& options) {
  validate(options);
  require_size("monte_carlo_points", dimension, count);
  std::vector<Philox> coordinates;
  for (Index i = 0; i < dimension; ++i) {
    coordinates.push_back(draws(options.seed, Draws::monte_carlo, i));
  }
  Points points = large_points(dimension, count);
  const Index end = options.skip + count;
  for (Index even = options.skip - options.skip % 2; even < end; even += 2) {
    for (Index i = 0; i < dimension; ++i) {
      const auto two =
          coordinates[static_cast<std::size_t>(i)].pair(static_cast<std::uint64_t>(even) / 2);
      if (even >= options.skip) points(i, even - options.skip) = open_unit(two[0]);
      if (even + 1 < end) points(i, even + 1 - options.skip) = open_unit(two[1]);
    }
  }
  return points;
}

}  // namespace mystic
