#include "page_of_svg.hpp"

#include "mystic/plots/plot_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace mystic::testing {
namespace {

using plots::Anchor;
using plots::Box;
using plots::Pixel;

constexpr double slack = 0.6;  // pixels; boxes of texts are estimates

void collect(const pugi::xml_node& from, std::vector<pugi::xml_node>& nodes) {
  for (const pugi::xml_node& node : from.children()) {
    if (node.type() != pugi::node_element) continue;
    nodes.push_back(node);
    collect(node, nodes);
  }
}

SvgText read_text(const pugi::xml_node& node) {
  const std::string_view anchor = node.attribute("text-anchor").value();
  const bool upwards = std::strlen(node.attribute("transform").value()) > 0;
  const plots::TextStyle style{
      .size = number(node, "font-size"),
      .anchor = anchor == "start" ? Anchor::start : (anchor == "middle" ? Anchor::middle : Anchor::end),
      .bold = std::string_view(node.attribute("font-weight").value()) == "bold",
      .upwards = upwards};
  const double shift = 0.36 * style.size;  // from the base line to the middle
  const Pixel at{number(node, "x") - (upwards ? shift : 0.0),
                 number(node, "y") - (upwards ? 0.0 : shift)};
  const std::string text = node.text().get();
  return {node.attribute("class").value(), text, node.child("title").text().get(),
          plots::box_of_text(at, text, style)};
}

// The pixels that an element covers; none for those without coordinates of their own.
std::vector<Pixel> corners_of(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const auto at = [&](const char* attribute) { return number(node, attribute); };
  if (name == "rect") return {{at("x"), at("y")}, {at("x") + at("width"), at("y") + at("height")}};
  if (name == "line") return {{at("x1"), at("y1")}, {at("x2"), at("y2")}};
  if (name == "circle") {
    return {{at("cx") - at("r"), at("cy") - at("r")}, {at("cx") + at("r"), at("cy") + at("r")}};
  }
  std::string places = node.attribute(name == "path" ? "d" : "points").value();
  std::vector<Pixel> corners;
  if (name == "path") return corners;
  std::ranges::replace(places, ',', ' ');
  for (const char* p = places.c_str(); *p != '\0';) {
    char* end = nullptr;
    const double x = std::strtod(p, &end);
    if (end == p) break;
    const double y = std::strtod(end, &end);
    corners.push_back({x, y});
    p = end;
  }
  return corners;
}

Box shrunk(const Box& box) {
  return {box.left + slack, box.top + slack, box.width - 2.0 * slack, box.height - 2.0 * slack};
}

}  // namespace

double number(const pugi::xml_node& node, const char* name) { return node.attribute(name).as_double(); }

SvgPage::SvgPage(const std::string& svg) {
  const auto read =
      document_.load_buffer(svg.data(), svg.size(), pugi::parse_default | pugi::parse_ws_pcdata);
  if (!read) throw std::runtime_error(read.description());
  const pugi::xml_node root = document_.child("svg");
  Box box;
  if (std::sscanf(root.attribute("viewBox").value(), "%lf %lf %lf %lf", &box.left, &box.top, &box.width,
                  &box.height) != 4) {
    throw std::runtime_error("no viewBox");
  }
  view_ = box;
  collect(root, nodes_);
  for (const pugi::xml_node& node : nodes_) {
    if (std::string_view(node.name()) == "text") texts_.push_back(read_text(node));
  }
}

std::vector<SvgText> SvgPage::texts(std::string_view kind) const {
  std::vector<SvgText> found;
  std::ranges::copy_if(texts_, std::back_inserter(found),
                       [&](const SvgText& t) { return t.kind == kind; });
  return found;
}

std::vector<pugi::xml_node> SvgPage::all(std::string_view kind) const {
  std::vector<pugi::xml_node> found;
  std::ranges::copy_if(nodes_, std::back_inserter(found), [&](const pugi::xml_node& node) {
    return kind == node.attribute("class").value();
  });
  return found;
}

std::vector<std::string> SvgPage::faults() const {
  std::vector<std::string> found;
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    if (!view_.holds(shrunk(texts_[i].box))) found.push_back("beyond the edge: " + texts_[i].text);
    for (std::size_t j = 0; j < i; ++j) {
      if (shrunk(texts_[i].box).overlaps(shrunk(texts_[j].box))) {
        found.push_back(fmt::format("{} '{}' over {} '{}'", texts_[i].kind, texts_[i].text,
                                    texts_[j].kind, texts_[j].text));
      }
    }
  }
  for (const pugi::xml_node& node : nodes_) {
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      const std::string_view value = attribute.value();
      if (value.find("nan") != value.npos || value.find("inf") != value.npos) {
        found.push_back(fmt::format("{} {}={}", node.name(), attribute.name(), value));
      }
    }
    for (const Pixel& at : corners_of(node)) {
      if (!(at.x >= 0.0 && at.y >= 0.0 && at.x <= view_.right() && at.y <= view_.bottom())) {
        found.push_back(fmt::format("{} {} at {}, {} is outside", node.name(),
                                    node.attribute("class").value(), at.x, at.y));
      }
    }
    if (number(node, "width") < 0.0 || number(node, "height") < 0.0) found.push_back("a negative size");
  }
  return found;
}

std::string faults_of(const std::string& svg) {
  std::string text;
  for (const std::string& fault : SvgPage(svg).faults()) text += "\n  " + fault;
  return text;
}

ReadAxis::ReadAxis(const std::vector<SvgText>& labels, bool upright) {
  const auto value = [](std::string text) {
    if (text.starts_with("−")) text.replace(0, std::strlen("−"), "-");
    return std::stod(text);
  };
  const auto at = [&](const SvgText& label) {
    return upright ? label.box.middle().y : label.box.middle().x;
  };
  first_ = value(labels.front().text);
  at_ = at(labels.front());
  per_pixel_ = (value(labels.back().text) - first_) / (at(labels.back()) - at_);
}

}  // namespace mystic::testing
