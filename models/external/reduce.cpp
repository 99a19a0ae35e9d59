#include "reduce.hpp"

#include "mystic/core/require.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace mystic::external {
namespace {

double sum_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

double largest_magnitude(std::span<const double> values) {
  double largest = 0.0;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  return largest;
}

double mean_of(std::span<const double> values) {
  const auto count = static_cast<double>(values.size());
  const double sum = sum_of(values);
  if (std::isfinite(sum)) return sum / count;
  double mean = 0.0;
  for (const double value : values) mean += value / count;
  return mean;
}

/// The root of the sum of squares divided by `divisor`. Scaled by a power of two, which rounds nothing.
double root_of_squares(std::span<const double> values, double divisor) {
  const double largest = largest_magnitude(values);
  if (largest == 0.0 || std::isinf(largest)) return largest;
  const int exponent = std::ilogb(largest);
  double squares = 0.0;
  for (const double value : values) {
    const double scaled = std::scalbn(value, -exponent);
    squares += scaled * scaled;
  }
  return std::scalbn(std::sqrt(squares / divisor), exponent);
}

Reduced failed(FailureKind kind, std::string text) {
  return {.failure = Failure{kind, std::move(text)}};
}

double interpolate(double at, double left, double right, double from, double to) {
  if (at == left) return from;
  if (at == right) return to;
  const double width = right - left;
  const double share =
      std::isfinite(width) ? (at - left) / width : (at / 2.0 - left / 2.0) / (right / 2.0 - left / 2.0);
  return std::lerp(from, to, share);
}

}  // namespace

double reduce(std::string_view how, std::span<const double> values) {
  if (how == "first") return values.front();
  if (how == "last") return values.back();
  // Comparisons with a NaN are false: a minimum would pass over it.
  const bool has_nan = std::any_of(values.begin(), values.end(), [](double v) { return std::isnan(v); });
  if (has_nan) return std::numeric_limits<double>::quiet_NaN();
  if (how == "min") return *std::min_element(values.begin(), values.end());
  if (how == "max") return *std::max_element(values.begin(), values.end());
  if (how == "max-abs") return largest_magnitude(values);
  if (how == "sum") return sum_of(values);
  if (how == "mean") return mean_of(values);
  if (how == "norm") return root_of_squares(values, 1.0);
  require(how == "rms", "there is no reduction '{}'", how);
  return root_of_squares(values, static_cast<double>(values.size()));
}

Reduced value_at(double at, std::span<const double> abscissae, std::span<const double> values) {
  if (abscissae.size() != values.size() || values.empty()) {
    return failed(FailureKind::missing_output,
                  fmt::format("{} values stand over {} abscissae", values.size(), abscissae.size()));
  }
  const bool are_finite =
      std::all_of(abscissae.begin(), abscissae.end(), [](double x) { return std::isfinite(x); });
  const auto disordered_rise =
      std::adjacent_find(abscissae.begin(), abscissae.end(), std::greater_equal<>());
  const auto disordered_fall =
      std::adjacent_find(abscissae.begin(), abscissae.end(), std::less_equal<>());
  const bool rise = disordered_rise == abscissae.end();
  const bool fall = disordered_fall == abscissae.end();
  const auto [least, most] = std::minmax(abscissae.front(), abscissae.back());
  if (!are_finite || (!rise && !fall)) {
    return failed(FailureKind::unreadable_output,
                  fmt::format("the {} abscissae from {} to {} do not rise or fall strictly",
                              abscissae.size(), abscissae.front(), abscissae.back()));
  }
  if (!(at >= least && at <= most)) {
    return failed(FailureKind::missing_output,
                  fmt::format("at = {} is outside the abscissae, which go from {} to {}", at,
                              abscissae.front(), abscissae.back()));
  }
  // The first node that is not before `at`, in the direction of the abscissae.
  const auto found = rise ? std::lower_bound(abscissae.begin(), abscissae.end(), at)
                          : std::lower_bound(abscissae.begin(), abscissae.end(), at, std::greater<>());
  const auto right = static_cast<std::size_t>(found - abscissae.begin());
  const std::size_t left = right == 0 ? 0 : right - 1;
  return {.value = interpolate(at, abscissae[left], abscissae[right], values[left], values[right])};
}

}  // namespace mystic::external
