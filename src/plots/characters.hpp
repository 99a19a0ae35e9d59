#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mystic::plots {

/// The characters of a UTF-8 text. What is no UTF-8, or what XML 1.0 does not take, is U+FFFD; tabs and
/// ends of lines are blanks.
[[nodiscard]] std::vector<char32_t> characters_of(std::string_view text);

void append_utf8(std::string& text, char32_t character);

}  // namespace mystic::plots
