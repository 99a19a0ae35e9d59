#include "mystic/plots/plot_text.hpp"

#include "characters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <span>

namespace mystic::plots {
namespace {

constexpr std::string_view ellipsis = "…";
constexpr std::string_view minus = "−";

// In hundredths of the font's size, from ' ' to '~': the wider of DejaVu Sans 2.37 and Liberation
// Sans 2.1.
constexpr std::array<int, 95> ascii_widths{
    32, 41, 46, 84, 64, 96, 78, 28, 40,  40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 56, 102, 69, 69, 73, 78, 67, 62, 78, 76, 30, 50, 67, 56, 87, 75, 79,
    67, 79, 73, 67, 62, 74, 69, 99, 69,  67, 69, 40, 34, 40, 84, 56, 50, 62, 64, 55, 64, 62, 36, 64,
    64, 28, 28, 58, 28, 98, 64, 62, 64,  64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84};

bool joins(char32_t c) {
  return (c >= 0x300 && c <= 0x36f) || (c >= 0x200b && c <= 0x200f) || (c >= 0xfe00 && c <= 0xfe0f);
}

double width_of(char32_t c) {
  if (c >= ' ' && c <= '~') return 0.01 * ascii_widths[static_cast<std::size_t>(c - ' ')];
  if (joins(c)) return 0.0;
  if (c == 0xb2 || c == 0xb3 || c == 0xb9 || c == 0x2070 || (c >= 0x2074 && c <= 0x2079)) return 0.41;
  if (c == 0x207b) return 0.53;
  if (c == 0xd7 || c == 0x2212) return 0.84;
  return c >= 0x1100 ? 1.0 : 0.72;  // beyond: mostly signs, and letters of East Asia
}

double width_of(std::span<const char32_t> characters) {
  double sum = 0.0;
  for (const char32_t c : characters) sum += width_of(c);
  return sum;
}

std::string with_minus(std::string text) {
  if (text.starts_with('-')) text.replace(0, 1, minus);
  return text;
}

// d.ddd and the exponent, correctly rounded.
std::pair<std::string, int> mantissa_and_exponent(double value, int digits) {
  const std::string text = fmt::format("{:.{}e}", value, digits - 1);
  const std::size_t e = text.find('e');
  return {text.substr(0, e), std::stoi(text.substr(e + 1))};
}

std::string with_decimals(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", value, std::max(decimals, 0));
  if (text.find_first_not_of("-0.") == std::string::npos && text.starts_with('-')) text.erase(0, 1);
  return with_minus(text);
}

std::string utf8(std::span<const char32_t> characters) {
  std::string out;
  for (const char32_t c : characters) append_utf8(out, c);
  return out;
}

std::size_t distinct(const std::vector<std::string>& names) {
  return std::set<std::string>(names.begin(), names.end()).size();
}

// How many characters all of these begin with.
std::size_t shared_beginning(const std::vector<std::string>& names, const std::vector<std::size_t>& of) {
  if (of.empty()) return 0;
  const std::vector<char32_t> first = characters_of(names[of.front()]);
  std::size_t shared = first.size();
  for (const std::size_t k : of) {
    const std::vector<char32_t> other = characters_of(names[k]);
    const auto differs = std::ranges::mismatch(first, other).in1;
    shared = std::min(shared, static_cast<std::size_t>(differs - first.begin()));
  }
  return shared;
}

// The name from where it is its own, or from the word in which that is, as far as there is room.
std::string without_beginning(std::string_view name, std::size_t shared, bool at_word, double room) {
  const std::vector<char32_t> all = characters_of(name);
  const auto parts_words = [](char32_t c) { return c == '.' || c == ' ' || c == '/' || c == ':'; };
  while (at_word && shared > 0 && !parts_words(all[shared - 1])) --shared;
  const std::span<const char32_t> rest = std::span(all).subspan(shared);
  double left = room - (shared > 0 ? 1.0 : 0.0);
  const bool whole = width_of(rest) <= left;
  if (!whole) left -= 1.0;
  std::size_t count = 0;
  for (double used = 0.0; count < rest.size(); ++count) {
    used += width_of(rest[count]);
    if (used > left) break;
  }
  while (!whole && count > 1 && parts_words(rest[count - 1])) --count;
  return (shared > 0 ? std::string(ellipsis) : "") + utf8(rest.first(count)) +
         (whole ? "" : std::string(ellipsis));
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (const char32_t c : characters_of(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        append_utf8(out, c);
    }
  }
  return out;
}

double text_width(std::string_view text, double size) { return size * width_of(characters_of(text)); }

std::string shortened(std::string_view text, double room, double size) {
  const std::vector<char32_t> all = characters_of(text);
  if (size * width_of(all) <= room) return std::string(text);
  const double most = room / size - 1.0;  // beside the ellipsis
  if (most < 0.0) return {};
  std::size_t head = 0;
  std::size_t tail = 0;
  double used = 0.0;
  for (bool at_head = true; head + tail < all.size(); at_head = !at_head) {
    const char32_t next = at_head ? all[head] : all[all.size() - 1 - tail];
    used += width_of(next);
    if (used > most) break;
    ++(at_head ? head : tail);
  }
  while (tail > 0 && joins(all[all.size() - tail])) --tail;
  return utf8(std::span(all).first(head)) + std::string(ellipsis) + utf8(std::span(all).last(tail));
}

std::vector<std::string> shortened_names(const std::vector<std::string>& names, double room,
                                         double size) {
  std::vector<std::string> out;
  for (const std::string& name : names) out.push_back(shortened(name, room, size));
  if (distinct(out) >= distinct(names)) return out;
  std::vector<std::size_t> wide;
  for (std::size_t k = 0; k < names.size(); ++k) {
    if (out[k] != names[k]) wide.push_back(k);
  }
  const std::size_t shared = shared_beginning(names, wide);
  std::vector<std::string> best = out;
  for (const bool at_word : {true, false}) {
    std::vector<std::string> ends = out;
    for (const std::size_t k : wide) ends[k] = without_beginning(names[k], shared, at_word, room / size);
    if (distinct(ends) > distinct(best)) best = ends;
  }
  return best;
}

std::vector<std::string> wrapped(std::string_view text, double room, double size, Index lines) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const bool last = static_cast<Index>(out.size()) + 1 == lines;
    std::size_t end = text.size();
    while (!last && end != std::string_view::npos && text_width(text.substr(0, end), size) > room) {
      end = end == 0 ? std::string_view::npos : text.rfind(' ', end - 1);
    }
    if (end == std::string_view::npos || end == 0) end = text.size();
    out.push_back(shortened(text.substr(0, end), room, size));
    if (last) break;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string label_text(const PlotLabel& label, double room, double size) {
  if (label.unit.empty()) return shortened(label.name, room, size);
  const std::string unit = fmt::format("{}[{}]", label.name.empty() ? "" : " ", label.unit);
  const double left = room - text_width(unit, size);
  if (left < 0.3 * room) return shortened(label.name + unit, room, size);
  return shortened(label.name, left, size) + unit;
}

std::string power_of_ten(int exponent) {
  if (exponent == 0 || exponent == 1) return exponent == 0 ? "1" : "10";
  constexpr std::array<std::string_view, 10> raised{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = exponent < 0 ? "10⁻" : "10";
  for (const char digit : fmt::format("{}", std::abs(exponent))) {
    text += raised[static_cast<std::size_t>(digit - '0')];
  }
  return text;
}

std::string number_text(double value, int digits) {
  if (std::isnan(value)) return "not known";
  if (std::isinf(value)) return value > 0.0 ? "∞" : "−∞";
  if (value == 0.0) return "0";
  const auto [mantissa, exponent] = mantissa_and_exponent(value, digits);
  if (exponent >= -4 && exponent < 6) return with_decimals(value, digits - 1 - exponent);
  return with_minus(mantissa) + "×" + power_of_ten(exponent);
}

std::string estimate_text(double value, double lower, double upper) {
  const double half = 0.5 * upper - 0.5 * lower;
  if (!std::isfinite(value) || !std::isfinite(half) || !(half > 0.0)) return number_text(value);
  const double largest = std::max({std::abs(value), std::abs(lower), std::abs(upper)});
  const int exponent = mantissa_and_exponent(largest, 4).second;
  const int last =
      std::max(mantissa_and_exponent(half, 2).second - 1, exponent - 11);  // place of the last digit
  if (exponent >= -4 && exponent < 6) {
    return fmt::format("{} [{}, {}]", with_decimals(value, -last), with_decimals(lower, -last),
                       with_decimals(upper, -last));
  }
  const double scale = std::pow(10.0, -exponent);
  const auto scaled = [&](double x) { return with_decimals(x * scale, exponent - last); };
  return fmt::format("{} [{}, {}]×{}", scaled(value), scaled(lower), scaled(upper),
                     power_of_ten(exponent));
}

}  // namespace mystic::plots
