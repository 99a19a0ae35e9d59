#include "mystic/plots/plot_axis.hpp"
#include "mystic/plots/plot_text.hpp"

#include <algorithm>
#include <cmath>

namespace mystic::plots {
namespace {

constexpr double tick_length = 5.0;
constexpr double gap = 4.0;              // between a tick and its number, numbers and label
constexpr double between_numbers = 9.0;  // along the axis
constexpr std::string_view pen_of_ticks = R"(class="tick" stroke="#222222")";
constexpr std::string_view pen_of_minor = R"(class="minor-tick" stroke="#222222" stroke-width="0.6")";
constexpr std::string_view pen_of_grid = R"(class="grid" stroke="#e2e2e2")";

TextStyle number_style(const Axis& axis, Anchor anchor) {
  return {.size = axis.style().text_size, .anchor = anchor, .kind = "tick-label"};
}

}  // namespace

Axis::Axis(const Extent& extent, double from, double to, const AxisStyle& style, bool upright)
    : extent_(extent), from_(from), to_(to), style_(style), upright_(upright) {
  const double length = std::abs(to - from);
  const double each = upright ? 3.0 * style.text_size : 3.5 * style.text_size;
  Index about = std::clamp<Index>(static_cast<Index>(length / each), 2, style.most_ticks);
  for (; about >= 2; --about) {
    ticks_ = ticks_for(about);
    if (labels_fit()) return;
  }
  // The ends of what does not find room still show the scale.
  ticks_.at = {ticks_.at.front(), ticks_.at.back()};
  ticks_.labels = {ticks_.labels.front(), ticks_.labels.back()};
  if (labels_fit()) return;
  // Not even one beside its neighbour: the first of the axis must do.
  ticks_.at.resize(1);
  ticks_.labels.resize(1);
}

Axis Axis::across(const Extent& extent, double from, double to, const AxisStyle& style) {
  return {extent, from, to, style, false};
}

Axis Axis::upwards(const Extent& extent, double from, double to, const AxisStyle& style) {
  return {extent, from, to, style, true};
}

Ticks Axis::ticks_for(Index about) const {
  return style_.logarithmic ? logarithmic_ticks(extent_, about) : linear_ticks(extent_, about);
}

double Axis::place(double value) const {
  const double share = style_.logarithmic
                           ? std::log(value / extent_.lower) / std::log(extent_.upper / extent_.lower)
                           : (value - extent_.lower) / (extent_.upper - extent_.lower);
  return from_ + share * (to_ - from_);
}

double Axis::label_place(std::size_t k) const {
  const double half =
      0.5 * (upright_ ? style_.text_size : text_width(ticks_.labels[k], style_.text_size));
  const double least = std::min(from_, to_) - style_.overhang + half;
  const double most = std::max(from_, to_) + style_.overhang - half;
  if (least > most) return 0.5 * (least + most);
  return std::clamp(place(ticks_.at[k]), least, most);
}

double Axis::widest_label() const {
  double widest = 0.0;
  for (const std::string& label : ticks_.labels) {
    widest = std::max(widest, text_width(label, style_.text_size));
  }
  return widest;
}

bool Axis::labels_fit() const {
  for (std::size_t k = 1; k < ticks_.at.size(); ++k) {
    const double apart = std::abs(label_place(k) - label_place(k - 1));
    const double sizes = upright_ ? style_.text_size
                                  : 0.5 * (text_width(ticks_.labels[k - 1], style_.text_size) +
                                           text_width(ticks_.labels[k], style_.text_size));
    if (apart < sizes + (upright_ ? 2.0 : between_numbers)) return false;
  }
  return true;
}

double label_size(const AxisStyle& style) { return style.text_size + 1.0; }

PlotLabel with_factor(const Axis& axis, const PlotLabel& label) {
  const std::string& factor = axis.ticks().factor;
  if (factor.empty()) return label;
  return {label.name, label.unit.empty() ? "×" + factor : factor + " " + label.unit};
}

double room_beside(const Axis& axis, bool labelled) {
  const double numbers = tick_length + gap + axis.widest_label();
  return labelled ? numbers + 2.0 * gap + label_size(axis.style()) : numbers;
}

double room_beneath(const AxisStyle& style, bool labelled) {
  const double numbers = tick_length + gap + style.text_size;
  return labelled ? numbers + gap + label_size(style) : numbers;
}

void draw_grid_across(SvgCanvas& canvas, const Box& frame, const Axis& upright) {
  for (const double at : upright.ticks().at) {
    const double y = upright.place(at);
    canvas.line({frame.left, y}, {frame.right(), y}, pen_of_grid);
  }
}

void draw_grid_upwards(SvgCanvas& canvas, const Box& frame, const Axis& axis) {
  for (const double at : axis.ticks().at) {
    const double x = axis.place(at);
    canvas.line({x, frame.top}, {x, frame.bottom()}, pen_of_grid);
  }
}

void draw_numbers(SvgCanvas& canvas, const Box& frame, const Axis& axis) {
  const Ticks& ticks = axis.ticks();
  for (const double at : ticks.minor) {
    const double x = axis.place(at);
    canvas.line({x, frame.bottom()}, {x, frame.bottom() + 0.6 * tick_length}, pen_of_minor);
  }
  for (std::size_t k = 0; k < ticks.at.size(); ++k) {
    const double x = axis.place(ticks.at[k]);
    const double below = tick_length + gap + 0.5 * axis.style().text_size;
    canvas.line({x, frame.bottom()}, {x, frame.bottom() + tick_length}, pen_of_ticks);
    canvas.text({axis.label_place(k), frame.bottom() + below}, ticks.labels[k],
                number_style(axis, Anchor::middle));
  }
}

void draw_numbers(SvgCanvas& canvas, const Box& frame, const Axis& axis, Side side) {
  const bool at_left = side == Side::left;
  const double edge = at_left ? frame.left : frame.right();
  const double out = at_left ? -1.0 : 1.0;
  const Ticks& ticks = axis.ticks();
  for (const double at : ticks.minor) {
    const double y = axis.place(at);
    canvas.line({edge, y}, {edge + 0.6 * out * tick_length, y}, pen_of_minor);
  }
  for (std::size_t k = 0; k < ticks.at.size(); ++k) {
    const double y = axis.place(ticks.at[k]);
    canvas.line({edge, y}, {edge + out * tick_length, y}, pen_of_ticks);
    canvas.text({edge + out * (tick_length + gap), axis.label_place(k)}, ticks.labels[k],
                number_style(axis, at_left ? Anchor::end : Anchor::start));
  }
}

void draw_label(SvgCanvas& canvas, const Box& frame, const Axis& axis, const PlotLabel& label) {
  const double size = label_size(axis.style());
  const PlotLabel full = with_factor(axis, label);
  canvas.text({frame.middle().x, frame.bottom() + room_beneath(axis.style()) - 0.5 * size},
              label_text(full, frame.width, size),
              {.size = size,
               .anchor = Anchor::middle,
               .whole = label_text(full, infinity, size),
               .kind = "axis-label"});
}

void draw_label(SvgCanvas& canvas, const Box& frame, const Axis& axis, const PlotLabel& label, Side side,
                double room) {
  const double size = label_size(axis.style());
  const PlotLabel full = with_factor(axis, label);
  const double out = room - 0.5 * size;
  canvas.text({side == Side::left ? frame.left - out : frame.right() + out, frame.middle().y},
              label_text(full, frame.height, size),
              {.size = size,
               .anchor = Anchor::middle,
               .upwards = true,
               .whole = label_text(full, infinity, size),
               .kind = "axis-label"});
}

void draw_axis(SvgCanvas& canvas, const Box& frame, const Axis& axis, const PlotLabel& label) {
  draw_numbers(canvas, frame, axis);
  draw_label(canvas, frame, axis, label);
}

void draw_axis(SvgCanvas& canvas, const Box& frame, const Axis& axis, const PlotLabel& label,
               Side side) {
  draw_numbers(canvas, frame, axis, side);
  draw_label(canvas, frame, axis, label, side, room_beside(axis));
}

void draw_frame(SvgCanvas& canvas, const Box& frame) {
  canvas.rect(frame, R"(class="frame" fill="none" stroke="#222222")");
}

}  // namespace mystic::plots
