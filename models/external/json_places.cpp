#include "places.hpp"

#include "fields.hpp"
#include "json_tree.hpp"
#include "printable.hpp"

#include <algorithm>
#include <charconv>

namespace mystic::external {
namespace {

constexpr std::size_t most_names_shown = 20;

/// A step of a pointer: a key, or also an index, or all.
struct Step {
  std::string key = {};
  bool all = false;
  std::optional<Index> index = {};  ///< from 0, or from the end with -1
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "0", "12", "-1"; not "01" nor "-0".
std::optional<Index> read_index(std::string_view text) {
  const bool negative = text.starts_with('-');
  const std::string_view digits = text.substr(negative ? 1 : 0);
  if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;
  if (digits.front() == '0' && (negative || digits.size() > 1)) return std::nullopt;
  Index value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() ? std::optional(value) : std::nullopt;
}

std::string unescaped(std::string_view step) {
  std::string key;
  for (std::size_t i = 0; i < step.size(); ++i) {
    if (step[i] == '~') {
      key += step[++i] == '0' ? '~' : '/';
    } else {
      key += step[i];
    }
  }
  return key;
}

std::vector<Step> read_pointer(std::string_view pointer) {
  std::vector<Step> steps;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string_view step = pointer.substr(0, pointer.find('/'));
    steps.push_back({.key = unescaped(step), .all = step == "*", .index = read_index(step)});
    pointer.remove_prefix(step.size());
  }
  return steps;
}

std::string escaped(std::string_view key) {
  std::string text;
  for (const char c : key) text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return text;
}

/// The nodes that a pointer leads to, in the order of the document.
using Nodes = std::vector<std::uint32_t>;

/// Follows a pointer through a tree.
class Walk {
 public:
  Walk(const JsonTree& tree, std::string_view text) : tree_(tree), text_(text) {}

  /// @return the nodes that `steps` lead to; `failure` when a step leads nowhere
  Nodes follow(const std::vector<Step>& steps, std::optional<Failure>& failure) {
    Nodes nodes{0};
    path_.clear();
    for (const Step& step : steps) {
      Nodes next;
      for (const std::uint32_t index : nodes) {
        const std::string lack = take(tree_.node(index), step, next);
        if (lack.empty()) continue;
        failure = missing(fmt::format("{} in line {} {}", name(), line(index), lack)).failure;
        return {};
      }
      nodes = std::move(next);
      path_ += "/" + (step.all ? "*" : escaped(step.key));
    }
    for (const std::uint32_t index : nodes) {
      const JsonTree::Node& node = tree_.node(index);
      if (node.kind == JsonTree::Kind::scalar) continue;
      failure =
          unreadable(fmt::format("{} in line {} is {} of {}; end the pointer with /* for all of "
                                 "them, or with the one that is meant",
                                 name(), line(index), kind_name(node), plural(node.count, "value")))
              .failure;
      return {};
    }
    return nodes;
  }

 private:
  [[nodiscard]] std::string name() const { return path_.empty() ? "the whole" : in_quotes(path_); }
  [[nodiscard]] std::size_t line(std::uint32_t index) const {
    return line_at(text_, tree_.node(index).at);
  }

  static std::string kind_name(const JsonTree::Node& node) {
    if (node.kind == JsonTree::Kind::array) return "an array";
    return node.kind == JsonTree::Kind::object ? "an object" : "no array or object";
  }

  /// Appends to `next` what `step` leads to from `node`. @return why it leads nowhere, or empty
  std::string take(const JsonTree::Node& node, const Step& step, Nodes& next) const {
    if (node.kind == JsonTree::Kind::scalar) {
      return fmt::format("is a value, {}, and has no {}", in_quotes(tree_.text(node)),
                         in_quotes(step.key));
    }
    if (step.all) {
      for (std::uint32_t child = node.first; child != JsonTree::none; child = tree_.node(child).next) {
        next.push_back(child);
      }
      return {};
    }
    return node.kind == JsonTree::Kind::array ? take_element(node, step, next)
                                              : take_member(node, step, next);
  }

  std::string take_element(const JsonTree::Node& node, const Step& step, Nodes& next) const {
    if (!step.index) {
      return fmt::format(
          "is an array, and {} is no number of an element: from 0, or from the end with -1",
          in_quotes(step.key));
    }
    const auto position = position_of(*step.index < 0 ? *step.index : *step.index + 1, node.count);
    if (!position) {
      return fmt::format("is an array of {}, and has no element {}", plural(node.count, "value"),
                         *step.index);
    }
    std::uint32_t child = node.first;
    for (std::size_t k = 0; k < *position; ++k) child = tree_.node(child).next;
    next.push_back(child);
    return {};
  }

  std::string take_member(const JsonTree::Node& node, const Step& step, Nodes& next) const {
    for (std::uint32_t child = node.first; child != JsonTree::none; child = tree_.node(child).next) {
      if (tree_.key(tree_.node(child)) != step.key) continue;
      next.push_back(child);
      return {};
    }
    std::vector<std::string> names;
    for (std::uint32_t child = node.first; child != JsonTree::none; child = tree_.node(child).next) {
      names.emplace_back(tree_.key(tree_.node(child)));
    }
    const std::string near = nearest_name(step.key, names);
    names.resize(std::min(names.size(), most_names_shown));
    for (std::string& key : names) key = in_quotes(key);
    if (node.count > names.size()) names.emplace_back("...");
    return fmt::format("has no {}{}; there {}", in_quotes(step.key),
                       near.empty() ? "" : fmt::format(" (did you mean {}?)", in_quotes(near)),
                       names.empty() ? "is nothing" : fmt::format("are: {}", fmt::join(names, ", ")));
  }

  const JsonTree& tree_;
  std::string_view text_;
  std::string path_;
};

class JsonValue : public Locator {
 public:
  explicit JsonValue(const OutputRule& rule)
      : pointer_(rule.json), steps_(read_pointer(rule.json)), over_(read_pointer(rule.over)) {}

  [[nodiscard]] Places find(std::string_view text) const override {
    const auto tree = std::make_shared<const JsonTree>(text);
    if (!tree->error().empty()) return unreadable("not JSON: " + tree->error());
    Walk walk(*tree, text);
    Places places{.lack = in_quotes(pointer_) + " leads to no value", .owner = tree};
    const Nodes values = walk.follow(steps_, places.failure);
    Nodes abscissae;
    if (!places.failure && !over_.empty()) abscissae = walk.follow(over_, places.failure);
    if (places.failure) return places;
    if (!over_.empty() && abscissae.size() != values.size()) {
      return missing(fmt::format("{} leads to {}, and `over` to {}", in_quotes(pointer_),
                                 plural(values.size(), "value"), plural(abscissae.size(), "abscissa")));
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      const JsonTree::Node& node = tree->node(values[i]);
      const auto over = over_.empty() ? std::string_view() : tree->text(tree->node(abscissae[i]));
      // `at` is right behind the value, which ends in the line in which it stands.
      places.found.push_back({trimmed(tree->text(node)), node.at, trimmed(over)});
    }
    return places;
  }

 private:
  std::string pointer_;
  std::vector<Step> steps_;
  std::vector<Step> over_;
};

}  // namespace

std::string pointer_problem(const std::string& pointer) {
  if (!pointer.starts_with('/')) {
    return fmt::format("{} is no JSON pointer: begin it with '/', as in /results/0/stress",
                       in_quotes(pointer));
  }
  for (std::size_t at = pointer.find('~'); at != std::string::npos; at = pointer.find('~', at + 1)) {
    if (at + 1 < pointer.size() && (pointer[at + 1] == '0' || pointer[at + 1] == '1')) continue;
    return fmt::format("{} is no JSON pointer: write ~0 for '~', and ~1 for '/' within a name",
                       in_quotes(pointer));
  }
  return {};
}

bool has_star(const std::string& pointer) {
  const std::vector<Step> steps = read_pointer(pointer);
  return std::any_of(steps.begin(), steps.end(), [](const Step& step) { return step.all; });
}

std::unique_ptr<const Locator> locate_json(const OutputRule& rule) {
  return std::make_unique<JsonValue>(rule);
}

}  // namespace mystic::external
