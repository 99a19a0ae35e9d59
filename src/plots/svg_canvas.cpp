#include "mystic/plots/svg_canvas.hpp"

#include "mystic/plots/plot_text.hpp"

#include <cassert>
#include <cmath>
#include <iterator>

namespace mystic::plots {
namespace {

// Text hangs on its base line, this share of its size below its middle.
constexpr double base_line = 0.36;
constexpr double bold_width = 1.15;

// As it is written: "-0.00" is "0.00".
double px(double value) {
  assert(std::isfinite(value));
  return std::round(value * 100.0) / 100.0 + 0.0;
}

std::string_view name_of(Anchor anchor) {
  return anchor == Anchor::start ? "start" : (anchor == Anchor::middle ? "middle" : "end");
}

std::string corners_text(std::span<const Pixel> corners) {
  std::string text;
  for (const Pixel& at : corners) {
    text += fmt::format("{}{:.2f},{:.2f}", text.empty() ? "" : " ", px(at.x), px(at.y));
  }
  return text;
}

}  // namespace

template <class... Args>
void SvgCanvas::add(fmt::format_string<Args...> format, Args&&... args) {
  fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
}

SvgCanvas::SvgCanvas(double width, double height, std::string_view name) {
  add(R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0:.2f}" height="{1:.2f}" )"
      R"(viewBox="0 0 {0:.2f} {1:.2f}" font-family="'DejaVu Sans', Verdana, Arial, sans-serif" )"
      R"(font-size="12" role="img">)"
      "\n<title>{2}</title>\n"
      R"(<rect class="page" width="{0:.2f}" height="{1:.2f}" fill="white"/>)"
      "\n",
      px(width), px(height), escaped(name));
}

void SvgCanvas::end(std::string_view element, std::string_view tooltip) {
  if (tooltip.empty()) {
    add("/>\n");
  } else {
    add("><title>{}</title></{}>\n", escaped(tooltip), element);
  }
}

void SvgCanvas::rect(const Box& box, std::string_view pen, std::string_view tooltip) {
  add(R"(<rect x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}" {})", px(box.left), px(box.top),
      px(box.width), px(box.height), pen);
  end("rect", tooltip);
}

void SvgCanvas::line(Pixel from, Pixel to, std::string_view pen) {
  add(R"(<line x1="{:.2f}" y1="{:.2f}" x2="{:.2f}" y2="{:.2f}" {}/>)"
      "\n",
      px(from.x), px(from.y), px(to.x), px(to.y), pen);
}

void SvgCanvas::circle(Pixel at, double radius, std::string_view pen, std::string_view tooltip) {
  add(R"(<circle cx="{:.2f}" cy="{:.2f}" r="{:.2f}" {})", px(at.x), px(at.y), px(radius), pen);
  end("circle", tooltip);
}

void SvgCanvas::polyline(std::span<const Pixel> corners, std::string_view pen) {
  add(R"(<polyline points="{}" fill="none" {}/>)"
      "\n",
      corners_text(corners), pen);
}

void SvgCanvas::polygon(std::span<const Pixel> corners, std::string_view pen) {
  add(R"(<polygon points="{}" {}/>)"
      "\n",
      corners_text(corners), pen);
}

void SvgCanvas::dots(std::span<const Pixel> places, std::string_view pen) {
  add(R"(<path fill="none" stroke-linecap="round" {} d=")", pen);
  for (const Pixel& at : places) add("M{:.2f} {:.2f}h0", px(at.x), px(at.y));
  add("\"/>\n");
}

void SvgCanvas::path(std::string_view d, std::string_view pen) {
  add(R"(<path d="{}" {}/>)"
      "\n",
      d, pen);
}

void SvgCanvas::text(Pixel at, std::string_view words, const TextStyle& style) {
  const double wider = style.bold ? bold_width : 1.0;
  const std::string shown = shortened(words, style.room / wider, style.size);
  if (shown.empty()) return;
  const double shift = base_line * style.size;
  const Pixel base = style.upwards ? Pixel{at.x + shift, at.y} : Pixel{at.x, at.y + shift};
  add(R"(<text class="{}" x="{:.2f}" y="{:.2f}" font-size="{:.2f}" text-anchor="{}" fill="{}")",
      style.kind, px(base.x), px(base.y), px(style.size), name_of(style.anchor), style.colour);
  if (style.bold) add(R"( font-weight="bold")");
  if (style.upwards) add(R"-( transform="rotate(-90 {:.2f} {:.2f})")-", px(base.x), px(base.y));
  if (style.halo) add(R"( stroke="white" stroke-width="3" paint-order="stroke")");
  add(">{}", escaped(shown));
  const std::string_view whole = style.whole.empty() ? words : style.whole;
  if (shown != whole) add("<title>{}</title>", escaped(whole));
  add("</text>\n");
}

void SvgCanvas::open(std::string_view pen) { add("<g {}>\n", pen); }

void SvgCanvas::close() { add("</g>\n"); }

std::string SvgCanvas::finished() const { return fmt::to_string(text_) + "</svg>\n"; }

Box box_of_text(Pixel at, std::string_view words, const TextStyle& style) {
  const double wider = style.bold ? bold_width : 1.0;
  const std::string shown = shortened(words, style.room / wider, style.size);
  const double length = wider * text_width(shown, style.size);
  const double before =
      style.anchor == Anchor::start ? 0.0 : (style.anchor == Anchor::middle ? 0.5 * length : length);
  const double half = 0.5 * style.size;
  if (style.upwards) return {at.x - half, at.y - length + before, style.size, length};
  return {at.x - before, at.y - half, length, style.size};
}

}  // namespace mystic::plots
