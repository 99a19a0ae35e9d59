#pragma once

#include "mystic/uq/quantiles.hpp"

#include <optional>
#include <vector>

namespace mystic {

/// How often the values of a sample fall between edges. The bin k is [edges[k], edges[k + 1]), the last
/// with its upper edge.
struct SampleHistogram {
  Index asked = 0;
  Index ok = 0;               ///< n
  Index below = 0;            ///< values below the first edge
  Index above = 0;            ///< values above the last edge
  Vector edges;               ///< bins + 1, ascending; unit of x. Empty where n = 0
  std::vector<Index> counts;  ///< bins
  Vector densities;           ///< bins: count / n / width; 1 / unit of x
};

/// From the least value to the greatest, in bins of equal width. Without a number of bins: of about the
/// width 2 (x_0.75 - x_0.25) n^(-1/3), but at least Sturges' 1 + log2 n bins, and at most 1000 (heavy
/// tails would ask for millions). Fewer, down to 1, where doubles could not tell the edges apart. Values
/// that are all equal to c: one bin from c - |c| / 2 to c + |c| / 2 (-1/2 to 1/2 for 0).
/// Source: Freedman & Diaconis, "On the histogram as a density estimator: L2 theory" (1981).
/// @param bins  at least 1
/// @throws InvalidArgument if `bins` is below 1
[[nodiscard]] SampleHistogram histogram(const SortedSample& sample,
                                        std::optional<Index> bins = std::nullopt);

/// In bins with these edges.
/// @param edges  two or more, finite, ascending; unit of x
/// @throws InvalidArgument if they are not
[[nodiscard]] SampleHistogram histogram(const SortedSample& sample, const VectorView& edges);

}  // namespace mystic
