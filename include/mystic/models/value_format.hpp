#pragma once

#include "mystic/models/value.hpp"

#include <string>
#include <string_view>

namespace mystic {

/// How a value is written into a file.
///
///   (empty)     the shortest text that reads back as exactly that double: at most 17 digits
///   8, -8       exactly 8 characters, to the right or to the left in them, with as many digits as fit
///               and always with a point or an exponent: for decks of fixed columns. Words too
///   %12.4e      as C's printf, flags "-+ 0#", conversions f F e E g G; D is E with Fortran's letter;
///               d: a whole number
///
/// A text longer than the width is an error rather than a shifted column.
class ValueFormat {
 public:
  ValueFormat() = default;
  /// @throws InvalidArgument saying what a format may be
  explicit ValueFormat(std::string_view text);

  /// @throws InvalidArgument if the value does not fit the width, is not whole for d, or is a word
  ///         where a number is wanted
  [[nodiscard]] std::string write(const Value& value) const;

  [[nodiscard]] bool wants_number() const { return conversion_ != '\0'; }

 private:
  [[nodiscard]] std::string converted(double number) const;

  std::string text_;
  std::string spec_;        ///< of fmt, when there is a conversion
  char conversion_ = '\0';  ///< of printf
  std::size_t width_ = 0;
  bool left_ = false;
};

}  // namespace mystic
