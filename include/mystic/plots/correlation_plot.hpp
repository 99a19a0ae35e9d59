#pragma once

#include "mystic/plots/plot_parts.hpp"

#include <string>
#include <vector>

namespace mystic {

/// A table of correlations in colours from -1 (blue) by 0 (white) to 1 (red), with numbers in the cells
/// as long as they find room. Square (each quantity with each), or inputs by outputs.
struct CorrelationPlot {
  std::string title = {};
  std::string note = {};
  std::string measure = "correlation";    ///< of the key: "Spearman's ρ"
  std::vector<std::string> rows = {};     ///< n names
  std::vector<std::string> columns = {};  ///< m names; empty: as the rows
  Points values = {};                     ///< n x m in [-1, 1]; NaN: not known, hatched
};

/// The picture as SVG; its size grows with the table.
/// @throws InvalidArgument if sizes do not match, or a value is outside of [-1, 1]
[[nodiscard]] std::string to_svg(const CorrelationPlot& plot);

}  // namespace mystic
