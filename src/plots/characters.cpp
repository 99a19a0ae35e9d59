#include "characters.hpp"

#include <cstdint>

namespace mystic::plots {
namespace {

constexpr char32_t replacement = 0xfffd;

std::uint8_t byte_of(char c) { return static_cast<std::uint8_t>(c); }

// How many bytes a character with this first byte has; 0: none begins so.
std::size_t length_of(std::uint8_t first) {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  if (first >= 0xf0 && first < 0xf5) return 4;
  return 0;
}

// The character at the beginning of the text, which is not empty, and its bytes.
std::pair<char32_t, std::size_t> first_of(std::string_view text) {
  const std::uint8_t first = byte_of(text[0]);
  const std::size_t length = length_of(first);
  if (length == 0 || length > text.size()) return {replacement, 1};
  char32_t character = length == 1 ? first : first & (0x7fU >> length);
  for (std::size_t k = 1; k < length; ++k) {
    if ((byte_of(text[k]) & 0xc0U) != 0x80U) return {replacement, 1};
    character = (character << 6U) | (byte_of(text[k]) & 0x3fU);
  }
  const bool overlong = (length == 3 && character < 0x800) || (length == 4 && character < 0x10000);
  const bool surrogate = character >= 0xd800 && character < 0xe000;
  if (overlong || surrogate || character > 0x10ffff) return {replacement, 1};
  return {character, length};
}

char32_t as_xml_takes_it(char32_t c) {
  if (c == '\t' || c == '\n' || c == '\r') return ' ';
  const bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
  return control || (c & 0xfffeU) == 0xfffeU ? replacement : c;
}

}  // namespace

std::vector<char32_t> characters_of(std::string_view text) {
  std::vector<char32_t> characters;
  characters.reserve(text.size());
  while (!text.empty()) {
    const auto [character, length] = first_of(text);
    characters.push_back(as_xml_takes_it(character));
    text.remove_prefix(length);
  }
  return characters;
}

void append_utf8(std::string& text, char32_t c) {
  const auto add = [&](char32_t byte) { text += static_cast<char>(static_cast<std::uint8_t>(byte)); };
  if (c < 0x80) return add(c);
  if (c < 0x800) {
    add(0xc0U | (c >> 6U));
  } else {
    if (c < 0x10000) {
      add(0xe0U | (c >> 12U));
    } else {
      add(0xf0U | (c >> 18U));
      add(0x80U | ((c >> 12U) & 0x3fU));
    }
    add(0x80U | ((c >> 6U) & 0x3fU));
  }
  add(0x80U | (c & 0x3fU));
}

}  // namespace mystic::plots
