#pragma once

#include "map.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace example {

struct Picture {
  std::string title;
  std::string subtitle;
  const Grid& grid;
  const Samples& samples;
  const std::vector<mystic::FoundPoint>& found;
};

/// Writes a filled contour map as SVG: bands of equal area, the samples, the stationary points and how
/// the searches came to them, numbered as they are listed. @throws std::system_error
void write_svg(const std::filesystem::path& file, const Picture& picture);

}  // namespace example
