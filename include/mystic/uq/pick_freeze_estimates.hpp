#pragma once

#include "mystic/core/options.hpp"
#include "mystic/uq/estimate.hpp"
#include "mystic/uq/pick_freeze.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mystic {

struct SobolEstimateOptions {
  static constexpr std::string_view title = "sobol-indices";

  std::string estimator = "saltelli";
  double level = 0.95;
  Index bootstrap = 0;
  std::uint64_t seed = 0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("estimator", self.estimator, Choices{{"saltelli", "jansen", "martinez", "mauntz-kucherenko"}},
          "saltelli (2010, first b, total f); jansen (1999): best for totals; martinez (2011): "
          "correlations, steady where the mean is large; mauntz-kucherenko: best for small indices");
    field("level", self.level, Range{.lower = 0, .upper = 1, .open_below = true, .open_above = true},
          "confidence of the intervals");
    field("bootstrap", self.bootstrap, Range{.lower = 0, .upper = 1e5},
          "replicates of a percentile bootstrap over rows, best 1000 or more; 0: asymptotic intervals");
    field("seed", self.seed, Range{.lower = 0}, "of the bootstrap");
  }
};

/// Of one input (or group).
struct SobolIndex {
  Index ok = 0;    ///< rows of which all that it needs succeeded
  Estimate first;  ///< share of the variance that goes if it alone were known
  Estimate total;  ///< share that stays if all others were known
};

/// Of two inputs: what they do together and neither alone.
struct SobolPair {
  Index left = 0;
  Index right = 0;
  Index ok = 0;
  Estimate second;
};

struct SobolIndices {
  Index rows = 0;                  ///< N
  std::vector<SobolIndex> inputs;  ///< k
  std::vector<SobolPair> pairs;    ///< k (k - 1) / 2, or none without PickFreezeOutputs::b_a
};

/// Sobol' indices from a pick-and-freeze design. Each index comes from the rows of which all that it
/// needs succeeded, its variance from the same rows: failures cost precision, and bias nothing as long
/// as they strike at random. With m the mean of a and b, and sums over these rows,
///
///     first:  saltelli, mauntz-kucherenko  sum (b - m)(e - a) / sum v,   v = ((a - m)^2 + (b - m)^2) /
///     2
///             jansen                       1 - sum (b - e)^2 / 2 sum v
///             martinez                     corr(b, e)
///     total:  saltelli, jansen             sum (a - e)^2 / 2 sum v
///             mauntz-kucherenko            sum (a - m)(a - e) / sum v
///             martinez                     1 - corr(a, e)
///     second: sum (e_i' e_j - a b) / sum v - first_i - first_j, e_i' of b_a, e_j of a_b
///
/// Intervals are those of independent rows, by the jackknife over rows and Student's law, each on the
/// scale where its estimator is most nearly normal: the logarithm of totals that are sums of squares,
/// Fisher's for correlations, else as it is. With 256 rows or more they cover as often as they say to
/// within about 1 %, with 64 still 90 % where 95 % are said (docs/uq/statistics.md has figures). Those
/// of the bootstrap are percentiles, expanded as Student's law would. Rows of a low-discrepancy design
/// are better than independent ones, and the intervals then too wide.
///
/// Source: Saltelli et al. (2010), doi:10.1016/j.cpc.2009.09.018, table 2; Jansen (1999); Martinez
/// (2011); Sobol' et al. (2007), doi:10.1016/j.ress.2006.07.001; second order: Saltelli (2002);
/// jackknife: Efron & Stein (1981), doi:10.1214/aos/1176345462; expanded percentiles: Hesterberg
/// (2015), doi:10.1080/00031305.2015.1089789.
///
/// An index is NaN where fewer than 2 rows are left, or the output does not vary; its interval where one
/// row alone varies.
/// @throws InvalidOptions; InvalidArgument if the sizes do not match
[[nodiscard]] SobolIndices sobol_estimates(const PickFreezeOutputs& outputs,
                                           const SobolEstimateOptions& options = {});

}  // namespace mystic
