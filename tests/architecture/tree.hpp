#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace mystic::architecture {

/// A text file of the house; `path` from its root, with forward slashes.
struct SourceFile {
  std::string path;
  std::string text;
};

/// Something that is not as it should be: "path:line: what is wrong".
using Violations = std::vector<std::string>;

/// All files of the house that people write, in the order of their paths.
class Tree {
 public:
  explicit Tree(std::vector<SourceFile> files);

  [[nodiscard]] const std::vector<SourceFile>& files() const { return files_; }
  /// Null: there is none.
  [[nodiscard]] const SourceFile* find(std::string_view path) const;

 private:
  std::vector<SourceFile> files_;
};

/// Reads the top-level folders and documents; what a build or a run has left there is passed over.
[[nodiscard]] Tree read_tree(const std::filesystem::path& root);

[[nodiscard]] std::vector<std::string> lines_of(std::string_view text);
/// The words of a line, between blanks.
[[nodiscard]] std::vector<std::string> words_of(std::string_view line);
[[nodiscard]] bool is_cpp(std::string_view path);
/// "tests/maps/x.cpp" -> "tests/maps"; "x.cpp" -> "".
[[nodiscard]] std::string folder_of(std::string_view path);

/// The text with comments, and what stands within quotation marks, blanked out; lines stay.
/// Names of headers behind #include stay too.
[[nodiscard]] std::string code_of(std::string_view text);

}  // namespace mystic::architecture
