#pragma once

#include "mystic/core/require.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>

namespace mystic {

/// Where a search stands in the tree of nested searches: the root is empty, member i of an ensemble
/// is the root's child i. At most `deepest` levels; plain data, so that it travels and hashes.
class SearchPath {
 public:
  static constexpr std::size_t deepest = 6;

  SearchPath() = default;

  [[nodiscard]] SearchPath child(std::uint32_t index) const {
    require(depth_ < deepest, "search path: more than {} nested searches", deepest);
    SearchPath path = *this;
    path.steps_[path.depth_++] = index;
    return path;
  }

  [[nodiscard]] std::size_t depth() const { return depth_; }
  [[nodiscard]] std::uint32_t operator[](std::size_t level) const { return steps_[level]; }

  auto operator<=>(const SearchPath&) const = default;

 private:
  std::array<std::uint32_t, deepest> steps_{};
  std::uint32_t depth_ = 0;
};

/// The name of one evaluation: the k-th (from 0) that the search at `path` asked a model for.
/// Random streams, the journal and counts hang on it, never on time, thread or rank.
struct EvaluationId {
  SearchPath path;
  std::uint64_t k = 0;

  auto operator<=>(const EvaluationId&) const = default;
};

/// "3.1" for member 1 of member 3; "root" for the root.
inline std::string to_string(const SearchPath& path) {
  if (path.depth() == 0) return "root";
  std::string text;
  for (std::size_t level = 0; level < path.depth(); ++level) {
    text += fmt::format("{}{}", level == 0 ? "" : ".", path[level]);
  }
  return text;
}

/// "3.1#17" for the evaluation with k = 17 of the search at "3.1".
inline std::string to_string(const EvaluationId& id) {
  return fmt::format("{}#{}", to_string(id.path), id.k);
}

}  // namespace mystic
