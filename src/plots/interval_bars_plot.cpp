#include "mystic/plots/interval_bars_plot.hpp"

#include "mystic/core/require.hpp"
#include "mystic/plots/plot_axis.hpp"
#include "mystic/plots/plot_text.hpp"
#include "page.hpp"

#include <algorithm>

namespace mystic {
namespace {

using namespace plots;

constexpr double upright_height = 300.0;
constexpr double name_size = 12.0;
constexpr double name_room = 220.0;      // of lying bars
constexpr double most_thickness = 40.0;  // of an upright bar
constexpr double cap = 3.0;              // half of the bar across a whisker's end

void require_plot(const IntervalBarsPlot& plot) {
  require(static_cast<Index>(plot.series.size()) <= IntervalBarsPlot::most_series,
          "bars: {} series, there may be {}", plot.series.size(), IntervalBarsPlot::most_series);
  for (const IntervalBars& one : plot.series) {
    require_sizes(one.estimates, static_cast<Index>(plot.categories.size()), "bars",
                  one.name.empty() ? "the series" : one.name);
  }
}

class Drawing {
 public:
  explicit Drawing(const IntervalBarsPlot& plot)
      : plot_(plot), heading_{plot.title, plot.note},
        categories_(static_cast<double>(plot.categories.size())),
        names_(shortened_names(plot.categories, name_room, name_size)) {
    for (const IntervalBars& one : plot.series) {
      values_.take(one.estimates);
      for (const double value : one.estimates.values) missing_ = missing_ || !drawable(value);
    }
    has_data_ = !values_.empty();
    if (has_data_) values_.take(0.0);
    upright_ = names_fit_beneath();
  }

  std::string drawn() const {
    const Axis sizing = Axis::upwards(extent(), upright_height, 0.0);
    Box frame;
    frame.left = margin + (upright_ ? room_beside(sizing) : widest_name() + 8.0);
    frame.width = page_width - frame.left - 2.0 * margin;
    const Key key(key_entries(), frame.left, frame.width);
    const double key_top = bottom_of(heading_);
    frame.top = key_top + key.height();
    frame.height = upright_ ? upright_height : std::max(categories_, 3.0) * lying_row();
    const double beneath = upright_ ? 10.0 + name_size : room_beneath({});

    SvgCanvas canvas(page_width, frame.bottom() + beneath + margin,
                     plot_.title.empty() ? "bars with intervals" : plot_.title);
    draw(canvas, heading_);
    key.draw(canvas, key_top);
    if (upright_) {
      const Axis axis = Axis::upwards(extent(), frame.bottom(), frame.top);
      draw_grid_across(canvas, frame, axis);
      draw_groups(canvas, frame, axis);
      draw_frame(canvas, frame);
      draw_axis(canvas, frame, axis, plot_.quantity, Side::left);
    } else {
      const Axis axis = Axis::across(extent(), frame.left, frame.right());
      draw_grid_upwards(canvas, frame, axis);
      draw_groups(canvas, frame, axis);
      draw_frame(canvas, frame);
      draw_axis(canvas, frame, axis, plot_.quantity);
    }
    return canvas.finished();
  }

 private:
  // Bars begin at the frame unless some are negative.
  [[nodiscard]] Extent extent() const {
    if (!has_data_) return {0.0, 1.0};
    Extent wider = values_.with_room(0.04);
    if (values_.lower == 0.0 && values_.upper > 0.0) wider.lower = 0.0;
    if (values_.upper == 0.0 && values_.lower < 0.0) wider.upper = 0.0;
    return wider;
  }

  [[nodiscard]] bool names_fit_beneath() const {
    const double narrowest = page_width - 150.0;  // whatever numbers stand beside the frame
    const double bars = categories_ * static_cast<double>(plot_.series.size());
    if (bars > 40.0) return false;
    return std::ranges::all_of(plot_.categories, [&](const std::string& name) {
      return text_width(name, name_size) < narrowest / categories_ - 8.0;
    });
  }

  [[nodiscard]] double widest_name() const {
    double widest = 0.0;
    for (const std::string& name : names_) widest = std::max(widest, text_width(name, name_size));
    return widest;
  }

  [[nodiscard]] double lying_row() const {
    return plot_.series.size() < 2 ? 22.0 : 8.0 + 11.0 * static_cast<double>(plot_.series.size());
  }

  [[nodiscard]] std::vector<KeyEntry> key_entries() const {
    std::vector<KeyEntry> entries;
    for (std::size_t s = 0; s < plot_.series.size() && plot_.series.size() > 1; ++s) {
      entries.push_back({plot_.series[s].name, KeyShape::bar, series_colours[s]});
    }
    if (missing_) entries.push_back({"no estimate", KeyShape::cross});
    return entries;
  }

  // `along`: a place on the axis of values; `beside`: one across it.
  [[nodiscard]] Pixel at(double along, double beside) const {
    return upright_ ? Pixel{beside, along} : Pixel{along, beside};
  }

  void draw_groups(SvgCanvas& canvas, const Box& frame, const Axis& axis) const {
    const double side = upright_ ? frame.width : frame.height;
    const double start = upright_ ? frame.left : frame.top;
    const double group = side / std::max(categories_, 1.0);
    const double count = static_cast<double>(plot_.series.size());
    const double thick = std::min(0.76 * group / std::max(count, 1.0), most_thickness);
    for (std::size_t c = 0; c < plot_.categories.size(); ++c) {
      const double middle = start + group * (static_cast<double>(c) + 0.5);
      for (std::size_t s = 0; s < plot_.series.size(); ++s) {
        const double beside = middle + thick * (static_cast<double>(s) - 0.5 * count);
        draw_bar(canvas, axis, {s, static_cast<Index>(c)}, beside, thick);
      }
      if (upright_) {
        canvas.text({middle, frame.bottom() + 8.0 + 0.5 * name_size}, plot_.categories[c],
                    {.anchor = Anchor::middle, .kind = "category"});
      } else {
        canvas.text({frame.left - 8.0, middle}, names_[c],
                    {.anchor = Anchor::end, .whole = plot_.categories[c], .kind = "category"});
      }
    }
    if (has_data_) {
      const double zero = axis.place(0.0);
      canvas.line(at(zero, start), at(zero, start + side), R"(class="zero" stroke="#222222")");
    } else {
      say_no_data(canvas, frame);
    }
  }

  struct Cell {
    std::size_t series = 0;
    Index category = 0;
  };

  void draw_bar(SvgCanvas& canvas, const Axis& axis, Cell cell, double beside, double thick) const {
    const IntervalBars& one = plot_.series[cell.series];
    const double value = one.estimates.values[cell.category];
    const double zero = axis.place(std::clamp(0.0, axis.extent().lower, axis.extent().upper));
    const double middle = beside + 0.5 * thick;
    if (!drawable(value)) {
      draw_cross(canvas, at(zero + (upright_ ? -8.0 : 8.0), middle), "no-estimate");
      return;
    }
    const double end = axis.place(value);
    const Pixel corner = at(std::min(zero, end), beside);
    const double length = std::abs(end - zero);
    canvas.rect({corner.x, corner.y, upright_ ? thick : length, upright_ ? length : thick},
                fmt::format(R"(class="bar" fill="{}" stroke="white" stroke-width="0.7")",
                            series_colours[cell.series]),
                tooltip(one, cell.category));
    if (has_interval(one.estimates, cell.category)) {
      draw_whisker(canvas, axis.place(one.estimates.lower[cell.category]),
                   axis.place(one.estimates.upper[cell.category]), middle);
    }
  }

  [[nodiscard]] std::string tooltip(const IntervalBars& one, Index c) const {
    const bool interval = has_interval(one.estimates, c);
    const double value = one.estimates.values[c];
    return fmt::format("{}{}{}: {}", plot_.categories[static_cast<std::size_t>(c)],
                       one.name.empty() ? "" : ", ", one.name,
                       interval ? estimate_text(value, one.estimates.lower[c], one.estimates.upper[c])
                                : number_text(value));
  }

  void draw_whisker(SvgCanvas& canvas, double from, double to, double middle) const {
    constexpr std::string_view pen = R"(class="whisker" stroke="#222222" stroke-width="1.2")";
    constexpr std::string_view pen_of_cap = R"(class="cap" stroke="#222222" stroke-width="1.2")";
    canvas.line(at(from, middle), at(to, middle), pen);
    for (const double end : {from, to})
      canvas.line(at(end, middle - cap), at(end, middle + cap), pen_of_cap);
  }

  const IntervalBarsPlot& plot_;
  Heading heading_;
  double categories_ = 0.0;
  std::vector<std::string> names_;
  Extent values_;
  bool has_data_ = false;
  bool missing_ = false;
  bool upright_ = true;
};

}  // namespace

std::string to_svg(const IntervalBarsPlot& plot) {
  require_plot(plot);
  return Drawing(plot).drawn();
}

}  // namespace mystic
