#pragma once

#include "mystic/plots/svg_canvas.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mystic::plots {

/// A name that is to stand beside its point.
struct PointLabel {
  Pixel at = {};
  std::string text = {};
  double radius = 4.0;  ///< of the point's mark
};

/// Where a name found room. `at`: the middle of the text.
struct PlacedLabel {
  Pixel at = {};
  bool led = false;  ///< so far away that a line must lead to it
};

/// One after the other, the first first: each where it touches no mark and no label placed before, the
/// nearer the better, and among equals where it covers fewest of the `avoided` boxes. Inside the frame.
/// @param taken  what no label may touch beside the marks
/// @return nothing for those that find no room
[[nodiscard]] std::vector<std::optional<PlacedLabel>> place_labels(const std::vector<PointLabel>& labels,
                                                                   const Box& frame,
                                                                   const std::vector<Box>& taken,
                                                                   const std::vector<Box>& avoided,
                                                                   const TextStyle& style);

}  // namespace mystic::plots
