#include "stepping.hpp"

#include <algorithm>
#include <cmath>

namespace mystic::laws {

// From the side where the mass is small, so that atoms of little mass are told apart.
double next_atom(const Law& law, double x) {
  const double below = law.cdf(x);
  if (below < 0.5) return law.quantile(std::nextafter(below, 1.0));
  return law.upper_quantile(std::max(std::nextafter(law.survival(x), -1.0), 0.0));
}

double last_atom_until(const Law& law, double x) {
  const double below = law.cdf(x);
  return below < 0.5 ? law.quantile(below) : law.upper_quantile(law.survival(x));
}

}  // namespace mystic::laws
