#include "mystic/models/template.hpp"

#include "mystic/core/require.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

namespace mystic {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The identifier at the beginning of `text`; empty if there is none.
std::string_view leading_word(std::string_view text) {
  if (text.empty() || !is_letter(text.front())) return {};
  const auto end =
      std::find_if_not(text.begin(), text.end(), [](char c) { return is_letter(c) || is_digit(c); });
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

/// The input whose name, with `close` behind it, begins `text`. Names may hold any characters.
std::optional<Index> leading_input(std::string_view text, const std::vector<std::string>& inputs,
                                   std::string_view close) {
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (text.starts_with(inputs[i]) && text.substr(inputs[i].size()).starts_with(close)) {
      return static_cast<Index>(i);
    }
  }
  return std::nullopt;
}

}  // namespace

Template::Template(std::string_view text, const std::vector<std::string>& inputs,
                   const Delimiters& delimiters)
    : input_count_(static_cast<Index>(inputs.size())) {
  const auto& [open, close] = delimiters;
  require(!open.empty() && !close.empty(), "template: a delimiter must not be empty");
  std::size_t literal = 0;  // where the text of the next piece begins
  std::size_t at = text.find(open);
  while (at != std::string_view::npos) {
    const std::size_t name = at + open.size();
    const std::string_view ahead = text.substr(name);
    const std::string_view word = leading_word(ahead);
    std::size_t next = at + 1;
    if (const std::optional<Index> input = leading_input(ahead, inputs, close)) {
      next = name + inputs[static_cast<std::size_t>(*input)].size() + close.size();
      pieces_.push_back({.before = std::string(text.substr(literal, at - literal)), .input = *input});
      literal = next;
    } else if (!word.empty() && ahead.substr(word.size()).starts_with(close)) {
      next = name + word.size() + close.size();
      add_unknown(text, at, word);
    }
    at = text.find(open, next);
  }
  rest_ = text.substr(literal);
}

void Template::add_unknown(std::string_view text, std::size_t at, std::string_view name) {
  const bool known = std::any_of(unknown_.begin(), unknown_.end(),
                                 [&](const UnknownPlaceholder& other) { return other.name == name; });
  if (known) return;
  const std::string_view before = text.substr(0, at);
  const std::size_t line_end = before.rfind('\n');
  unknown_.push_back(
      {.name = std::string(name),
       .line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')),
       .column = line_end == std::string_view::npos ? at + 1 : at - line_end});
}

std::string Template::fill(const VectorView& x) const {
  require(x.size() == input_count_, "template: {} values given for {} inputs", x.size(), input_count_);
  require(unknown_.empty(), "template: the placeholder '{}' in line {} is no input",
          unknown_.empty() ? "" : unknown_.front().name, unknown_.empty() ? 0 : unknown_.front().line);
  std::string text;
  for (const Piece& piece : pieces_) {
    text += piece.before;
    fmt::format_to(std::back_inserter(text), "{}", x[piece.input]);
  }
  return text += rest_;
}

bool Template::uses(Index input) const {
  return std::any_of(pieces_.begin(), pieces_.end(),
                     [input](const Piece& piece) { return piece.input == input; });
}

}  // namespace mystic
