#include "mystic/plots/correlation_plot.hpp"

#include "mystic/core/require.hpp"
#include "mystic/plots/plot_axis.hpp"
#include "mystic/plots/plot_text.hpp"
#include "page.hpp"

#include <algorithm>
#include <cmath>

namespace mystic {
namespace {

using namespace plots;

constexpr double name_room = 180.0;
constexpr double least_numbered = 34.0;  // pixels of a cell
constexpr double key_width = 18.0;
constexpr double key_height = 220.0;

std::string number_of(double value) {
  std::string text = fmt::format("{:.2f}", value);
  if (text == "-0.00") text = "0.00";
  if (text.starts_with('-')) text.replace(0, 1, "−");
  return text;
}

void require_plot(const CorrelationPlot& plot) {
  const auto n = static_cast<Index>(plot.rows.size());
  const auto m = plot.columns.empty() ? n : static_cast<Index>(plot.columns.size());
  require(plot.values.rows() == n && plot.values.cols() == m,
          "correlation plot: values are {} x {}, the names are {} x {}", plot.values.rows(),
          plot.values.cols(), n, m);
  for (const double value : plot.values.reshaped()) {
    require(!(std::abs(value) > 1.0 + 1e-12), "correlation plot: {} is not in [-1, 1]", value);
  }
}

class Drawing {
 public:
  explicit Drawing(const CorrelationPlot& plot)
      : plot_(plot), columns_(plot.columns.empty() ? plot.rows : plot.columns) {
    const auto most = static_cast<double>(std::max({plot.rows.size(), columns_.size(), std::size_t{1}}));
    cell_ = std::clamp(560.0 / most, 16.0, 56.0);
    size_ = cell_ < 24.0 ? 10.0 : 12.0;
    row_names_ = shortened_names(plot.rows, name_room, size_);
    column_names_ = shortened_names(columns_, name_room, size_);
    level_ = std::ranges::all_of(
        columns_, [&](const std::string& name) { return text_width(name, size_) < cell_ - 6.0; });
  }

  std::string drawn() const {
    Box frame{margin + widest(row_names_) + 8.0, 0.0, cell_ * static_cast<double>(columns_.size()),
              cell_ * static_cast<double>(plot_.rows.size())};
    if (frame.width == 0.0 || frame.height == 0.0) frame.width = frame.height = 240.0;
    const double beneath = level_ ? 10.0 + size_ : 10.0 + widest(column_names_);
    const double right = 24.0 + key_width + key_room();
    const double width = std::max(frame.right() + right + margin, 420.0);
    const Heading heading{plot_.title, plot_.note};
    frame.top = bottom_of(heading, width);
    const double height = std::max(frame.bottom() + beneath, frame.top + key_height + 8.0) + margin;
    SvgCanvas canvas(width, height, plot_.title.empty() ? "correlations" : plot_.title);
    draw(canvas, heading, width);
    draw_cells(canvas, frame);
    draw_names(canvas, frame);
    if (plot_.values.size() == 0) say_no_data(canvas, frame);
    draw_frame(canvas, frame);
    draw_key(canvas, {frame.right() + 24.0, frame.top, key_width, key_height});
    return canvas.finished();
  }

 private:
  static Axis key_axis(const Box& box) { return Axis::upwards({-1.0, 1.0}, box.bottom(), box.top); }
  static double key_room() { return room_beside(key_axis({0.0, 0.0, key_width, key_height})); }

  [[nodiscard]] double widest(const std::vector<std::string>& names) const {
    double most = 0.0;
    for (const std::string& name : names) most = std::max(most, text_width(name, size_));
    return most;
  }

  void draw_cells(SvgCanvas& canvas, const Box& frame) const {
    for (Index i = 0; i < plot_.values.rows(); ++i) {
      for (Index j = 0; j < plot_.values.cols(); ++j) {
        draw_cell(canvas,
                  {frame.left + cell_ * static_cast<double>(j),
                   frame.top + cell_ * static_cast<double>(i), cell_, cell_},
                  i, j);
      }
    }
  }

  void draw_cell(SvgCanvas& canvas, const Box& box, Index i, Index j) const {
    const double value = plot_.values(i, j);
    const bool known = std::isfinite(value);
    const std::string tooltip =
        fmt::format("{}, {}: {}", plot_.rows[static_cast<std::size_t>(i)],
                    columns_[static_cast<std::size_t>(j)], known ? number_of(value) : "not known");
    canvas.rect(box,
                fmt::format(R"(class="cell" fill="{}" stroke="white")",
                            known ? diverging_colour(value) : "#eeeeee"),
                tooltip);
    if (!known) {
      canvas.line({box.left + 3.0, box.bottom() - 3.0}, {box.right() - 3.0, box.top + 3.0},
                  R"(class="not-known" stroke="#999999")");
    } else if (cell_ >= least_numbered) {
      canvas.text(box.middle(), number_of(value),
                  {.size = cell_ < 42.0 ? 10.0 : 12.0,
                   .anchor = Anchor::middle,
                   .colour = ink_on_diverging(value),
                   .kind = "number"});
    }
  }

  void draw_names(SvgCanvas& canvas, const Box& frame) const {
    for (std::size_t i = 0; i < plot_.rows.size(); ++i) {
      canvas.text({frame.left - 8.0, frame.top + cell_ * (static_cast<double>(i) + 0.5)}, row_names_[i],
                  {.size = size_, .anchor = Anchor::end, .whole = plot_.rows[i], .kind = "row-name"});
    }
    for (std::size_t j = 0; j < columns_.size(); ++j) {
      const double x = frame.left + cell_ * (static_cast<double>(j) + 0.5);
      const double y = frame.bottom() + 8.0;
      canvas.text({x, level_ ? y + 0.5 * size_ : y}, column_names_[j],
                  {.size = size_,
                   .anchor = level_ ? Anchor::middle : Anchor::end,
                   .upwards = !level_,
                   .whole = columns_[j],
                   .kind = "column-name"});
    }
  }

  void draw_key(SvgCanvas& canvas, const Box& box) const {
    constexpr int steps = 40;
    for (int k = 0; k < steps; ++k) {
      const double value = 1.0 - 2.0 * (k + 0.5) / steps;
      canvas.rect({box.left, box.top + box.height * k / steps, box.width, box.height / steps + 0.5},
                  fmt::format(R"(class="key" fill="{}")", diverging_colour(value)));
    }
    draw_frame(canvas, box);
    draw_axis(canvas, box, key_axis(box), {.name = plot_.measure}, Side::right);
  }

  const CorrelationPlot& plot_;
  const std::vector<std::string>& columns_;
  std::vector<std::string> row_names_;
  std::vector<std::string> column_names_;
  double cell_ = 16.0;
  double size_ = 12.0;
  bool level_ = true;
};

}  // namespace

std::string to_svg(const CorrelationPlot& plot) {
  require_plot(plot);
  return Drawing(plot).drawn();
}

}  // namespace mystic
