#include "place_labels.hpp"

#include "mystic/plots/plot_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace mystic::plots {
namespace {

constexpr double beside = 4.0;                                      // pixels from the mark
constexpr std::array<double, 5> away{0.0, 12.0, 26.0, 42.0, 60.0};  // pixels further
constexpr double led_from = 10.0;
constexpr int directions = 16;

Box around(Pixel at, double width, double height) {
  return {at.x - 0.5 * width, at.y - 0.5 * height, width, height};
}

std::size_t touched(const Box& box, const std::vector<Box>& boxes) {
  return static_cast<std::size_t>(
      std::ranges::count_if(boxes, [&](const Box& b) { return b.overlaps(box); }));
}

// Right of the mark first, then left, above, below, and the ways between.
double direction(int k) {
  constexpr double eighth = 0.78539816339744830962;
  constexpr std::array<int, directions> order{0, 8, 12, 4, 14, 10, 2, 6, 15, 9, 13, 11, 1, 7, 3, 5};
  return 0.5 * eighth * order[static_cast<std::size_t>(k)];
}

// The text touches, from outside, an ellipse about the mark.
Pixel moved(const PointLabel& label, double width, double height, double distance, double angle) {
  const double far = label.radius + beside + distance;
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  const double from_side = std::abs(c) < 0.2 ? 0.0 : std::copysign(0.5 * width, c);
  return {label.at.x + c * far + from_side, label.at.y + s * (far + 0.5 * height)};
}

}  // namespace

std::vector<std::optional<PlacedLabel>> place_labels(const std::vector<PointLabel>& labels,
                                                     const Box& frame, const std::vector<Box>& taken,
                                                     const std::vector<Box>& avoided,
                                                     const TextStyle& style) {
  std::vector<Box> full = taken;
  for (const PointLabel& label : labels) {
    full.push_back(around(label.at, 2.0 * label.radius + 2.0, 2.0 * label.radius + 2.0));
  }
  std::vector<std::optional<PlacedLabel>> placed;
  for (const PointLabel& label : labels) {
    const double width = text_width(label.text, style.size) + 4.0;
    const double height = style.size + 2.0;
    std::optional<PlacedLabel> best;
    std::size_t fewest = std::numeric_limits<std::size_t>::max();
    for (const double distance : away) {
      for (int k = 0; k < directions; ++k) {
        const Pixel at = moved(label, width, height, distance, direction(k));
        const Box box = around(at, width, height);
        if (!frame.holds(box) || touched(box, full) > 0) continue;
        const std::size_t covered = touched(box, avoided);
        if (covered >= fewest) continue;
        fewest = covered;
        best = PlacedLabel{at, distance > led_from};
      }
      if (best) break;
    }
    if (best) full.push_back(around(best->at, width, height));
    placed.push_back(best);
  }
  return placed;
}

}  // namespace mystic::plots
