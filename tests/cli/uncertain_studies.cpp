#include "tests/cli/uncertain_studies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>

namespace mystic::testing {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream stream(line);
  for (std::string field; std::getline(stream, field, ',');) fields.push_back(field);
  return fields;
}

// No field before the seconds has a comma of its own.
std::string table_without_seconds(const fs::path& file) {
  std::istringstream stream(text_of(file));
  std::string text;
  std::string line;
  if (!std::getline(stream, line)) return "no results.csv\n";
  const std::vector<std::string> header = split(line);
  const auto column = std::find(header.begin(), header.end(), "seconds") - header.begin();
  do {
    std::vector<std::string> fields = split(line);
    if (column < static_cast<std::ptrdiff_t>(fields.size())) fields.erase(fields.begin() + column);
    text += fmt::format("{}\n", fmt::join(fields, ","));
  } while (std::getline(stream, line));
  return text;
}

}  // namespace

Json uncertain_study(const Json& method) {
  Json study = Json::parse(R"({
    "name": "trial",
    "variables": [
      {"name": "a", "unit": "m", "law": {"kind": "normal", "mean": 0.5, "sd": 0.5}},
      {"name": "b", "lower": -1, "upper": 2},
      {"name": "c", "lower": 0, "upper": 1}
    ],
    "model": {"kind": "function", "name": "rosenbrock"},
    "seed": 3
  })");
  study["method"] = method;
  return study;
}

Json dependent_study(const Json& method) {
  Json study = uncertain_study(method);
  study["dependence"] = Json::parse(R"([{"copula": "normal", "of": ["a", "b"], "spearman": -0.4}])");
  return study;
}

Json uncertain_beam(const Json& method, double seconds) {
  Json study = beam_study(seconds);
  for (const char* key : {"cost", "requirements", "solver", "limits"}) study.erase(key);
  study["variables"][0]["law"] = {{"kind", "normal"}, {"mean", 3.4e7}, {"sd", 4.5e6}};
  study["variables"][2]["law"] = {
      {"kind", "beta"}, {"alpha", 2.5}, {"beta", 4}, {"lower", 310}, {"upper", 450}};
  study["method"] = method;
  return study;
}

Json ishigami_study(const Json& method, double failing, const std::string& log) {
  Json study = Json::parse(R"({"name": "ishigami", "seed": 5, "variables": [],
    "model": {"kind": "external", "templates": [{"text": "@x1@ @x2@ @x3@\n", "to": "in.txt"}],
              "outputs": {"y": {"after": "y="}}}})");
  for (const char* name : {"x1", "x2", "x3"}) {
    study["variables"].push_back(
        {{"name", name}, {"lower", -3.14159265358979}, {"upper", 3.14159265358979}});
  }
  // Digits far behind the point are as good as drawn.
  const std::string program = fmt::format(
      "{{ print \"x\" >> \"{}\"; h = ($1 + 2 * $2 + 3 * $3) * 12345.678; h -= int(h); "
      "if (h < 0) h += 1; if (h < {}) exit 9; "
      "printf \"y=%.17g\\n\", sin($1) + 7 * sin($2) ^ 2 + 0.1 * $3 ^ 4 * sin($1) }}",
      log, failing);
  study["model"]["command"] = {"awk", program, "in.txt"};
  study["method"] = method;
  return study;
}

std::string lasting_files(const fs::path& directory) {
  std::string text = lasting_result(directory) + "\n" + table_without_seconds(directory / "results.csv");
  std::map<std::string, std::string> pictures;
  if (fs::exists(directory / "pictures")) {
    for (const auto& entry : fs::directory_iterator(directory / "pictures"))
      pictures[entry.path().filename().string()] = text_of(entry.path());
  }
  for (const auto& [name, picture] : pictures) text += fmt::format("== {}\n{}\n", name, picture);
  return text;
}

int lines_of(const fs::path& file) {
  const std::string text = text_of(file);
  return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace mystic::testing
