#include "study/law_data.hpp"

#include "mystic/models/number.hpp"
#include "mystic/study/study.hpp"
#include "study/csv_text.hpp"

#include <algorithm>
#include <cmath>

namespace mystic::study {
namespace {

// Which column of the table is meant. @throws BadInput if none, or not one
std::size_t find_column(const CsvTable& table, const std::string& file,
                        const std::optional<std::string>& column) {
  const std::string there = fmt::format("{}", fmt::join(table.header, ", "));
  if (!column) {
    if (table.header.size() == 1) return 0;
    throw BadInput(
        fmt::format("{}: has {} columns: {}; name one as 'column'", file, table.header.size(), there));
  }
  const auto found = std::find(table.header.begin(), table.header.end(), *column);
  if (found == table.header.end()) {
    throw BadInput(fmt::format("{}: there is no column '{}'{}; there are: {}", file, *column,
                               did_you_mean(*column, table.header), there));
  }
  if (std::find(found + 1, table.header.end(), *column) != table.header.end()) {
    throw BadInput(fmt::format("{}: two columns are called '{}'", file, *column));
  }
  return static_cast<std::size_t>(found - table.header.begin());
}

double finite_number(const std::string& text, const std::string& file, std::size_t line) {
  const std::optional<double> number = read_number(text);
  if (number && std::isfinite(*number)) return *number;
  throw BadInput(fmt::format("{}:{}: '{}' is no finite number", file, line, text));
}

// The table that the text `key` names.
std::optional<std::vector<double>> read_file_sample(const Json& json, const std::string& path,
                                                    const char* key, const LawContext& context) {
  std::string name;
  std::optional<std::string> column;
  const std::string place = joined_path(path, key);
  bool right = read_value(json.at(key), place, name, context.problems);
  if (const auto found = json.find("column"); found != json.end()) {
    right = read_value(*found, path + ".column", column, context.problems) && right;
  }
  if (!right) return std::nullopt;
  try {
    std::vector<double> numbers = read_numbers((context.directory / name).lexically_normal(), column);
    if (std::find(context.files.begin(), context.files.end(), name) == context.files.end()) {
      context.files.push_back(name);
    }
    return numbers;
  } catch (const BadInput& error) {
    context.problems.add(place, error.what());
    return std::nullopt;
  }
}

// The list `key`.
std::optional<std::vector<double>> read_listed_sample(const Json& json, const std::string& path,
                                                      const char* key, const LawContext& context) {
  const std::string place = joined_path(path, key);
  std::vector<double> sample;
  if (!read_value(json.at(key), place, sample, context.problems)) return std::nullopt;
  if (!sample.empty()) return sample;
  context.problems.add(place, "is empty; must hold at least one number");
  return std::nullopt;
}

}  // namespace

std::vector<double> read_numbers(const std::filesystem::path& path,
                                 const std::optional<std::string>& column) {
  const std::string file = path.string();
  const std::string text = read_file(path);
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    throw BadInput(fmt::format("{}: is empty; must hold numbers, one a line", file));
  }
  const CsvTable table = parse_csv(text, file);
  const std::size_t place = find_column(table, file, column);
  std::vector<double> numbers;
  // Of one column, what stands first may be a number already.
  if (!column && read_number(table.header[0])) {
    numbers.push_back(finite_number(table.header[0], file, table.header_line));
  }
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    numbers.push_back(finite_number(table.rows[row][place], file, table.lines[row]));
  }
  if (numbers.empty()) throw BadInput(fmt::format("{}: holds no number below its header", file));
  return numbers;
}

void require_whole(const std::vector<double>& values, const std::string& path,
                   const LawContext& context) {
  if (!context.whole) return;
  const auto broken = std::ranges::find_if(values, [](double x) { return x != std::round(x); });
  if (broken == values.end()) return;
  context.problems.add(path,
                       fmt::format("{} is no whole number, and the variable is an integer", *broken));
}

std::optional<std::vector<double>> read_sample(const Json& json, const std::string& path,
                                               const LawContext& context) {
  const bool from_file = json.contains("file");
  if (json.contains("sample") == from_file) {
    context.problems.add(path, "must have either sample (a list of numbers) or file (a table, CSV)");
    return std::nullopt;
  }
  if (!from_file && json.contains("column")) {
    context.problems.add(path + ".column", "goes with file");
    return std::nullopt;
  }
  const char* const key = from_file ? "file" : "sample";
  const std::size_t before = context.problems.count();
  auto sample = from_file ? read_file_sample(json, path, key, context)
                          : read_listed_sample(json, path, key, context);
  if (sample) require_whole(*sample, joined_path(path, key), context);
  return context.problems.count() == before ? sample : std::nullopt;
}

std::optional<std::vector<double>> read_fit_data(const Json& json, const std::string& path,
                                                 const LawContext& context) {
  const Json& given = json.at("fit");
  if (given.is_string()) return read_file_sample(json, path, "fit", context);
  if (!given.is_array()) {
    context.problems.add(
        path + ".fit",
        fmt::format("is {}; must be the name of a table (CSV), or a list of numbers", kind_of(given)));
    return std::nullopt;
  }
  if (json.contains("column")) {
    context.problems.add(path + ".column", "goes with a table");
    return std::nullopt;
  }
  return read_listed_sample(json, path, "fit", context);
}

}  // namespace mystic::study
