#include "central_moments.hpp"

#include <cmath>
#include <limits>

namespace mystic::laws {

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
}

LawMoments standardised_moments(double mean, double second, double third, double fourth) {
  LawMoments result{.mean = mean, .variance = second, .skewness = nan, .excess_kurtosis = nan};
  if (second > 0.0 && std::isfinite(second)) {
    result.skewness = third / second / std::sqrt(second);
    result.excess_kurtosis = fourth / second / second - 3.0;
  }
  return result;
}

LawMoments mixed_moments(const std::vector<Part>& parts) {
  double mean = 0.0;
  for (const Part& part : parts) {
    if (part.weight > 0.0) mean += part.weight * part.mean;
  }
  if (!std::isfinite(mean)) {
    return {.mean = mean,
            .variance = std::isnan(mean) ? nan : infinity,
            .skewness = nan,
            .excess_kurtosis = nan};
  }
  double second = 0.0;
  double third = 0.0;
  double fourth = 0.0;
  for (const Part& part : parts) {
    if (!(part.weight > 0.0)) continue;
    const double d = part.mean - mean;
    second += part.weight * (part.second + d * d);
    third += part.weight * (part.third + d * (3.0 * part.second + d * d));
    // 0 times an infinite third moment says nothing.
    const double by_third = d == 0.0 ? 0.0 : 4.0 * d * part.third;
    fourth += part.weight * (part.fourth + by_third + d * d * (6.0 * part.second + d * d));
  }
  return standardised_moments(mean, second, third, fourth);
}

LawMoments mirrored(LawMoments moments) {
  moments.mean = -moments.mean;
  moments.skewness = -moments.skewness;
  return moments;
}

}  // namespace mystic::laws
