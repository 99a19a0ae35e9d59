#include "study/csv_text.hpp"

#include "mystic/models/csv.hpp"
#include "mystic/study/study.hpp"

#include <algorithm>

namespace mystic::study {

CsvTable parse_csv(const std::string& text, const std::string& file) {
  const std::size_t begin = text.starts_with("\xef\xbb\xbf") ? 3 : 0;
  CsvRecords records(text, ",", begin);
  CsvTable table;
  std::size_t line = 1;
  std::size_t counted = 0;
  for (CsvRecord record; records.next(record);) {
    const auto from = text.begin() + static_cast<std::ptrdiff_t>(counted);
    line += static_cast<std::size_t>(
        std::count(from, text.begin() + static_cast<std::ptrdiff_t>(record.at), '\n'));
    counted = record.at;
    std::vector<std::string> row;
    for (const std::string_view field : record.fields) row.push_back(unquoted(field));
    if (table.header.empty()) {
      table.header = std::move(row);
      table.header_line = line;
    } else if (row.size() != table.header.size()) {
      throw BadInput(fmt::format("{}:{}: {} fields where the header has {}", file, line, row.size(),
                                 table.header.size()));
    } else {
      table.rows.push_back(std::move(row));
      table.lines.push_back(line);
    }
  }
  if (!records.error().empty()) throw BadInput(fmt::format("{}: {}", file, records.error()));
  if (table.header.empty()) {
    throw BadInput(fmt::format("{}: is empty; its first line must name the columns", file));
  }
  return table;
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos && !text.starts_with(' ') &&
      !text.ends_with(' ')) {
    return text;
  }
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace mystic::study
