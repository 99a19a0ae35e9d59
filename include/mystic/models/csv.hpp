#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mystic {

/// A line of a CSV table; with quotes, it may be several lines of the file.
struct CsvRecord {
  std::vector<std::string_view> fields = {};  ///< without quotes around them; "" inside is still double
  std::size_t at = 0;                         ///< offset in the text

  /// How many fields there are up to the last that is not empty.
  [[nodiscard]] std::size_t width() const;
};

/// Reads the records of a CSV table (RFC 4180), those that are not blank. Blanks around fields are not
/// part of them; a quote inside a field that does not begin with one is a character like any other.
class CsvRecords {
 public:
  /// With the separator " " any number of blanks divides.
  CsvRecords(std::string_view text, std::string_view separator, std::size_t from);

  /// @return whether there was one; if not, `error` may say why
  bool next(CsvRecord& record);

  [[nodiscard]] const std::string& error() const { return error_; }

  /// Passes over blank lines, blanks and, if it comes then, the character `mark`.
  void pass(char mark);

 private:
  [[nodiscard]] bool at_blank() const;
  [[nodiscard]] bool at_end_of_record() const { return at_ == text_.size() || text_[at_] == '\n'; }
  void pass_blanks();
  std::string_view plain_field();
  std::string_view quoted_field();
  bool pass_separator();

  std::string_view text_;
  std::string_view separator_;
  bool blanks_divide_;
  std::size_t at_;
  std::size_t line_end_ = 0;
  std::string error_;
};

/// A field's text: with "" as one quote.
std::string unquoted(std::string_view field);

}  // namespace mystic
