#pragma once

#include "mystic/uq/law.hpp"

#include <vector>

namespace mystic::laws {

/// A part of a law: its weight, its mean, and its second to fourth moments about that mean.
struct Part {
  double weight = 1.0;
  double mean = 0.0;
  double second = 0.0;
  double third = 0.0;
  double fourth = 0.0;
};

/// The moments of a mixture; the weights sum to 1. Parts of weight 0 say nothing.
[[nodiscard]] LawMoments mixed_moments(const std::vector<Part>& parts);

/// Skewness and kurtosis of these moments about the mean; NaN where the second is 0 or infinite.
[[nodiscard]] LawMoments standardised_moments(double mean, double second, double third, double fourth);

/// The moments of -X.
[[nodiscard]] LawMoments mirrored(LawMoments moments);

}  // namespace mystic::laws
