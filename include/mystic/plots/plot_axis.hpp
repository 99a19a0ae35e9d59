#pragma once

#include "mystic/plots/plot_parts.hpp"
#include "mystic/plots/svg_canvas.hpp"

#include <string>
#include <vector>

namespace mystic::plots {

/// Numbers of a size up to this are drawn; larger, infinite and NaN ones are left out.
inline constexpr double most_drawn = 1e305;
[[nodiscard]] bool drawable(double value);

/// From the least to the greatest of the numbers that it was shown.
struct Extent {
  double lower = infinity;
  double upper = -infinity;

  [[nodiscard]] bool empty() const { return !(lower <= upper); }
  void take(double value);
  void take(const VectorView& values);
  void take(const PlotEstimates& estimates);

  /// Wider at both ends by a share of itself. Of nothing: [0, 1]. Of one number, or of numbers that
  /// differ by less than 1e-10 of their size: a tenth of it to both sides, [-1, 1] about 0.
  [[nodiscard]] Extent with_room(double share) const;
  /// From 0 to the greatest number and a share of it more; to 1 where that is not above 0.
  [[nodiscard]] Extent from_zero(double share) const;
};

/// Where an axis is numbered. The numbers times the factor are the values.
struct Ticks {
  std::vector<double> at = {};           ///< ascending, in the extent
  std::vector<std::string> labels = {};  ///< as many
  std::vector<double> minor = {};        ///< marked, not numbered
  std::string factor = {};               ///< "10⁻³"; empty: 1
};

/// At multiples of 1, 2 or 5 times a power of ten, about + 1 of them or fewer, but at least two if about
/// is 2 or more (and then up to five); with as many decimals as tell them apart.
/// @throws InvalidArgument unless the extent is one that Extent::with_room() gives, and about >= 1
[[nodiscard]] Ticks linear_ticks(const Extent& extent, Index about);

/// At powers of ten, every second, third, ... of them where there are many; also at 2 and 5 times these
/// where there are few; as linear_ticks() where even these are fewer than two.
/// @throws InvalidArgument as linear_ticks(), and unless the extent is positive
[[nodiscard]] Ticks logarithmic_ticks(const Extent& extent, Index about);

struct AxisStyle {
  bool logarithmic = false;
  double text_size = 12.0;
  double overhang = 14.0;  ///< pixels that numbers may stick out at the ends
  Index most_ticks = 8;
};

/// Values along a side of a frame. It has as many ticks as find room.
class Axis {
 public:
  /// @param from, to  pixels of the ends of the extent, in x; from < to
  [[nodiscard]] static Axis across(const Extent& extent, double from, double to,
                                   const AxisStyle& style = {});
  /// @param from, to  pixels of the ends of the extent, in y; from > to: upwards
  [[nodiscard]] static Axis upwards(const Extent& extent, double from, double to,
                                    const AxisStyle& style = {});

  [[nodiscard]] double place(double value) const;
  [[nodiscard]] bool shows(double value) const {
    return extent_.lower <= value && value <= extent_.upper;
  }
  [[nodiscard]] const Extent& extent() const { return extent_; }
  [[nodiscard]] const AxisStyle& style() const { return style_; }
  [[nodiscard]] const Ticks& ticks() const { return ticks_; }
  /// The middle of a tick's number: beside the tick, but not beyond the overhang.
  [[nodiscard]] double label_place(std::size_t k) const;
  [[nodiscard]] double widest_label() const;

 private:
  Axis(const Extent& extent, double from, double to, const AxisStyle& style, bool upright);
  [[nodiscard]] Ticks ticks_for(Index about) const;
  [[nodiscard]] bool labels_fit() const;

  Extent extent_;
  double from_ = 0.0;
  double to_ = 1.0;
  AxisStyle style_;
  bool upright_ = false;
  Ticks ticks_;
};

enum class Side { left, right };

/// Of the text that says what an axis shows.
[[nodiscard]] double label_size(const AxisStyle& style);
/// The label with the factor of the axis' numbers before the unit: "10³ N".
[[nodiscard]] PlotLabel with_factor(const Axis& axis, const PlotLabel& label);
/// Pixels that an upright axis takes beside its frame, with or without a label.
[[nodiscard]] double room_beside(const Axis& axis, bool labelled = true);
/// Pixels that an axis takes beneath its frame.
[[nodiscard]] double room_beneath(const AxisStyle& style, bool labelled = true);

/// Light lines across the frame.
void draw_grid_across(SvgCanvas& canvas, const Box& frame, const Axis& upright);
void draw_grid_upwards(SvgCanvas& canvas, const Box& frame, const Axis& axis);
/// Ticks and their numbers, beneath the frame or beside it.
void draw_numbers(SvgCanvas& canvas, const Box& frame, const Axis& axis);
void draw_numbers(SvgCanvas& canvas, const Box& frame, const Axis& axis, Side side);
/// What the axis shows, with the factor of its numbers: "load [10³ N]".
/// @param room  of the axis: the label is at the far end of it
void draw_label(SvgCanvas& canvas, const Box& frame, const Axis& axis, const PlotLabel& label);
void draw_label(SvgCanvas& canvas, const Box& frame, const Axis& axis, const PlotLabel& label, Side side,
                double room);
/// Numbers and label.
void draw_axis(SvgCanvas& canvas, const Box& frame, const Axis& axis, const PlotLabel& label);
void draw_axis(SvgCanvas& canvas, const Box& frame, const Axis& axis, const PlotLabel& label, Side side);
void draw_frame(SvgCanvas& canvas, const Box& frame);

}  // namespace mystic::plots
