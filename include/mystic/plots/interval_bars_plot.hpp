#pragma once

#include "mystic/plots/plot_parts.hpp"

#include <string>
#include <vector>

namespace mystic {

/// One bar for each category; "first order", "total".
struct IntervalBars {
  std::string name = {};
  PlotEstimates estimates = {};  ///< one for each category
};

/// Numbers with their intervals, by name: Sobol' indices, regression and partial correlation
/// coefficients, mu*. Upright bars where all names find room beneath them, else lying ones.
struct IntervalBarsPlot {
  static constexpr Index most_series = 6;

  std::string title = {};
  std::string note = {};
  PlotLabel quantity = {.name = "index"};    ///< of the axis of values
  std::vector<std::string> categories = {};  ///< inputs
  std::vector<IntervalBars> series = {};     ///< at most 6, side by side
};

/// The picture as SVG, 720 pixels wide, as high as it takes. An estimate that is not known is marked
/// "no estimate".
/// @throws InvalidArgument if sizes do not match, or there are more than 6 series
[[nodiscard]] std::string to_svg(const IntervalBarsPlot& plot);

}  // namespace mystic
