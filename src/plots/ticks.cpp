#include "mystic/core/require.hpp"
#include "mystic/plots/plot_axis.hpp"
#include "mystic/plots/plot_text.hpp"

#include <algorithm>
#include <cmath>

namespace mystic::plots {
namespace {

constexpr double least_relative_span = 1e-10;  // numbers beside each other still differ in a double
constexpr double least_span = 1e-303;          // a tick apart is still a normal number
constexpr double slack = 1e-9;                 // of a step, for ticks at the very ends

bool wide_enough(const Extent& extent) {
  const double size = std::max(std::abs(extent.lower), std::abs(extent.upper));
  const double span = extent.upper - extent.lower;
  return span >= least_span && span >= least_relative_span * size;
}

// n * 10^power; exact but for one rounding where 10^|power| is.
double decimal(double n, int power) {
  if (power >= 0) return n * std::pow(10.0, power);
  if (power > -300) return n / std::pow(10.0, -power);
  return n / std::pow(10.0, 300) / std::pow(10.0, -power - 300);
}

// digit * 10^power.
struct Step {
  int digit = 1;
  int power = 0;
};

// The least step with no more than `about` of them in the span.
Step step_for(double span, Index about) {
  const double least = span / static_cast<double>(about);
  int power = static_cast<int>(std::floor(std::log10(least)));
  for (;; ++power) {
    for (const int digit : {1, 2, 5}) {
      if (decimal(digit, power) >= least * (1.0 - slack)) return {digit, power};
    }
  }
}

Step finer(const Step& step) {
  if (step.digit == 1) return {5, step.power - 1};
  return {step.digit == 5 ? 2 : 1, step.power};
}

// The whole numbers k with k * step in the extent.
std::vector<double> multiples_of(const Step& step, const Extent& extent) {
  const double width = decimal(step.digit, step.power);
  const double last = std::floor(extent.upper / width + slack);
  std::vector<double> multiples;
  for (double k = std::ceil(extent.lower / width - slack); k <= last; ++k) multiples.push_back(k);
  return multiples;
}

// Exponent of the common factor: 0 for numbers as they are, else a multiple of 3, as units have.
int common_exponent(double largest) {
  if (largest == 0.0) return 0;
  const int exponent = static_cast<int>(std::floor(std::log10(largest) + 1e-12));
  if (exponent >= -3 && exponent <= 4) return 0;
  return 3 * static_cast<int>(std::floor(exponent / 3.0));
}

std::string tick_label(double n, int power, int exponent) {
  const double scaled = decimal(n, power - exponent);
  std::string text = fmt::format("{:.{}f}", scaled, std::max(exponent - power, 0));
  if (text.starts_with('-')) text.replace(0, 1, "−");
  return text;
}

void require_drawable(const Extent& extent, Index about) {
  require(drawable(extent.lower) && drawable(extent.upper) && wide_enough(extent),
          "an axis from {} to {} cannot be numbered: with_room() gives one that can", extent.lower,
          extent.upper);
  require(about >= 1, "ticks: about = {} must be at least 1", about);
}

// The mantissas that decades are numbered at.
std::vector<int> mantissas_for(const Extent& extent, Index about) {
  const double decades = std::log10(extent.upper / extent.lower);
  return 3.0 * decades <= static_cast<double>(about) ? std::vector<int>{1, 2, 5} : std::vector<int>{1};
}

std::string decade_label(int mantissa, int exponent, bool plain) {
  if (plain) return fmt::format("{:.{}f}", decimal(mantissa, exponent), std::max(-exponent, 0));
  return (mantissa == 1 ? "" : fmt::format("{}×", mantissa)) + power_of_ten(exponent);
}

}  // namespace

bool drawable(double value) { return std::abs(value) <= most_drawn; }

void Extent::take(double value) {
  if (!drawable(value)) return;
  lower = std::min(lower, value);
  upper = std::max(upper, value);
}

void Extent::take(const VectorView& values) {
  for (const double value : values) take(value);
}

void Extent::take(const PlotEstimates& estimates) {
  take(estimates.values);
  for (Index k = 0; k < std::min(estimates.lower.size(), estimates.upper.size()); ++k) {
    if (!drawable(estimates.values[k])) continue;
    if (!drawable(estimates.lower[k]) || !drawable(estimates.upper[k])) continue;
    take(estimates.lower[k]);
    take(estimates.upper[k]);
  }
}

Extent Extent::with_room(double share) const {
  if (empty()) return {0.0, 1.0};
  if (!wide_enough(*this)) {
    const double middle = 0.5 * lower + 0.5 * upper;
    const double half = std::abs(middle) > 1e-290 ? 0.1 * std::abs(middle) : 1.0;
    return {middle - half, middle + half};
  }
  const double more = share * (upper - lower);
  return {std::max(lower - more, -most_drawn), std::min(upper + more, most_drawn)};
}

Extent Extent::from_zero(double share) const {
  const double most = std::min(std::max(upper, 0.0) * (1.0 + share), most_drawn);
  return {0.0, most >= least_span ? most : 1.0};
}

Ticks linear_ticks(const Extent& extent, Index about) {
  require_drawable(extent, about);
  Step step = step_for(extent.upper - extent.lower, about);
  if (about >= 2 && multiples_of(step, extent).size() < 2) step = finer(step);
  const int exponent = common_exponent(std::max(std::abs(extent.lower), std::abs(extent.upper)));
  Ticks ticks;
  for (const double k : multiples_of(step, extent)) {
    const double n = k * step.digit + 0.0;  // 0, not -0
    ticks.at.push_back(std::clamp(decimal(n, step.power), extent.lower, extent.upper));
    ticks.labels.push_back(tick_label(n, step.power, exponent));
  }
  if (exponent != 0) ticks.factor = power_of_ten(exponent);
  return ticks;
}

Ticks logarithmic_ticks(const Extent& extent, Index about) {
  require_drawable(extent, about);
  require(extent.lower > 0.0, "a logarithmic axis cannot begin at {}", extent.lower);
  const int first = static_cast<int>(std::floor(std::log10(extent.lower)));
  const int last = static_cast<int>(std::ceil(std::log10(extent.upper)));
  const std::vector<int> numbered = mantissas_for(extent, about);
  const int stride = std::max(1, (last - first) / static_cast<int>(about));
  const bool plain = extent.lower >= 1e-3 && extent.upper < 1e5;
  const double lower = extent.lower * (1.0 - slack);
  const double upper = extent.upper * (1.0 + slack);
  Ticks ticks;
  for (int exponent = first; exponent <= last; ++exponent) {
    const bool skipped = exponent % stride != 0;
    for (int mantissa = 1; mantissa < 10; ++mantissa) {
      const double at = decimal(mantissa, exponent);
      if (at < lower || at > upper || (skipped && mantissa > 1)) continue;
      if (!skipped && std::ranges::count(numbered, mantissa) > 0) {
        ticks.at.push_back(std::clamp(at, extent.lower, extent.upper));
        ticks.labels.push_back(decade_label(mantissa, exponent, plain));
      } else if (stride == 1 || mantissa == 1) {
        ticks.minor.push_back(at);
      }
    }
  }
  return ticks.at.size() < 2 ? linear_ticks(extent, about) : ticks;
}

}  // namespace mystic::plots
