#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace mystic::study {

/// All that is wrong with a study, each with its place: so that one run of `check` tells everything.
class Problems {
 public:
  void add(const std::string& path, const std::string& text) {
    lines_.push_back((path.empty() ? std::string("study") : path) + ": " + text);
  }
  /// A line that names its place already.
  void add_line(std::string line) { lines_.push_back(std::move(line)); }

  [[nodiscard]] bool empty() const { return lines_.empty(); }
  [[nodiscard]] std::size_t count() const { return lines_.size(); }
  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

 private:
  std::vector<std::string> lines_;
};

}  // namespace mystic::study
