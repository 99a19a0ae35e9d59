// Rules for trials outside the bounds. Price, Storn & Lampinen, Differential Evolution (2005), section
// 4.3: "bounce-back" and random re-initialisation; half way to the parent is Zhang & Sanderson's (2009).
// mystic has none of them: there such a trial costs infinity.

#include "outside.hpp"

#include "mystic/core/require.hpp"

#include <algorithm>
#include <cmath>

namespace mystic {

Outside outside_rule(std::string_view word) {
  if (word == "problem") return Outside::problem;
  if (word == "reflect") return Outside::reflect;
  if (word == "midpoint") return Outside::midpoint;
  if (word == "redraw") return Outside::redraw;
  require(word == "reject", "outside = {} is no rule", word);
  return Outside::reject;
}

double reflected(double x, double lower, double upper) {
  if (!std::isfinite(lower)) return std::min(2.0 * upper - x, upper);
  if (!std::isfinite(upper)) return std::max(2.0 * lower - x, lower);
  const double width = upper - lower;
  if (!(width > 0.0)) return lower;
  const double from_lower = std::abs(std::fmod(x - lower, 2.0 * width));
  const double folded = from_lower > width ? 2.0 * width - from_lower : from_lower;
  return std::clamp(lower + folded, lower, upper);
}

double halved(double x, double inside, double lower, double upper) {
  const double bound = x < lower ? lower : upper;
  return bound + 0.5 * (inside - bound);
}

bool bring_inside(Outside rule, MutableVectorView trial, const VectorView& target,
                  const VectorView& lower, const VectorView& upper, Random& random) {
  if (rule == Outside::problem) return true;
  if (!is_outside(trial.data(), lower.data(), upper.data(), trial.size())) return true;
  if (rule == Outside::reject) return false;
  for (Index i = 0; i < trial.size(); ++i) {
    double& x = trial[i];
    if (!(x < lower[i] || x > upper[i])) continue;
    if (rule == Outside::reflect) x = reflected(x, lower[i], upper[i]);
    if (rule == Outside::midpoint) x = halved(x, target[i], lower[i], upper[i]);
    if (rule == Outside::redraw) x = lower[i] + uniform(random) * (upper[i] - lower[i]);
  }
  return true;
}

}  // namespace mystic
