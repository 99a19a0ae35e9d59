#include "tail_moments.hpp"

#include "central_moments.hpp"
#include "quadrature.hpp"

#include <boost/math/quadrature/exp_sinh.hpp>

#include <array>
#include <cmath>
#include <functional>
#include <limits>

namespace mystic::laws {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// One tail, by the distance from the median.
struct Tail {
  std::function<double(double)> mass;      ///< beyond a distance
  std::function<double(double)> distance;  ///< beyond which a mass lies
  double end = infinity;
};

/// a where mass(d) falls as d^-a; infinite where it falls faster. The power's slope is the same at
/// masses of 1e-150 and 1e-200; that of a lognormal law, however slow, goes on falling.
double tail_index(const Tail& tail) {
  if (std::isfinite(tail.end)) return infinity;
  const double first = std::log(tail.distance(1e-100));
  const double second = std::log(tail.distance(1e-150));
  const double third = std::log(tail.distance(1e-200));
  if (std::isinf(third)) return 0.0;
  const double steps = 50.0 * std::log(10.0);
  const double index = steps / (third - second);
  return std::abs(index * (second - first) / steps - 1.0) < 0.01 ? index : infinity;
}

/// k int_0^end d^(k-1) mass(d) dd, for k = 1 to 4; infinite where the tail's index is at most k.
std::array<double, 4> tail_integrals(const Tail& tail) {
  std::array<double, 4> result{};
  const double index = tail_index(tail);
  for (int k = 1; k <= 4; ++k) {
    double& sum = result[static_cast<std::size_t>(k - 1)];
    if (index <= k * (1.0 + 1e-6)) {
      sum = infinity;
      continue;
    }
    const auto integrand = [&](double d) { return k * std::pow(d, k - 1) * tail.mass(d); };
    double from = 0.0;
    for (const double mass : {0.4, 0.25, 0.1, 1e-2, 1e-4, 1e-8}) {
      const double to = tail.distance(mass);
      if (to > from) sum += integral_of(integrand, from, to, 1e-12, 14).value;
      from = std::max(from, to);
    }
    if (std::isfinite(tail.end)) {
      if (tail.end > from) sum += integral_of(integrand, from, tail.end, 1e-8, 8).value;
    } else {
      const double length = from > 0.0 ? from : 1.0;
      boost::math::quadrature::exp_sinh<double, Policy> rule;
      const auto finite = [&](double u) {
        const double value = integrand(from + length * u);
        return std::isfinite(value) ? value : 0.0;  // inf * 0, where nothing is left of the mass
      };
      sum += length * rule.integrate(finite, 1e-12);
    }
  }
  return result;
}

}  // namespace

LawMoments moments_by_tails(const LawBody& law) {
  const double median = law.quantile(0.5);
  const Support ends = law.support();
  const Tail upper{.mass = [&](double d) { return law.survival(median + d); },
                   .distance = [&](double q) { return law.upper_quantile(q) - median; },
                   .end = ends.upper - median};
  const Tail lower{.mass = [&](double d) { return law.cdf(median - d); },
                   .distance = [&](double p) { return median - law.quantile(p); },
                   .end = median - ends.lower};
  const std::array<double, 4> above = tail_integrals(upper);
  const std::array<double, 4> below = tail_integrals(lower);
  const double r1 = above[0] - below[0];
  const double r2 = above[1] + below[1];
  const double r3 = above[2] - below[2];
  const double r4 = above[3] + below[3];
  if (!std::isfinite(r1)) {
    return {.mean = r1,
            .variance = std::isnan(r1) ? nan : infinity,
            .skewness = nan,
            .excess_kurtosis = nan};
  }
  const double second = r2 - r1 * r1;
  const double third = r3 - 3.0 * r1 * r2 + 2.0 * r1 * r1 * r1;
  // Infinite with r4; r1 r3 would make it NaN.
  const double fourth =
      std::isinf(r4) ? infinity : r4 - 4.0 * r1 * r3 + r1 * r1 * (6.0 * r2 - 3.0 * r1 * r1);
  return standardised_moments(median + r1, second, third, fourth);
}

}  // namespace mystic::laws
