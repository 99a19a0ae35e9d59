#include "rooms.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <stdexcept>

namespace mystic::architecture {
namespace {

constexpr std::string_view collection = "include/mystic/mystic.hpp";

std::set<std::string> set_of(const std::vector<std::string>& words) {
  return {words.begin(), words.end()};
}

void parse_line(const std::string& line, Rooms& rooms) {
  const std::size_t colon = line.find(':');
  std::vector<std::string> head = words_of(line.substr(0, colon));
  if (colon == std::string::npos || head.size() < 2) {
    throw std::invalid_argument("rooms.txt: cannot read '" + line + "'");
  }
  const std::vector<std::string> tail = words_of(line.substr(colon + 1));
  const std::string kind = head.front();
  head.erase(head.begin());
  if (kind == "room") {
    rooms.uses[head.front()] = set_of(tail);
  } else if (kind == "only") {
    rooms.only.push_back({set_of(head), tail});
  } else if (kind == "never") {
    rooms.never.push_back({set_of(head), tail});
  } else if (kind == "only-word") {
    rooms.only_words.push_back({set_of(head), tail});
  } else {
    throw std::invalid_argument("rooms.txt: unknown rule '" + kind + "'");
  }
}

void require_known(const std::set<std::string>& named, const Rooms& rooms) {
  for (const std::string& room : named) {
    if (room != "*" && !rooms.uses.contains(room)) {
      throw std::invalid_argument("rooms.txt: no line for the room '" + room + "'");
    }
  }
}

struct Include {
  std::size_t line = 0;
  std::string name;
};

std::vector<Include> includes_of(const SourceFile& file) {
  std::vector<Include> includes;
  std::size_t number = 0;
  for (const std::string& line : lines_of(code_of(file.text))) {
    ++number;
    const std::size_t hash = line.find_first_not_of(" \t");
    if (hash == std::string::npos || line.compare(hash, 8, "#include") != 0) continue;
    const std::size_t open = line.find_first_of("\"<", hash);
    const std::size_t close = open == std::string::npos ? open : line.find_first_of("\">", open + 1);
    if (close != std::string::npos)
      includes.push_back({number, line.substr(open + 1, close - open - 1)});
  }
  return includes;
}

// The file of this house that an include means, or "": it comes from a library.
std::string resolve(const Tree& tree, const SourceFile& from, const std::string& name) {
  for (const std::string& base :
       {folder_of(from.path), std::string("include"), std::string("src"), std::string()}) {
    const std::string path = (std::filesystem::path(base) / name).lexically_normal().generic_string();
    if (tree.find(path) != nullptr) return path;
  }
  return {};
}

std::string place(const SourceFile& file, std::size_t line) {
  return file.path + ":" + std::to_string(line) + ": ";
}

bool begins_with_any(const std::string& name, const std::vector<std::string>& beginnings) {
  return std::ranges::any_of(beginnings, [&](const std::string& b) { return name.starts_with(b); });
}

std::string check_library(const std::string& name, const std::string& room, const Rooms& rooms) {
  const auto named = [&](const Rule& rule) { return begins_with_any(name, rule.names); };
  for (const Rule& rule : rooms.only) {
    if (named(rule) && !rule.rooms.contains(room)) return room + " may not include <" + name + ">";
  }
  for (const Rule& rule : rooms.never) {
    if (named(rule) && rule.rooms.contains(room)) return room + " never includes <" + name + ">";
  }
  return {};
}

std::string check_room(const std::string& path, const std::string& room, const Rooms& rooms) {
  if (path == collection) return "mystic.hpp is for users only";
  const auto target = room_of(path);
  if (!target) return "a file of a room may not include " + path;
  const std::set<std::string>& uses = rooms.uses.at(room);
  if (*target == room || uses.contains(*target) || uses.contains("*")) return {};
  return room + " may not include " + *target + " (" + path + ")";
}

bool is_word_at(const std::string& line, std::size_t at, std::size_t size) {
  const auto part_of_word = [&](std::size_t i) {
    return i < line.size() && (std::isalnum(static_cast<unsigned char>(line[i])) != 0 || line[i] == '_');
  };
  return !(at > 0 && part_of_word(at - 1)) && !part_of_word(at + size);
}

bool says(const std::string& line, const std::string& word) {
  for (std::size_t at = line.find(word); at != std::string::npos; at = line.find(word, at + 1)) {
    if (is_word_at(line, at, word.size())) return true;
  }
  return false;
}

}  // namespace

Rooms parse_rooms(std::string_view text) {
  Rooms rooms;
  for (const std::string& line : lines_of(text)) {
    if (!line.empty() && line.front() != '#') parse_line(line, rooms);
  }
  for (const auto& [room, uses] : rooms.uses) require_known(uses, rooms);
  for (const auto* rules : {&rooms.only, &rooms.never, &rooms.only_words}) {
    for (const Rule& rule : *rules) require_known(rule.rooms, rooms);
  }
  return rooms;
}

std::optional<std::string> room_of(std::string_view path) {
  if (!is_cpp(path) || path == collection) return std::nullopt;
  for (const std::string_view above : {"include/mystic/", "src/"}) {
    if (path.starts_with(above)) {
      path.remove_prefix(above.size());
      return std::string(path.substr(0, path.find('/')));
    }
  }
  for (const std::string_view room : {"solvers", "maps", "models"}) {
    if (path.starts_with(room) && path.substr(room.size()).starts_with('/')) return std::string(room);
  }
  return std::nullopt;
}

Violations forbidden_includes(const Tree& tree, const Rooms& rooms, IncludesSeen& seen) {
  Violations violations;
  for (const SourceFile& file : tree.files()) {
    const auto room = room_of(file.path);
    if (!room) continue;
    ++seen.files;
    if (!rooms.uses.contains(*room)) {
      violations.push_back(place(file, 1) + "there is no room '" + *room + "' in rooms.txt");
      continue;
    }
    for (const Include& include : includes_of(file)) {
      const std::string path = resolve(tree, file, include.name);
      const bool library = path.empty();
      ++(library ? seen.libraries : seen.between_rooms);
      const bool lost = library && include.name.starts_with("mystic/");
      const std::string wrong = lost      ? "there is no " + include.name
                                : library ? check_library(include.name, *room, rooms)
                                          : check_room(path, *room, rooms);
      if (!wrong.empty()) violations.push_back(place(file, include.line) + wrong);
    }
  }
  return violations;
}

Violations forbidden_words(const Tree& tree, const Rooms& rooms) {
  Violations violations;
  for (const SourceFile& file : tree.files()) {
    const auto room = room_of(file.path);
    if (!room) continue;
    std::size_t number = 0;
    for (const std::string& line : lines_of(code_of(file.text))) {
      ++number;
      for (const Rule& rule : rooms.only_words) {
        if (rule.rooms.contains(*room)) continue;
        for (const std::string& word : rule.names) {
          if (says(line, word))
            violations.push_back(place(file, number) + *room + " may not say " + word);
        }
      }
    }
  }
  return violations;
}

Violations missing_from_mystic_hpp(const Tree& tree) {
  const SourceFile* all = tree.find(collection);
  if (all == nullptr) return {"there is no " + std::string(collection)};
  std::set<std::string> taken;
  for (const Include& include : includes_of(*all)) taken.insert("include/" + include.name);
  Violations violations;
  for (const SourceFile& file : tree.files()) {
    const bool header = file.path.starts_with("include/") && file.path.ends_with(".hpp");
    if (header && file.path != collection && !taken.contains(file.path)) {
      violations.push_back(file.path + ":1: is not included by mystic.hpp");
    }
  }
  return violations;
}

}  // namespace mystic::architecture
