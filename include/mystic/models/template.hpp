#pragma once

#include "mystic/core/point.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mystic {

/// What stands before and after a name to make it a placeholder: `@F@`, or `{{F}}`, `${F}`, ...
struct Delimiters {
  std::string open = "@";
  std::string close = "@";
};

/// A placeholder whose name is no input.
struct UnknownPlaceholder {
  std::string name = {};
  std::size_t line = 1;    ///< from 1
  std::size_t column = 1;  ///< of its first delimiter: bytes, from 1
};

/// A text with placeholders for the values of a model's inputs: "placeholders -> text".
///
/// It is taken apart once, at construction, so `@x1@` and `@x10@` are different things, a value that
/// is filled in is never looked at again, and every other byte passes as it is: line ends, NUL, text
/// that is not UTF-8.
///
/// A placeholder is the opening delimiter, at once the name of an input, at once the closing delimiter.
/// With a word that is no input's name in between ([A-Za-z_][A-Za-z0-9_]*), it is an unknown
/// placeholder, most likely a mistake. Anything else is plain text, so `a@b.org` is. There is no escape:
/// where a text must hold `@F@` itself, choose other delimiters.
class Template {
 public:
  /// @param inputs  the names that a point's coordinates have, in their order; not empty
  /// @throws InvalidArgument if a delimiter is empty
  Template(std::string_view text, const std::vector<std::string>& inputs,
           const Delimiters& delimiters = {});

  /// The text with the values of `x` in it, one per input: each the shortest text that reads back as
  /// exactly that double (so 17 significant digits at most), in every locale.
  /// @throws InvalidArgument if `x` has not one value per input, or an unknown placeholder is left
  [[nodiscard]] std::string fill(const VectorView& x) const;

  /// Whether input number `input` appears.
  [[nodiscard]] bool uses(Index input) const;

  /// Each unknown name once, where it stands first.
  [[nodiscard]] const std::vector<UnknownPlaceholder>& unknown() const { return unknown_; }

 private:
  struct Piece {
    std::string before = {};  ///< text up to the placeholder
    Index input = 0;
  };

  void add_unknown(std::string_view text, std::size_t at, std::string_view name);

  std::vector<Piece> pieces_;
  std::string rest_;  ///< text behind the last placeholder
  Index input_count_ = 0;
  std::vector<UnknownPlaceholder> unknown_;
};

}  // namespace mystic
