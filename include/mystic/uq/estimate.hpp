#pragma once

#include "mystic/core/point.hpp"

#include <limits>

namespace mystic {

inline constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

/// Where the truth is believed to be.
struct Interval {
  double lower = not_known;
  double upper = not_known;

  [[nodiscard]] bool contains(double truth) const { return lower <= truth && truth <= upper; }
};

/// A number with how far it can be trusted. NaN where there is too little to say anything.
struct Estimate {
  double value = not_known;
  Interval interval = {};
};

/// Standard normal quantile of the middle `level`: 1.96 for 0.95.
/// @param level  confidence of a two-sided interval, in (0, 1)
/// @throws InvalidArgument if it is outside
[[nodiscard]] double normal_width(double level);

/// The same for Student's law with `freedom` > 0 degrees of freedom.
[[nodiscard]] double student_width(double level, double freedom);

}  // namespace mystic
