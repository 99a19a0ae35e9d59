// docs/couple.md is run as it is written: its files are made, its commands run in their order in one
// directory, and what it shows must be what the program prints.

#include "tests/cli/studies.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

namespace mystic::testing {
namespace {

struct Line {
  std::size_t number = 0;  ///< in the page, from 1
  std::string text;
};

/// What stands between two fences. `kind`: file, sh or text; `name`: of a file.
struct Block {
  std::size_t line = 0;  ///< of its first fence
  std::string kind;
  std::string name;
  std::vector<Line> lines;
};

std::vector<Block> blocks_of(const std::string& page) {
  std::vector<Block> blocks;
  std::istringstream stream(page);
  bool inside = false;
  std::size_t number = 0;
  for (std::string text; std::getline(stream, text);) {
    ++number;
    const bool is_fence = text.starts_with("```");
    if (is_fence && !inside) {
      std::istringstream info(text.substr(3));
      Block block{.line = number, .kind = {}, .name = {}, .lines = {}};
      info >> block.kind >> block.name;
      blocks.push_back(std::move(block));
    } else if (!is_fence && inside) {
      blocks.back().lines.push_back({number, text});
    }
    if (is_fence) inside = !inside;
  }
  EXPECT_FALSE(inside) << "the last block of the page does not end";
  return blocks;
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

/// Whether `shown` occurs in `printed`; "..." in it stands for any text.
bool occurs_in(const std::string& shown, const std::string& printed) {
  std::size_t from = 0;
  for (std::size_t at = 0; at <= shown.size();) {
    const std::size_t end = std::min(shown.find("...", at), shown.size());
    const std::string piece = shown.substr(at, end - at);
    const std::size_t found = printed.find(piece, from);
    if (found == std::string::npos) return false;
    from = found + piece.size();
    at = end + 3;
  }
  return true;
}

bool some_line_shows(const std::string& output, const std::string& shown) {
  std::istringstream stream(output);
  for (std::string line; std::getline(stream, line);) {
    if (occurs_in(shown, line)) return true;
  }
  return false;
}

/// The exit status that a command announces by "# exit 3" at its end; else 0.
int announced_status(const std::string& command) {
  const std::string mark = " # exit ";
  const std::size_t at = command.rfind(mark);
  return at == std::string::npos ? 0 : std::stoi(command.substr(at + mark.size()));
}

class Page {
 public:
  void take(const Block& block) {
    if (block.kind == "file") {
      write(block);
    } else if (block.kind == "sh") {
      run(block);
    } else if (block.kind == "text") {
      compare(block);
    } else {
      ADD_FAILURE() << "line " << block.line << ": '" << block.kind << "' is neither file, sh nor text";
    }
  }

  [[nodiscard]] int commands() const { return commands_; }
  [[nodiscard]] int files() const { return files_; }

 private:
  void write(const Block& block) {
    ASSERT_FALSE(block.name.empty()) << "line " << block.line << ": a file without a name";
    std::string text;
    for (const Line& line : block.lines) text += line.text + "\n";
    std::filesystem::create_directories((scratch_.path() / block.name).parent_path());
    scratch_.write(block.name, text);
    ++files_;
  }

  void run(const Block& block) {
    output_.clear();
    for (const Line& line : block.lines) {
      const Ended ended = run_program({"sh", "-c", path_ + line.text}, scratch_.path());
      EXPECT_EQ(ended.status, announced_status(line.text))
          << "line " << line.number << ": " << line.text << "\n"
          << ended.output;
      output_ += ended.output;
      ++commands_;
    }
  }

  void compare(const Block& block) const {
    for (const Line& line : block.lines) {
      EXPECT_TRUE(some_line_shows(output_, trimmed(line.text)))
          << "line " << line.number << ": '" << line.text << "' is not in:\n"
          << output_;
    }
  }

  ScratchDirectory scratch_;
  std::string path_ =
      fmt::format("PATH=\"{}:$PATH\"\n", std::filesystem::path(MYSTIC_PROGRAM).parent_path().string());
  std::string output_;  ///< of the last block of commands
  int commands_ = 0;
  int files_ = 0;
};

TEST(CouplePage, DoesWhatItSays) {
  Page page;
  for (const Block& block : blocks_of(text_of(MYSTIC_SOURCE_DIR "/docs/couple.md"))) page.take(block);
  EXPECT_GE(page.commands(), 12);
  EXPECT_GE(page.files(), 8);
}

}  // namespace
}  // namespace mystic::testing
