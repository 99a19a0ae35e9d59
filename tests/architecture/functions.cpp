#include "form.hpp"

#include <algorithm>
#include <array>

namespace mystic::architecture {
namespace {

enum class Scope { container, function, block };

// Blanks out preprocessor directives, with their continued lines.
std::string without_directives(std::string code) {
  bool directive = false;
  for (std::size_t at = 0; at < code.size();) {
    const std::size_t end = std::min(code.find('\n', at), code.size());
    const std::size_t first = code.find_first_not_of(" \t", at);
    directive = directive || (first < end && code[first] == '#');
    const bool goes_on = end > at && code[end - 1] == '\\';
    if (directive)
      std::fill(code.begin() + static_cast<std::ptrdiff_t>(at),
                code.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    directive = directive && goes_on;
    at = end + 1;
  }
  return code;
}

// The declaration without a leading template<...>.
std::string_view without_template(std::string_view head) {
  while (head.starts_with("template")) {
    std::size_t at = head.find('<');
    for (int depth = 0; at < head.size(); ++at) {
      if (head[at] == '<') ++depth;
      if (head[at] == '>' && --depth == 0) break;
    }
    head.remove_prefix(std::min(at + 1, head.size()));
    head.remove_prefix(std::min(head.find_first_not_of(' '), head.size()));
  }
  return head;
}

Scope scope_of(std::string_view head) {
  constexpr std::array containers{"namespace", "inline namespace", "class", "struct", "union", "enum",
                                  "extern"};
  const std::string_view plain = without_template(head);
  const bool container = std::ranges::any_of(containers, [&](std::string_view word) {
    return plain.starts_with(word) && (plain.size() == word.size() || plain[word.size()] == ' ');
  });
  if (container) return Scope::container;
  return plain.find('(') != std::string_view::npos ? Scope::function : Scope::block;
}

std::string on_one_line(std::string_view text) {
  std::string line;
  for (const std::string& word : words_of(text)) line += (line.empty() ? "" : " ") + word;
  return line;
}

// Goes through the code and keeps the open scopes.
class Scanner {
 public:
  std::vector<Function> scan(const std::string& code) {
    for (const char c : code) take(c);
    return std::move(functions_);
  }

 private:
  struct Open {
    Scope scope;
    std::size_t line;
    std::string head;
  };

  void take(char c) {
    if (c == '\n') ++line_;
    const bool inside = !open_.empty() && open_.back().scope != Scope::container;
    if (c == '{') {
      begin(inside);
    } else if (c == '}') {
      end();
    } else if (c == ';') {
      head_.clear();
    } else if (!inside) {
      if (head_.empty() && c <= ' ') return;
      if (head_.empty()) head_line_ = line_;
      head_ += c;
    }
  }

  void begin(bool inside) {
    const std::string head = on_one_line(head_);
    open_.push_back({inside ? Scope::block : scope_of(head), head_line_, head});
    head_.clear();
  }

  void end() {
    head_.clear();
    if (open_.empty()) return;
    const Open last = open_.back();
    open_.pop_back();
    if (last.scope == Scope::function)
      functions_.push_back({last.line, line_ - last.line + 1, last.head});
  }

  std::vector<Function> functions_;
  std::vector<Open> open_;
  std::string head_;
  std::size_t line_ = 1;
  std::size_t head_line_ = 1;
};

}  // namespace

std::vector<Function> functions_of(std::string_view text) {
  return Scanner().scan(without_directives(code_of(text)));
}

}  // namespace mystic::architecture
