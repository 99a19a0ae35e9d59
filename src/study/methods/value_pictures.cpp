#include "study/methods/value_pictures.hpp"

#include "mystic/plots/convergence_plot.hpp"
#include "mystic/plots/histogram_plot.hpp"
#include "mystic/plots/scatter_matrix_plot.hpp"
#include "mystic/uq/correlation.hpp"
#include "mystic/uq/empirical_cdf.hpp"
#include "mystic/uq/histogram.hpp"
#include "mystic/uq/kernel_density.hpp"
#include "study/methods/tables.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace mystic::study {
namespace {

constexpr Index most_looks = 40;

// Of more, ranks would take long, and the eye sees no difference.
constexpr Index most_ranked = 100'000;

// Numbers of blocks at which the past is looked at, the last being all.
std::vector<Index> looks(Index blocks) {
  // The first few have intervals beside which all later ones look narrow.
  const Index first = std::min(blocks, std::clamp<Index>(blocks / 8, 4, 16));
  std::vector<Index> counts;
  const double ratio = static_cast<double>(blocks) / static_cast<double>(first);
  for (Index look = 0; look < most_looks; ++look) {
    const double share = static_cast<double>(look) / static_cast<double>(most_looks - 1);
    const auto count =
        static_cast<Index>(std::lround(static_cast<double>(first) * std::pow(ratio, share)));
    if (counts.empty() || count > counts.back()) counts.push_back(count);
  }
  return counts;
}

// Estimates of one kind that are drawn together.
struct Past {
  std::vector<std::string> names;
  std::vector<std::vector<Estimate>> estimates;  // for each name, at each look
};

// By output, then by what is estimated.
using Pasts = std::vector<std::pair<std::string, std::vector<std::pair<std::string, Past>>>>;

template <class Value>
Value& entry_of(std::vector<std::pair<std::string, Value>>& entries, const std::string& name) {
  for (auto& [known, value] : entries) {
    if (known == name) return value;
  }
  return entries.emplace_back(name, Value{}).second;
}

void add(Pasts& pasts, const Watched& watched, std::size_t look) {
  Past& past = entry_of(entry_of(pasts, watched.output), watched.what);
  const auto found = std::find(past.names.begin(), past.names.end(), watched.input);
  const auto number = static_cast<std::size_t>(found - past.names.begin());
  if (found == past.names.end()) {
    past.names.push_back(watched.input);
    past.estimates.emplace_back();
  }
  past.estimates[number].resize(look);  // not known at earlier looks
  past.estimates[number].push_back(watched.estimate);
}

// The largest at the end, as many as a panel holds.
std::vector<std::size_t> largest(const Past& past) {
  std::vector<std::size_t> order(past.names.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto size = [&past](std::size_t i) {
    const double value = std::abs(past.estimates[i].back().value);
    return std::isfinite(value) ? value : -1.0;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&size](std::size_t a, std::size_t b) { return size(a) > size(b); });
  order.resize(std::min<std::size_t>(order.size(), ConvergencePlot::most_series));
  return order;
}

ConvergencePanel panel_of(const std::string& what, const PlotLabel& output, const Past& past,
                          const Vector& evaluations) {
  const bool of_inputs = past.names.size() > 1 || !past.names.front().empty();
  const bool has_unit = !of_inputs && what != "probability";
  ConvergencePanel panel{.quantity = {.name = what, .unit = has_unit ? output.unit : ""}, .series = {}};
  for (const std::size_t i : largest(past)) {
    std::vector<Estimate> estimates = past.estimates[i];
    estimates.resize(static_cast<std::size_t>(evaluations.size()));
    panel.series.push_back({.name = past.names[i].empty() ? what : past.names[i],
                            .evaluations = evaluations,
                            .estimates = plot_estimates(estimates)});
  }
  return panel;
}

}  // namespace

PlotEstimates plot_estimates(const std::vector<Estimate>& estimates) {
  const auto count = static_cast<Index>(estimates.size());
  PlotEstimates plotted{Vector(count), Vector(count), Vector(count)};
  for (Index i = 0; i < count; ++i) {
    const Estimate& estimate = estimates[static_cast<std::size_t>(i)];
    plotted.values[i] = estimate.value;
    plotted.lower[i] = estimate.interval.lower;
    plotted.upper[i] = estimate.interval.upper;
  }
  return plotted;
}

Picture histogram_picture(const PlotLabel& output, const Vector& values, double level,
                          std::vector<PlotMarker> markers) {
  const SortedSample sorted(values);
  const SampleHistogram bars = histogram(sorted);
  const KernelDensity density = kernel_density(sorted);
  const EmpiricalCdf cdf = empirical_cdf(sorted, level, 400);
  return {"histogram-" + file_word(output.name),
          to_svg(HistogramPlot{
              .title = fmt::format("Distribution of {}", output.name),
              .note = fmt::format("n = {} of {} evaluations; band: {:g} % of the whole curve",
                                  sorted.ok(), sorted.asked(), 100.0 * level),
              .quantity = output,
              .edges = bars.edges,
              .densities = bars.densities,
              .density = {.x = density.at, .y = density.densities},
              .cdf = {.x = cdf.at, .y = cdf.shares, .lower = cdf.lower, .upper = cdf.upper},
              .markers = std::move(markers)})};
}

Picture scatter_picture(const std::string& name, const Sample& sample, const SampleNames& names) {
  const Index inputs = sample.x.rows();
  const Index outputs = sample.outputs.rows();
  ScatterMatrixPlot plot{.title = "Inputs and outputs", .correlation = "ρ"};
  plot.quantities = names.inputs;
  plot.quantities.insert(plot.quantities.end(), names.outputs.begin(), names.outputs.end());
  // Where not all find room: the outputs first, up to half of it.
  const Index room = ScatterMatrixPlot::most_quantities;
  const Index shown_outputs = std::min(outputs, std::max(room - inputs, room / 2));
  const Index shown_inputs = std::min(inputs, room - shown_outputs);
  for (Index i = 0; i < shown_inputs; ++i) plot.shown.push_back(i);
  for (Index i = 0; i < shown_outputs; ++i) plot.shown.push_back(inputs + i);
  plot.points.resize(inputs + outputs, sample.count());
  plot.points.topRows(inputs) = sample.x;
  plot.points.bottomRows(outputs) = sample.outputs;
  const Index ranked = std::min(sample.count(), most_ranked);
  plot.correlations = Points::Constant(inputs + outputs, inputs + outputs, not_known);
  for (const Index i : plot.shown) {
    for (const Index j : plot.shown) {
      if (j <= i) continue;
      plot.correlations(i, j) = spearman(plot.points.row(i).head(ranked).transpose(),
                                         plot.points.row(j).head(ranked).transpose())
                                    .value;
    }
  }
  plot.note = fmt::format("{} points; ρ: Spearman's rank correlation{}", sample.count(),
                          ranked < sample.count() ? fmt::format(" of the first {}", ranked) : "");
  return {name, to_svg(plot)};
}

Picture bars_picture(const std::string& name, IntervalBarsPlot plot) { return {name, to_svg(plot)}; }

std::vector<Picture> convergence_pictures(const UncertaintyMethod& method, const Sample& sample,
                                          const SampleNames& names, std::uint64_t seed) {
  const Index block = method.block(sample.x.rows());
  const std::vector<Index> counts = looks(sample.count() / block);
  Vector evaluations(static_cast<Index>(counts.size()));
  Pasts pasts;
  for (std::size_t look = 0; look < counts.size(); ++look) {
    evaluations[static_cast<Index>(look)] = static_cast<double>(counts[look] * block);
    for (const Watched& watched : method.watched(sample.first(counts[look] * block), names, seed)) {
      add(pasts, watched, look);
    }
  }
  std::vector<Picture> pictures;
  for (const auto& [output, kinds] : pasts) {
    if (pictures.size() >= most_pictured_outputs) break;
    const auto label = std::find_if(names.outputs.begin(), names.outputs.end(),
                                    [&](const PlotLabel& known) { return known.name == output; });
    ConvergencePlot plot{.title = fmt::format("Estimates for {} as they came about", output),
                         .note = "bands: intervals of confidence"};
    for (const auto& [what, past] : kinds)
      plot.panels.push_back(panel_of(what, *label, past, evaluations));
    pictures.push_back({"convergence-" + file_word(output), to_svg(plot)});
  }
  return pictures;
}

}  // namespace mystic::study
