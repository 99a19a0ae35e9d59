#include "places.hpp"

#include "fields.hpp"
#include "printable.hpp"

#include "mystic/models/csv.hpp"

#include <algorithm>

namespace mystic::external {
namespace {

constexpr std::size_t most_names_shown = 20;

/// What is kept of a row of data.
struct Row {
  Place place = {};
  std::size_t fields = 0;
  std::size_t width = 0;  ///< fields without the empty ones at the end
  std::size_t at = 0;
};

/// The line of headers.
struct Head {
  std::vector<std::string> names = {};
  std::size_t value = 0;  ///< column of the rule's `csv`
  std::size_t over = 0;   ///< column of the rule's `over`
  std::optional<Failure> failure = {};
};

Head failed(Places places) { return {.failure = std::move(places.failure)}; }

class CsvColumn : public Locator {
 public:
  explicit CsvColumn(const OutputRule& rule)
      : rule_(rule), separator_(rule.separator.empty() ? "," : rule.separator) {}

  [[nodiscard]] Places find(std::string_view text) const override {
    std::size_t begin = 0;
    if (rule_.header > 0) {
      const auto line = line_of(text, rule_.header);
      if (!line) return missing(fmt::format("header = {}: it has no such line", rule_.header));
      if (trimmed(*line).empty())
        return missing(fmt::format("header = {}: that line is blank", rule_.header));
      begin = offset_of(*line, text);
    }
    CsvRecords records(text, separator_, begin);
    Head head = read_head(records, text);
    if (head.failure) return {.failure = std::move(head.failure)};
    const std::vector<Row> rows = read_rows(records, head);
    if (!records.error().empty()) return unreadable("not a table (CSV): " + records.error());

    Places places{.lack = fmt::format("row {} is wanted, and there {}", place(rule_.row),
                                      rows.size() == 1 ? "is 1" : fmt::format("are {}", rows.size()))};
    const Stretch stretch = stretch_of(rule_.row, rows.size(), rule_.collects(), rule_.rows);
    for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
      if (auto failure = wrong_width(rows[i], head, text)) return {.failure = std::move(failure)};
      places.found.push_back(rows[i].place);
    }
    return places;
  }

 private:
  [[nodiscard]] Head read_head(CsvRecords& records, std::string_view text) const {
    CsvRecord record;
    Head head;
    do {
      records.pass('#');
      if (!records.next(record)) {
        if (!records.error().empty()) return failed(unreadable("not a table (CSV): " + records.error()));
        return failed(missing(
            fmt::format("the header {} is wanted, and the file is blank", in_quotes(rule_.csv))));
      }
    } while (record.width() == 0);
    record.fields.resize(record.width());
    for (const std::string_view field : record.fields) head.names.push_back(unquoted(field));
    const std::size_t line = line_at(text, record.at);
    head.failure = find_column(rule_.csv, head.names, line, head.value);
    if (!head.failure && !rule_.over.empty()) {
      head.failure = find_column(rule_.over, head.names, line, head.over);
    }
    return head;
  }

  static std::optional<Failure> find_column(const std::string& name,
                                            const std::vector<std::string>& names, std::size_t line,
                                            std::size_t& column) {
    const auto found = std::find(names.begin(), names.end(), name);
    const auto count = std::count(names.begin(), names.end(), name);
    column = static_cast<std::size_t>(found - names.begin());
    if (count == 1) return std::nullopt;
    if (count > 1) {
      return missing(
                 fmt::format("{} columns have the header {} in line {}", count, in_quotes(name), line))
          .failure;
    }
    std::vector<std::string> shown;
    const std::string near = nearest_name(name, names);
    if (!near.empty()) shown.push_back(in_quotes(near));
    for (const std::string& other : names) {
      if (shown.size() == most_names_shown) {
        shown.emplace_back("...");
        break;
      }
      if (near.empty() || other != near) shown.push_back(in_quotes(other));
    }
    return missing(fmt::format("no column has the header {} in line {}; there are: {}", in_quotes(name),
                               line, fmt::join(shown, ", ")))
        .failure;
  }

  [[nodiscard]] std::vector<Row> read_rows(CsvRecords& records, const Head& head) const {
    std::vector<Row> rows;
    CsvRecord record;
    const std::size_t most = needed(rule_.row, rule_.collects(), rule_.rows);
    while (rows.size() < most && records.next(record)) {
      const auto field = [&](std::size_t column) {
        return column < record.fields.size() ? record.fields[column] : std::string_view();
      };
      Row row{.fields = record.fields.size(), .width = record.width(), .at = record.at};
      row.place = {field(head.value), record.at, field(head.over)};
      rows.push_back(row);
    }
    return rows;
  }

  static std::optional<Failure> wrong_width(const Row& row, const Head& head, std::string_view text) {
    const std::size_t wanted = head.names.size();
    const auto explain = [&](std::size_t has, std::string_view hint) {
      return fmt::format("the row in line {} has {}, and there are {}{}", line_at(text, row.at),
                         plural(has, "field"), plural(wanted, "header"), hint);
    };
    if (row.width > wanted) {
      return unreadable(explain(row.width, "; is a comma in it a decimal point?")).failure;
    }
    if (row.fields < wanted) return missing(explain(row.fields, "; was it cut off?")).failure;
    return std::nullopt;
  }

  OutputRule rule_;
  std::string separator_;
};

}  // namespace

std::unique_ptr<const Locator> locate_csv(const OutputRule& rule) {
  return std::make_unique<CsvColumn>(rule);
}

}  // namespace mystic::external
