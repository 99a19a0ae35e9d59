#pragma once

#include "mystic/plots/plot_parts.hpp"

#include <string>
#include <vector>

namespace mystic {

/// Which inputs matter (mu*, to the right), and which do so unevenly or together with others (sigma,
/// upwards). Lines at sigma / mu* = 0.1, 0.5 and 1 part inputs that act almost linearly, monotonically,
/// almost monotonically, and otherwise (Garcia Sanchez et al. 2014, doi:10.1016/j.enbuild.2012.08.048).
struct MorrisPlot {
  std::string title = {};
  std::string note = {};
  std::string unit = {};                ///< of the elementary effects
  std::vector<std::string> names = {};  ///< n inputs or groups
  PlotEstimates mean_of_size = {};      ///< n: mu*, >= 0
  PlotEstimates sd = {};                ///< n: sigma, >= 0
};

/// The picture as SVG, 720 pixels wide. Names that find no room beside their points stand in the note.
/// @throws InvalidArgument if sizes do not match
[[nodiscard]] std::string to_svg(const MorrisPlot& plot);

}  // namespace mystic
