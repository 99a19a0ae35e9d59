#pragma once

#include "mystic/models/extraction.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mystic::external {

inline constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

/// Where one value stands.
struct Place {
  std::string_view text = {};  ///< the value as it was written
  std::size_t at = nowhere;    ///< offset in the file
  std::string_view over = {};  ///< the abscissa of that value, where the rule has `over`
};

/// What a rule leads to in a file.
struct Places {
  std::vector<Place> found = {};
  std::string lack = {};  ///< when `found` is empty: what was looked for, and what there is
  std::optional<Failure> failure = {};
  std::shared_ptr<const void> owner = {};  ///< what keeps the texts, where the file itself does not
};

/// Finds the places that a rule leads to. Made once; any number of threads may use one.
class Locator {
 public:
  Locator() = default;
  Locator(const Locator&) = delete;
  Locator& operator=(const Locator&) = delete;
  virtual ~Locator() = default;

  [[nodiscard]] virtual Places find(std::string_view text) const = 0;
};

// For the one of the six that says where, in a rule without faults.
std::unique_ptr<const Locator> locate_after(const OutputRule& rule);
std::unique_ptr<const Locator> locate_regex(const OutputRule& rule);
std::unique_ptr<const Locator> locate_line(const OutputRule& rule);
std::unique_ptr<const Locator> locate_csv(const OutputRule& rule);
std::unique_ptr<const Locator> locate_json(const OutputRule& rule);
std::unique_ptr<const Locator> locate_xml(const OutputRule& rule);

/// What is wrong with a JSON pointer, or empty.
std::string pointer_problem(const std::string& pointer);
/// Whether a JSON pointer may lead to several values.
bool has_star(const std::string& pointer);
/// What is wrong with an XPath, or empty.
std::string path_problem(const std::string& path);

/// First and last character of a line, from 1; `last` is 0 for the line's end.
struct CharacterRange {
  std::size_t first = 1;
  std::size_t last = 0;
};

/// "11-20", "11-".
std::optional<CharacterRange> read_characters(std::string_view text);

/// A number of a column: "2", "-1".
std::optional<Index> read_column(std::string_view text);

Places missing(std::string text);
Places unreadable(std::string text);

/// "3", or "2 from the end" for -2.
std::string place(Index nth);

/// "1 time", "2 times".
std::string plural(std::size_t count, std::string_view noun);

/// Line, from 1, in which the byte at `at` stands; 0 when that is not known.
std::size_t line_at(std::string_view text, std::size_t at);

/// Where `part`, a piece of `text`, begins in it.
std::size_t offset_of(std::string_view part, std::string_view text);

/// Positions from `begin` to before `end`.
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Which of `count` things are meant: the nth or, where several are, at most `most` (0: all) from that
/// one on. Empty when there is no nth.
Stretch stretch_of(Index nth, std::size_t count, bool several, Index most = 0);

/// How many things, from the beginning, decide on that stretch.
std::size_t needed(Index nth, bool several, Index most = 0);

}  // namespace mystic::external
