// Kendall's tau of Archimedean copulas, turned round. Formulas: Nelsen (2006), section 5.1.

#include "mystic/core/require.hpp"
#include "mystic/uq/copula.hpp"

#include <boost/math/special_functions/bernoulli.hpp>
#include <boost/math/tools/roots.hpp>

#include <cmath>
#include <cstdint>
#include <numbers>

namespace mystic {
namespace {

// Kendall's tau of Frank's copula, 1 - 4 (1 - D1(theta)) / theta, for theta > 0, by two series of
// Debye's function D1 (Abramowitz & Stegun 1964, 27.1). The first, with Bernoulli's numbers, converges
// below 2 pi and loses no digits where theta is small.
double frank_kendall(double theta) {
  if (theta < 2.0) {
    double sum = 0.0;
    double power = theta / 2.0;  // theta^(2 k - 1) / (2 k)!
    for (int k = 1; k <= 18; ++k) {
      sum += 4.0 * boost::math::bernoulli_b2n<double>(k) * power / (2.0 * k + 1.0);
      power *= theta * theta / ((2.0 * k + 1.0) * (2.0 * k + 2.0));
    }
    return sum;
  }
  double integral = std::numbers::pi * std::numbers::pi / 6.0;
  for (int k = 1; k * theta < 40.0; ++k) {
    integral -= std::exp(-k * theta) * (theta / k + 1.0 / (static_cast<double>(k) * k));
  }
  return 1.0 - 4.0 / theta * (1.0 - integral / theta);
}

}  // namespace

double clayton_theta(double kendall) {
  require(kendall > 0.0 && kendall < 1.0, "clayton_theta: kendall = {} is not in (0, 1)", kendall);
  return 2.0 * kendall / (1.0 - kendall);
}

double frank_theta(double kendall) {
  require(kendall > -1.0 && kendall < 1.0, "frank_theta: kendall = {} is not in (-1, 1)", kendall);
  if (kendall == 0.0) return 0.0;
  const double size = std::abs(kendall);
  // tau lies between 1 - 4 / theta and theta / 9.
  std::uintmax_t steps = 200;
  const auto ends = boost::math::tools::toms748_solve(
      [size](double theta) { return frank_kendall(theta) - size; }, 9.0 * size * 0.999,
      4.0 / (1.0 - size) + 1.0, boost::math::tools::eps_tolerance<double>(48), steps);
  return std::copysign(0.5 * (ends.first + ends.second), kendall);
}

double gumbel_theta(double kendall) {
  require(kendall >= 0.0 && kendall < 1.0, "gumbel_theta: kendall = {} is not in [0, 1)", kendall);
  return 1.0 / (1.0 - kendall);
}

}  // namespace mystic
