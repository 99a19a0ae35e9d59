#pragma once

#include "mystic/core/point.hpp"

#include <fmt/format.h>

#include <span>
#include <string>
#include <string_view>

namespace mystic::plots {

/// In pixels from the upper left corner.
struct Pixel {
  double x = 0.0;
  double y = 0.0;
};

struct Box {
  double left = 0.0;
  double top = 0.0;
  double width = 0.0;
  double height = 0.0;

  [[nodiscard]] double right() const { return left + width; }
  [[nodiscard]] double bottom() const { return top + height; }
  [[nodiscard]] Pixel middle() const { return {left + 0.5 * width, top + 0.5 * height}; }
  [[nodiscard]] bool overlaps(const Box& other) const {
    return left < other.right() && other.left < right() && top < other.bottom() && other.top < bottom();
  }
  [[nodiscard]] bool holds(const Box& other) const {
    return left <= other.left && other.right() <= right() && top <= other.top &&
           other.bottom() <= bottom();
  }
};

inline constexpr std::string_view ink = "#222222";
inline constexpr std::string_view faint_ink = "#666666";

enum class Anchor { start, middle, end };

struct TextStyle {
  double size = 12.0;
  Anchor anchor = Anchor::start;
  std::string_view colour = ink;
  bool bold = false;
  bool upwards = false;             ///< turned, to be read from the right
  bool halo = false;                ///< white around the letters, above lines
  double room = infinity;           ///< a wider text is shortened, and whole in a tooltip
  std::string_view whole = {};      ///< the text of the tooltip, where the words are short already
  std::string_view kind = "label";  ///< class of the element
};

/// An SVG document that grows. Numbers are written with two decimals, so the same picture is the same
/// bytes. A `pen` is the attributes of an element: `stroke="black"`.
class SvgCanvas {
 public:
  /// @param name  what programs that read pictures aloud say
  SvgCanvas(double width, double height, std::string_view name);

  void rect(const Box& box, std::string_view pen, std::string_view tooltip = {});
  void line(Pixel from, Pixel to, std::string_view pen);
  void circle(Pixel at, double radius, std::string_view pen, std::string_view tooltip = {});
  void polyline(std::span<const Pixel> corners, std::string_view pen);
  void polygon(std::span<const Pixel> corners, std::string_view pen);
  /// Round dots as wide as the pen's stroke: one element however many there are.
  void dots(std::span<const Pixel> places, std::string_view pen);
  void path(std::string_view d, std::string_view pen);
  /// One line of text, at half its height beside `at`.
  void text(Pixel at, std::string_view words, const TextStyle& style = {});

  void open(std::string_view pen);
  void close();

  [[nodiscard]] std::string finished() const;

 private:
  template <class... Args>
  void add(fmt::format_string<Args...> format, Args&&... args);
  void end(std::string_view element, std::string_view tooltip);

  fmt::memory_buffer text_;
};

/// The pixels that a text covers, about.
[[nodiscard]] Box box_of_text(Pixel at, std::string_view words, const TextStyle& style);

}  // namespace mystic::plots
