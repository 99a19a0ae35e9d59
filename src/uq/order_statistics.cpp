#include "order_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>

namespace mystic {
namespace {

constexpr std::size_t cells = 4096;  // their counts fit the first cache
// Cells of cells: after so many the values are too far apart for cells to help, and are sorted.
constexpr int deepest = 4;

/// A rank, and where its value goes.
struct Wanted {
  std::size_t rank;
  double* value;
};

void sort_for(std::vector<double> values, std::span<const Wanted> wanted) {
  std::sort(values.begin(), values.end());
  for (const Wanted& one : wanted) *one.value = values[one.rank];
}

/// [least, most] in cells; cell() never falls where x rises.
class Cells {
 public:
  explicit Cells(std::span<const double> values) {
    const Eigen::Map<const Eigen::ArrayXd> all(values.data(), static_cast<Index>(values.size()));
    least_ = all.minCoeff();
    scale_ = static_cast<double>(cells) / (all.maxCoeff() - least_);
  }
  // Not where the range is nothing, next to nothing, or more than a double holds.
  [[nodiscard]] bool are_usable() const { return scale_ > 0.0 && std::isfinite(scale_); }
  [[nodiscard]] std::size_t cell(double x) const {
    return std::min(static_cast<std::size_t>(static_cast<std::int32_t>((x - least_) * scale_)),
                    cells - 1);
  }

 private:
  double least_;
  double scale_;
};

// Of each cell that holds a wanted rank the values; of the others nothing.
std::vector<std::vector<double>> values_of_cells(std::span<const double> values, const Cells& grid,
                                                 const std::vector<std::size_t>& counts,
                                                 const std::vector<std::size_t>& needed) {
  std::vector<std::vector<double>> kept(needed.size());
  std::vector<std::uint16_t> place(cells, static_cast<std::uint16_t>(cells));
  for (std::size_t i = 0; i < needed.size(); ++i) {
    place[needed[i]] = static_cast<std::uint16_t>(i);
    kept[i].reserve(counts[needed[i]]);
  }
  for (const double x : values) {
    const std::uint16_t to = place[grid.cell(x)];
    if (to < cells) kept[to].push_back(x);
  }
  return kept;
}

// `wanted` in ascending order of ranks, at least one.
void select(std::span<const double> values, std::span<const Wanted> wanted, int depth) {
  const bool few = values.size() <= cells || depth == deepest;
  const Cells grid(values);
  if (few || !grid.are_usable()) return sort_for({values.begin(), values.end()}, wanted);
  std::vector<std::size_t> counts(cells);
  for (const double x : values) ++counts[grid.cell(x)];
  std::vector<std::size_t> needed;
  std::vector<std::vector<Wanted>> inside;
  std::size_t before = 0;
  std::size_t next = 0;
  for (std::size_t cell = 0; cell < cells && next < wanted.size(); before += counts[cell++]) {
    if (wanted[next].rank >= before + counts[cell]) continue;
    needed.push_back(cell);
    inside.emplace_back();
    for (; next < wanted.size() && wanted[next].rank < before + counts[cell]; ++next) {
      inside.back().push_back({wanted[next].rank - before, wanted[next].value});
    }
  }
  const auto kept = values_of_cells(values, grid, counts, needed);
  for (std::size_t i = 0; i < kept.size(); ++i) select(kept[i], inside[i], depth + 1);
}

}  // namespace

std::vector<double> order_statistics(const VectorView& values, const std::vector<Index>& ranks) {
  std::vector<double> found(ranks.size());
  std::vector<Wanted> wanted;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    wanted.push_back({static_cast<std::size_t>(ranks[i]), &found[i]});
  }
  std::sort(wanted.begin(), wanted.end(),
            [](const Wanted& left, const Wanted& right) { return left.rank < right.rank; });
  if (!wanted.empty()) select({values.data(), static_cast<std::size_t>(values.size())}, wanted, 0);
  return found;
}

}  // namespace mystic
