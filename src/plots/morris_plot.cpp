#include "mystic/plots/morris_plot.hpp"

#include "mystic/core/require.hpp"
#include "mystic/plots/plot_axis.hpp"
#include "mystic/plots/plot_text.hpp"
#include "page.hpp"
#include "place_labels.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace mystic {
namespace {

using namespace plots;

constexpr double frame_height = 420.0;
constexpr double name_size = 11.0;
constexpr double name_room = 150.0;
constexpr double crowded_room = 90.0;  // of a name, where not all find 150
constexpr double radius = 4.0;

struct Ratio {
  double value;
  KeyShape shape;
  std::string_view text;
  std::string_view dashes;
};
constexpr std::array<Ratio, 3> ratios{
    {{1.0, KeyShape::line, "σ = μ*", ""},
     {0.5, KeyShape::dashes, "σ = 0.5 μ*", R"( stroke-dasharray="6 4")"},
     {0.1, KeyShape::dots, "σ = 0.1 μ*", R"( stroke-dasharray="1.5 3")"}}};
constexpr std::string_view ratio_colour = "#8a8a8a";

class Drawing {
 public:
  explicit Drawing(const MorrisPlot& plot) : plot_(plot) {
    const auto n = static_cast<Index>(plot.names.size());
    require_sizes(plot.mean_of_size, n, "Morris", "mu*");
    require_sizes(plot.sd, n, "Morris", "sigma");
    for (Index k = 0; k < n; ++k) {
      if (drawable(plot.mean_of_size.values[k]) && drawable(plot.sd.values[k])) order_.push_back(k);
    }
    std::ranges::stable_sort(order_, [&](Index a, Index b) {
      return plot.mean_of_size.values[a] > plot.mean_of_size.values[b];
    });
    for (const Index k : order_) {
      take(across_, plot.mean_of_size, k);
      take(upwards_, plot.sd, k);
    }
  }

  std::string drawn() const {
    const Axis sizing = Axis::upwards(upwards_.from_zero(0.06), frame_height, 0.0);
    Box frame{margin + room_beside(sizing), 0.0, 0.0, frame_height};
    frame.width = page_width - frame.left - 2.0 * margin;
    std::vector<KeyEntry> entries;
    for (const Ratio& ratio : ratios)
      entries.push_back({std::string(ratio.text), ratio.shape, ratio_colour});
    const Key key(entries, frame.left, frame.width);
    // Where names find room depends on the frame's size only.
    const Placing placing = placed({frame.left, 0.0, frame.width, frame_height});
    const Heading heading{plot_.title, note(placing)};
    const double key_top = bottom_of(heading);
    frame.top = key_top + key.height();
    SvgCanvas canvas(page_width, frame.bottom() + room_beneath({}) + margin,
                     plot_.title.empty() ? "Morris: mu* and sigma" : plot_.title);
    draw(canvas, heading);
    key.draw(canvas, key_top);
    draw_inside(canvas, frame, placing);
    return canvas.finished();
  }

 private:
  struct Placing {
    std::vector<std::string> names;  // as they are written
    std::vector<std::optional<PlacedLabel>> labels;
    Index left_out = 0;
  };

  static void take(Extent& extent, const PlotEstimates& estimates, Index k) {
    extent.take(estimates.values[k]);
    if (has_interval(estimates, k)) extent.take(estimates.upper[k]);
  }

  [[nodiscard]] Axis across(const Box& frame) const {
    return Axis::across(across_.from_zero(0.06), frame.left, frame.right());
  }
  [[nodiscard]] Axis upwards(const Box& frame) const {
    return Axis::upwards(upwards_.from_zero(0.06), frame.bottom(), frame.top);
  }

  [[nodiscard]] std::string note(const Placing& placing) const {
    std::string text = plot_.note;
    const Index missing = static_cast<Index>(plot_.names.size()) - static_cast<Index>(order_.size());
    const auto add = [&](const std::string& more) { text += (text.empty() ? "" : "; ") + more; };
    if (missing > 0) add(fmt::format("{} of {} without an estimate", missing, plot_.names.size()));
    if (placing.left_out == 0) return text;
    std::string unnamed;
    for (std::size_t i = 0; i < order_.size(); ++i) {
      if (!placing.labels[i]) unnamed += (unnamed.empty() ? "" : ", ") + placing.names[i];
    }
    add(fmt::format("{} not named where points crowd: {}", placing.left_out, unnamed));
    return text;
  }

  [[nodiscard]] Pixel place(Index k, const Axis& x, const Axis& y) const {
    return {x.place(std::max(plot_.mean_of_size.values[k], 0.0)),
            y.place(std::max(plot_.sd.values[k], 0.0))};
  }

  // Ends of the interval of an estimate, on the axis and inside the frame.
  static std::pair<double, double> ends(const PlotEstimates& estimates, Index k, const Axis& axis) {
    const auto inside = [&](double v) { return axis.place(std::clamp(v, 0.0, axis.extent().upper)); };
    return {inside(estimates.lower[k]), inside(estimates.upper[k])};
  }

  [[nodiscard]] Placing placed(const Box& frame) const {
    const Placing placing = placed(frame, name_room);
    if (placing.left_out == 0) return placing;
    const Placing narrow = placed(frame, crowded_room);
    return narrow.left_out < placing.left_out ? narrow : placing;
  }

  [[nodiscard]] Placing placed(const Box& frame, double room) const {
    Placing placing;
    for (const Index k : order_) placing.names.push_back(name(k));
    placing.names = shortened_names(placing.names, room, name_size);
    std::vector<PointLabel> labels;
    for (std::size_t i = 0; i < order_.size(); ++i) {
      labels.push_back({place(order_[i], across(frame), upwards(frame)), placing.names[i], radius});
    }
    placing.labels = place_labels(labels, frame, {}, avoided(frame), {.size = name_size});
    for (const auto& label : placing.labels) placing.left_out += label ? 0 : 1;
    return placing;
  }

  // Lines that names should not cover.
  [[nodiscard]] std::vector<Box> avoided(const Box& frame) const {
    const Axis x = across(frame);
    const Axis y = upwards(frame);
    std::vector<Box> avoided;
    for (const Index k : order_) {
      const Pixel at = place(k, x, y);
      if (has_interval(plot_.mean_of_size, k)) {
        const auto [from, to] = ends(plot_.mean_of_size, k, x);
        avoided.push_back({from, at.y - 1.0, to - from, 2.0});
      }
      if (has_interval(plot_.sd, k)) {
        const auto [from, to] = ends(plot_.sd, k, y);
        avoided.push_back({at.x - 1.0, to, 2.0, from - to});
      }
    }
    constexpr int pieces = 60;
    for (const Ratio& ratio : ratios) {
      const Pixel end = end_of(ratio, x, y);
      for (int k = 0; k < pieces; ++k) {
        const double share = (k + 0.5) / pieces;
        avoided.push_back({frame.left + share * (end.x - frame.left) - 3.0,
                           frame.bottom() + share * (end.y - frame.bottom()) - 3.0, 6.0, 6.0});
      }
    }
    return avoided;
  }

  // Where the line sigma = ratio * mu* leaves the frame.
  static Pixel end_of(const Ratio& ratio, const Axis& x, const Axis& y) {
    const double end = std::min(x.extent().upper, y.extent().upper / ratio.value);
    return {x.place(end), y.place(std::min(ratio.value * end, y.extent().upper))};
  }

  [[nodiscard]] const std::string& name(Index k) const {
    return plot_.names[static_cast<std::size_t>(k)];
  }

  void draw_inside(SvgCanvas& canvas, const Box& frame, const Placing& placing) const {
    const Axis x = across(frame);
    const Axis y = upwards(frame);
    draw_grid_across(canvas, frame, y);
    draw_grid_upwards(canvas, frame, x);
    if (!order_.empty()) draw_ratios(canvas, x, y);
    for (const Index k : order_) draw_intervals(canvas, k, x, y);
    for (std::size_t i = 0; i < order_.size(); ++i) {
      if (placing.labels[i]) draw_leader(canvas, i, placing, frame);
    }
    for (const Index k : order_) {
      canvas.circle(place(k, x, y), radius,
                    fmt::format(R"(class="point" fill="{}" stroke="white" stroke-width="0.8")", blue),
                    fmt::format("{}: μ* {}, σ {}", name(k), number_text(plot_.mean_of_size.values[k]),
                                number_text(plot_.sd.values[k])));
    }
    for (std::size_t i = 0; i < order_.size(); ++i) {
      if (!placing.labels[i]) continue;
      const Pixel at{placing.labels[i]->at.x, placing.labels[i]->at.y + frame.top};
      canvas.text(at, placing.names[i],
                  {.size = name_size,
                   .anchor = Anchor::middle,
                   .halo = true,
                   .whole = name(order_[i]),
                   .kind = "name"});
    }
    if (order_.empty()) say_no_data(canvas, frame);
    draw_frame(canvas, frame);
    draw_axis(canvas, frame, x, {.name = "μ*: mean size of elementary effects", .unit = plot_.unit});
    draw_axis(canvas, frame, y, {.name = "σ: their standard deviation", .unit = plot_.unit}, Side::left);
  }

  static void draw_ratios(SvgCanvas& canvas, const Axis& x, const Axis& y) {
    for (const Ratio& ratio : ratios) {
      canvas.line(
          {x.place(0.0), y.place(0.0)}, end_of(ratio, x, y),
          fmt::format(R"(class="ratio" stroke="{}" stroke-width="1.3"{})", ratio_colour, ratio.dashes));
    }
  }

  void draw_intervals(SvgCanvas& canvas, Index k, const Axis& x, const Axis& y) const {
    const Pixel at = place(k, x, y);
    constexpr std::string_view pen = R"(class="whisker" stroke="#0072B2" stroke-opacity="0.55")";
    if (has_interval(plot_.mean_of_size, k)) {
      const auto [from, to] = ends(plot_.mean_of_size, k, x);
      canvas.line({from, at.y}, {to, at.y}, pen);
    }
    if (has_interval(plot_.sd, k)) {
      const auto [from, to] = ends(plot_.sd, k, y);
      canvas.line({at.x, from}, {at.x, to}, pen);
    }
  }

  // From the point to the nearest side of its name.
  void draw_leader(SvgCanvas& canvas, std::size_t i, const Placing& placing, const Box& frame) const {
    const PlacedLabel& label = *placing.labels[i];
    if (!label.led) return;
    const Pixel from = place(order_[i], across(frame), upwards(frame));
    const Pixel at{label.at.x, label.at.y + frame.top};
    const double half = 0.5 * text_width(placing.names[i], name_size);
    const Pixel to{std::clamp(from.x, at.x - half, at.x + half),
                   std::clamp(from.y, at.y - 0.4 * name_size, at.y + 0.4 * name_size)};
    canvas.line(from, to, R"(class="leader" stroke="#666666" stroke-width="0.6")");
  }

  const MorrisPlot& plot_;
  std::vector<Index> order_;  // the greatest mu* first
  Extent across_;
  Extent upwards_;
};

}  // namespace

std::string to_svg(const MorrisPlot& plot) { return Drawing(plot).drawn(); }

}  // namespace mystic
