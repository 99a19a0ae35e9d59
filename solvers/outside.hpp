#pragma once

#include "mystic/core/point.hpp"
#include "mystic/core/random.hpp"

#include <cstdint>
#include <string_view>

namespace mystic {

/// What differential evolution does about a trial's coordinates outside the bounds.
enum class Outside {
  problem,   ///< nothing: the problem's mode decides
  reflect,   ///< mirrored at the bound, as often as it takes
  midpoint,  ///< half way from the bound to the target's coordinate (Zhang & Sanderson 2009, section IV)
  redraw,    ///< drawn uniformly between the two bounds
  reject,    ///< the trial is not evaluated and loses
};

/// From the option's word. @throws InvalidArgument for any other
[[nodiscard]] Outside outside_rule(std::string_view word);

/// x mirrored at the bound that it lies beyond, and at the other, until it is inside. Within one width
/// of the bound that is its mirror image: as far inside as x is outside.
/// @param lower, upper  one of them finite; lower <= upper
[[nodiscard]] double reflected(double x, double lower, double upper);

/// Half way between the bound that x lies beyond and `inside`, which lies within them.
[[nodiscard]] double halved(double x, double inside, double lower, double upper);

/// Whether a coordinate lies outside; NaN does not, nothing would bring it inside.
[[nodiscard]] inline bool is_outside(const double* x, const double* lower, const double* upper,
                                     Index n) {
  std::int64_t outside = 0;
  for (Index i = 0; i < n; ++i) {  // without a jump
    outside |= static_cast<std::int64_t>(x[i] < lower[i]) | static_cast<std::int64_t>(x[i] > upper[i]);
  }
  return outside != 0;
}

/// Applies the rule to every coordinate outside the bounds. Draws only when redrawing, once for each.
/// @param trial, target, lower, upper  n doubles each; the target lies inside
/// @return whether the trial is to be evaluated
[[nodiscard]] bool bring_inside(Outside rule, MutableVectorView trial, const VectorView& target,
                                const VectorView& lower, const VectorView& upper, Random& random);

}  // namespace mystic
