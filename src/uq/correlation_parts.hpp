#pragma once

#include "mystic/uq/estimate.hpp"

#include <optional>

namespace mystic {

/// Centred, of length 1; all zero where it does not vary.
[[nodiscard]] Vector standardised(const VectorView& values);

/// tanh(atanh r +- z se), se^2 = factor / freedom. NaN where r is; [-1, 1] without freedom.
[[nodiscard]] Estimate with_fisher(double r, double factor, double freedom, double level);

/// The factor for correlations of ranks: Bonett & Wright (2000).
[[nodiscard]] inline double bonett_wright(double r) { return 1.0 + 0.5 * r * r; }

/// @param x  k x n; each row by itself
[[nodiscard]] Points ranks_of_rows(const Points& x);

/// The inverse of a correlation matrix; none where it is singular but for rounding: one quantity follows
/// from the others, or does not vary.
[[nodiscard]] std::optional<Points> inverse_correlation(const Points& matrix);

}  // namespace mystic
