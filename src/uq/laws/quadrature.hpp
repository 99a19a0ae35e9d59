#pragma once

#include "boost_policy.hpp"

#include <boost/math/quadrature/gauss_kronrod.hpp>

#include <cmath>

namespace mystic::laws {

struct Integral {
  double value = 0.0;
  double error = 0.0;  ///< an upper estimate
};

/// Gauss and Kronrod's 15 points, in halves down to `depth` where the error is above `goal`. Boost's own
/// halving (1.74) compares the error on [-1, 1] with a tolerance on [lower, upper] and halves short
/// intervals to the end, in vain.
template <class Function>
Integral integral_to(const Function& function, double lower, double upper, double goal, int depth) {
  using Rule = boost::math::quadrature::gauss_kronrod<double, 15, Policy>;
  Integral result;
  result.value = Rule::integrate(function, lower, upper, 0, 0.0, &result.error);
  result.error *= 0.5 * (upper - lower);
  if (depth == 0 || result.error <= goal) return result;
  const double middle = lower + 0.5 * (upper - lower);
  const Integral left = integral_to(function, lower, middle, 0.5 * goal, depth - 1);
  const Integral right = integral_to(function, middle, upper, 0.5 * goal, depth - 1);
  return {.value = left.value + right.value, .error = left.error + right.error};
}

/// The same, to `tolerance` relative to what one rule finds.
template <class Function>
Integral integral_of(const Function& function, double lower, double upper, double tolerance, int depth) {
  const Integral whole = integral_to(function, lower, upper, 0.0, 0);
  const double goal = tolerance * std::abs(whole.value);
  return whole.error <= goal ? whole : integral_to(function, lower, upper, goal, depth);
}

}  // namespace mystic::laws
