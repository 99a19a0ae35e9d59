#include "tree.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <sstream>

namespace mystic::architecture {
namespace fs = std::filesystem;
namespace {

constexpr std::array folders{"include", "src",   "solvers",  "maps", "models", "tests",
                             "bench",   "tools", "examples", "docs", ".ci"};

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

bool is_text(std::string_view text) { return text.find('\0') == std::string_view::npos; }

void read_into(std::vector<SourceFile>& files, const fs::path& path, const fs::path& root) {
  std::string text = read(path);
  if (is_text(text)) files.push_back({path.lexically_relative(root).generic_string(), std::move(text)});
}

// A run leaves NAME.run beside a study.
bool left_by_a_run(const fs::path& folder) { return folder.extension() == ".run"; }

void read_folder(std::vector<SourceFile>& files, const fs::path& folder, const fs::path& root) {
  for (auto entry = fs::recursive_directory_iterator(folder); entry != fs::end(entry); ++entry) {
    if (entry->is_directory() && left_by_a_run(entry->path())) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file()) {
      read_into(files, entry->path(), root);
    }
  }
}

// Where what begins at `start` ends: a comment or a literal.
std::size_t end_of_quiet(std::string_view text, std::size_t start) {
  const auto after = [&](std::string_view mark, std::size_t from) {
    const std::size_t at = text.find(mark, from);
    return at == std::string_view::npos ? text.size() : at + mark.size();
  };
  if (text.substr(start, 2) == "//") return std::min(text.find('\n', start), text.size());
  if (text.substr(start, 2) == "/*") return after("*/", start + 2);
  if (text.substr(start, 2) == "R\"") {
    const std::size_t open = text.find('(', start);
    if (open == std::string_view::npos) return text.size();
    return after(")" + std::string(text.substr(start + 2, open - start - 2)) + "\"", open);
  }
  const char quote = text[start];
  for (std::size_t at = start + 1; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == quote || text[at] == '\n') {
      return at + 1;
    }
  }
  return text.size();
}

bool is_name_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool quiet_begins(std::string_view text, std::size_t at) {
  const std::string_view two = text.substr(at, 2);
  if (two == "//" || two == "/*" || text[at] == '"') return true;
  const bool inside_a_word = at > 0 && is_name_char(text[at - 1]);
  return !inside_a_word && (two == "R\"" || text[at] == '\'');  // 1'000 is a number
}

bool names_a_header(std::string_view text, std::size_t quote) {
  const std::size_t line = text.rfind('\n', quote) + 1;
  const std::size_t first = text.find_first_not_of(" \t", line);
  return text[quote] == '"' && text.substr(first, 8) == "#include";
}

}  // namespace

Tree::Tree(std::vector<SourceFile> files) : files_(std::move(files)) {
  std::ranges::sort(files_, {}, &SourceFile::path);
}

const SourceFile* Tree::find(std::string_view path) const {
  const auto at = std::ranges::lower_bound(files_, path, {}, &SourceFile::path);
  return at != files_.end() && at->path == path ? &*at : nullptr;
}

Tree read_tree(const fs::path& root) {
  std::vector<SourceFile> files;
  for (const auto& entry : fs::directory_iterator(root)) {
    // In a worktree .git is a file, with the path of the repository.
    if (entry.is_regular_file() && entry.path().filename() != ".git") {
      read_into(files, entry.path(), root);
    }
  }
  for (const char* folder : folders) {
    if (fs::is_directory(root / folder)) read_folder(files, root / folder, root);
  }
  return Tree(std::move(files));
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> words_of(std::string_view line) {
  std::istringstream stream{std::string(line)};
  return {std::istream_iterator<std::string>(stream), std::istream_iterator<std::string>()};
}

bool is_cpp(std::string_view path) { return path.ends_with(".cpp") || path.ends_with(".hpp"); }

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? "" : path.substr(0, slash));
}

std::string code_of(std::string_view text) {
  std::string code(text);
  for (std::size_t at = 0; at < text.size();) {
    if (!quiet_begins(text, at)) {
      ++at;
      continue;
    }
    const std::size_t end = end_of_quiet(text, at);
    if (!names_a_header(text, at)) {
      std::replace_if(
          code.begin() + static_cast<std::ptrdiff_t>(at),
          code.begin() + static_cast<std::ptrdiff_t>(end), [](char c) { return c != '\n'; }, ' ');
    }
    at = end;
  }
  return code;
}

}  // namespace mystic::architecture
