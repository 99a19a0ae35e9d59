#pragma once

#include "mystic/plots/svg_canvas.hpp"

#include <pugixml.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace mystic::testing {

/// A line of text in a picture.
struct SvgText {
  std::string kind;
  std::string text;
  std::string tooltip;  ///< empty: none
  plots::Box box;       ///< that it covers, about
};

/// A picture, read back.
class SvgPage {
 public:
  /// @throws std::runtime_error if it is no well-formed XML
  explicit SvgPage(const std::string& svg);

  [[nodiscard]] const plots::Box& view() const { return view_; }
  [[nodiscard]] const std::vector<SvgText>& texts() const { return texts_; }
  [[nodiscard]] std::vector<SvgText> texts(std::string_view kind) const;
  /// Elements of that class, in the order of the document.
  [[nodiscard]] std::vector<pugi::xml_node> all(std::string_view kind) const;
  /// Texts over each other, things beyond the edges, coordinates that are no numbers.
  [[nodiscard]] std::vector<std::string> faults() const;

 private:
  pugi::xml_document document_;
  plots::Box view_;
  std::vector<pugi::xml_node> nodes_;
  std::vector<SvgText> texts_;
};

/// One fault a line, for messages.
[[nodiscard]] std::string faults_of(const std::string& svg);

[[nodiscard]] double number(const pugi::xml_node& node, const char* name);

/// The value at a pixel of an axis that is read from two of its ticks' numbers.
class ReadAxis {
 public:
  /// From the first and last `tick-label` of those given; upright: their y counts, else their x.
  ReadAxis(const std::vector<SvgText>& labels, bool upright);
  [[nodiscard]] double value(double pixel) const { return first_ + (pixel - at_) * per_pixel_; }

 private:
  double first_ = 0.0;
  double at_ = 0.0;
  double per_pixel_ = 0.0;
};

}  // namespace mystic::testing
