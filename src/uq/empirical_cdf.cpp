#include "mystic/uq/empirical_cdf.hpp"

#include "mystic/core/require.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace mystic {
namespace {

// Of each value that differs from the next, the last place: where the staircase has risen.
std::vector<Index> steps_of(const Vector& ascending) {
  std::vector<Index> places;
  for (Index i = 0; i < ascending.size(); ++i) {
    if (i + 1 == ascending.size() || ascending[i] < ascending[i + 1]) places.push_back(i);
  }
  return places;
}

// First, last, and between them those nearest below ranks that are equally far apart.
std::vector<Index> thinned(const std::vector<Index>& places, Index points) {
  std::vector<Index> kept;
  const double last = static_cast<double>(places.back());
  for (Index k = 0; k < points; ++k) {
    const double share = static_cast<double>(k) / static_cast<double>(points - 1);
    const auto rank = static_cast<Index>(std::lerp(static_cast<double>(places.front()), last, share));
    const Index place = *(std::upper_bound(places.begin(), places.end(), rank) - 1);
    if (kept.empty() || kept.back() < place) kept.push_back(place);
  }
  return kept;
}

}  // namespace

EmpiricalCdf empirical_cdf(const SortedSample& sample, double level, Index points) {
  require(level > 0.0 && level < 1.0, "empirical_cdf: level = {} is not in (0, 1)", level);
  require(points == 0 || points >= 2, "empirical_cdf: points = {} must be 0 (all) or at least 2",
          points);
  EmpiricalCdf found{
      .asked = sample.asked(), .ok = sample.ok(), .at = {}, .shares = {}, .lower = {}, .upper = {}};
  if (sample.ok() == 0) return found;
  const auto n = static_cast<double>(sample.ok());
  found.half_width = std::sqrt(std::log(2.0 / (1.0 - level)) / (2.0 * n));
  std::vector<Index> places = steps_of(sample.values());
  if (points > 0 && static_cast<Index>(places.size()) > points) places = thinned(places, points);
  const auto steps = static_cast<Index>(places.size());
  found.at.resize(steps);
  found.shares.resize(steps);
  for (Index k = 0; k < steps; ++k) {
    const Index place = places[static_cast<std::size_t>(k)];
    found.at[k] = sample.values()[place];
    found.shares[k] = static_cast<double>(place + 1) / n;
  }
  found.lower = (found.shares.array() - found.half_width).max(0.0);
  found.upper = (found.shares.array() + found.half_width).min(1.0);
  return found;
}

}  // namespace mystic
