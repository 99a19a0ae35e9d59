#pragma once

#include "mystic/uq/quantiles.hpp"

namespace mystic {

/// The chance that a model's output lies above a level, from k of n.
struct Exceedance {
  double threshold = not_known;
  Index asked = 0;
  Index ok = 0;     ///< n
  Index above = 0;  ///< k
  /// k / n, with Wilson's interval: right on average over p, for any n and k, 0 and n too.
  Estimate probability;
  /// Clopper and Pearson's: never too narrow, hence mostly too wide.
  Interval surely;
  /// Reliability index: minus the standard normal quantile of the probability, and of Wilson's ends.
  /// Infinite where none or all lie above.
  Estimate index;
};

/// Source: Wilson (1927); Clopper & Pearson (1934); compared by Brown, Cai & DasGupta, "Interval
/// estimation for a binomial proportion" (2001).
/// @param level  confidence, in (0, 1)
/// @throws InvalidArgument if the threshold is NaN or `level` outside
[[nodiscard]] Exceedance exceedance(const SortedSample& sample, double threshold, double level = 0.95);

/// k of n, with Wilson's interval; n = 0: nothing is known.
[[nodiscard]] Estimate wilson(Index k, Index n, double level = 0.95);
/// Clopper and Pearson's interval for k of n; n = 0: [0, 1].
[[nodiscard]] Interval clopper_pearson(Index k, Index n, double level = 0.95);

/// The level that is exceeded with probability q, with the interval of quantile_within().
/// @param q  in (0, 1)
[[nodiscard]] Estimate level_exceeded(const SortedSample& sample, double q, double level = 0.95);

}  // namespace mystic
