#include "mystic/plots/histogram_plot.hpp"

#include "flags.hpp"
#include "mystic/core/require.hpp"
#include "mystic/plots/plot_axis.hpp"
#include "page.hpp"

#include <algorithm>

namespace mystic {
namespace {

using namespace plots;

constexpr double frame_height = 300.0;
constexpr std::string_view bar_colour = "#b5d4ea";

void require_curve(const PlotCurve& curve, std::string_view what) {
  require(curve.x.size() == curve.y.size(), "histogram: the {} has {} x and {} y", what, curve.x.size(),
          curve.y.size());
  const Index lower = curve.lower.size();
  require(lower == curve.upper.size() && (lower == 0 || lower == curve.x.size()),
          "histogram: the band of the {} has {} lower and {} upper ends at {} x", what, lower,
          curve.upper.size(), curve.x.size());
}

void require_plot(const HistogramPlot& plot) {
  const Index bins = plot.densities.size();
  require(plot.edges.size() == bins + 1 || (bins == 0 && plot.edges.size() == 0),
          "histogram: {} densities need {} edges, there are {}", bins, bins + 1, plot.edges.size());
  for (Index k = 0; k < bins; ++k) {
    require(!(plot.edges[k + 1] < plot.edges[k]), "histogram: edges descend from {} to {}",
            plot.edges[k], plot.edges[k + 1]);
    require(!(plot.densities[k] < 0.0), "histogram: density {} of bar {} is negative", plot.densities[k],
            k);
  }
  require_curve(plot.density, "density");
  require_curve(plot.cdf, "cdf");
}

bool has_bar(const HistogramPlot& plot, Index k) {
  return drawable(plot.edges[k]) && drawable(plot.edges[k + 1]) && plot.edges[k] < plot.edges[k + 1] &&
         drawable(plot.densities[k]);
}

bool has_points(const PlotCurve& curve) {
  for (Index k = 0; k < curve.x.size(); ++k) {
    if (drawable(curve.x[k]) && drawable(curve.y[k])) return true;
  }
  return false;
}

class Drawing {
 public:
  explicit Drawing(const HistogramPlot& plot)
      : plot_(plot), heading_{plot.title, plot.note}, has_cdf_(has_points(plot.cdf)) {
    for (Index k = 0; k < plot.densities.size(); ++k) {
      if (plot.edges[k] == plot.edges[k + 1] && drawable(plot.edges[k])) {
        spikes_.push_back(plot.edges[k]);
        across_.take(plot.edges[k]);
      }
      if (!has_bar(plot, k)) continue;
      bars_.push_back(k);
      across_.take(plot.edges[k]);
      across_.take(plot.edges[k + 1]);
      upwards_.take(plot.densities[k]);
    }
    has_density_ = !bars_.empty() || has_points(plot.density);
    across_.take(plot.density.x);
    across_.take(plot.cdf.x);
    for (const PlotMarker& marker : plot.markers) across_.take(marker.at);
    upwards_.take(plot.density.y);
    upwards_.take(plot.density.upper);
  }

  std::string drawn() const {
    const Axis left = Axis::upwards(extent_upwards(), frame_height, 0.0);
    const bool two = has_density_ && has_cdf_;
    Box frame{margin + room_beside(left), 0.0, 0.0, frame_height};
    frame.width =
        page_width - frame.left - (two ? margin + room_beside(share_axis(frame)) : 2.0 * margin);
    const Axis x = Axis::across(across_.with_room(0.02), frame.left, frame.right());

    const Key key(key_entries(), frame.left, frame.width);
    const double key_top = bottom_of(heading_);
    std::vector<Flag> flags = flags_at(x);
    raise(flags, frame.left - 40.0, page_width - margin);
    frame.top = key_top + key.height() + height_of(flags);
    const double height = frame.bottom() + room_beneath(x.style()) + margin;

    SvgCanvas canvas(page_width, height, plot_.title.empty() ? "histogram" : plot_.title);
    draw(canvas, heading_);
    key.draw(canvas, key_top);
    const Axis y = Axis::upwards(extent_upwards(), frame.bottom(), frame.top);
    draw_grid_across(canvas, frame, y);
    if (has_density_) draw_densities(canvas, x, y);
    if (has_cdf_) draw_curve(canvas, plot_.cdf, x, share_axis(frame), vermilion, "cdf");
    draw(canvas, flags, frame);
    for (const double at : spikes_) {
      canvas.line({x.place(at), frame.bottom()}, {x.place(at), frame.top + 12.0},
                  fmt::format(R"(class="spike" stroke="{}" stroke-width="3")", blue));
    }
    if (!has_density_ && !has_cdf_ && spikes_.empty()) say_no_data(canvas, frame);
    draw_frame(canvas, frame);
    draw_axis(canvas, frame, x, plot_.quantity);
    if (has_density_ || has_cdf_ || spikes_.empty()) {
      draw_axis(canvas, frame, y, label_upwards(), Side::left);
    }
    if (two) draw_axis(canvas, frame, share_axis(frame), {.name = cdf_name()}, Side::right);
    return canvas.finished();
  }

 private:
  static std::string cdf_name() { return "cumulative probability"; }
  static Axis share_axis(const Box& frame) {
    return Axis::upwards({0.0, 1.05}, frame.bottom(), frame.top);
  }

  [[nodiscard]] Extent extent_upwards() const {
    if (!has_density_) return {0.0, 1.05};  // the cdf alone
    return upwards_.from_zero(0.05);
  }

  [[nodiscard]] PlotLabel label_upwards() const {
    if (!has_density_ && has_cdf_) return {.name = cdf_name()};
    const std::string& unit = plot_.quantity.unit;
    if (unit.empty()) return {.name = "density"};
    const bool compound = unit.find_first_of("/* ") != std::string::npos;
    return {.name = "density", .unit = compound ? "1/(" + unit + ")" : "1/" + unit};
  }

  [[nodiscard]] std::vector<KeyEntry> key_entries() const {
    std::vector<KeyEntry> entries;
    if (!bars_.empty()) entries.push_back({"histogram", KeyShape::bar, bar_colour});
    if (has_points(plot_.density)) entries.push_back({"density", KeyShape::line, blue});
    if (has_cdf_) {
      entries.push_back(
          {has_density_ ? "cumulative (right axis)" : "cumulative", KeyShape::line, vermilion});
    }
    if (entries.size() < 2) entries.clear();
    return entries;
  }

  [[nodiscard]] std::vector<Flag> flags_at(const Axis& x) const {
    std::vector<Flag> flags;
    for (const PlotMarker& marker : plot_.markers) {
      if (drawable(marker.at)) flags.push_back({x.place(marker.at), marker.label});
    }
    return flags;
  }

  void draw_densities(SvgCanvas& canvas, const Axis& x, const Axis& y) const {
    for (const Index k : bars_) {
      const double left = x.place(plot_.edges[k]);
      const double top = y.place(plot_.densities[k]);
      canvas.rect({left, top, x.place(plot_.edges[k + 1]) - left, y.place(0.0) - top},
                  fmt::format(R"(class="bar" fill="{}" stroke="white" stroke-width="0.7")", bar_colour));
    }
    draw_curve(canvas, plot_.density, x, y, blue, "density");
  }

  static void draw_curve(SvgCanvas& canvas, const PlotCurve& curve, const Axis& x, const Axis& y,
                         std::string_view colour, std::string_view kind) {
    if (curve.lower.size() > 0) {
      for (const auto& corners : band_of(curve.x, curve.lower, curve.upper, x, y)) {
        canvas.polygon(corners,
                       fmt::format(R"(class="{}-band" fill="{}" fill-opacity="0.18")", kind, colour));
      }
    }
    for (const auto& corners : pieces_of(curve.x, curve.y, x, y)) {
      canvas.polyline(corners,
                      fmt::format(R"(class="{}" stroke="{}" stroke-width="1.8")", kind, colour));
    }
  }

  const HistogramPlot& plot_;
  Heading heading_;
  std::vector<Index> bars_;
  std::vector<double> spikes_;  // where a bar has no width
  Extent across_;
  Extent upwards_;
  bool has_density_ = false;
  bool has_cdf_ = false;
};

}  // namespace

std::string to_svg(const HistogramPlot& plot) {
  require_plot(plot);
  return Drawing(plot).drawn();
}

}  // namespace mystic
