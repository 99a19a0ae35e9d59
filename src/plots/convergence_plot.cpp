#include "mystic/plots/convergence_plot.hpp"

#include "mystic/core/require.hpp"
#include "mystic/plots/plot_axis.hpp"
#include "mystic/plots/plot_text.hpp"
#include "page.hpp"

#include <algorithm>
#include <optional>

namespace mystic {
namespace {

using namespace plots;

constexpr double logarithmic_from = 30.0;  // greatest number of evaluations over the least
constexpr double name_size = 11.0;
constexpr double name_line = 14.0;
constexpr double name_room = 180.0;
constexpr double from_frame = 10.0;
constexpr double between_labels = 4.0;

void require_plot(const ConvergencePlot& plot) {
  for (const ConvergencePanel& panel : plot.panels) {
    require(static_cast<Index>(panel.series.size()) <= ConvergencePlot::most_series,
            "convergence: {} series in a panel, there may be {}", panel.series.size(),
            ConvergencePlot::most_series);
    for (const ConvergenceSeries& one : panel.series) {
      require_sizes(one.estimates, one.evaluations.size(), "convergence",
                    one.name.empty() ? "the series" : one.name);
      for (Index k = 1; k < one.evaluations.size(); ++k) {
        require(!(one.evaluations[k] < one.evaluations[k - 1]),
                "convergence: evaluations descend from {} to {}", one.evaluations[k - 1],
                one.evaluations[k]);
      }
    }
  }
}

// The last estimate that is known.
std::optional<Index> last_known(const ConvergenceSeries& one) {
  for (Index k = one.evaluations.size(); k-- > 0;) {
    if (drawable(one.evaluations[k]) && drawable(one.estimates.values[k])) return k;
  }
  return std::nullopt;
}

// What is written at the right of the frame.
struct EndLabel {
  std::string name = {};                ///< whole
  std::vector<std::string> lines = {};  ///< short
  std::string_view colour = ink;
  double wanted = 0.0;  // y of its middle, if there were no others
  double middle = 0.0;
  bool faint = false;

  [[nodiscard]] double height() const {
    return name_line * static_cast<double>(lines.size()) + between_labels;
  }
};

// Each as near to where it is wanted as the others allow, all between top and bottom: groups that touch
// are laid out as one, about the mean of what they want.
void spread(std::vector<EndLabel>& labels, double top, double bottom) {
  std::ranges::stable_sort(labels, {}, &EndLabel::wanted);
  struct Group {
    std::size_t first = 0;
    std::size_t count = 0;
    double height = 0.0;
    double wish = 0.0;  // sum of the tops that its members want for the group
    double top = 0.0;
  };
  std::vector<Group> groups;
  for (std::size_t k = 0; k < labels.size(); ++k) {
    const double height = labels[k].height();
    Group group{k, 1, height, labels[k].wanted - 0.5 * height, 0.0};
    for (;;) {
      const double most = std::max(bottom - group.height, top);
      group.top = std::clamp(group.wish / static_cast<double>(group.count), top, most);
      if (groups.empty() || groups.back().top + groups.back().height <= group.top) break;
      const Group before = groups.back();
      groups.pop_back();
      group = {before.first, before.count + group.count, before.height + group.height,
               before.wish + group.wish - static_cast<double>(group.count) * before.height, 0.0};
    }
    groups.push_back(group);
  }
  for (const Group& group : groups) {
    double y = group.top;
    for (std::size_t k = group.first; k < group.first + group.count; ++k) {
      labels[k].middle = y + 0.5 * labels[k].height();
      y += labels[k].height();
    }
  }
}

class Drawing {
 public:
  explicit Drawing(const ConvergencePlot& plot) : plot_(plot), heading_{plot.title, plot.note} {
    if (plot.panels.empty()) panels_.emplace_back();
    panels_.insert(panels_.end(), plot.panels.begin(), plot.panels.end());
    bool positive = true;
    for (const ConvergencePanel& panel : panels_) {
      for (const ConvergenceSeries& one : panel.series) {
        evaluations_.take(one.evaluations);
        positive = positive && one.evaluations.size() > 0 && evaluations_.lower > 0.0;
      }
    }
    logarithmic_ =
        positive && !evaluations_.empty() && evaluations_.upper / evaluations_.lower >= logarithmic_from;
  }

  std::string drawn() const {
    const double right = right_room();
    double left = 0.0;
    for (const ConvergencePanel& panel : panels_) {
      left = std::max(left, room_beside(Axis::upwards(extent(panel), height_of(panel), 0.0)));
    }
    left += margin;
    double top = bottom_of(heading_) + 6.0;
    double bottom = top;
    for (const ConvergencePanel& panel : panels_) bottom += height_of(panel) + between();
    bottom -= between();
    SvgCanvas canvas(page_width, bottom + room_beneath({}) + margin,
                     plot_.title.empty() ? "convergence" : plot_.title);
    draw(canvas, heading_);
    Box frame{left, top, page_width - left - right, 0.0};
    for (const ConvergencePanel& panel : panels_) {
      frame.height = height_of(panel);
      draw_panel(canvas, frame, panel);
      if (frame.bottom() + 1.0 < bottom) frame.top = frame.bottom() + between();
    }
    draw_axis(canvas, frame, across(frame), {.name = plot_.across});
    return canvas.finished();
  }

 private:
  static double between() { return 22.0; }

  [[nodiscard]] double height_of(const ConvergencePanel& panel) const {
    const double each = 2.0 * name_line + between_labels;
    const double labels = each * static_cast<double>(panel.series.size() + panel.markers.size());
    return std::max(panels_.size() == 1 ? 320.0 : 190.0, labels);
  }

  [[nodiscard]] Axis across(const Box& frame) const {
    Extent extent = evaluations_;
    if (logarithmic_) {
      extent = {evaluations_.lower / 1.05, evaluations_.upper * 1.05};
    } else if (!extent.empty()) {
      if (extent.lower >= 0.0) extent.lower = 0.0;
      const bool from_zero = extent.lower == 0.0 && extent.upper > 0.0;
      extent = extent.with_room(0.02);
      if (from_zero) extent.lower = 0.0;
    } else {
      extent = extent.with_room(0.0);
    }
    return Axis::across(extent, frame.left, frame.right(), {.logarithmic = logarithmic_});
  }

  static Extent extent(const ConvergencePanel& panel) {
    Extent extent;
    for (const ConvergenceSeries& one : panel.series) extent.take(one.estimates);
    for (const PlotMarker& marker : panel.markers) extent.take(marker.at);
    return extent.with_room(0.06);
  }

  static std::string value_text(const ConvergenceSeries& one, Index k) {
    if (!has_interval(one.estimates, k)) return number_text(one.estimates.values[k]);
    return estimate_text(one.estimates.values[k], one.estimates.lower[k], one.estimates.upper[k]);
  }

  // In the order of the series; then the markers.
  static std::vector<EndLabel> end_labels(const ConvergencePanel& panel, const Axis& y) {
    std::vector<std::string> names;
    for (const ConvergenceSeries& one : panel.series) names.push_back(one.name);
    names = shortened_names(names, name_room, name_size);
    std::vector<EndLabel> labels;
    for (std::size_t s = 0; s < panel.series.size(); ++s) {
      const ConvergenceSeries& one = panel.series[s];
      const auto last = last_known(one);
      EndLabel label{.name = one.name, .colour = series_colours[s]};
      if (!one.name.empty()) label.lines.push_back(names[s]);
      label.lines.push_back(last ? value_text(one, *last) : "no estimate");
      label.wanted = last ? y.place(one.estimates.values[*last]) : y.place(y.extent().lower);
      labels.push_back(label);
    }
    for (const PlotMarker& marker : panel.markers) {
      if (drawable(marker.at) && !marker.label.empty()) {
        labels.push_back({.name = marker.label,
                          .lines = {shortened(marker.label, name_room, name_size)},
                          .colour = faint_ink,
                          .wanted = y.place(marker.at),
                          .faint = true});
      }
    }
    return labels;
  }

  [[nodiscard]] double right_room() const {
    double widest = 0.0;
    for (const ConvergencePanel& panel : panels_) {
      const Axis y = Axis::upwards(extent(panel), height_of(panel), 0.0);
      for (const EndLabel& label : end_labels(panel, y)) {
        for (const std::string& line : label.lines) {
          widest = std::max(widest, text_width(line, name_size));
        }
      }
    }
    return from_frame + widest + margin;
  }

  void draw_panel(SvgCanvas& canvas, const Box& frame, const ConvergencePanel& panel) const {
    const Axis x = across(frame);
    const Axis y = Axis::upwards(extent(panel), frame.bottom(), frame.top);
    draw_grid_across(canvas, frame, y);
    draw_grid_upwards(canvas, frame, x);
    for (const PlotMarker& marker : panel.markers) {
      if (!drawable(marker.at)) continue;
      canvas.line({frame.left, y.place(marker.at)}, {frame.right(), y.place(marker.at)},
                  R"(class="marker" stroke="#666666" stroke-dasharray="5 3")");
    }
    bool any = false;
    for (std::size_t s = 0; s < panel.series.size(); ++s) {
      any = any || last_known(panel.series[s]);
      draw_series(canvas, panel.series[s], x, y, series_colours[s]);
    }
    if (!any) say_no_data(canvas, frame);
    draw_frame(canvas, frame);
    draw_numbers(canvas, frame, y, Side::left);
    draw_label(canvas, frame, y, panel.quantity, Side::left, frame.left - margin);
    std::vector<EndLabel> labels = end_labels(panel, y);
    spread(labels, frame.top - 6.0, frame.bottom() + 6.0);
    for (const EndLabel& label : labels) draw_end(canvas, label, frame);
  }

  static void draw_series(SvgCanvas& canvas, const ConvergenceSeries& one, const Axis& x, const Axis& y,
                          std::string_view colour) {
    if (one.estimates.lower.size() > 0) {
      for (const auto& corners :
           band_of(one.evaluations, one.estimates.lower, one.estimates.upper, x, y)) {
        canvas.polygon(corners, fmt::format(R"(class="band" fill="{}" fill-opacity="0.18")", colour));
      }
    }
    for (const auto& corners : pieces_of(one.evaluations, one.estimates.values, x, y)) {
      canvas.polyline(corners,
                      fmt::format(R"(class="estimate" stroke="{}" stroke-width="1.8")", colour));
    }
    if (const auto last = last_known(one)) {
      const double at = x.place(one.evaluations[*last]);
      if (has_interval(one.estimates, *last)) {
        canvas.line({at, y.place(one.estimates.lower[*last])}, {at, y.place(one.estimates.upper[*last])},
                    fmt::format(R"(class="whisker" stroke="{}" stroke-width="1.2")", colour));
      }
      canvas.circle({at, y.place(one.estimates.values[*last])}, 3.0,
                    fmt::format(R"(class="last" fill="{}" stroke="white" stroke-width="0.8")", colour));
    }
  }

  static void draw_end(SvgCanvas& canvas, const EndLabel& label, const Box& frame) {
    double y = label.middle - 0.5 * (label.height() - between_labels) + 0.5 * name_line;
    for (std::size_t k = 0; k < label.lines.size(); ++k, y += name_line) {
      canvas.text({frame.right() + from_frame, y}, label.lines[k],
                  {.size = name_size,
                   .colour = label.faint ? faint_ink : ink,
                   .whole = k == 0 && !label.name.empty() ? label.name : label.lines[k],
                   .kind = "end-label"});
    }
    canvas.line({frame.right() + 5.0, label.middle - 0.5 * label.height() + 3.0},
                {frame.right() + 5.0, label.middle + 0.5 * label.height() - 3.0},
                fmt::format(R"(class="end-mark" stroke="{}" stroke-width="3")", label.colour));
  }

  const ConvergencePlot& plot_;
  Heading heading_;
  std::vector<ConvergencePanel> panels_;
  Extent evaluations_;
  bool logarithmic_ = false;
};

}  // namespace

std::string to_svg(const ConvergencePlot& plot) {
  require_plot(plot);
  return Drawing(plot).drawn();
}

}  // namespace mystic
