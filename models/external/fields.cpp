#include "fields.hpp"

#include <algorithm>

namespace mystic::external {
namespace {

constexpr std::string_view blanks = " \t\r\n\v\f";
constexpr std::string_view blanks_and_punctuation = " \t\r\n\v\f=|;\"'()[]{}<>";

std::string_view without_commas(std::string_view field) {
  const std::size_t first = field.find_first_not_of(",:");
  if (first == std::string_view::npos) return {};
  return field.substr(first, field.find_last_not_of(",:") - first + 1);
}

std::vector<std::string_view> separated(std::string_view line, std::string_view separator) {
  std::vector<std::string_view> fields;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t end = line.find(separator, begin);
    fields.push_back(trimmed(line.substr(begin, end - begin)));
    if (end == std::string_view::npos) return fields;
    begin = end + separator.size();
  }
}

std::optional<std::string_view> line_from_start(std::string_view text, Index number) {
  for (; number > 1; --number) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    text.remove_prefix(end + 1);
  }
  if (text.empty()) return std::nullopt;
  return text.substr(0, text.find('\n'));
}

std::optional<std::string_view> line_from_end(std::string_view text, Index number) {
  if (text.ends_with('\n')) {
    text.remove_suffix(1);
  } else if (text.empty()) {
    return std::nullopt;
  }
  for (; number < -1; ++number) {
    const std::size_t end = text.rfind('\n');
    if (end == std::string_view::npos) return std::nullopt;
    text = text.substr(0, end);
  }
  const std::size_t before = text.rfind('\n');
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  return text.substr(begin);
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> fields_of(std::string_view line, std::string_view separator,
                                        Division division) {
  if (!separator.empty()) return separated(line, separator);
  const bool loose = division == Division::punctuation;
  const std::string_view ends = loose ? blanks_and_punctuation : blanks;
  std::vector<std::string_view> fields;
  std::size_t begin = line.find_first_not_of(ends);
  while (begin != std::string_view::npos) {
    const std::size_t end = std::min(line.find_first_of(ends, begin), line.size());
    const std::string_view field = line.substr(begin, end - begin);
    const std::string_view bare = loose ? without_commas(field) : field;
    if (!bare.empty()) fields.push_back(bare);
    begin = line.find_first_not_of(ends, end);
  }
  return fields;
}

std::optional<std::string_view> line_of(std::string_view text, Index number) {
  return number > 0 ? line_from_start(text, number) : line_from_end(text, number);
}

std::optional<std::string_view> Lines::next() {
  if (rest_.empty()) return std::nullopt;
  const std::size_t end = rest_.find('\n');
  const std::string_view line = rest_.substr(0, end);
  rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
  return line;
}

std::optional<std::size_t> position_of(Index nth, std::size_t count) {
  const auto size = static_cast<Index>(count);
  const Index position = nth > 0 ? nth - 1 : size + nth;
  if (position < 0 || position >= size) return std::nullopt;
  return static_cast<std::size_t>(position);
}

}  // namespace mystic::external
