#include "json_tree.hpp"

#include "places.hpp"
#include "printable.hpp"

#include <nlohmann/json.hpp>

#include <iterator>
#include <unordered_set>

namespace mystic::external {
namespace {

// 36 bytes each; and offsets have 32 bits.
constexpr std::size_t most_nodes = 50'000'000;
constexpr std::size_t most_bytes = std::size_t{4'000'000'000};

/// Tells how far the parser has read.
class Reader {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Reader(const char* position, const char*& read) : position_(position), read_(&read) {}

  reference operator*() const { return *position_; }
  Reader& operator++() {
    *read_ = ++position_;
    return *this;
  }
  Reader operator++(int) {
    Reader before = *this;
    ++*this;
    return before;
  }
  bool operator==(const Reader& other) const { return position_ == other.position_; }

 private:
  const char* position_;
  const char** read_;
};

}  // namespace

/// Builds a tree from what the parser says. Its names are those that nlohmann's parser calls.
class JsonBuilder {
 public:
  JsonBuilder(JsonTree& tree, std::string_view text) : tree_(tree), text_(text), read_(text.data()) {}

  bool null() { return add_scalar("null", 0); }
  bool boolean(bool value) { return add_scalar(value ? "1" : "0", 0); }
  // The parser has read one character more, to see that the number ends.
  bool number_integer(std::int64_t value) { return add_scalar(fmt::format("{}", value), 1); }
  bool number_unsigned(std::uint64_t value) { return add_scalar(fmt::format("{}", value), 1); }
  bool number_float(double, const std::string& written) { return add_scalar(written, 1); }
  bool string(const std::string& value) { return add_scalar(value, 0); }
  bool binary(const nlohmann::json::binary_t&) { return false; }

  bool start_object(std::size_t) { return open(JsonTree::Kind::object); }
  bool start_array(std::size_t) { return open(JsonTree::Kind::array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(const std::string& name) {
    if (!open_.back().keys.insert(name).second) {
      return fail(fmt::format("{} is there twice in one object, in line {}", in_quotes(name),
                              line_at(text_, read_so_far(0))));
    }
    key_ = static_cast<std::uint32_t>(tree_.pool_.size());
    key_length_ = static_cast<std::uint32_t>(name.size());
    tree_.pool_ += name;
    return true;
  }

  bool parse_error(std::size_t, const std::string& last, const nlohmann::detail::exception& error) {
    std::string reason = error.what();
    // "[json.exception.parse_error.101] parse error at ..."
    const std::size_t end = reason.find("] ");
    if (end != std::string::npos) reason.erase(0, end + 2);
    const bool is_python = last.ends_with('N') || last.ends_with('I') || last.ends_with("-I");
    return fail(printable(reason.substr(0, 300)) +
                (is_python ? "; NaN and Infinity are not JSON, unless as texts, in quotes" : ""));
  }

  void parse() {
    const Reader first(text_.data(), read_);
    const Reader last(text_.data() + text_.size(), end_);
    nlohmann::json::sax_parse(first, last, this);
  }

 private:
  /// An array or object that is not closed yet.
  struct Open {
    std::uint32_t node = 0;
    std::uint32_t last_child = JsonTree::none;
    std::unordered_set<std::string> keys = {};
  };

  [[nodiscard]] std::size_t read_so_far(std::size_t ahead) const {
    const auto read = static_cast<std::size_t>(read_ - text_.data());
    return read < ahead ? 0 : read - ahead;
  }

  bool fail(std::string reason) {
    tree_.error_ = std::move(reason);
    return false;
  }

  bool add(JsonTree::Node node, std::size_t ahead) {
    const auto index = static_cast<std::uint32_t>(tree_.nodes_.size());
    if (index == most_nodes) return fail(fmt::format("it has more than {} values", most_nodes));
    node.at = static_cast<std::uint32_t>(read_so_far(ahead));
    node.key = key_;
    node.key_length = key_length_;
    key_length_ = 0;
    tree_.nodes_.push_back(node);
    if (open_.empty()) return true;
    Open& parent = open_.back();
    std::uint32_t& link = parent.last_child == JsonTree::none ? tree_.nodes_[parent.node].first
                                                              : tree_.nodes_[parent.last_child].next;
    link = index;
    parent.last_child = index;
    ++tree_.nodes_[parent.node].count;
    return true;
  }

  bool add_scalar(std::string_view text, std::size_t ahead) {
    JsonTree::Node node{.text = static_cast<std::uint32_t>(tree_.pool_.size()),
                        .text_length = static_cast<std::uint32_t>(text.size())};
    tree_.pool_ += text;
    return add(node, ahead);
  }

  bool open(JsonTree::Kind kind) {
    const auto index = static_cast<std::uint32_t>(tree_.nodes_.size());
    if (!add({.kind = kind}, 0)) return false;
    open_.push_back({.node = index});
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  JsonTree& tree_;
  std::string_view text_;
  const char* read_;
  const char* end_ = nullptr;
  std::vector<Open> open_;
  std::uint32_t key_ = 0;
  std::uint32_t key_length_ = 0;
};

JsonTree::JsonTree(std::string_view text) {
  if (text.size() > most_bytes) {
    error_ = fmt::format("it has more than {} bytes", most_bytes);
    return;
  }
  if (text.empty()) {
    error_ = "the file is empty";
    return;
  }
  // The parser takes a NUL byte for the end, and would not see what is behind it.
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
    error_ = fmt::format("there is a NUL byte in line {} (is it UTF-16?)", line_at(text, zero));
    return;
  }
  JsonBuilder(*this, text).parse();
}

}  // namespace mystic::external
