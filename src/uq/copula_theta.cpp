// Kendall's tau of Archimedean copulas, turned round. Formulas: Nelsen (2006), section 5.1.

#include "mystic/core/require.hpp"
#include "mystic/uq/copula.hpp"

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/tools/roots.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace mystic {
namespace {

// Debye's function D1(t) = (1 / t) integral of x / (e^x - 1) over [0, t], t > 0. Beyond 700 the rest of
// the integral is below 1e-300.
double debye(double t) {
  const auto integrand = [](double x) { return x == 0.0 ? 1.0 : x / std::expm1(x); };
  const double integral = boost::math::quadrature::gauss_kronrod<double, 31>::integrate(
      integrand, 0.0, std::min(t, 700.0), 15, 1e-14);
  return integral / t;
}

// For theta > 0. Where it is small the formula would lose its digits: tau = theta / 9 - theta^3 / 900 +
// ...
double frank_kendall(double theta) {
  if (theta < 1e-2) return theta / 9.0 - theta * theta * theta / 900.0;
  return 1.0 - 4.0 / theta * (1.0 - debye(theta));
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
