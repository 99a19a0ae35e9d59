#pragma once

#include "tree.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mystic::architecture {

/// Which rooms a rule is about, and the beginnings of headers or the words that it names.
struct Rule {
  std::set<std::string> rooms;
  std::vector<std::string> names;
};

/// What rooms.txt says.
struct Rooms {
  std::map<std::string, std::set<std::string>> uses;  ///< room -> rooms it may include; "*": all
  std::vector<Rule> only;
  std::vector<Rule> never;
  std::vector<Rule> only_words;
};

/// @throws std::invalid_argument with the line that it cannot read, or a room that has no line
[[nodiscard]] Rooms parse_rooms(std::string_view text);

/// The room that a file belongs to; nothing for files outside of the rooms (tests, examples, ...).
[[nodiscard]] std::optional<std::string> room_of(std::string_view path);

/// How much was looked at, so that a test can see that it was not nothing.
struct IncludesSeen {
  std::size_t files = 0;
  std::size_t between_rooms = 0;
  std::size_t libraries = 0;
};

/// Includes from room to room, or of libraries, that the table forbids; files of unknown rooms.
[[nodiscard]] Violations forbidden_includes(const Tree& tree, const Rooms& rooms, IncludesSeen& seen);

/// Words in the code of rooms that only others may say.
[[nodiscard]] Violations forbidden_words(const Tree& tree, const Rooms& rooms);

/// Public headers that mystic.hpp does not take in.
[[nodiscard]] Violations missing_from_mystic_hpp(const Tree& tree);

}  // namespace mystic::architecture
