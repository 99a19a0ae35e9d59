#include "printable.hpp"

#include <algorithm>
#include <array>

namespace mystic::external {
namespace {

using Byte = unsigned char;

bool continues(char c) { return (static_cast<Byte>(c) & 0xC0U) == 0x80U; }

/// Bytes of the UTF-8 character, longer than one byte, that begins `text`; 0 if none does.
std::size_t leading_character(std::string_view text) {
  const auto first = static_cast<Byte>(text.front());
  std::size_t length = 0;
  if (first >= 0xC2 && first <= 0xDF) length = 2;
  if (first >= 0xE0 && first <= 0xEF) length = 3;
  if (first >= 0xF0 && first <= 0xF4) length = 4;
  if (length == 0 || text.size() < length) return 0;
  if (!std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(length), continues)) {
    return 0;
  }
  const auto second = static_cast<Byte>(text[1]);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool no_character = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
  return overlong || no_character ? 0 : length;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const char c = text.front();
    const bool plain = (c >= ' ' && c <= '~') || c == '\t' || c == '\n';
    const std::size_t character = plain ? 1 : leading_character(text);
    if (character == 0) {
      result += '?';
    } else {
      result += text.substr(0, character);
    }
    text.remove_prefix(std::max<std::size_t>(character, 1));
  }
  return result;
}

std::string in_quotes(std::string_view text, std::size_t most_bytes) {
  const bool cut = text.size() > most_bytes;
  std::string result = "'" + printable(text.substr(0, most_bytes)) + (cut ? "...'" : "'");
  std::replace(result.begin(), result.end(), '\n', ' ');
  return result;
}

std::string_view last_lines(std::string_view text, std::size_t most_lines, std::size_t most_bytes) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  if (text.size() > most_bytes) text.remove_prefix(text.size() - most_bytes);
  std::size_t begin = text.size();
  for (std::size_t line = 0; line < most_lines; ++line) {
    const std::size_t newline = begin == 0 ? std::string_view::npos : text.rfind('\n', begin - 1);
    if (newline == std::string_view::npos) return text;
    begin = newline;
  }
  return text.substr(begin + 1);
}

}  // namespace mystic::external
