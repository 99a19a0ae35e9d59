#pragma once

#include "mystic/core/options.hpp"
#include "mystic/uq/estimate.hpp"

#include <vector>

namespace mystic {

/// What succeeded of a sample, in ascending order, and how many were asked for.
class SortedSample {
 public:
  /// @param values  n; NaN or infinite: failed
  explicit SortedSample(const VectorView& values);

  [[nodiscard]] const Vector& values() const { return values_; }  ///< ascending
  [[nodiscard]] Index asked() const { return asked_; }
  [[nodiscard]] Index ok() const { return values_.size(); }
  /// How many values lie above `threshold`, or at it.
  [[nodiscard]] Index above(double threshold, bool or_at = false) const;

 private:
  Vector values_;
  Index asked_ = 0;
};

/// The quantile of probability p, by linear interpolation between the order statistics (type 7 of
/// Hyndman & Fan 1996, as NumPy and R do), with an interval of order statistics:
///
///     P[x_(l) <= quantile <= x_(u)] = P[l <= Binomial(n, p) < u] >= level,
///
/// each tail at most half of what is left, whatever the law. An end is infinite where n is too small.
/// Source: Conover, Practical Nonparametric Statistics (1999), section 3.2.
/// @param p      in (0, 1)
/// @param level  confidence, in (0, 1)
/// @throws InvalidArgument if p or level is outside
[[nodiscard]] Estimate quantile_within(const SortedSample& sample, double p, double level = 0.95);

/// quantile_within() for several probabilities, from a sample that need not be sorted: some ten times
/// faster for large ones, and the same to the last bit.
/// @param values         n; NaN or infinite: failed
/// @param probabilities  each in (0, 1)
/// @return one for each probability
/// @throws InvalidArgument if a probability or the level is outside
[[nodiscard]] std::vector<Estimate> quantiles_within(const VectorView& values,
                                                     const std::vector<double>& probabilities,
                                                     double level = 0.95);

/// Which tolerance bound is meant: see wilks_size().
struct WilksOptions {
  static constexpr std::string_view title = "wilks";

  double coverage = 0.95;
  double confidence = 0.95;
  Index order = 1;
  bool two_sided = false;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("coverage", self.coverage,
          Range{.lower = 0, .upper = 1, .open_below = true, .open_above = true},
          "share of all values that the bound shall cover");
    field("confidence", self.confidence,
          Range{.lower = 0, .upper = 1, .open_below = true, .open_above = true}, "chance that it does");
    field("order", self.order, Range{.lower = 1, .upper = 1e6},
          "the bound is the order-th largest value (and smallest, if two-sided)");
    field("two_sided", self.two_sided, Anything{}, "bounded below as well");
  }
};

/// The least sample for which the order-th largest value bounds `coverage` of all values with
/// `confidence`: the least n with P[Binomial(n, coverage) <= n - r] >= confidence, r = order, or
/// 2 order if two-sided. 59 for 0.95, 0.95 and order 1; 93 two-sided.
/// Source: Wilks, "Determination of sample sizes for setting tolerance limits" (1941).
/// @throws InvalidOptions
[[nodiscard]] Index wilks_size(const WilksOptions& options = {});

/// The bound itself: from the order-th smallest (-inf if one-sided) to the order-th largest value, of
/// the highest order that n values still allow, not below options.order.
/// @throws InvalidArgument if fewer than wilks_size() evaluations succeeded
[[nodiscard]] Interval wilks_bound(const SortedSample& sample, const WilksOptions& options = {});

}  // namespace mystic
