#pragma once

#include "mystic/uq/quantiles.hpp"

#include <optional>

namespace mystic {

/// 0.9 min(sd, (x_0.75 - x_0.25) / 1.34) n^(-1/5), in the unit of x; where half of the values or more
/// are equal, by the standard deviation alone; 0 where all are; NaN where there are none.
/// Source: Silverman, "Density estimation for statistics and data analysis" (1986), equation 3.31, which
/// neither outliers nor a second mode mislead as much as 3.28 (that of laws::KernelSmoothed).
[[nodiscard]] double silverman_bandwidth(const SortedSample& sample);

struct KernelDensityOptions {
  static constexpr std::string_view title = "kernel-density";

  Index points = 512;
  std::optional<double> bandwidth = std::nullopt;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("points", self.points, Range{.lower = 2, .upper = 1e6}, "of the curve");
    field("bandwidth", self.bandwidth, Range{.lower = 0, .open_below = true, .open_above = true},
          "standard deviation of a kernel; none: Silverman's rule 3.31; unit of x");
  }
};

/// A curve.
struct KernelDensity {
  Index asked = 0;
  Index ok = 0;                  ///< n
  double bandwidth = not_known;  ///< unit of x
  Vector at;                     ///< ascending, as far apart; unit of x
  Vector densities;              ///< 1 / unit of x
};

/// The density of what a sample was drawn from, smoothed by normal kernels; the curve reaches 3
/// bandwidths beyond the values. Values within 1/64 of a bandwidth count as one at their mean: at most
/// 1e-5 of the highest density, and 10^7 values cost little more than to sort them. No curve (`at` is
/// empty) without values, nor without a bandwidth where all are equal: that has no density.
/// @throws InvalidOptions
[[nodiscard]] KernelDensity kernel_density(const SortedSample& sample,
                                           const KernelDensityOptions& options = {});

}  // namespace mystic
