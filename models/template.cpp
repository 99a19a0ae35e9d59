#include "mystic/models/template.hpp"

#include "mystic/core/require.hpp"

#include <algorithm>
#include <cmath>

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

}  // namespace

/// Takes a text apart. Placeholders are looked for from left to right.
class Template::Parser {
 public:
  Parser(Template& result, std::string_view text, const std::vector<std::string>& inputs,
         const Delimiters& delimiters, const ValueFormat& format)
      : result_(result), text_(text), inputs_(inputs), open_(delimiters.open), close_(delimiters.close),
        format_(format) {}

  void parse() {
    for (std::size_t at = text_.find(open_); at != std::string_view::npos;) {
      next_ = at + 1;
      const std::string_view ahead = text_.substr(at + open_.size());
      if (ahead.starts_with('=')) {
        parse_expression(at, ahead.substr(1));
      } else {
        parse_name(at, ahead);
      }
      at = text_.find(open_, next_);
    }
    result_.rest_ = text_.substr(literal_);
  }

 private:
  /// `text` up to the closing delimiter in the same line, if there is one.
  [[nodiscard]] std::optional<std::string_view> until_close(std::string_view text) const {
    const std::size_t end = text.find(close_);
    const std::size_t line_end = text.find('\n');
    if (end == std::string_view::npos || line_end < end) return std::nullopt;
    return text.substr(0, end);
  }

  void parse_expression(std::size_t at, std::string_view ahead) {
    const auto inside = until_close(ahead);
    if (!inside || inside->empty()) return;
    next_ = at + open_.size() + 1 + inside->size() + close_.size();
    // a ? b : c has a colon too, so the format is what stands behind the last one, if that is a format.
    const std::size_t colon = inside->rfind(':');
    const bool formatted = colon != std::string_view::npos && inside->substr(colon + 1).starts_with('%');
    try {
      Piece piece{.before = {}, .expression = {}, .format = format_};
      if (formatted) piece.format = ValueFormat(inside->substr(colon + 1));
      piece.expression.emplace(std::string(formatted ? inside->substr(0, colon) : *inside), inputs_);
      add(at, std::move(piece));
    } catch (const InvalidArgument& error) {
      add_broken(at, {.reason = error.what()});
    }
  }

  /// The input whose name begins `ahead`, with `close` or a colon behind it. Names may hold any
  /// characters. The longest wins: "a" and "a:b" may both be inputs.
  [[nodiscard]] std::optional<std::size_t> leading_input(std::string_view ahead) const {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      if (!ahead.starts_with(inputs_[i]) || (found && inputs_[*found].size() >= inputs_[i].size()))
        continue;
      const std::string_view behind = ahead.substr(inputs_[i].size());
      if (behind.starts_with(close_) || (behind.starts_with(':') && until_close(behind))) found = i;
    }
    return found;
  }

  void parse_name(std::size_t at, std::string_view ahead) {
    const std::optional<std::size_t> input = leading_input(ahead);
    const std::string_view word = leading_word(ahead);
    if (!input) {
      const std::string_view behind = ahead.substr(word.size());
      const bool closed = behind.starts_with(close_) || is_formatted(behind);
      if (word.empty() || !closed) return;
      next_ = at + open_.size() + word.size() + until_close(behind)->size() + close_.size();
      add_broken(at, {.name = std::string(word)});
      return;
    }
    const std::string_view behind = ahead.substr(inputs_[*input].size());
    const std::string_view inside = *until_close(behind);
    next_ = at + open_.size() + inputs_[*input].size() + inside.size() + close_.size();
    Piece piece{.before = {}, .input = static_cast<Index>(*input), .expression = {}, .format = format_};
    try {
      if (!inside.empty()) piece.format = ValueFormat(inside.substr(1));
      add(at, std::move(piece));
    } catch (const InvalidArgument& error) {
      add_broken(at, {.reason = error.what()});
    }
  }

  /// Whether ":format" and the closing delimiter stand at the beginning of `behind`.
  [[nodiscard]] bool is_formatted(std::string_view behind) const {
    if (!behind.starts_with(':') || !until_close(behind)) return false;
    try {
      const ValueFormat format(until_close(behind)->substr(1));
      return true;
    } catch (const InvalidArgument&) {
      return false;
    }
  }

  void add(std::size_t at, Piece piece) {
    piece.before = text_.substr(literal_, at - literal_);
    result_.pieces_.push_back(std::move(piece));
    literal_ = next_;
  }

  void add_broken(std::size_t at, BrokenPlaceholder broken) {
    auto& all = result_.broken_;
    const bool known = !broken.name.empty() &&
                       std::any_of(all.begin(), all.end(),
                                   [&](const auto& other) { return other.name == broken.name; });
    if (known) return;
    for (; counted_ < at; ++counted_) {
      if (text_[counted_] != '\n') continue;
      ++line_;
      line_begin_ = counted_ + 1;
    }
    broken.line = line_;
    broken.column = at - line_begin_ + 1;
    all.push_back(std::move(broken));
  }

  Template& result_;
  std::string_view text_;
  const std::vector<std::string>& inputs_;
  std::string_view open_;
  std::string_view close_;
  const ValueFormat& format_;
  std::size_t literal_ = 0;  ///< where the text of the next piece begins
  std::size_t next_ = 0;     ///< where to look on
  std::size_t counted_ = 0;  ///< bytes in which lines were counted, with what came of it
  std::size_t line_ = 1;
  std::size_t line_begin_ = 0;
};

Template::Template(std::string_view text, const std::vector<std::string>& inputs,
                   const Delimiters& delimiters, const ValueFormat& format)
    : input_count_(static_cast<Index>(inputs.size())) {
  require(!delimiters.open.empty() && !delimiters.close.empty(),
          "template: a delimiter must not be empty");
  Parser(*this, text, inputs, delimiters, format).parse();
}

std::string Template::text_of(const Piece& piece, std::span<const Value> values) {
  if (!piece.expression) return piece.format.write(values[static_cast<std::size_t>(piece.input)]);
  std::vector<double> numbers;
  numbers.reserve(values.size());
  for (const Value& value : values) numbers.push_back(value.number);
  const double result = piece.expression->value(numbers);
  require(std::isfinite(result), "the expression '{}' is {}", piece.expression->text(), result);
  return piece.format.write(result);
}

std::string Template::fill(std::span<const Value> values) const {
  require(static_cast<Index>(values.size()) == input_count_, "template: {} values given for {} inputs",
          values.size(), input_count_);
  require(broken_.empty(), "template: the placeholder in line {} cannot be filled in: {}",
          broken_.empty() ? 0 : broken_.front().line,
          broken_.empty()                ? std::string()
          : broken_.front().name.empty() ? broken_.front().reason
                                         : "'" + broken_.front().name + "' is no input");
  std::string text;
  for (const Piece& piece : pieces_) {
    text += piece.before;
    text += text_of(piece, values);
  }
  return text += rest_;
}

std::string Template::fill(const VectorView& x) const {
  return fill(std::vector<Value>(x.data(), x.data() + x.size()));
}

bool Template::uses(Index input) const {
  return std::any_of(pieces_.begin(), pieces_.end(), [input](const Piece& piece) {
    return piece.expression ? piece.expression->uses(input) : piece.input == input;
  });
}

bool Template::wants_number(Index input) const {
  return std::any_of(pieces_.begin(), pieces_.end(), [input](const Piece& piece) {
    return !piece.expression && piece.input == input && piece.format.wants_number();
  });
}

}  // namespace mystic
