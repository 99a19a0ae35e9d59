#pragma once

#include "mystic/plots/plot_parts.hpp"

#include <string>
#include <vector>

namespace mystic {

/// How a number is distributed: bars, a smooth density, and its distribution function on an axis of its
/// own, at the right. Each part may be missing.
struct HistogramPlot {
  std::string title = {};
  std::string note = {};    ///< beneath the title: "n = 990 of 1000"
  PlotLabel quantity = {};  ///< of the x axis
  Vector edges = {};        ///< k + 1, ascending; unit of the quantity
  Vector densities = {};    ///< k, >= 0, per unit of the quantity; NaN: no bar; of equal edges: a line
  PlotCurve density = {};   ///< as the bars; band: its interval
  PlotCurve cdf = {};       ///< in [0, 1]; band: its interval
  std::vector<PlotMarker> markers = {};  ///< mean, quantiles, thresholds
};

/// The picture as SVG, 720 pixels wide.
/// @throws InvalidArgument if sizes do not match, edges do not ascend, or a density is negative
[[nodiscard]] std::string to_svg(const HistogramPlot& plot);

}  // namespace mystic
