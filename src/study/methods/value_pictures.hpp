#pragma once

#include "mystic/plots/interval_bars_plot.hpp"
#include "study/methods/method.hpp"

#include <string>
#include <vector>

namespace mystic::study {

/// Of more outputs than these only the first get pictures of their own.
inline constexpr std::size_t most_pictured_outputs = 12;

/// Histogram, density and distribution function of one output.
[[nodiscard]] Picture histogram_picture(const PlotLabel& output, const Vector& values, double level,
                                        std::vector<PlotMarker> markers);
/// Inputs and outputs against each other, with Spearman's correlations.
[[nodiscard]] Picture scatter_picture(const std::string& name, const Sample& sample,
                                      const SampleNames& names);
/// Bars of estimates, for one output.
[[nodiscard]] Picture bars_picture(const std::string& name, IntervalBarsPlot plot);

/// Estimates as points of a picture.
[[nodiscard]] PlotEstimates plot_estimates(const std::vector<Estimate>& estimates);

/// How each estimate that a method watches came about, a picture for each output.
[[nodiscard]] std::vector<Picture> convergence_pictures(const UncertaintyMethod& method,
                                                        const Sample& sample, const SampleNames& names,
                                                        std::uint64_t seed);

}  // namespace mystic::study
