#include "study/read_variables.hpp"

#include "mystic/uq/laws/atoms.hpp"
#include "study/read_laws.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>

namespace mystic::study {
namespace {

// The values of a choice: its coordinate is a whole number, the place among them from 0.
void read_choices(const Json& json, const std::string& path, Study& study, Variable& variable,
                  Problems& problems) {
  std::vector<Value> choices;
  if (!is_list(json, path, problems)) return;
  for (std::size_t i = 0; i < json.size(); ++i) {
    Value value;
    if (!read_choice(json[i], fmt::format("{}[{}]", path, i), static_cast<double>(i), value, problems))
      return;
    choices.push_back(value);
    variable.choices.push_back(value.is_word ? value.word : fmt::format("{}", value.number));
  }
  if (choices.empty()) problems.add(path, "is empty; must hold at least one value");
  variable.type = VariableType::integer;
  variable.lower = 0.0;
  variable.upper = static_cast<double>(choices.size()) - 1.0;
  study.choices[variable.name] = std::move(choices);
}

void check_range(const VariableSpec& spec, const Variable& variable, const std::string& path,
                 Problems& problems) {
  if (!(variable.lower <= variable.upper)) {
    problems.add(path, fmt::format("lower = {} is above upper = {}", variable.lower, variable.upper));
  } else if (variable.type == VariableType::integer &&
             std::ceil(variable.lower) > std::floor(variable.upper)) {
    problems.add(path, fmt::format("no whole number lies in [{}, {}]", variable.lower, variable.upper));
  } else if (spec.start && !(*spec.start >= variable.lower && *spec.start <= variable.upper)) {
    problems.add(path + ".start",
                 fmt::format("is {}; must be in [{}, {}]", *spec.start, variable.lower, variable.upper));
  }
}

// The chances of a choice: a law of its places.
std::optional<Law> read_weights(const Json& json, const std::string& path, std::size_t choices,
                                Problems& problems) {
  const std::size_t before = problems.count();
  laws::FiniteDiscrete places;
  if (!read_value(json, path, places.weights, problems)) return std::nullopt;
  for (std::size_t i = 0; i < choices; ++i) places.values.push_back(static_cast<double>(i));
  check_rules(places, path, problems);
  if (problems.count() > before) return std::nullopt;
  return places;
}

// How the variable is uncertain, if that is said.
std::optional<Law> read_law_of(const Json& json, const std::string& path, const Variable& variable,
                               Study& study, Problems& problems) {
  if (!json.is_object()) return std::nullopt;
  const auto law = json.find("law");
  const auto weights = json.find("weights");
  const bool is_choice = study.choices.contains(variable.name);
  if (weights != json.end() && !is_choice) {
    problems.add(path + ".weights", "means nothing unless the type is 'choice'");
  }
  if (is_choice && law != json.end()) {
    problems.add(path + ".law",
                 "a choice has none; its chances are 'weights': a list of numbers, one for each choice");
  } else if (is_choice) {
    if (weights == json.end()) return std::nullopt;
    return read_weights(*weights, path + ".weights", variable.choices.size(), problems);
  }
  if (law == json.end()) return std::nullopt;
  const bool whole = variable.type == VariableType::integer;
  const std::size_t before = problems.count();
  auto read = read_law(*law, path + ".law", {study.directory, study.law_files, problems, whole});
  if (problems.count() > before) return std::nullopt;
  if (whole && !read->is_discrete()) {
    problems.add(path + ".law", fmt::format("{} is continuous, and the variable an integer; use a "
                                            "discrete law, or the type 'real'",
                                            read->text()));
  }
  return read;
}

Variable read_variable(const Json& json, const std::string& path, Study& study, VariableSpec& spec,
                       Problems& problems) {
  spec = read_options<VariableSpec>(json, path, problems, {"choices", "law", "weights"});
  Variable variable;
  variable.name = spec.name;
  variable.lower = spec.lower.value_or(-infinity);
  variable.upper = spec.upper.value_or(infinity);
  variable.type = spec.type == "integer" ? VariableType::integer : VariableType::real;
  variable.unit = spec.unit;
  variable.text = spec.text;
  if (!is_word(spec.name, false, "_")) {
    problems.add(path + ".name",
                 fmt::format("is '{}'; must be a letter, then letters, digits and _", spec.name));
  }
  const bool has_choices = json.is_object() && json.contains("choices");
  if (has_choices != (spec.type == "choice")) {
    problems.add(path + ".choices", has_choices ? "means nothing unless the type is 'choice'"
                                                : "is missing: the values that it may have");
  } else if (has_choices) {
    if (spec.lower || spec.upper) problems.add(path, "a choice has no bounds");
    read_choices(json["choices"], path + ".choices", study, variable, problems);
  }
  check_range(spec, variable, path, problems);
  return variable;
}

}  // namespace

bool is_word(const std::string& text, bool may_begin_with_digit, std::string_view extra) {
  if (text.empty()) return false;
  if (!may_begin_with_digit && std::isdigit(static_cast<unsigned char>(text[0])) != 0) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || extra.find(c) != std::string_view::npos;
  });
}

bool read_choice(const Json& json, const std::string& path, double place, Value& value,
                 Problems& problems) {
  if (json.is_string()) {
    value = Value(json.get<std::string>(), place);
    return true;
  }
  double number = 0.0;
  if (!json.is_number()) {
    problems.add(path, fmt::format("is {}; must be a number or a text", kind_of(json)));
    return false;
  }
  if (!read_value(json, path, number, problems)) return false;
  value = Value(number);
  return true;
}

void read_variables(const Json& json, Study& study, Problems& problems) {
  if (!is_list(json, "variables", problems)) return;
  if (json.empty()) problems.add("variables", "is empty; must hold at least one variable");
  std::set<std::string> names;
  std::vector<double> starts;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string path = fmt::format("variables[{}]", i);
    VariableSpec spec;
    study.variables.push_back(read_variable(json[i], path, study, spec, problems));
    study.laws.push_back(read_law_of(json[i], path, study.variables.back(), study, problems));
    if (!names.insert(spec.name).second) {
      problems.add(path + ".name",
                   fmt::format("'{}' is the name of an earlier variable, too", spec.name));
    }
    if (spec.start) starts.push_back(*spec.start);
  }
  if (starts.empty()) return;
  if (starts.size() != study.variables.size()) {
    problems.add("variables", fmt::format("{} of {} have a start; give one to all or to none",
                                          starts.size(), study.variables.size()));
    return;
  }
  study.start = Eigen::Map<const Vector>(starts.data(), static_cast<Index>(starts.size()));
}

}  // namespace mystic::study
