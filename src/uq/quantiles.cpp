#include "mystic/uq/quantiles.hpp"

#include "mystic/core/require.hpp"

#include <boost/math/distributions/binomial.hpp>

#include <algorithm>
#include <cmath>

namespace mystic {
namespace {

using Binomial = boost::math::binomial;

double type_7(const Vector& ascending, double p) {
  const double place = p * static_cast<double>(ascending.size() - 1);
  const auto below = static_cast<Index>(std::floor(place));
  const Index above = std::min(below + 1, ascending.size() - 1);
  const double share = place - static_cast<double>(below);
  return ascending[below] + share * (ascending[above] - ascending[below]);
}

// The greatest l in [0, n] with P[Binomial(n, p) < l] <= tail: at most `tail` that the quantile lies
// below the l-th smallest value. 0: there is none.
Index lower_rank(const Binomial& count, double tail) {
  const auto n = static_cast<Index>(count.trials());
  Index least = 0;
  Index most = n;
  while (least < most) {
    const Index middle = (least + most + 1) / 2;
    if (boost::math::cdf(count, static_cast<double>(middle - 1)) <= tail) {
      least = middle;
    } else {
      most = middle - 1;
    }
  }
  return least;
}

// P[Binomial(n, coverage) <= n - r]: the chance that r values of n lie beyond the bound.
double wilks_confidence(Index n, double coverage, Index r) {
  if (n < r) return 0.0;
  return boost::math::cdf(Binomial(static_cast<double>(n), coverage), static_cast<double>(n - r));
}

}  // namespace

SortedSample::SortedSample(const VectorView& values) : values_(values.size()), asked_(values.size()) {
  const auto end = std::copy_if(values.begin(), values.end(), values_.begin(),
                                [](double value) { return std::isfinite(value); });
  values_.conservativeResize(end - values_.begin());
  std::sort(values_.begin(), values_.end());
}

Index SortedSample::above(double threshold, bool or_at) const {
  const auto first = or_at ? std::lower_bound(values_.begin(), values_.end(), threshold)
                           : std::upper_bound(values_.begin(), values_.end(), threshold);
  return values_.end() - first;
}

Estimate quantile_within(const SortedSample& sample, double p, double level) {
  require(p > 0.0 && p < 1.0, "quantile: p = {} is not in (0, 1)", p);
  require(level > 0.0 && level < 1.0, "quantile: level = {} is not in (0, 1)", level);
  const Index n = sample.ok();
  if (n == 0) return {};
  const double tail = 0.5 * (1.0 - level);
  const Index l = lower_rank(Binomial(static_cast<double>(n), p), tail);
  // From above it is the same with 1 - p.
  const Index u = lower_rank(Binomial(static_cast<double>(n), 1.0 - p), tail);
  const Vector& values = sample.values();
  return {type_7(values, p), {l > 0 ? values[l - 1] : -infinity, u > 0 ? values[n - u] : infinity}};
}

Index wilks_size(const WilksOptions& options) {
  validate(options);
  const Index r = options.two_sided ? 2 * options.order : options.order;
  Index least = r;
  Index most = r;
  while (wilks_confidence(most, options.coverage, r) < options.confidence) {
    least = most + 1;
    most *= 2;
  }
  while (least < most) {
    const Index middle = (least + most) / 2;
    if (wilks_confidence(middle, options.coverage, r) >= options.confidence) {
      most = middle;
    } else {
      least = middle + 1;
    }
  }
  return least;
}

Interval wilks_bound(const SortedSample& sample, const WilksOptions& options) {
  const Index wanted = wilks_size(options);
  const Index n = sample.ok();
  require(n >= wanted, "wilks: {} values are needed to cover {} with confidence {}, not {}", wanted,
          options.coverage, options.confidence, n);
  const Index sides = options.two_sided ? 2 : 1;
  Index order = options.order;
  Index too_high = n / sides + 1;
  while (too_high - order > 1) {
    const Index middle = (order + too_high) / 2;
    if (wilks_confidence(n, options.coverage, sides * middle) >= options.confidence) {
      order = middle;
    } else {
      too_high = middle;
    }
  }
  const Vector& values = sample.values();
  return {options.two_sided ? values[order - 1] : -infinity, values[n - order]};
}

}  // namespace mystic
