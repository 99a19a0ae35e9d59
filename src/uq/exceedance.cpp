#include "mystic/uq/exceedance.hpp"

#include "mystic/core/require.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>

#include <algorithm>
#include <cmath>

namespace mystic {
namespace {

double reliability_index(double probability) {
  if (std::isnan(probability)) return not_known;
  if (probability <= 0.0) return infinity;
  if (probability >= 1.0) return -infinity;
  return boost::math::quantile(boost::math::complement(boost::math::normal(), probability));
}

void require_counts(Index k, Index n) {
  require(k >= 0 && n >= k, "{} of {} is no share: 0 <= k <= n", k, n);
}

}  // namespace

Estimate wilson(Index k, Index n, double level) {
  require_counts(k, n);
  const double z = normal_width(level);
  if (n == 0) return {};
  const auto count = static_cast<double>(n);
  const double share = static_cast<double>(k) / count;
  const double centre = (share + z * z / (2.0 * count)) / (1.0 + z * z / count);
  const double half = z / (1.0 + z * z / count) *
                      std::sqrt(share * (1.0 - share) / count + z * z / (4.0 * count * count));
  // Its ends at 0 and 1 are exact; rounding must not take them off.
  return {share,
          {k == 0 ? 0.0 : std::max(centre - half, 0.0), k == n ? 1.0 : std::min(centre + half, 1.0)}};
}

Interval clopper_pearson(Index k, Index n, double level) {
  require_counts(k, n);
  require(level > 0.0 && level < 1.0, "level = {} of an interval is not in (0, 1)", level);
  using boost::math::beta_distribution;
  const double tail = 0.5 * (1.0 - level);
  const auto hits = static_cast<double>(k);
  const auto misses = static_cast<double>(n - k);
  return {k == 0 ? 0.0 : quantile(beta_distribution<>(hits, misses + 1.0), tail),
          k == n ? 1.0 : quantile(complement(beta_distribution<>(hits + 1.0, misses), tail))};
}

Exceedance exceedance(const SortedSample& sample, double threshold, double level) {
  require(!std::isnan(threshold), "exceedance: the threshold is NaN");
  Exceedance found{.threshold = threshold,
                   .asked = sample.asked(),
                   .ok = sample.ok(),
                   .above = sample.above(threshold),
                   .probability = {},
                   .surely = {},
                   .index = {}};
  found.probability = wilson(found.above, found.ok, level);
  found.surely = clopper_pearson(found.above, found.ok, level);
  found.index = {reliability_index(found.probability.value),
                 {reliability_index(found.probability.interval.upper),
                  reliability_index(found.probability.interval.lower)}};
  return found;
}

Estimate level_exceeded(const SortedSample& sample, double q, double level) {
  require(q > 0.0 && q < 1.0, "level_exceeded: q = {} is not in (0, 1)", q);
  return quantile_within(sample, 1.0 - q, level);
}

}  // namespace mystic
