#include "page.hpp"

#include "mystic/core/require.hpp"
#include "mystic/plots/plot_text.hpp"

#include <algorithm>
#include <cmath>

namespace mystic::plots {
namespace {

constexpr double title_size = 16.0;
constexpr double title_line = 20.0;
constexpr Index title_lines = 2;
constexpr double note_size = 12.0;
constexpr double note_line = 16.0;
constexpr Index note_lines = 3;
constexpr double key_row = 18.0;
constexpr double key_mark = 20.0;   // a mark, and the distance to its text
constexpr double key_apart = 18.0;  // from entry to entry
constexpr double key_text = 200.0;  // at most

std::vector<std::string> note_of(const Heading& heading, double width) {
  return wrapped(heading.note, width - 2.0 * margin, note_size, note_lines);
}

std::vector<std::string> title_of(const Heading& heading, double width) {
  constexpr double bold = 1.15;
  return wrapped(heading.title, (width - 2.0 * margin) / bold, title_size, title_lines);
}

std::string shown(const KeyEntry& entry) { return shortened(entry.text, key_text, 12.0); }

void draw_mark(SvgCanvas& canvas, const KeyEntry& entry, Pixel at) {
  const std::string pen = fmt::format(R"(class="key" stroke="{}" stroke-width="2")", entry.colour);
  switch (entry.shape) {
    case KeyShape::bar:
      canvas.rect(
          {at.x, at.y - 5.0, 14.0, 10.0},
          fmt::format(R"(class="key" fill="{}" fill-opacity="{}")", entry.colour, entry.opacity));
      break;
    case KeyShape::line:
      canvas.line({at.x, at.y}, {at.x + 14.0, at.y}, pen);
      break;
    case KeyShape::dashes:
      canvas.line({at.x, at.y}, {at.x + 14.0, at.y}, pen + R"( stroke-dasharray="5 3")");
      break;
    case KeyShape::dots:
      canvas.line({at.x, at.y}, {at.x + 14.0, at.y}, pen + R"( stroke-dasharray="1.5 3")");
      break;
    case KeyShape::cross:
      draw_cross(canvas, {at.x + 7.0, at.y}, "key");
      break;
  }
}

}  // namespace

double bottom_of(const Heading& heading, double width) {
  double y = margin;
  if (!heading.title.empty())
    y += 4.0 + title_line * static_cast<double>(title_of(heading, width).size());
  y += note_line * static_cast<double>(note_of(heading, width).size());
  return y + (y > margin ? 6.0 : 0.0);
}

void draw(SvgCanvas& canvas, const Heading& heading, double width) {
  double y = margin;
  for (const std::string& line : title_of(heading, width)) {
    canvas.text({margin, y + 0.5 * title_size}, line,
                {.size = title_size, .bold = true, .kind = "title"});
    y += title_line;
  }
  if (!heading.title.empty()) y += 4.0;
  for (const std::string& line : note_of(heading, width)) {
    canvas.text({margin, y + 0.5 * note_size}, line,
                {.size = note_size, .colour = faint_ink, .kind = "note"});
    y += note_line;
  }
}

Key::Key(std::vector<KeyEntry> entries, double left, double width) : entries_(std::move(entries)) {
  Pixel next{left, 0.0};
  for (const KeyEntry& entry : entries_) {
    const double wide = key_mark + text_width(shown(entry), 12.0);
    if (next.x > left && next.x + wide > left + width) next = {left, next.y + 1.0};
    places_.push_back(next);
    next.x += wide + key_apart;
  }
}

double Key::height() const { return places_.empty() ? 0.0 : key_row * (places_.back().y + 1.0) + 4.0; }

void Key::draw(SvgCanvas& canvas, double top) const {
  for (std::size_t k = 0; k < entries_.size(); ++k) {
    const double y = top + key_row * (places_[k].y + 0.5);
    draw_mark(canvas, entries_[k], {places_[k].x, y});
    canvas.text({places_[k].x + key_mark, y}, entries_[k].text, {.room = key_text, .kind = "key-text"});
  }
}

void say_no_data(SvgCanvas& canvas, const Box& frame) {
  canvas.text(
      frame.middle(), "no data",
      {.size = 14.0, .anchor = Anchor::middle, .colour = faint_ink, .halo = true, .kind = "no-data"});
}

void draw_cross(SvgCanvas& canvas, Pixel at, std::string_view kind) {
  canvas.path(fmt::format("M{:.2f} {:.2f}l7 7m0 -7l-7 7", at.x - 3.5, at.y - 3.5),
              fmt::format(R"(class="{}" fill="none" stroke="{}" stroke-width="1.6")", kind, faint_ink));
}

bool has_interval(const PlotEstimates& estimates, Index k) {
  return k < estimates.lower.size() && drawable(estimates.lower[k]) && drawable(estimates.upper[k]);
}

void require_sizes(const PlotEstimates& estimates, Index n, std::string_view plot,
                   std::string_view what) {
  require(estimates.values.size() == n, "{}: {} has {} values, there must be {}", plot, what,
          estimates.values.size(), n);
  const Index lower = estimates.lower.size();
  const Index upper = estimates.upper.size();
  require(lower == upper && (lower == 0 || lower == n),
          "{}: {} has {} lower and {} upper ends of intervals, there must be {} of each, or none", plot,
          what, lower, upper, n);
}

std::vector<std::vector<Pixel>> pieces_of(const VectorView& x, const VectorView& y, const Axis& across,
                                          const Axis& upwards) {
  std::vector<std::vector<Pixel>> pieces(1);
  for (Index k = 0; k < x.size(); ++k) {
    if (across.shows(x[k]) && upwards.shows(y[k])) {
      pieces.back().push_back({across.place(x[k]), upwards.place(y[k])});
    } else if (!pieces.back().empty()) {
      pieces.emplace_back();
    }
  }
  if (pieces.back().empty()) pieces.pop_back();
  return pieces;
}

std::vector<std::vector<Pixel>> band_of(const VectorView& x, const VectorView& lower,
                                        const VectorView& upper, const Axis& across,
                                        const Axis& upwards) {
  const Extent& shown = upwards.extent();
  const auto inside = [&](double y) { return std::clamp(y, shown.lower, shown.upper); };
  std::vector<std::vector<Pixel>> bands;
  std::vector<Pixel> below;
  std::vector<Pixel> above;
  const auto finish = [&] {
    if (below.size() > 1) {
      bands.push_back(below);
      bands.back().insert(bands.back().end(), above.rbegin(), above.rend());
    }
    below.clear();
    above.clear();
  };
  for (Index k = 0; k < x.size(); ++k) {
    if (across.shows(x[k]) && drawable(lower[k]) && drawable(upper[k])) {
      below.push_back({across.place(x[k]), upwards.place(inside(lower[k]))});
      above.push_back({across.place(x[k]), upwards.place(inside(upper[k]))});
    } else {
      finish();
    }
  }
  finish();
  return bands;
}

std::string diverging_colour(double value) {
  // Blue and red of equal lightness, darker than those of lines, that both ends are told apart in print.
  constexpr std::array<double, 3> low{33, 102, 172};
  constexpr std::array<double, 3> high{178, 24, 43};
  const std::array<double, 3>& end = value < 0.0 ? low : high;
  const double share = std::clamp(std::abs(value), 0.0, 1.0);
  const auto mixed = [&](std::size_t c) { return std::lround(255.0 + share * (end[c] - 255.0)); };
  return fmt::format("#{:02x}{:02x}{:02x}", mixed(0), mixed(1), mixed(2));
}

std::string_view ink_on_diverging(double value) { return std::abs(value) > 0.6 ? "#ffffff" : ink; }

}  // namespace mystic::plots
