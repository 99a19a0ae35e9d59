#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mystic::external {

/// `text` made fit for messages, logs and JSON: what is not UTF-8 and control characters other than
/// tab and newline become '?'.
std::string printable(std::string_view text);

/// Its beginning in quotes, on one line: for "'1,5' is not a number".
std::string in_quotes(std::string_view text, std::size_t most_bytes = 80);

/// Its last lines, within `most_lines` and `most_bytes`, without newlines at the end.
std::string_view last_lines(std::string_view text, std::size_t most_lines, std::size_t most_bytes);

}  // namespace mystic::external
