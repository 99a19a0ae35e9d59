#include "mystic/models/csv.hpp"

#include "external/fields.hpp"
#include "external/places.hpp"

#include <algorithm>

namespace mystic {

using external::line_at;
using external::trimmed;

std::size_t CsvRecord::width() const {
  const auto last =
      std::find_if(fields.rbegin(), fields.rend(), [](auto field) { return !field.empty(); });
  return static_cast<std::size_t>(fields.rend() - last);
}

CsvRecords::CsvRecords(std::string_view text, std::string_view separator, std::size_t from)
    : text_(text), separator_(separator), blanks_divide_(separator == " "), at_(from) {}

bool CsvRecords::at_blank() const {
  const char c = text_[at_];
  if (c == '\n' || std::string_view(" \t\r\v\f").find(c) == std::string_view::npos) return false;
  return blanks_divide_ || separator_.find(c) == std::string_view::npos;
}

void CsvRecords::pass_blanks() {
  while (at_ < text_.size() && at_blank()) ++at_;
}

void CsvRecords::pass(char mark) {
  while (at_ < text_.size() && (text_[at_] == '\n' || at_blank())) ++at_;
  if (at_ < text_.size() && text_[at_] == mark) ++at_;
}

std::string_view CsvRecords::plain_field() {
  // The end of the line is looked for once a line, or a file without separators would take a time
  // that grows with its square.
  if (line_end_ < at_ || line_end_ == 0) line_end_ = std::min(text_.find('\n', at_), text_.size());
  const std::string_view line = text_.substr(at_, line_end_ - at_);
  const std::size_t end = blanks_divide_ ? line.find_first_of(" \t\r\v\f") : line.find(separator_);
  const std::string_view field = line.substr(0, end);
  at_ += field.size();
  return trimmed(field);
}

std::string_view CsvRecords::quoted_field() {
  const std::size_t begin = ++at_;
  for (;;) {
    at_ = text_.find('"', at_);
    if (at_ == std::string_view::npos) {
      error_ = fmt::format("the quote that opens in line {} is not closed", line_at(text_, begin));
      at_ = text_.size();
      return {};
    }
    ++at_;
    if (at_ == text_.size() || text_[at_] != '"') break;
    ++at_;
  }
  return text_.substr(begin, at_ - 1 - begin);
}

bool CsvRecords::pass_separator() {
  const std::size_t before = at_;
  pass_blanks();
  if (at_end_of_record()) return false;
  if (blanks_divide_) {
    if (at_ > before) return true;
  } else if (text_.substr(at_, separator_.size()) == separator_) {
    at_ += separator_.size();
    return true;
  }
  error_ = fmt::format("in line {} there is text right behind a closing quote", line_at(text_, at_));
  return false;
}

bool CsvRecords::next(CsvRecord& record) {
  for (;;) {
    record.fields.clear();
    record.at = at_;
    if (at_ >= text_.size()) return false;
    do {
      pass_blanks();
      const bool is_quoted = at_ < text_.size() && text_[at_] == '"';
      record.fields.push_back(is_quoted ? quoted_field() : plain_field());
    } while (error_.empty() && pass_separator());
    if (!error_.empty()) return false;
    if (at_ < text_.size()) ++at_;
    const bool is_blank = record.fields.size() == 1 && record.fields.front().empty();
    if (!is_blank) return true;
  }
}

std::string unquoted(std::string_view field) {
  std::string text;
  for (std::size_t i = 0; i < field.size(); ++i) {
    text += field[i];
    if (field[i] == '"' && field.substr(i, 2) == "\"\"") ++i;
  }
  return text;
}

}  // namespace mystic
