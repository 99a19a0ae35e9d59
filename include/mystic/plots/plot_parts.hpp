#pragma once

#include "mystic/core/point.hpp"

#include <limits>
#include <string>

namespace mystic {

/// What an axis shows: "load [N]", or only "load" where there is no unit. UTF-8.
struct PlotLabel {
  std::string name = {};
  std::string unit = {};
};

/// n numbers, each with where the truth is believed to be. NaN or infinite: not known, not drawn.
struct PlotEstimates {
  Vector values = {};  ///< n
  Vector lower = {};   ///< n, or empty: no intervals
  Vector upper = {};   ///< n, or empty like `lower`
};

/// A line through n points in their order; a NaN or infinite number leaves a gap.
struct PlotCurve {
  Vector x = {};      ///< n
  Vector y = {};      ///< n
  Vector lower = {};  ///< n: a band around it from here ...
  Vector upper = {};  ///< n: ... to here; both empty: none
};

/// A line across the picture at a value, with what is written beside it.
struct PlotMarker {
  double at =
      std::numeric_limits<double>::quiet_NaN();  ///< unit of the axis; NaN or infinite: not drawn
  std::string label = {};
};

}  // namespace mystic
