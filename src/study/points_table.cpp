#include "study/points_table.hpp"

#include "mystic/models/number.hpp"
#include "mystic/study/study.hpp"
#include "study/csv_text.hpp"

#include <algorithm>
#include <cmath>

namespace mystic::study {
namespace {

const std::vector<std::string> own_columns{"evaluation", "status",  "attempts",
                                           "seconds",    "message", "note"};

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Of a failure's text: the rest is what `mystic failures` is for.
std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

// Where each variable's column is; problems for those that have none, and for columns that are nobody's.
std::vector<std::size_t> find_columns(const Study& study, const CsvTable& table, const std::string& file,
                                      Problems& problems) {
  std::vector<std::string> names;
  std::vector<std::size_t> columns;
  for (const Variable& variable : study.variables) names.push_back(variable.name);
  for (const std::string& name : names) {
    const auto found = std::find(table.header.begin(), table.header.end(), name);
    columns.push_back(static_cast<std::size_t>(found - table.header.begin()));
    if (found == table.header.end()) {
      problems.add_line(fmt::format("{}: there is no column for the variable '{}'", file, name));
    } else if (std::find(found + 1, table.header.end(), name) != table.header.end()) {
      problems.add_line(fmt::format("{}: two columns are called '{}'", file, name));
    }
  }
  const std::vector<std::string> outputs = output_names(study);
  for (const std::string& header : table.header) {
    if (holds(names, header) || holds(outputs, header) || holds(own_columns, header)) continue;
    problems.add_line(fmt::format("{}: the column '{}' is no variable{}; there are: {}", file, header,
                                  did_you_mean(header, names), fmt::join(names, ", ")));
  }
  return columns;
}

}  // namespace

std::optional<double> read_coordinate(const Study& study, std::size_t variable, const std::string& text,
                                      const std::string& place, Problems& problems) {
  const Variable& what = study.variables[variable];
  if (const auto choice = std::find(what.choices.begin(), what.choices.end(), text);
      choice != what.choices.end()) {
    return static_cast<double>(choice - what.choices.begin());
  }
  if (!what.choices.empty()) {
    problems.add_line(fmt::format("{}: {} = '{}' is none of its choices: {}", place, what.name, text,
                                  fmt::join(what.choices, ", ")));
    return std::nullopt;
  }
  const std::optional<double> number = read_number(text);
  if (!number || !std::isfinite(*number)) {
    problems.add_line(fmt::format("{}: {} = '{}' is no finite number", place, what.name, text));
    return std::nullopt;
  }
  if (what.type == VariableType::integer && *number != std::round(*number)) {
    problems.add_line(fmt::format("{}: {} = {} is no whole number", place, what.name, text));
    return std::nullopt;
  }
  return number;
}

Points read_points(const Study& study, const std::filesystem::path& path) {
  const std::string file = path.string();
  const CsvTable table = parse_csv(read_file(path), file);
  Problems problems;
  const std::vector<std::size_t> columns = find_columns(study, table, file, problems);
  if (table.rows.empty()) problems.add_line(file + ": holds no point below its header");
  Points points(static_cast<Index>(columns.size()), static_cast<Index>(table.rows.size()));
  for (std::size_t row = 0; row < table.rows.size() && problems.count() < 20; ++row) {
    const std::string place = fmt::format("{}:{}", file, table.lines[row]);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i] >= table.header.size()) continue;
      const auto value = read_coordinate(study, i, table.rows[row][columns[i]], place, problems);
      points(static_cast<Index>(i), static_cast<Index>(row)) = value.value_or(0.0);
    }
  }
  if (!problems.empty()) throw BadInput(fmt::format("{}", fmt::join(problems.lines(), "\n")));
  return points;
}

ResultsTable::ResultsTable(const Study& study, const std::filesystem::path& file)
    : study_(study), file_(file), stream_(file, std::ios::binary | std::ios::trunc) {
  const std::vector<std::string> outputs = output_names(study);
  outputs_ = outputs.size();
  for (const Variable& variable : study.variables) stream_ << csv_field(variable.name) << ',';
  for (const std::string& output : outputs) stream_ << csv_field(output) << ',';
  stream_ << fmt::format("{}\n", fmt::join(own_columns, ","));
}

void ResultsTable::evaluation(const EvaluationRecord& record) {
  std::string row;
  for (std::size_t i = 0; i < study_.variables.size(); ++i) {
    const double value = record.x[static_cast<Index>(i)];
    const auto& choices = study_.variables[i].choices;
    row +=
        choices.empty() ? fmt::format("{}", value) : csv_field(choices[static_cast<std::size_t>(value)]);
    row += ',';
  }
  const Outcome& outcome = record.outcome;
  for (std::size_t i = 0; i < outputs_; ++i) {
    if (outcome.ok()) row += fmt::format("{}", outcome.outputs[static_cast<Index>(i)]);
    row += ',';
  }
  row += fmt::format("{},{},{},{:.4g},{},{}\n", csv_field(to_string(record.id)),
                     outcome.ok() ? "ok" : name_of(outcome.failure->kind), outcome.attempts,
                     outcome.seconds, outcome.ok() ? "" : csv_field(first_line(outcome.failure->text)),
                     csv_field(outcome.note));
  stream_ << row;
}

void ResultsTable::stopped(const Stop&) {
  stream_.close();
  if (!stream_)
    throw Error(
        fmt::format("{}: could not be written; free space, then `mystic resume`", file_.string()));
}

}  // namespace mystic::study
