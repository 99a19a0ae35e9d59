#include "mystic/plots/scatter_matrix_plot.hpp"

#include "mystic/core/require.hpp"
#include "mystic/plots/plot_axis.hpp"
#include "mystic/plots/plot_text.hpp"
#include "page.hpp"

#include <algorithm>
#include <cmath>

namespace mystic {
namespace {

using namespace plots;

constexpr double between = 8.0;  // cells
constexpr double inside = 0.06;  // share of an extent between its ends and the frame
constexpr double golden = 0.61803398874989485;

void require_plot(const ScatterMatrixPlot& plot) {
  const auto n = static_cast<Index>(plot.quantities.size());
  require(plot.points.rows() == n, "scatter matrix: points have {} coordinates, there are {} names",
          plot.points.rows(), n);
  const bool square = plot.correlations.rows() == n && plot.correlations.cols() == n;
  require(square || plot.correlations.size() == 0,
          "scatter matrix: correlations are {} x {}, there must be {} x {}, or none",
          plot.correlations.rows(), plot.correlations.cols(), n, n);
  require(static_cast<Index>(plot.shown.size()) <= ScatterMatrixPlot::most_quantities,
          "scatter matrix: {} quantities to be shown, at most {} can be read", plot.shown.size(),
          ScatterMatrixPlot::most_quantities);
  for (const Index k : plot.shown) {
    require(k >= 0 && k < n, "scatter matrix: quantity {} is to be shown, they are 0 to {}", k, n - 1);
  }
  require(plot.most_points >= 1, "scatter matrix: most_points = {} must be at least 1",
          plot.most_points);
}

std::vector<Index> shown_of(const ScatterMatrixPlot& plot) {
  if (!plot.shown.empty()) return plot.shown;
  const auto n = static_cast<Index>(plot.quantities.size());
  std::vector<Index> first(static_cast<std::size_t>(std::min(n, ScatterMatrixPlot::most_quantities)));
  for (std::size_t k = 0; k < first.size(); ++k) first[k] = static_cast<Index>(k);
  return first;
}

// Evenly over all, and in step with no pattern of a design: those whose multiple of the golden section
// has a small fraction (they are spread as evenly as can be; Kesten, 1966).
std::vector<Index> drawn_of(Index points, Index most) {
  std::vector<Index> drawn;
  const double share = static_cast<double>(most) / static_cast<double>(std::max<Index>(points, 1));
  for (Index k = 0; k < points && static_cast<Index>(drawn.size()) < most; ++k) {
    const double turn = golden * static_cast<double>(k);
    if (points <= most || turn - std::floor(turn) < share) drawn.push_back(k);
  }
  return drawn;
}

double dot_width(std::size_t points) {
  if (points <= 40) return 5.0;
  return points <= 200 ? 3.4 : (points <= 800 ? 2.6 : 2.0);
}

class Drawing {
 public:
  explicit Drawing(const ScatterMatrixPlot& plot)
      : plot_(plot), shown_(shown_of(plot)), drawn_(drawn_of(plot.points.cols(), plot.most_points)) {
    const auto n = static_cast<double>(std::max<std::size_t>(shown_.size(), 1));
    cell_ = std::clamp(720.0 / n, 72.0, 260.0);
    style_ = {.text_size = cell_ < 100.0 ? 9.0 : 11.0, .overhang = 1.0, .most_ticks = 4};
    for (const Index k : shown_) {
      Extent extent;
      extent.take(Vector(plot.points.row(k)));
      extents_.push_back(extent);
      has_data_ = has_data_ || !extent.empty();
    }
    shorten_names();
  }

  std::string drawn() const {
    const std::size_t n = shown_.size();
    double left = 0.0;
    for (std::size_t i = 0; i < n; ++i)
      left = std::max(left, room_beside(upwards(i, cell_box(i, 0, {}))));
    left += second_line_;
    const double step = cell_ + between;
    const double side = step * static_cast<double>(std::max<std::size_t>(n, 1)) - between;
    const double width = std::max(margin + left + side + margin, 360.0);
    const Heading heading{plot_.title, note()};
    const Pixel corner{margin + left, bottom_of(heading, width)};
    SvgCanvas canvas(width, corner.y + side + room_beneath(style_) + second_line_ + margin,
                     plot_.title.empty() ? "scatter matrix" : plot_.title);
    draw(canvas, heading, width);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) draw_cell(canvas, i, j, cell_box(i, j, corner));
      const Box box = cell_box(i, 0, corner);
      if (has_points_in_row(i)) draw_numbers(canvas, box, upwards(i, box), Side::left);
      const double size = label_size(style_);
      if (n > 1) {
        draw_name(canvas, i, upwards(i, box), {box.left - left + 0.5 * size, box.middle().y}, true);
      }
      const Box last = cell_box(n - 1, i, corner);
      draw_numbers(canvas, last, across(i, last));
      draw_name(canvas, i, across(i, last),
                {last.middle().x, last.bottom() + room_beneath(style_) - 0.5 * size}, false);
    }
    const Box all{corner.x, corner.y, side, side};
    if (n == 0) draw_frame(canvas, all);
    if (!has_data_) say_no_data(canvas, n < 2 ? all : cell_box(1, 0, corner));
    return canvas.finished();
  }

 private:
  [[nodiscard]] Box cell_box(std::size_t i, std::size_t j, Pixel corner) const {
    const double step = cell_ + between;
    return {corner.x + step * static_cast<double>(j), corner.y + step * static_cast<double>(i), cell_,
            cell_};
  }

  [[nodiscard]] Axis across(std::size_t j, const Box& box) const {
    return Axis::across(extents_[j].with_room(inside), box.left, box.right(), style_);
  }
  [[nodiscard]] Axis upwards(std::size_t i, const Box& box) const {
    return Axis::upwards(extents_[i].with_room(inside), box.bottom(), box.top, style_);
  }

  // What tells a name from the others must be seen, so they are shortened together; where not all fit
  // with their units, the units go to a line of their own.
  void shorten_names() {
    const double size = label_size(style_);
    std::vector<std::string> names;
    bool all_fit = true;
    for (std::size_t k = 0; k < shown_.size(); ++k) {
      const PlotLabel whole = with_factor(across(k, cell_box(0, 0, {})), quantity(k));
      all_fit = all_fit && text_width(label_text(whole, infinity, size), size) <= cell_;
      names.push_back(whole.name);
    }
    names_ = shortened_names(names, cell_, size);
    second_line_ = all_fit ? 0.0 : size + 2.0;
  }

  [[nodiscard]] const PlotLabel& quantity(std::size_t k) const {
    return plot_.quantities[static_cast<std::size_t>(shown_[k])];
  }

  // `at`: the middle of the first line.
  void draw_name(SvgCanvas& canvas, std::size_t k, const Axis& axis, Pixel at, bool upright) const {
    const PlotLabel full = with_factor(axis, quantity(k));
    const std::string whole = label_text(full, infinity, label_size(style_));
    TextStyle style{.size = label_size(style_),
                    .anchor = Anchor::middle,
                    .upwards = upright,
                    .room = cell_,
                    .whole = whole,
                    .kind = "axis-label"};
    if (second_line_ == 0.0) {
      canvas.text(at, whole, style);
      return;
    }
    canvas.text(at, names_[k], style);
    const Pixel next{at.x + (upright ? second_line_ : 0.0), at.y + (upright ? 0.0 : second_line_)};
    style.whole = {};
    if (!full.unit.empty()) canvas.text(next, fmt::format("[{}]", full.unit), style);
  }

  // Numbers beside a row of nothing but a histogram and correlations would be those of the histogram.
  [[nodiscard]] bool has_points_in_row(std::size_t i) const {
    return i > 0 || (plot_.correlations.size() == 0 && shown_.size() > 1);
  }

  [[nodiscard]] std::string note() const {
    std::string text = plot_.note;
    const auto add = [&](const std::string& more) { text += (text.empty() ? "" : "; ") + more; };
    if (plot_.correlations.size() > 0 && shown_.size() > 1)
      add("above the diagonal: " + plot_.correlation);
    if (static_cast<Index>(drawn_.size()) < plot_.points.cols()) {
      add(fmt::format("{} of {} points drawn", drawn_.size(), plot_.points.cols()));
    }
    if (shown_.size() < plot_.quantities.size()) {
      add(fmt::format("{} of {} quantities shown", shown_.size(), plot_.quantities.size()));
    }
    return text;
  }

  void draw_cell(SvgCanvas& canvas, std::size_t i, std::size_t j, const Box& box) const {
    if (j > i && plot_.correlations.size() > 0) {
      draw_correlation(canvas, plot_.correlations(shown_[i], shown_[j]), box);
      return;
    }
    if (i == j) {
      draw_histogram(canvas, i, box);
    } else {
      draw_points(canvas, i, j, box);
    }
    canvas.rect(box, R"(class="frame" fill="none" stroke="#888888")");
  }

  void draw_correlation(SvgCanvas& canvas, double value, const Box& box) const {
    const bool known = std::abs(value) <= 1.0;
    canvas.rect(box, fmt::format(R"(class="correlation" fill="{}" stroke="#cccccc")",
                                 known ? diverging_colour(value) : "#f4f4f4"));
    std::string text = known ? fmt::format("{:.2f}", value) : "–";
    if (text == "-0.00") text = "0.00";
    if (text.starts_with('-')) text.replace(0, 1, "−");
    canvas.text(box.middle(), text,
                {.size = std::clamp(0.16 * cell_, 12.0, 18.0),
                 .anchor = Anchor::middle,
                 .colour = known ? ink_on_diverging(value) : faint_ink,
                 .kind = "number"});
  }

  void draw_points(SvgCanvas& canvas, std::size_t i, std::size_t j, const Box& box) const {
    const Axis x = across(j, box);
    const Axis y = upwards(i, box);
    std::vector<Pixel> places;
    for (const Index k : drawn_) {
      const double at = plot_.points(shown_[j], k);
      const double height = plot_.points(shown_[i], k);
      if (drawable(at) && drawable(height)) places.push_back({x.place(at), y.place(height)});
    }
    // Layers, so that places with many points look darker.
    constexpr std::size_t layers = 8;
    const double width = dot_width(places.size());
    const std::size_t step = std::max<std::size_t>((places.size() + layers - 1) / layers, 1);
    for (std::size_t from = 0; from < places.size(); from += step) {
      const auto layer = std::span(places).subspan(from, std::min(step, places.size() - from));
      canvas.dots(layer,
                  fmt::format(R"(class="points" stroke="{}" stroke-width="{:.1f}" stroke-opacity="0.5")",
                              blue, width));
    }
  }

  void draw_histogram(SvgCanvas& canvas, std::size_t i, const Box& box) const {
    const Extent& extent = extents_[i];
    if (extent.empty()) return;
    const Axis x = across(i, box);
    const std::vector<Index> counts = counts_of(i);
    const auto highest = static_cast<double>(std::ranges::max(counts));
    const double one = counts.size() == 1 ? 0.2 * box.width : 0.0;  // a value that does not vary
    const double from = x.place(extent.lower) - 0.5 * one;
    const double width = (x.place(extent.upper) + 0.5 * one - from) / static_cast<double>(counts.size());
    for (std::size_t k = 0; k < counts.size(); ++k) {
      if (counts[k] == 0) continue;
      const double height = 0.92 * box.height * static_cast<double>(counts[k]) / highest;
      canvas.rect({from + width * static_cast<double>(k), box.bottom() - height, width, height},
                  R"(class="bar" fill="#b5d4ea" stroke="white" stroke-width="0.5")");
    }
  }

  // Of all points, in equally wide bins: 2 m^(1/3), Rice's rule, as far as they can be seen.
  [[nodiscard]] std::vector<Index> counts_of(std::size_t i) const {
    const Extent& extent = extents_[i];
    const Vector values = plot_.points.row(shown_[i]);
    const double rule = std::ceil(2.0 * std::cbrt(static_cast<double>(values.size())));
    const bool varies = extent.upper > extent.lower && extent.with_room(0.0).upper == extent.upper;
    const auto bins =
        varies ? static_cast<std::size_t>(std::clamp(rule, 4.0, cell_ < 100.0 ? 16.0 : 24.0)) : 1;
    std::vector<Index> counts(bins);
    for (const double value : values) {
      if (!drawable(value)) continue;
      const double share = varies ? (value - extent.lower) / (extent.upper - extent.lower) : 0.0;
      const auto k = static_cast<std::size_t>(share * static_cast<double>(bins));
      ++counts[std::min(k, bins - 1)];
    }
    return counts;
  }

  const ScatterMatrixPlot& plot_;
  const std::vector<Index> shown_;
  const std::vector<Index> drawn_;
  std::vector<Extent> extents_;
  std::vector<std::string> names_;
  double second_line_ = 0.0;  // pixels for the units, where they have a line of their own
  double cell_ = 0.0;
  AxisStyle style_;
  bool has_data_ = false;
};

}  // namespace

std::string to_svg(const ScatterMatrixPlot& plot) {
  require_plot(plot);
  return Drawing(plot).drawn();
}

}  // namespace mystic
