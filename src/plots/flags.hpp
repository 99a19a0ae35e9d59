#pragma once

#include "mystic/plots/plot_parts.hpp"
#include "mystic/plots/svg_canvas.hpp"

#include <vector>

namespace mystic::plots {

/// A marker's label above a frame: a flag on a pole that goes on upwards from the marker's line.
struct Flag {
  double x = 0.0;  ///< of the pole
  std::string label = {};
  Index row = 0;  ///< from the frame upwards
  bool right = true;
};

inline constexpr double flag_row = 16.0;  ///< pixels from row to row
inline constexpr double flag_room = 220.0;

/// Flags at the poles, no two of which overlap; poles run through other flags only where nothing else is
/// possible. Rows as low as can be.
/// @param flags        x and label are given
/// @param left, right  where all must stay; at least 2 flag_room apart
void raise(std::vector<Flag>& flags, double left, double right);

[[nodiscard]] double height_of(const std::vector<Flag>& flags);
/// Lines through the frame, and the flags above.
void draw(SvgCanvas& canvas, const std::vector<Flag>& flags, const Box& frame);

}  // namespace mystic::plots
