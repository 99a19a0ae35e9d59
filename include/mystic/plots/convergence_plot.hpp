#pragma once

#include "mystic/plots/plot_parts.hpp"

#include <string>
#include <vector>

namespace mystic {

/// One estimate as it came about.
struct ConvergenceSeries {
  std::string name = {};
  Vector evaluations = {};       ///< n >= 0, ascending
  PlotEstimates estimates = {};  ///< n
};

/// Estimates of one kind, on an axis of their own.
struct ConvergencePanel {
  PlotLabel quantity = {};                     ///< of the axis: "mean of y [m]"
  std::vector<ConvergenceSeries> series = {};  ///< at most 8
  std::vector<PlotMarker> markers = {};        ///< known values, aims
};

/// Estimates against the number of evaluations, with bands of their intervals and their last values.
/// The numbers of evaluations stand on a logarithmic axis where they span a factor of 30 or more.
struct ConvergencePlot {
  static constexpr Index most_series = 8;

  std::string title = {};
  std::string note = {};
  std::string across = "evaluations";         ///< what is counted
  std::vector<ConvergencePanel> panels = {};  ///< one below the other, above one axis of evaluations
};

/// The picture as SVG, 720 pixels wide, as high as its panels.
/// @throws InvalidArgument if sizes do not match, evaluations descend, or a panel has more than 8 series
[[nodiscard]] std::string to_svg(const ConvergencePlot& plot);

}  // namespace mystic
