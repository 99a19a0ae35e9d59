#pragma once

#include "mystic/uq/estimate.hpp"

#include <vector>

namespace mystic {

/// Ranks from 1; equal values share the mean of their ranks. NaN-free.
[[nodiscard]] Vector ranks(const VectorView& values);

/// Pearson's correlation of n pairs; Fisher's interval. Pairs of which one failed (NaN or infinite) are
/// left out; NaN with fewer than 4 pairs, or where one does not vary.
/// @throws InvalidArgument if the sizes differ or `level` is not in (0, 1)
[[nodiscard]] Estimate pearson(const VectorView& x, const VectorView& y, double level = 0.95);

/// Pearson's correlation of the ranks; interval of Bonett & Wright (2000), doi:10.1007/BF02294183.
/// Otherwise as pearson().
[[nodiscard]] Estimate spearman(const VectorView& x, const VectorView& y, double level = 0.95);

/// Kendall's tau-b, in n log n (Knight 1966); interval of Fieller, Hartley & Pearson (1957). Otherwise
/// as pearson().
[[nodiscard]] Estimate kendall(const VectorView& x, const VectorView& y, double level = 0.95);

/// How much of an output goes with each input, as straight lines and as monotone curves see it.
struct InputCorrelation {
  Estimate pearson;
  Estimate spearman;
  Estimate src;   ///< standardised regression coefficient: sd of y per sd of x, the others held
  Estimate srrc;  ///< the same of ranks
  Estimate pcc;   ///< partial correlation: what is left of it without the other inputs
  Estimate prcc;  ///< the same of ranks
};

struct InputCorrelations {
  Index asked = 0;
  Index ok = 0;                          ///< n: evaluations that count
  double r_squared = not_known;          ///< share of the variance that a plane explains
  double rank_r_squared = not_known;     ///< the same of ranks
  std::vector<InputCorrelation> inputs;  ///< k
};

/// Intervals: Fisher's for pearson and pcc (n - 3 and n - 2 - k degrees), Bonett & Wright's factor for
/// ranks; Student's for src and srrc, n - 1 - k degrees. All but pearson and spearman are NaN where
/// n < k + 3, or where one input follows from the others.
/// Source: Saltelli et al., Sensitivity Analysis (2000), chapter 6; Helton et al. (2006),
/// doi:10.1016/j.ress.2005.11.017.
/// @param x      k x n: a point a column, as everywhere
/// @param y      n; NaN or infinite: failed
/// @param level  confidence, in (0, 1)
/// @throws InvalidArgument if the sizes do not match, k = 0, or `level` is outside
[[nodiscard]] InputCorrelations input_correlations(const Points& x, const VectorView& y,
                                                   double level = 0.95);

}  // namespace mystic
