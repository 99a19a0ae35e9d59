#pragma once

#include "mystic/uq/estimate.hpp"

namespace mystic {

/// Mean, spread and shape of what a model gave, in one pass and constant memory. Parts that were
/// collected apart (by ranks, say) merge into what one pass over all would have given, up to rounding.
///
/// Source: Pebay, "Formulas for robust, one-pass parallel computation of covariances and
/// arbitrary-order statistical moments" (Sandia, SAND2008-6212), equations 2.1, 3.1.
class Moments {
 public:
  /// One evaluation; NaN or infinite: it failed, is counted, and left out of all else.
  void add(double value);
  /// Many, in blocks: several times faster than one by one.
  void add(const VectorView& values);
  void merge(const Moments& other);

  [[nodiscard]] Index asked() const { return asked_; }   ///< all evaluations, those that failed too
  [[nodiscard]] Index ok() const { return ok_; }         ///< those that count: n below
  [[nodiscard]] double least() const { return least_; }  ///< +inf where n = 0
  [[nodiscard]] double most() const { return most_; }    ///< -inf where n = 0

  /// NaN where n = 0.
  [[nodiscard]] double mean() const;
  /// Unbiased; NaN where n < 2.
  [[nodiscard]] double variance() const;
  [[nodiscard]] double sd() const;
  /// Of the sample (m3 / m2^1.5 with central moments m); NaN where n < 3 or all are equal.
  [[nodiscard]] double skewness() const;
  /// Of the sample (m4 / m2^2 - 3); NaN where n < 4 or all are equal.
  [[nodiscard]] double excess_kurtosis() const;

  /// mean() with Student's interval: exact for normal values, asymptotic for others.
  /// @param level  confidence, in (0, 1)
  [[nodiscard]] Estimate mean_within(double level = 0.95) const;
  /// sd() with the interval exp(log sd +- z se), where se^2 = (kurtosis - (n - 3) / (n - 1)) / 4 n is
  /// that of log sd to first order, whatever the law (a chi-square interval would be the normal
  /// law's only). NaN where n < 4.
  [[nodiscard]] Estimate sd_within(double level = 0.95) const;

 private:
  void merge_central(double count, double mean, double second, double third, double fourth);

  Index asked_ = 0;
  Index ok_ = 0;
  double least_ = infinity;
  double most_ = -infinity;
  double mean_ = 0.0;
  // Sums of the powers 2 to 4 of the distances from the mean.
  double second_ = 0.0;
  double third_ = 0.0;
  double fourth_ = 0.0;
};

/// The four moments of a sample, each with its interval.
struct MomentEstimates {
  Index asked = 0;
  Index ok = 0;
  Estimate mean;
  Estimate sd;
  Estimate skewness;
  Estimate excess_kurtosis;
};

/// Moments with intervals for all four: those of skewness and kurtosis from the influence of each value
/// (Hampel's influence function: the infinitesimal jackknife); asymptotic, and too narrow for heavy
/// tails, whose largest values the sample has not seen.
/// @param values  n; NaN or infinite: failed
/// @param level   confidence, in (0, 1)
[[nodiscard]] MomentEstimates moment_estimates(const VectorView& values, double level = 0.95);

}  // namespace mystic
