#pragma once

#include "mystic/core/point.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mystic::external {

/// What a search for a pattern gave: the group's text for each match, in order.
struct Matches {
  std::vector<std::string_view> groups = {};
  std::string error = {};  ///< set when the search gave up
};

/// A regular expression with one capture group, compiled once. PCRE2, not the standard's, which
/// overflows the stack on long lines. Matches bytes, so a text need not be UTF-8.
class Pattern {
 public:
  /// @throws InvalidArgument saying what is wrong and where, also unless there is exactly one group
  explicit Pattern(const std::string& pattern);
  ~Pattern();
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;

  /// The first matches that do not overlap, at most `most` of them. Thread-safe.
  [[nodiscard]] Matches find(std::string_view text, std::size_t most) const;

 private:
  struct Compiled;
  std::unique_ptr<const Compiled> compiled_;
};

}  // namespace mystic::external
