#include "mystic/uq/latin_hypercube.hpp"

#include "draws.hpp"
#include "large_points.hpp"
#include "latin_annealing.hpp"
#include "mystic/core/require.hpp"

#include <algorithm>
#include <cmath>

namespace mystic {
namespace {

constexpr Index most_points = Index{1} << 31U;
constexpr Index most_annealed = 10'000;  // two matrices of 800 MB

// Where in cell `cell` of `count` the draw puts a point. Off the walls by so much that no rounding
// carries it over: cell + place, the quotient, and a reader's product are each off by less than
// count 2^-52.
double in_cell(Index cell, Index count, double draw) {
  const auto cells = static_cast<double>(count);
  const double wall = cells * 0x1p-50;
  return (static_cast<double>(cell) + std::clamp(draw, wall, 1.0 - wall)) / cells;
}

class Places {
 public:
  Places(const std::string& place, std::uint64_t seed, Draws purpose, Index coordinate)
      : is_centred_(place == "centre"), draws_(draws(seed, purpose, coordinate)) {}

  double operator()() { return is_centred_ ? 0.5 : open_unit(draws_()); }

 private:
  bool is_centred_;
  Philox draws_;
};

// Which of 2m cells `row` of the earlier points leaves empty.
std::vector<Index> empty_cells(const PointsView& earlier, Index row) {
  const Index count = earlier.cols();
  std::vector<bool> is_taken(static_cast<std::size_t>(2 * count), false);
  for (Index k = 0; k < count; ++k) {
    const double x = earlier(row, k);
    require(x > 0.0 && x < 1.0,
            "doubled_latin_hypercube: coordinate {} of point {} = {} is not in (0, 1)", row, k, x);
    const auto half = static_cast<std::size_t>(x * static_cast<double>(2 * count));
    require(half < is_taken.size() && !is_taken[half] && !is_taken[half ^ 1U],
            "doubled_latin_hypercube: point {}, coordinate {} = {}: another point is in the same of {} "
            "cells; the points must be a Latin hypercube",
            k, row, x, count);
    is_taken[half] = true;
  }
  std::vector<Index> empty;
  for (std::size_t cell = 0; cell < is_taken.size(); ++cell) {
    if (!is_taken[cell]) empty.push_back(static_cast<Index>(cell));
  }
  return empty;
}

}  // namespace

Points latin_hypercube_points(Index dimension, Index count, const LatinHypercubeOptions& options) {
  validate(options);
  require_size("latin_hypercube_points", dimension, count);
  require(count <= most_points, "latin_hypercube_points: {} points are more than 2^31", count);
  require(options.criterion == "none" || count <= most_annealed,
          "latin_hypercube_points: {} points are too many to anneal; at most {} with a criterion", count,
          most_annealed);
  Points points = large_points(dimension, count);
  for (Index i = 0; i < dimension; ++i) {
    Random random = engine(options.seed, Draws::latin_cells, i);
    const std::vector<Index> cells = shuffled(random, count);
    Places place(options.place, options.seed, Draws::latin_places, i);
    for (Index k = 0; k < count; ++k) {
      points(i, k) = in_cell(cells[static_cast<std::size_t>(k)], count, place());
    }
  }
  Random random = engine(options.seed, Draws::latin_annealing, 0);
  if (options.criterion == "maximin") {
    return annealed_maximin(points, options.power, random, options.swaps);
  }
  if (options.criterion == "discrepancy") return annealed_discrepancy(points, random, options.swaps);
  return points;
}

Points doubled_latin_hypercube(const PointsView& earlier, const LatinDoublingOptions& options) {
  validate(options);
  const Index count = earlier.cols();
  require_size("doubled_latin_hypercube", earlier.rows(), count);
  require(count <= most_points / 2, "doubled_latin_hypercube: {} points are more than 2^30", count);
  Points points(earlier.rows(), 2 * count);
  points.leftCols(count) = earlier;
  // Doubling again with the same seed must not draw the same.
  const std::uint64_t seed = options.seed ^ (static_cast<std::uint64_t>(count) << 32U);
  for (Index i = 0; i < earlier.rows(); ++i) {
    std::vector<Index> cells = empty_cells(earlier, i);
    Random random = engine(seed, Draws::latin_doubling, 2 * i);
    shuffle(random, cells);
    Places place(options.place, seed, Draws::latin_doubling, 2 * i + 1);
    for (Index k = 0; k < count; ++k) {
      points(i, count + k) = in_cell(cells[static_cast<std::size_t>(k)], 2 * count, place());
    }
  }
  return points;
}

}  // namespace mystic
