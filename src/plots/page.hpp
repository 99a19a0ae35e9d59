#pragma once

#include "mystic/plots/plot_axis.hpp"
#include "mystic/plots/svg_canvas.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace mystic::plots {

inline constexpr double page_width = 720.0;
inline constexpr double margin = 16.0;

/// Okabe & Ito (2008), told apart by those who see colours otherwise; in this order. Tol's
/// olive in the place of their yellow, of which a line on white cannot be seen.
inline constexpr std::array<std::string_view, 8> series_colours{
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#222222", "#999933"};
inline constexpr std::string_view blue = series_colours[0];
inline constexpr std::string_view vermilion = series_colours[5];

/// What stands above a picture; either may be empty.
struct Heading {
  std::string title = {};
  std::string note = {};
};

/// Where it ends: margin, title and note, and the distance to what follows.
[[nodiscard]] double bottom_of(const Heading& heading, double width = page_width);
void draw(SvgCanvas& canvas, const Heading& heading, double width = page_width);

enum class KeyShape { bar, line, dashes, dots, cross };

struct KeyEntry {
  std::string text = {};
  KeyShape shape = KeyShape::bar;
  std::string_view colour = ink;
  double opacity = 1.0;
};

/// What colours mean, in rows as wide as the page.
class Key {
 public:
  Key(std::vector<KeyEntry> entries, double left, double width);

  [[nodiscard]] double height() const;
  void draw(SvgCanvas& canvas, double top) const;

 private:
  std::vector<KeyEntry> entries_;
  std::vector<Pixel> places_;  // left, and number of the row
};

/// Why a frame is empty.
void say_no_data(SvgCanvas& canvas, const Box& frame);

/// Where an estimate would be that is not known.
void draw_cross(SvgCanvas& canvas, Pixel at, std::string_view kind);

/// Both ends are numbers to be drawn.
[[nodiscard]] bool has_interval(const PlotEstimates& estimates, Index k);

/// The same number of values and bounds, or no bounds at all.
/// @throws InvalidArgument
void require_sizes(const PlotEstimates& estimates, Index n, std::string_view plot,
                   std::string_view what);

/// The curve in pieces without gaps.
[[nodiscard]] std::vector<std::vector<Pixel>> pieces_of(const VectorView& x, const VectorView& y,
                                                        const Axis& across, const Axis& upwards);
/// The outlines of the band between lower and upper, in pieces without gaps.
[[nodiscard]] std::vector<std::vector<Pixel>> band_of(const VectorView& x, const VectorView& lower,
                                                      const VectorView& upper, const Axis& across,
                                                      const Axis& upwards);

/// `#rrggbb` of a number in [-1, 1]: blue, white, red.
[[nodiscard]] std::string diverging_colour(double value);
/// Ink that can be read on it.
[[nodiscard]] std::string_view ink_on_diverging(double value);

}  // namespace mystic::plots
