// Smolyak's grid by the combination technique. Nodes are told apart by whole numbers: which node of all
// rules' different nodes each coordinate is.

#include "mystic/uq/quadrature.hpp"

#include "mystic/core/require.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>

namespace mystic {
namespace {

constexpr double most_products = 1e8;

struct Level {
  std::vector<std::size_t> nodes;  // which of all different nodes
  Vector weights;
};

struct Levels {
  std::vector<double> nodes;  // all different ones
  std::vector<Level> levels;
};

Quadrature rule_of(const std::string& rule, Index level) {
  if (rule == "gauss") return gauss_legendre(level + 1);
  if (rule == "fejer") return fejer((Index{1} << (level + 1)) - 1);
  return clenshaw_curtis(level == 0 ? 1 : (Index{1} << level) + 1);
}

Levels levels_of(const SmolyakOptions& options) {
  Levels all;
  for (Index level = 0; level <= options.level; ++level) {
    const Quadrature rule = rule_of(options.rule, level);
    Level& one = all.levels.emplace_back();
    one.weights = rule.weights;
    for (Index k = 0; k < rule.nodes.cols(); ++k) {
      const double node = rule.nodes(0, k);
      // Nested rules repeat their nodes up to rounding; others lie much farther apart.
      const auto same =
          std::ranges::find_if(all.nodes, [&](double other) { return std::abs(other - node) < 1e-13; });
      one.nodes.push_back(static_cast<std::size_t>(same - all.nodes.begin()));
      if (same == all.nodes.end()) all.nodes.push_back(node);
    }
  }
  return all;
}

// All vectors of `dimension` levels with sum `total`, one after another; begins with (total, 0, ...).
bool next_levels(std::vector<Index>& levels) {
  // Move one from the first that is not 0 to the one behind it, and the rest to the front.
  std::size_t place = 0;
  while (levels[place] == 0) {
    if (++place == levels.size()) return false;
  }
  if (place + 1 == levels.size()) return false;
  const Index rest = levels[place] - 1;
  levels[place] = 0;
  levels[0] = rest;
  ++levels[place + 1];
  return true;
}

struct Weight {
  double sum = 0.0;
  double size = 0.0;  // the sum of what was added, without signs: where they cancel, the weight is 0
};
using Nodes = std::map<std::vector<std::uint32_t>, Weight>;

void add_product(const Levels& all, const std::vector<Index>& levels, double factor, Nodes& nodes) {
  std::vector<std::size_t> place(levels.size(), 0);
  std::vector<std::uint32_t> key(levels.size());
  for (;;) {
    double weight = factor;
    for (std::size_t i = 0; i < levels.size(); ++i) {
      const Level& level = all.levels[static_cast<std::size_t>(levels[i])];
      key[i] = static_cast<std::uint32_t>(level.nodes[place[i]]);
      weight *= level.weights[static_cast<Index>(place[i])];
    }
    Weight& total = nodes[key];
    total.sum += weight;
    total.size += std::abs(weight);
    std::size_t i = 0;
    for (; i < levels.size(); ++i) {
      if (++place[i] < all.levels[static_cast<std::size_t>(levels[i])].nodes.size()) break;
      place[i] = 0;
    }
    if (i == levels.size()) return;
  }
}

// Nodes of all products together, those of a sum counted by convolution of the rules' sizes.
double products_of(const Levels& all, Index dimension, Index lowest) {
  const std::size_t count = all.levels.size();
  std::vector<double> sizes(count, 0.0);
  sizes[0] = 1.0;
  for (Index i = 0; i < dimension; ++i) {
    std::vector<double> next(count, 0.0);
    for (std::size_t a = 0; a < count; ++a) {
      for (std::size_t b = 0; a + b < count; ++b) {
        next[a + b] += sizes[a] * static_cast<double>(all.levels[b].nodes.size());
      }
    }
    sizes = next;
  }
  double sum = 0.0;
  for (auto total = static_cast<std::size_t>(lowest); total < count; ++total) sum += sizes[total];
  return sum;
}

}  // namespace

Quadrature smolyak_grid(Index dimension, const SmolyakOptions& options) {
  validate(options);
  require(dimension >= 1 && dimension <= 10'000, "smolyak_grid: dimension = {} is not in [1, 10000]",
          dimension);
  const Levels all = levels_of(options);
  const Index lowest = std::max<Index>(0, options.level - dimension + 1);
  require(products_of(all, dimension, lowest) * static_cast<double>(dimension) <= most_products,
          "smolyak_grid: level {} in {} variables is too much: more than 10^8 numbers to add up",
          options.level, dimension);
  Nodes nodes;
  for (Index total = lowest; total <= options.level; ++total) {
    double factor = (options.level - total) % 2 == 0 ? 1.0 : -1.0;
    for (Index k = 1; k <= options.level - total; ++k) {  // binomial(n - 1, L - total)
      factor *= static_cast<double>(dimension - k) / static_cast<double>(k);
    }
    std::vector<Index> levels(static_cast<std::size_t>(dimension), 0);
    levels[0] = total;
    do add_product(all, levels, factor, nodes);
    while (next_levels(levels));
  }
  std::erase_if(nodes,
                [](const auto& node) { return std::abs(node.second.sum) < 1e-12 * node.second.size; });
  Quadrature grid{.nodes = Points(dimension, static_cast<Index>(nodes.size())),
                  .weights = Vector(static_cast<Index>(nodes.size()))};
  Index k = 0;
  for (const auto& [key, weight] : nodes) {
    for (Index i = 0; i < dimension; ++i) {
      grid.nodes(i, k) = all.nodes[key[static_cast<std::size_t>(i)]];
    }
    grid.weights[k++] = weight.sum;
  }
  return grid;
}

}  // namespace mystic
