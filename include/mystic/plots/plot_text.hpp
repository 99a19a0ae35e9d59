#pragma once

#include "mystic/plots/plot_parts.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mystic::plots {

/// Text as XML takes it: markup, control characters and broken UTF-8 replaced.
[[nodiscard]] std::string escaped(std::string_view text);

/// About how wide a text is, as wide as in DejaVu Sans or Verdana; narrower fonts leave room.
/// @param size  of the font, in pixels
[[nodiscard]] double text_width(std::string_view text, double size);

/// The text, or its beginning and end with an ellipsis between, no wider than `room` pixels: names that
/// begin alike often differ at their ends. Empty where not even the ellipsis finds room.
[[nodiscard]] std::string shortened(std::string_view text, double room, double size);

/// Each name no wider than `room`, and names that differ still different, as far as that is possible:
/// where the beginnings that they share would push out what tells them apart, these go first.
[[nodiscard]] std::vector<std::string> shortened_names(const std::vector<std::string>& names,
                                                       double room, double size);

/// The text broken between words into at most `lines` lines of `room` pixels; the last is shortened.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, double room, double size,
                                               Index lines);

/// "load [kN]"; the name is shortened first where the whole is wider than `room`.
[[nodiscard]] std::string label_text(const PlotLabel& label, double room, double size);

/// A number with so many significant digits: "13.84", "−0.00250", "3.387×10⁷" beyond [1e-4, 1e6).
[[nodiscard]] std::string number_text(double value, int digits = 4);

/// A number with as many digits as its interval supports (two of the interval's width), and the
/// interval: "13.84 [13.51, 14.17]"; without an interval as number_text().
[[nodiscard]] std::string estimate_text(double value, double lower, double upper);

/// 10 to that power: "10⁻³", "1", "10".
[[nodiscard]] std::string power_of_ten(int exponent);

}  // namespace mystic::plots
