#include "root.hpp"

#include <boost/math/tools/toms748_solve.hpp>

#include <cstdint>

namespace mystic::laws {

double root_between(const std::function<double(double)>& function, double lower, double upper) {
  if (!(lower < upper)) return lower;
  const double at_lower = function(lower);
  if (at_lower >= 0.0) return lower;
  const double at_upper = function(upper);
  if (at_upper <= 0.0) return upper;
  std::uintmax_t calls = 500;
  const auto [below, above] = boost::math::tools::toms748_solve(
      function, lower, upper, at_lower, at_upper, boost::math::tools::eps_tolerance<double>(53), calls);
  return below + 0.5 * (above - below);
}

}  // namespace mystic::laws
