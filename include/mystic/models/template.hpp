#pragma once

#include "mystic/core/point.hpp"
#include "mystic/models/expression.hpp"
#include "mystic/models/value.hpp"
#include "mystic/models/value_format.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mystic {

/// What stands before and after a name to make it a placeholder: `@F@`, or `{{F}}`, `${F}`, ...
struct Delimiters {
  std::string open = "@";
  std::string close = "@";
};

/// A placeholder that cannot be filled in.
struct BrokenPlaceholder {
  std::string name = {};    ///< of an unknown input; empty when `reason` says what is wrong
  std::string reason = {};  ///< what is wrong with its format or its expression
  std::size_t line = 1;     ///< from 1
  std::size_t column = 1;   ///< of its first delimiter: bytes, from 1
};

/// A text with placeholders for the values of a model's inputs: "placeholders -> text".
///
/// It is taken apart once, at construction, so `@x1@` and `@x10@` are different things, a value that
/// is filled in is never looked at again, and every other byte passes as it is: line ends, NUL, text
/// that is not UTF-8.
///
///   @name@              the value of an input
///   @name:format@       in a format (value_format.hpp): @width:%10.4f@, @width:8@
///   @=expression@       a formula of inputs (expression.hpp): @=2 * width@
///   @=expression:%format@  with a format that begins with %
///
/// With a word that is no input's name in between ([A-Za-z_][A-Za-z0-9_]*), or with a format or an
/// expression that is wrong, it is a broken placeholder, most likely a mistake. Anything else is plain
/// text, so `a@b.org` is. There is no escape: where a text must hold `@F@` itself, choose other
/// delimiters. A placeholder stands in one line.
class Template {
 public:
  /// @param inputs  names of the values to come, in their order; not empty
  /// @throws InvalidArgument if a delimiter is empty
  Template(std::string_view text, const std::vector<std::string>& inputs,
           const Delimiters& delimiters = {}, const ValueFormat& format = {});

  /// The text with the values in it, one per input.
  /// @throws InvalidArgument if there is not one value per input, a value does not fit its format, an
  ///         expression is not finite, or a broken placeholder is left
  [[nodiscard]] std::string fill(std::span<const Value> values) const;
  /// The same for inputs that are all numbers.
  [[nodiscard]] std::string fill(const VectorView& x) const;

  /// Whether input number `input` appears, in an expression too.
  [[nodiscard]] bool uses(Index input) const;
  /// Whether it appears with a format for numbers.
  [[nodiscard]] bool wants_number(Index input) const;

  /// Each unknown name once, where it stands first; every other broken placeholder.
  [[nodiscard]] const std::vector<BrokenPlaceholder>& broken() const { return broken_; }

 private:
  struct Piece {
    std::string before;  ///< text up to the placeholder
    Index input = 0;
    std::optional<Expression> expression;  ///< in place of the input
    ValueFormat format;
  };
  class Parser;

  [[nodiscard]] static std::string text_of(const Piece& piece, std::span<const Value> values);

  std::vector<Piece> pieces_;
  std::string rest_;  ///< text behind the last placeholder
  Index input_count_ = 0;
  std::vector<BrokenPlaceholder> broken_;
};

}  // namespace mystic
