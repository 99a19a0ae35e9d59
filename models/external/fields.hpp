#pragma once

#include "mystic/core/point.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace mystic::external {

/// How a line is divided into fields; described at OutputRule.
enum class Division {
  blanks,      ///< as awk does
  punctuation  ///< also at brackets, quotes and the like
};

/// The fields of a line. With a separator `division` does not matter.
std::vector<std::string_view> fields_of(std::string_view line, std::string_view separator,
                                        Division division);

/// `text` without blanks around it.
std::string_view trimmed(std::string_view text);

/// Line number `number` of `text`, from 1 or from the end with -1, without its newline (a CR before
/// that is a blank). What stands behind the last newline is a line unless it is empty.
std::optional<std::string_view> line_of(std::string_view text, Index number);

/// The lines of a text one after another, as line_of counts them.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  std::optional<std::string_view> next();

 private:
  std::string_view rest_;
};

/// Where `nth`, from 1 or from the end with -1, is in a sequence of `count`.
std::optional<std::size_t> position_of(Index nth, std::size_t count);

}  // namespace mystic::external
