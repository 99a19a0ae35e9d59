#include "mystic/uq/monte_carlo.hpp"

#include "draws.hpp"
#include "large_points.hpp"

#include <algorithm>
#include <array>

namespace mystic {

Points monte_carlo_points(Index dimension, Index count, const MonteCarloOptions& options) {
  validate(options);
  require_size("monte_carlo_points", dimension, count);
  Points points = large_points(dimension, count);
  std::array<double, 1024> row{};  // of a block of points, which stays in the cache for all coordinates
  const auto block = static_cast<Index>(row.size());
  for (Index first = 0; first < count; first += block) {
    const Index width = std::min(block, count - first);
    for (Index i = 0; i < dimension; ++i) {
      const Philox coordinate = draws(options.seed, Draws::monte_carlo, i);
      coordinate.open_units(static_cast<std::uint64_t>(options.skip + first),
                            {row.data(), static_cast<std::size_t>(width)});
      points.row(i).segment(first, width) = Eigen::Map<const Eigen::RowVectorXd>(row.data(), width);
    }
  }
  return points;
}

}  // namespace mystic
