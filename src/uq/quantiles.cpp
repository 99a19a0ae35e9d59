#include "mystic/uq/quantiles.hpp"

#include "mystic/core/require.hpp"
#include "order_statistics.hpp"

#include <boost/math/distributions/binomial.hpp>

#include <algorithm>
#include <cmath>

namespace mystic {
namespace {

using Binomial = boost::math::binomial;

Vector finite_of(const VectorView& values) {
  Vector finite(values.size());
  const auto end = std::copy_if(values.begin(), values.end(), finite.begin(),
                                [](double value) { return std::isfinite(value); });
  finite.conservativeResize(end - finite.begin());
  return finite;
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

/// The places in an ascending sample of n >= 1 that a quantile and its interval need.
struct Places {
  Index below = 0;     ///< the quantile lies between this order statistic
  Index above = 0;     ///< and this one,
  double share = 0.0;  ///< so far from the first
  Index lower = -1;    ///< of the interval; -1: it has no such end
  Index upper = -1;
};

Places places_of(Index n, double p, double level) {
  require(p > 0.0 && p < 1.0, "quantile: p = {} is not in (0, 1)", p);
  require(level > 0.0 && level < 1.0, "quantile: level = {} is not in (0, 1)", level);
  if (n == 0) return {};
  Places places;
  const double place = p * static_cast<double>(n - 1);
  places.below = static_cast<Index>(std::floor(place));
  places.above = std::min(places.below + 1, n - 1);
  places.share = place - static_cast<double>(places.below);
  const double tail = 0.5 * (1.0 - level);
  places.lower = lower_rank(Binomial(static_cast<double>(n), p), tail) - 1;
  // From above it is the same with 1 - p.
  const Index from_above = lower_rank(Binomial(static_cast<double>(n), 1.0 - p), tail);
  places.upper = from_above > 0 ? n - from_above : -1;
  return places;
}

// The estimate, where value(place) is the order statistic there.
template <class Value>
Estimate estimate_at(const Places& places, Value value) {
  const double below = value(places.below);
  return {below + places.share * (value(places.above) - below),
          {places.lower >= 0 ? value(places.lower) : -infinity,
           places.upper >= 0 ? value(places.upper) : infinity}};
}

// P[Binomial(n, coverage) <= n - r]: the chance that r values of n lie beyond the bound.
double wilks_confidence(Index n, double coverage, Index r) {
  if (n < r) return 0.0;
  return boost::math::cdf(Binomial(static_cast<double>(n), coverage), static_cast<double>(n - r));
}

}  // namespace

SortedSample::SortedSample(const VectorView& values)
    : values_(finite_of(values)), asked_(values.size()) {
  std::sort(values_.begin(), values_.end());
}

Index SortedSample::above(double threshold, bool or_at) const {
  const auto first = or_at ? std::lower_bound(values_.begin(), values_.end(), threshold)
                           : std::upper_bound(values_.begin(), values_.end(), threshold);
  return values_.end() - first;
}

Estimate quantile_within(const SortedSample& sample, double p, double level) {
  const Places places = places_of(sample.ok(), p, level);
  if (sample.ok() == 0) return {};
  return estimate_at(places, [&sample](Index place) { return sample.values()[place]; });
}

std::vector<Estimate> quantiles_within(const VectorView& values,
                                       const std::vector<double>& probabilities, double level) {
  if (!((values.array() * 0.0).sum() == 0.0)) {  // something is not finite
    return quantiles_within(finite_of(values), probabilities, level);
  }
  std::vector<Places> all;
  std::vector<Index> ranks;
  for (const double p : probabilities) {
    const Places places = places_of(values.size(), p, level);
    all.push_back(places);
    for (const Index place : {places.below, places.above, places.lower, places.upper}) {
      ranks.push_back(std::max<Index>(place, 0));
    }
  }
  if (values.size() == 0) return std::vector<Estimate>(probabilities.size());
  const std::vector<double> found = order_statistics(values, ranks);
  std::vector<Estimate> estimates;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto value = [&, i](Index place) {
      const auto from = ranks.begin() + static_cast<std::ptrdiff_t>(4 * i);
      return found[4 * i + static_cast<std::size_t>(std::find(from, from + 4, place) - from)];
    };
    estimates.push_back(estimate_at(all[i], value));
  }
  return estimates;
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
