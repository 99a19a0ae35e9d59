#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mystic::external {

/// A JSON document. Its nodes lie in one list, so that no depth of nesting can overflow the stack.
class JsonTree {
 public:
  enum class Kind : std::uint8_t { array, object, scalar };

  static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);

  struct Node {
    Kind kind = Kind::scalar;
    std::uint32_t first = none;  ///< first child
    std::uint32_t next = none;   ///< next sibling
    std::uint32_t count = 0;     ///< children
    std::uint32_t key = 0;       ///< offset and length of its key, if its parent is an object
    std::uint32_t key_length = 0;
    std::uint32_t text = 0;  ///< offset and length of a scalar's text
    std::uint32_t text_length = 0;
    std::uint32_t at = 0;  ///< offset in the file behind its first character
  };

  /// Reads `text`. Two members of one name in an object are an error. true is "1", false "0", null
  /// "null", a string its text, a number as it was written.
  explicit JsonTree(std::string_view text);

  /// What is wrong, and where; or empty.
  [[nodiscard]] const std::string& error() const { return error_; }

  [[nodiscard]] const Node& root() const { return nodes_.front(); }
  [[nodiscard]] const Node& node(std::uint32_t index) const { return nodes_[index]; }
  [[nodiscard]] std::string_view key(const Node& node) const {
    return std::string_view(pool_).substr(node.key, node.key_length);
  }
  [[nodiscard]] std::string_view text(const Node& node) const {
    return std::string_view(pool_).substr(node.text, node.text_length);
  }

 private:
  friend class JsonBuilder;

  std::vector<Node> nodes_;
  std::string pool_;  ///< all keys and texts
  std::string error_;
};

}  // namespace mystic::external
