#include "mystic/models/value_format.hpp"

#include "mystic/core/require.hpp"
#include "mystic/models/number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace mystic {
namespace {

constexpr std::size_t widest = 1000;

[[noreturn]] void refuse(std::string_view text) {
  throw InvalidArgument(fmt::format(
      "'{}' is no format: write a width (8, or -8 for left), or % and flags, width, .digits and one of "
      "f F e E g G D d (%12.4e)",
      text));
}

/// Reads digits at the front of `text` and takes them away.
std::optional<std::size_t> take_number(std::string_view& text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || number > widest) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

/// "1.5e+03" -> "1.5e3", "1e-07" -> "1e-7".
std::string short_exponent(std::string text) {
  const std::size_t letter = text.find('e');
  if (letter == std::string::npos) return text;
  const bool negative = text[letter + 1] == '-';
  const std::size_t digits = std::min(text.find_first_not_of("+-0", letter + 1), text.size());
  std::string exponent = text.substr(digits);
  if (exponent.empty()) exponent = "0";
  return text.substr(0, letter + 1) + (negative ? "-" : "") + exponent;
}

/// With a point where there is neither point nor exponent: decks tell reals from integers by it.
std::string as_real(std::string text) {
  if (text.find_first_of(".en") == std::string::npos) text += '.';  // n: inf, nan
  return text;
}

/// Of all ways to write `number` in `width` characters the nearest, and of those the shortest.
std::optional<std::string> nearest_within(double number, std::size_t width) {
  std::optional<std::string> best;
  double best_error = 0.0;
  const auto offer = [&](std::string text) {
    text = as_real(short_exponent(std::move(text)));
    if (text.size() > width) return;
    const double error = std::abs(read_number(text).value_or(std::nan("")) - number);
    const bool better =
        !best || error < best_error || (error == best_error && text.size() < best->size());
    if (!better || std::isnan(error)) return;
    best = std::move(text);
    best_error = error;
  };
  const std::string exact = as_real(short_exponent(fmt::format("{}", number)));
  if (exact.size() <= width) return exact;
  if (!std::isfinite(number)) return std::nullopt;
  for (int digits = 0; digits <= 17; ++digits) {
    offer(fmt::format("{:.{}e}", number, digits));
    if (std::abs(number) < 1e17) offer(fmt::format("{:.{}f}", number, digits));
  }
  return best;
}

}  // namespace

ValueFormat::ValueFormat(std::string_view text) : text_(text) {
  if (text.empty()) return;
  if (!text.starts_with('%')) {
    left_ = text.starts_with('-');
    text.remove_prefix(left_ ? 1 : 0);
    const auto width = take_number(text);
    if (!width || *width == 0 || !text.empty()) refuse(text_);
    width_ = *width;
    return;
  }
  text.remove_prefix(1);
  const std::string_view flags = text.substr(0, std::min(text.find_first_not_of("-+ 0#"), text.size()));
  text.remove_prefix(flags.size());
  const auto has = [flags](char flag) { return flags.find(flag) != std::string_view::npos; };
  const std::size_t width = take_number(text).value_or(0);
  std::optional<std::size_t> digits;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    digits = take_number(text);
    if (!digits) refuse(text_);
  }
  if (text.size() != 1 || std::string_view("fFeEgGDd").find(text.front()) == std::string_view::npos) {
    refuse(text_);
  }
  conversion_ = text.front();
  if (conversion_ == 'd' && digits) refuse(text_);
  width_ = width;
  left_ = has('-');
  spec_ = "{:";
  if (width > 0 && (left_ || !has('0'))) spec_ += left_ ? '<' : '>';
  if (has('+')) spec_ += '+';
  if (!has('+') && has(' ')) spec_ += ' ';
  if (has('#')) spec_ += '#';
  if (has('0') && !left_) spec_ += '0';
  if (width > 0) spec_ += std::to_string(width);
  if (conversion_ == 'd') {
    spec_ += ".0f}";
    return;
  }
  spec_ += fmt::format(".{}", digits.value_or(6));
  spec_ += conversion_ == 'D' ? 'E' : conversion_;
  spec_ += '}';
}

std::string ValueFormat::converted(double number) const {
  require(conversion_ != 'd' || number == std::round(number),
          "{} is no whole number, as the format '{}' wants", number, text_);
  std::string text = fmt::format(fmt::runtime(spec_), number);
  if (conversion_ == 'D') std::replace(text.begin(), text.end(), 'E', 'D');
  return text;
}

std::string ValueFormat::write(const Value& value) const {
  require(!value.is_word || !wants_number(), "'{}' is a word, and the format '{}' is for numbers",
          value.word, text_);
  if (wants_number()) {
    std::string text = converted(value.number);
    require(width_ == 0 || text.size() <= width_,
            "{} needs more than the {} characters of the format '{}'", value.number, width_, text_);
    return text;
  }
  if (width_ == 0) return value.is_word ? value.word : fmt::format("{}", value.number);
  const auto text = value.is_word ? std::optional(value.word) : nearest_within(value.number, width_);
  require(text && text->size() <= width_, "{} does not fit into {} characters",
          value.is_word ? "'" + value.word + "'" : fmt::format("{}", value.number), width_);
  const std::string blanks(width_ - text->size(), ' ');
  return left_ ? *text + blanks : blanks + *text;
}

}  // namespace mystic
