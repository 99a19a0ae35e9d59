#include "study/csv_text.hpp"

#include "mystic/study/study.hpp"

#include <algorithm>
#include <string_view>

namespace mystic::study {
namespace {

// Takes a text apart, a row at a time.
class Reader {
 public:
  Reader(std::string_view text, const std::string& file) : rest_(text), file_(file) {
    if (rest_.starts_with("\xef\xbb\xbf")) rest_.remove_prefix(3);
  }

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] std::size_t line() const { return line_; }

  std::vector<std::string> row() {
    std::vector<std::string> fields;
    for (;;) {
      fields.push_back(field());
      if (!rest_.starts_with(',')) break;
      rest_.remove_prefix(1);
    }
    if (rest_.starts_with('\r')) rest_.remove_prefix(1);
    if (rest_.starts_with('\n')) rest_.remove_prefix(1);
    ++line_;
    return fields;
  }

 private:
  void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size())); }

  std::string field() {
    skip_blanks();
    if (rest_.starts_with('"')) return quoted();
    const std::size_t end = std::min(rest_.find_first_of(",\r\n"), rest_.size());
    std::string_view taken = rest_.substr(0, end);
    rest_.remove_prefix(end);
    while (taken.ends_with(' ') || taken.ends_with('\t')) taken.remove_suffix(1);
    return std::string(taken);
  }

  std::string quoted() {
    const std::size_t begun = line_;
    std::string text;
    rest_.remove_prefix(1);
    for (;;) {
      const std::size_t end = rest_.find('"');
      if (end == std::string_view::npos) {
        throw BadInput(fmt::format("{}:{}: a quote that begins here does not end", file_, begun));
      }
      line_ += static_cast<std::size_t>(
          std::count(rest_.begin(), rest_.begin() + static_cast<long>(end), '\n'));
      text += rest_.substr(0, end);
      rest_.remove_prefix(end + 1);
      if (!rest_.starts_with('"')) break;  // two stand for one
      text += '"';
      rest_.remove_prefix(1);
    }
    skip_blanks();
    const bool ends =
        rest_.empty() || std::string_view(",\r\n").find(rest_.front()) != std::string_view::npos;
    if (!ends) throw BadInput(fmt::format("{}:{}: text behind a closing quote", file_, line_));
    return text;
  }

  std::string_view rest_;
  const std::string& file_;
  std::size_t line_ = 1;
};

}  // namespace

CsvTable parse_csv(const std::string& text, const std::string& file) {
  Reader reader(text, file);
  CsvTable table;
  while (!reader.at_end()) {
    const std::size_t line = reader.line();
    std::vector<std::string> row = reader.row();
    if (row.size() == 1 && row.front().empty()) continue;
    if (table.header.empty()) {
      table.header = std::move(row);
      continue;
    }
    if (row.size() != table.header.size()) {
      throw BadInput(fmt::format("{}:{}: {} fields where the header has {}", file, line, row.size(),
                                 table.header.size()));
    }
    table.rows.push_back(std::move(row));
    table.lines.push_back(line);
  }
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
