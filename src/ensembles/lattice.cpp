// Lattice as in mystic: starts at the centres of equal cells. What differs: mystic factorises a number
// of starts at random, here the same number always gives the same cells.

#include "mystic/ensembles/lattice.hpp"

#include "cells.hpp"
#include "pack.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace mystic {
namespace {

constexpr Index most_cells = 1'000'000;  // as of `starts`

// The product, or nothing where it is more than that: it need not fit into a number.
std::optional<Index> cells_of(const std::vector<Index>& bins) {
  Index cells = 1;
  for (const Index count : bins) {
    if (count > most_cells / cells) return std::nullopt;
    cells *= count;
  }
  return cells;
}

}  // namespace

std::string LatticeOptions::broken_rules() const {
  // Each is at least 1, or refused by its own range.
  const bool countable = std::ranges::all_of(bins, [](Index count) { return count >= 1; });
  if (!countable || cells_of(bins)) return {};
  return fmt::format("\n  bins = [{}] make more than {} cells", fmt::join(bins, ", "), most_cells);
}

std::vector<Index> share_out(Index cells, Index dimension) {
  require(cells >= 1 && dimension >= 1, "lattice: {} cells for {} variables", cells, dimension);
  std::vector<Index> factors;
  for (Index factor = 2; factor * factor <= cells; ++factor) {
    for (; cells % factor == 0; cells /= factor) factors.push_back(factor);
  }
  if (cells > 1) factors.push_back(cells);
  std::vector<Index> bins(static_cast<std::size_t>(dimension), 1);
  for (auto factor = factors.rbegin(); factor != factors.rend(); ++factor) {
    *std::ranges::min_element(bins) *= *factor;
  }
  return bins;
}

Vector centre_of_cell(const Start& whole, const std::vector<Index>& bins, Index cell) {
  Vector x(whole.dimension());
  for (Index i = 0; i < x.size(); ++i) {
    const Index count = bins[static_cast<std::size_t>(i)];
    const double share = (static_cast<double>(cell % count) + 0.5) / static_cast<double>(count);
    x[i] = whole.lower[i] + share * (whole.upper[i] - whole.lower[i]);
    cell /= count;
  }
  return x;
}

Ensemble lattice(Algorithm member, const LatticeOptions& options) {
  validate(options);
  const auto starts = [options](Start& whole) -> Starts {
    require_box(whole, LatticeOptions::title);
    require(options.bins.empty() || static_cast<Index>(options.bins.size()) == whole.dimension(),
            "lattice: bins has {} entries for {} variables", options.bins.size(), whole.dimension());
    const std::vector<Index> bins =
        options.bins.empty() ? share_out(options.starts, whole.dimension()) : options.bins;
    const Index count = *cells_of(bins);
    return {count, [bins, cell = Index{0}, count](Start& box, const PointsView&) mutable -> Vector {
              if (cell == count) return uniform(box.random, box.lower, box.upper);  // a restart
              return centre_of_cell(box, bins, cell++);
            }};
  };
  return ensemble_of("lattice", std::move(member), starts, options.rules);
}

}  // namespace mystic
