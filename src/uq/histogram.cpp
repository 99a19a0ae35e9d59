#include "mystic/uq/histogram.hpp"

#include "mystic/core/require.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mystic {
namespace {

constexpr double most_bins_by_rule = 1000.0;

// Of a range and a distance of the quartiles, both halved: the whole might not be a double.
double bins_by_rule(const SortedSample& sample, double half_range) {
  const auto n = static_cast<double>(sample.ok());
  const double half_middle =
      0.5 * quantile_within(sample, 0.75).value - 0.5 * quantile_within(sample, 0.25).value;
  const double sturges = std::ceil(1.0 + std::log2(n));
  if (!(half_middle > 0.0)) return sturges;
  return std::clamp(std::ceil(half_range / half_middle * std::cbrt(n) / 2.0), sturges,
                    most_bins_by_rule);
}

Vector equal_edges(const SortedSample& sample, std::optional<Index> bins) {
  const double least = sample.values()[0];
  const double most = sample.values()[sample.ok() - 1];
  if (least == most) {
    const double half = least == 0.0 ? 0.5 : 0.5 * std::abs(least);
    return Vector{{least - half, most + half}};
  }
  const double half_range = 0.5 * most - 0.5 * least;
  const double wanted = bins ? static_cast<double>(*bins) : bins_by_rule(sample, half_range);
  const double grain =
      std::max(std::abs(least), std::abs(most)) * std::numeric_limits<double>::epsilon();
  const double separate = std::max(std::floor(half_range / (2.0 * grain)), 1.0);
  const auto count = static_cast<Index>(std::min(wanted, separate));
  Vector edges(count + 1);
  for (Index k = 0; k <= count; ++k) {
    edges[k] = std::lerp(least, most, static_cast<double>(k) / static_cast<double>(count));
  }
  return edges;
}

// Numbers of values below each edge differ by what lies between.
void count_between(const SortedSample& sample, SampleHistogram& found) {
  const Vector& values = sample.values();
  const Index bins = found.edges.size() - 1;
  found.below = sample.ok() - sample.above(found.edges[0], true);
  found.above = sample.above(found.edges[bins]);
  found.counts.resize(static_cast<std::size_t>(bins));
  found.densities.resize(bins);
  auto from = values.begin() + found.below;
  for (Index k = 0; k < bins; ++k) {
    const auto to = k + 1 < bins ? std::lower_bound(from, values.end(), found.edges[k + 1])
                                 : values.end() - found.above;
    const auto count = static_cast<Index>(to - from);
    found.counts[static_cast<std::size_t>(k)] = count;
    found.densities[k] = static_cast<double>(count) / static_cast<double>(sample.ok()) /
                         (found.edges[k + 1] - found.edges[k]);
    from = to;
  }
}

}  // namespace

SampleHistogram histogram(const SortedSample& sample, std::optional<Index> bins) {
  require(!bins || *bins >= 1, "histogram: bins = {} must be at least 1", bins.value_or(1));
  SampleHistogram found{
      .asked = sample.asked(), .ok = sample.ok(), .edges = {}, .counts = {}, .densities = {}};
  if (sample.ok() == 0) return found;
  found.edges = equal_edges(sample, bins);
  count_between(sample, found);
  return found;
}

SampleHistogram histogram(const SortedSample& sample, const VectorView& edges) {
  require(edges.size() >= 2, "histogram: edges: there are {}; a bin needs 2", edges.size());
  for (Index k = 0; k < edges.size(); ++k) {
    require(std::isfinite(edges[k]), "histogram: edges[{}] = {} must be finite", k, edges[k]);
    require(k == 0 || edges[k - 1] < edges[k],
            "histogram: edges[{}] = {} must be greater than edges[{}] = {}", k, edges[k],
            std::max(k - 1, Index{0}), edges[std::max(k - 1, Index{0})]);
  }
  SampleHistogram found{
      .asked = sample.asked(), .ok = sample.ok(), .edges = edges, .counts = {}, .densities = {}};
  count_between(sample, found);
  return found;
}

}  // namespace mystic
