#include "mystic/uq/factorial.hpp"

#include "mystic/core/require.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace mystic {
namespace {

constexpr Index most_points = Index{1} << 31U;
constexpr Index most_two_level = 30;

// Box & Behnken (1960), table 4: blocks of three variables.
const std::vector<std::vector<Index>> six_by_three{{0, 1, 3}, {1, 2, 4}, {2, 3, 5},
                                                   {0, 3, 4}, {1, 4, 5}, {0, 2, 5}};
const std::vector<std::vector<Index>> seven_by_three{{3, 4, 5}, {0, 5, 6}, {1, 4, 6}, {0, 1, 3},
                                                     {2, 3, 6}, {0, 2, 4}, {1, 2, 5}};

std::vector<std::vector<Index>> behnken_blocks(Index dimension) {
  if (dimension == 6) return six_by_three;
  if (dimension == 7) return seven_by_three;
  std::vector<std::vector<Index>> pairs;
  for (Index i = 0; i < dimension; ++i) {
    for (Index j = i + 1; j < dimension; ++j) pairs.push_back({i, j});
  }
  return pairs;
}

}  // namespace

Points full_factorial_points(const std::vector<Index>& levels) {
  require(!levels.empty(), "full_factorial_points: no variable; must be at least 1");
  Index count = 1;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    require(levels[i] >= 2, "full_factorial_points: {} levels of variable {}; must be at least 2",
            levels[i], i);
    require(levels[i] <= most_points / count,
            "full_factorial_points: levels [{}] make more than 2^31 points", fmt::join(levels, ", "));
    count *= levels[i];
  }
  Points points(static_cast<Index>(levels.size()), count);
  for (Index k = 0; k < count; ++k) {
    Index rest = k;
    for (std::size_t i = 0; i < levels.size(); ++i) {
      points(static_cast<Index>(i), k) =
          static_cast<double>(rest % levels[i]) / static_cast<double>(levels[i] - 1);
      rest /= levels[i];
    }
  }
  return points;
}

Points two_level_factorial_points(Index dimension) {
  require(dimension >= 1 && dimension <= most_two_level,
          "two_level_factorial_points: dimension = {} is not in [1, {}]", dimension, most_two_level);
  return full_factorial_points(std::vector<Index>(static_cast<std::size_t>(dimension), 2));
}

Points fractional_factorial_points(Index base, const std::vector<std::vector<Index>>& generators) {
  require(base >= 1 && base <= most_two_level,
          "fractional_factorial_points: base = {} is not in [1, {}]", base, most_two_level);
  std::vector<std::vector<Index>> sets;
  for (std::vector<Index> generator : generators) {
    std::ranges::sort(generator);
    const bool fits = generator.size() >= 2 && generator.front() >= 0 && generator.back() < base &&
                      std::ranges::adjacent_find(generator) == generator.end();
    require(fits,
            "fractional_factorial_points: generator [{}] must be at least two different numbers from 0 "
            "to {}",
            fmt::join(generator, ", "), base - 1);
    require(std::ranges::find(sets, generator) == sets.end(),
            "fractional_factorial_points: generator [{}] stands twice: two variables would be one",
            fmt::join(generator, ", "));
    sets.push_back(std::move(generator));
  }
  const Points corners = two_level_factorial_points(base);
  Points points(base + static_cast<Index>(sets.size()), corners.cols());
  points.topRows(base) = corners;
  for (std::size_t j = 0; j < sets.size(); ++j) {
    Eigen::RowVectorXd product = Eigen::RowVectorXd::Ones(corners.cols());
    for (const Index i : sets[j]) product.array() *= 2.0 * corners.row(i).array() - 1.0;
    points.row(base + static_cast<Index>(j)) = (product.array() + 1.0) / 2.0;
  }
  return points;
}

Points box_behnken_points(Index dimension, const BoxBehnkenOptions& options) {
  validate(options);
  require(dimension >= 3 && dimension <= 100, "box_behnken_points: dimension = {} is not in [3, 100]",
          dimension);
  const auto blocks = behnken_blocks(dimension);
  const auto size = static_cast<Index>(blocks.front().size());
  const Points corners = two_level_factorial_points(size);
  const auto edges = static_cast<Index>(blocks.size()) * corners.cols();
  Points points = Points::Constant(dimension, edges + options.centres, 0.5);
  Index first = 0;
  for (const auto& block : blocks) {
    for (Index j = 0; j < size; ++j) {
      points.row(block[static_cast<std::size_t>(j)]).segment(first, corners.cols()) = corners.row(j);
    }
    first += corners.cols();
  }
  return points;
}

std::string CentralCompositeOptions::broken_rules() const {
  std::string broken;
  if (axes == "face" && alpha != 0.0 && alpha != 1.0) {
    broken += fmt::format("\n  alpha = {} must be 1, or 0 for that, where axes = face", alpha);
  }
  if (axes == "inscribed" && alpha > 0.0 && alpha < 1.0) {
    broken += fmt::format(
        "\n  alpha = {} must be at least 1 where axes = inscribed: the corners would lie "
        "outside of the box",
        alpha);
  }
  return broken;
}

Points central_composite_points(Index dimension, const CentralCompositeOptions& options) {
  validate(options);
  require(dimension >= 2 && dimension <= 20,
          "central_composite_points: dimension = {} is not in [2, 20]", dimension);
  double alpha = options.alpha;
  if (alpha == 0.0)
    alpha = options.axes == "face" ? 1.0 : std::exp2(static_cast<double>(dimension) / 4.0);
  const double corner = options.axes == "inscribed" ? 1.0 / alpha : 1.0;
  const double axis = options.axes == "inscribed" ? 1.0 : alpha;
  const Points corners = two_level_factorial_points(dimension);
  Points points = Points::Constant(dimension, corners.cols() + 2 * dimension + options.centres, 0.5);
  points.leftCols(corners.cols()) = 0.5 + corner * (corners.array() - 0.5);
  for (Index i = 0; i < dimension; ++i) {
    points(i, corners.cols() + 2 * i) = 0.5 - 0.5 * axis;
    points(i, corners.cols() + 2 * i + 1) = 0.5 + 0.5 * axis;
  }
  return points;
}

}  // namespace mystic
