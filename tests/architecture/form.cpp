#include "form.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace mystic::architecture {
namespace {

std::string place(const SourceFile& file, std::size_t line) {
  return file.path + ":" + std::to_string(line) + ": ";
}

bool is_cmake(std::string_view path) {
  return path.ends_with("CMakeLists.txt") || path.ends_with(".cmake");
}

// Lists in tools/cmake name files from the root, others from their own folder.
std::string base_of(const SourceFile& cmake) {
  return cmake.path.starts_with("tools/cmake/") ? std::string() : folder_of(cmake.path);
}

// What a CMake file lists, as paths from the root.
void add_listed(const SourceFile& cmake, std::set<std::string>& listed) {
  const std::string base = base_of(cmake);
  for (const std::string& line : lines_of(cmake.text)) {
    std::string code = line.substr(0, line.find('#'));
    std::ranges::replace_if(code, [](char c) { return c == '(' || c == ')' || c == '"'; }, ' ');
    for (const std::string& word : words_of(code)) {
      if (word.ends_with(".cpp")) listed.insert(base.empty() ? word : base + "/" + word);
    }
  }
}

// Reports every place where one of `marks` stands; as a word of its own, if so asked.
Violations find_marks(const Tree& tree, const std::vector<std::string>& marks, bool words,
                      const std::string& complaint) {
  const auto letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  Violations violations;
  for (const SourceFile& file : tree.files()) {
    std::size_t number = 0;
    for (const std::string& line : lines_of(file.text)) {
      ++number;
      for (const std::string& mark : marks) {
        const std::size_t at = line.find(mark);
        if (at == std::string::npos) continue;
        const std::size_t end = at + mark.size();
        const bool alone =
            !(at > 0 && letter(line[at - 1])) && !(end < line.size() && letter(line[end]));
        if (alone || !words) violations.push_back(place(file, number) + complaint + mark);
      }
    }
  }
  return violations;
}

}  // namespace

Violations too_long(const Tree& tree) {
  Violations violations;
  for (const SourceFile& file : tree.files()) {
    if (!is_cpp(file.path)) continue;
    const std::size_t lines = lines_of(file.text).size();
    if (lines > most_lines_of_a_file) {
      violations.push_back(place(file, lines) + std::to_string(lines) + " lines, more than " +
                           std::to_string(most_lines_of_a_file));
    }
    for (const Function& function : functions_of(file.text)) {
      if (function.lines <= most_lines_of_a_function) continue;
      violations.push_back(place(file, function.line) + std::to_string(function.lines) +
                           " lines, more than " + std::to_string(most_lines_of_a_function) + ": " +
                           function.head);
    }
  }
  return violations;
}

// The marks are put together here, or this file would find itself.
Violations left_undone(const Tree& tree) {
  return find_marks(tree, {std::string("TO") + "DO", std::string("FIX") + "ME", std::string("X") + "XX"},
                    true, "left undone: ");
}

Violations machine_paths(const Tree& tree) {
  std::vector<std::string> marks;
  for (const char* folder : {"root", "home", "work", "farm", "Users"}) {
    marks.push_back(std::string("/") + folder + "/");
  }
  return find_marks(tree, marks, false, "a path of one machine: ");
}

Violations unlisted_sources(const Tree& tree) {
  std::set<std::string> listed;
  for (const SourceFile& file : tree.files()) {
    if (is_cmake(file.path)) add_listed(file, listed);
  }
  Violations violations;
  for (const SourceFile& file : tree.files()) {
    if (file.path.ends_with(".cpp") && !listed.contains(file.path)) {
      violations.push_back(file.path + ":1: no CMake file lists it");
    }
  }
  return violations;
}

std::size_t lines_of_code(std::string_view text) {
  // A header's name between quotation marks survives code_of(); other text does not, but what is around
  // it does.
  const std::vector<std::string> lines = lines_of(code_of(text));
  return static_cast<std::size_t>(std::ranges::count_if(lines, [](const std::string& line) {
    return line.find_first_not_of(" \t") != std::string::npos;
  }));
}

}  // namespace mystic::architecture
