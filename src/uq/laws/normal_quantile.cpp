// Wichura, "Algorithm AS 241: the percentage points of the normal distribution" (1988), PPND16: rational
// functions of q = p - 1/2 in the middle, of sqrt(-log p) in the tails; with relative errors of about
// 1e-16. Boost's erfc_inv, which iterates in long double, took 70 ns for a number (2026-11-30).

#include "../vector_units.hpp"
#include "standard_normal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace mystic::laws {
namespace {

using Coefficients = std::array<double, 8>;  // of 1, r, r^2, ...

constexpr double middle = 0.425;  // the most |q| of the first function

constexpr Coefficients middle_above = {3.3871328727963666080e0,  1.3314166789178437745e+2,
                                       1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                       4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                       3.3430575583588128105e+4, 2.5090809287301226727e+3};
constexpr Coefficients middle_below = {1.0,
                                       4.2313330701600911252e+1,
                                       6.8718700749205790830e+2,
                                       5.3941960214247511077e+3,
                                       2.1213794301586595867e+4,
                                       3.9307895800092710610e+4,
                                       2.8729085735721942674e+4,
                                       5.2264952788528545610e+3};
constexpr Coefficients tail_above = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                     5.76949722146069140550e0,  3.64784832476320460504e0,
                                     1.27045825245236838258e0,  2.41780725177450611770e-1,
                                     2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr Coefficients tail_below = {1.0,
                                     2.05319162663775882187e0,
                                     1.67638483018380384940e0,
                                     6.89767334985100004550e-1,
                                     1.48103976427480074590e-1,
                                     1.51986665636164571966e-2,
                                     5.47593808499534494600e-4,
                                     1.05075007164441684324e-9};
constexpr Coefficients far_above = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                    1.78482653991729133580e0,  2.96560571828504891230e-1,
                                    2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                    2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr Coefficients far_below = {1.0,
                                    5.99832206555887937690e-1,
                                    1.36929880922735805310e-1,
                                    1.48753612908506148525e-2,
                                    7.86869131145613259100e-4,
                                    1.84631831751005468180e-5,
                                    1.42151175831644588870e-7,
                                    2.04426310338993978564e-15};

MYSTIC_INLINED double polynomial(const Coefficients& c, double r) {
  return ((((((c[7] * r + c[6]) * r + c[5]) * r + c[4]) * r + c[3]) * r + c[2]) * r + c[1]) * r + c[0];
}

MYSTIC_INLINED double ratio(const Coefficients& above, const Coefficients& below, double r) {
  return polynomial(above, r) / polynomial(below, r);
}

// Where |q| > middle it means nothing; so many can be done together, without a jump.
MYSTIC_INLINED double near_middle(double q) {
  return q * ratio(middle_above, middle_below, middle * middle - q * q);
}

MYSTIC_INLINED void all_near_middle(std::span<double> units) {
  for (double& value : units) value = near_middle(value - 0.5);
}

MYSTIC_WIDE void all_near_middle_wide(std::span<double> units) { all_near_middle(units); }

// The distance from 0 at which `p` < 1/2 - middle is left.
inline double in_tail(double p) {
  const double r = std::sqrt(-std::log(p));
  return r <= 5.0 ? ratio(tail_above, tail_below, r - 1.6) : ratio(far_above, far_below, r - 5.0);
}

}  // namespace

double normal_quantile(double p) {
  const double q = p - 0.5;
  if (std::abs(q) <= middle) return near_middle(q);
  return q < 0.0 ? -in_tail(p) : in_tail(1.0 - p);
}

void normal_quantiles(std::span<double> units) {
  constexpr std::size_t block = 256;
  const bool is_wide = has_wide_vectors();
  std::array<std::uint32_t, block> places;  // NOLINT: of those in the tails, as far as counted
  std::array<double, block> tails;          // NOLINT: their quantiles
  for (std::size_t first = 0; first < units.size(); first += block) {
    const auto part = units.subspan(first, std::min(block, units.size() - first));
    std::size_t count = 0;
    for (std::size_t j = 0; j < part.size(); ++j) {
      places[count] = static_cast<std::uint32_t>(j);
      count += static_cast<std::size_t>(std::abs(part[j] - 0.5) > middle);
    }
    for (std::size_t t = 0; t < count; ++t) {
      const double u = part[places[t]];
      tails[t] = std::copysign(in_tail(std::min(u, 1.0 - u)), u - 0.5);
    }
    is_wide ? all_near_middle_wide(part) : all_near_middle(part);
    for (std::size_t t = 0; t < count; ++t) part[places[t]] = tails[t];
  }
}

}  // namespace mystic::laws
