#pragma once

#include "mystic/plots/plot_parts.hpp"

#include <string>
#include <vector>

namespace mystic {

/// Each quantity against each other: points below the diagonal, histograms on it, correlations above it
/// (points again where there are none). Also for a design: which points it has.
struct ScatterMatrixPlot {
  static constexpr Index most_quantities = 12;

  std::string title = {};
  std::string note = {};
  std::vector<PlotLabel> quantities = {};  ///< n names
  Points points = {};                      ///< n x m, a point a column; NaN or infinite: not drawn
  Points correlations =
      {};  ///< n x n in [-1, 1], or empty: none; NaN: "-". Symmetric: the upper half counts
  std::string correlation = "r";  ///< what they are: "r" for Pearson's, "ρ" for Spearman's
  std::vector<Index> shown =
      {};                    ///< numbers of at most 12 quantities, in this order; empty: the first 12
  Index most_points = 2000;  ///< of more, every second, third, ... is drawn, and the picture says so
};

/// The picture as SVG; its size grows with the number of quantities.
/// @throws InvalidArgument if sizes do not match, more than 12 are to be shown, a number of `shown` is
///         no quantity, or most_points < 1
[[nodiscard]] std::string to_svg(const ScatterMatrixPlot& plot);

}  // namespace mystic
