#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace mystic::study {

/// A table of texts, as CSV (RFC 4180) has it.
struct CsvTable {
  std::vector<std::string> header;
  std::size_t header_line = 0;  ///< in which the header begins, from 1
  std::vector<std::vector<std::string>> rows;
  std::vector<std::size_t> lines;  ///< in which each row begins, from 1
};

/// Reads one. Blanks around fields are not theirs; blank lines do not count.
/// @throws BadInput naming `file` and the line if a row has not as many fields as the header, a quote
///         does not end, or there is no header
[[nodiscard]] CsvTable parse_csv(const std::string& text, const std::string& file);

/// A text as a field: in quotes if it must be.
[[nodiscard]] std::string csv_field(const std::string& text);

}  // namespace mystic::study
