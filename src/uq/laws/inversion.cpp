#include "inversion.hpp"

#include "root.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mystic::laws {

namespace {

constexpr double greatest = std::numeric_limits<double>::max();
constexpr double least_mass = std::numeric_limits<double>::min();

/// `reached` is false below the answer and true from it on; it is true at upper.
template <class Reached>
double least_where(Reached reached, double lower, double upper) {
  if (reached(lower)) return lower;
  for (;;) {
    const double middle = lower + 0.5 * (upper - lower);
    if (!(middle > lower && middle < upper)) return upper;
    (reached(middle) ? upper : lower) = middle;
  }
}

}  // namespace

// In logarithms, so that a tail of 1e-12 and one of 0.1 take as many steps.
double inverted_cdf(const LawBody& law, double p, double lower, double upper) {
  if (p > 0.5) return inverted_survival(law, 1.0 - p, lower, upper);
  lower = std::clamp(lower, -greatest, greatest);
  upper = std::clamp(upper, -greatest, greatest);
  const double goal = std::log(p);
  const double x = root_between(
      [&](double at) { return std::log(std::max(law.cdf(at), least_mass)) - goal; }, lower, upper);
  if (law.pdf(x) > 0.0) return x;
  const double reached = std::min(p, law.cdf(x));
  return least_where([&](double at) { return law.cdf(at) >= reached; }, lower, x);
}

double inverted_survival(const LawBody& law, double q, double lower, double upper) {
  if (q > 0.5) return inverted_cdf(law, 1.0 - q, lower, upper);
  lower = std::clamp(lower, -greatest, greatest);
  upper = std::clamp(upper, -greatest, greatest);
  const double goal = std::log(q);
  const double x = root_between(
      [&](double at) { return goal - std::log(std::max(law.survival(at), least_mass)); }, lower, upper);
  if (law.pdf(x) > 0.0) return x;
  const double left = std::max(q, law.survival(x));
  return least_where([&](double at) { return law.survival(at) <= left; }, lower, x);
}

}  // namespace mystic::laws
