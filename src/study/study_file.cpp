#include "study/study_file.hpp"

#include "mystic/archive/journal.hpp"
#include "mystic/study/study.hpp"
#include "study/read_method.hpp"
#include "study/read_model.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>

namespace mystic::study {
namespace {

bool is_word(const std::string& text, bool may_begin_with_digit, std::string_view extra) {
  if (text.empty()) return false;
  if (!may_begin_with_digit && std::isdigit(static_cast<unsigned char>(text[0])) != 0) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || extra.find(c) != std::string_view::npos;
  });
}

Variable read_variable(const VariableSpec& spec, const std::string& path, Problems& problems) {
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
  if (!(variable.lower <= variable.upper)) {
    problems.add(path, fmt::format("lower = {} is above upper = {}", variable.lower, variable.upper));
  } else if (variable.type == VariableType::integer &&
             std::ceil(variable.lower) > std::floor(variable.upper)) {
    problems.add(path, fmt::format("no whole number lies in [{}, {}]", variable.lower, variable.upper));
  } else if (spec.start && !(*spec.start >= variable.lower && *spec.start <= variable.upper)) {
    problems.add(path + ".start",
                 fmt::format("is {}; must be in [{}, {}]", *spec.start, variable.lower, variable.upper));
  }
  return variable;
}

void read_variables(const Json& json, Study& study, Problems& problems) {
  if (!is_list(json, "variables", problems)) return;
  if (json.empty()) problems.add("variables", "is empty; must hold at least one variable");
  std::set<std::string> names;
  std::vector<double> starts;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string path = fmt::format("variables[{}]", i);
    const auto spec = read_options<VariableSpec>(json[i], path, problems);
    study.variables.push_back(read_variable(spec, path, problems));
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

void read_cost(const Json& json, Study& study, Problems& problems) {
  if (!is_object(json, "cost", problems)) return;
  const std::vector<std::string> known{"minimise", "maximise", "misfit"};
  refuse_unknown_keys(json, "cost", known, problems);
  if (json.size() != 1) {
    problems.add("cost", "must have exactly one of: minimise, maximise, misfit");
    return;
  }
  const std::string key = json.begin().key();
  const Json& value = json.begin().value();
  if (key == "misfit") {
    study.cost.kind = CostSpec::Kind::misfit;
    if (!is_object(value, "cost.misfit", problems)) return;
    if (value.empty()) problems.add("cost.misfit", "is empty; must name outputs and their targets");
    for (const auto& [name, target] : value.items()) {
      read_value(target, "cost.misfit." + name, study.cost.targets[name], problems);
    }
  } else if (key == "minimise" || key == "maximise") {
    study.cost.kind = key == "minimise" ? CostSpec::Kind::minimise : CostSpec::Kind::maximise;
    read_value(value, "cost." + key, study.cost.output, problems);
  }
}

void read_requirements(const Json& json, Study& study, Problems& problems) {
  if (!is_list(json, "requirements", problems)) return;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string path = fmt::format("requirements[{}]", i);
    const auto spec = read_options<RequirementSpec>(json[i], path, problems);
    if (spec.at_most.has_value() == spec.at_least.has_value()) {
      problems.add(path, "must have either at_most or at_least (two limits: two requirements)");
    }
    study.requirements.push_back(spec);
  }
}

// Whether all outputs that the study speaks of are outputs of its model.
void check_outputs(const Study& study, Problems& problems) {
  const std::vector<std::string> names = output_names(study);
  const auto check = [&](const std::string& output, const std::string& path) {
    if (std::find(names.begin(), names.end(), output) != names.end()) return;
    const std::string near = nearest_name(output, names);
    problems.add(path, fmt::format("'{}' is no output of the model{}; there are: {}", output,
                                   near.empty() ? "" : fmt::format(" (did you mean '{}'?)", near),
                                   fmt::join(names, ", ")));
  };
  if (study.cost.kind == CostSpec::Kind::misfit) {
    for (const auto& [name, target] : study.cost.targets) check(name, "cost.misfit." + name);
  } else {
    check(study.cost.output,
          study.cost.kind == CostSpec::Kind::minimise ? "cost.minimise" : "cost.maximise");
  }
  for (std::size_t i = 0; i < study.requirements.size(); ++i) {
    check(study.requirements[i].output, fmt::format("requirements[{}].output", i));
  }
}

void read_rest(const Json& json, Study& study, Problems& problems) {
  if (const auto found = json.find("penalty"); found != json.end()) {
    const auto spec = read_options<PenaltySpec>(*found, "penalty", problems);
    study.penalty.kind = spec.kind == "linear" ? PenaltyKind::linear : PenaltyKind::quadratic;
    study.penalty.weight = spec.weight;
  }
  if (const auto found = json.find("limits"); found != json.end()) {
    const auto spec = read_options<LimitsSpec>(*found, "limits", problems);
    study.limits = {spec.generations, spec.evaluations, spec.seconds};
  }
  if (const auto found = json.find("policy"); found != json.end()) {
    study.policy = read_options<FailurePolicy>(*found, "policy", problems);
  }
  if (const auto found = json.find("journal"); found != json.end()) {
    study.sync_seconds = read_options<JournalOptions>(*found, "journal", problems).sync_seconds;
  }
  if (const auto found = json.find("map"); found != json.end()) {
    study.map = read_map(*found, "map", problems);
  }
}

void require_key(const Json& json, const char* key, const char* what, Problems& problems) {
  if (!json.contains(key)) problems.add(key, fmt::format("is missing: {}", what));
}

void read_all(const Json& json, Study& study, const Environment& environment, Problems& problems) {
  const auto spec =
      read_options<StudySpec>(json, "", problems,
                              {"variables", "model", "cost", "requirements", "penalty", "solver",
                               "termination", "limits", "policy", "journal", "map"});
  if (!json.is_object()) return;
  study.name = spec.name.empty() ? study.file.stem().string() : spec.name;
  if (!spec.name.empty() && !is_word(spec.name, true, "-_")) {
    problems.add("name", fmt::format("is '{}'; must be letters, digits, - and _", spec.name));
  }
  study.description = spec.description;
  study.seed = spec.seed;
  study.bounds = spec.bounds == "clip"     ? BoundsMode::clip
                 : spec.bounds == "redraw" ? BoundsMode::redraw
                                           : BoundsMode::reject;
  require_key(json, "variables", "what may be chosen", problems);
  require_key(json, "model", "what computes the outputs", problems);
  require_key(json, "cost", "what is minimised", problems);
  require_key(json, "solver", "which search", problems);
  const std::size_t before = problems.count();
  if (json.contains("variables")) read_variables(json["variables"], study, problems);
  if (json.contains("model")) read_model(json["model"], study, environment, problems);
  const bool model_is_known = problems.count() == before;
  if (json.contains("cost")) read_cost(json["cost"], study, problems);
  if (json.contains("requirements")) read_requirements(json["requirements"], study, problems);
  if (model_is_known && json.contains("model") && json.contains("cost")) check_outputs(study, problems);
  read_rest(json, study, problems);
  if (json.contains("solver")) read_method(json, study, problems);
}

}  // namespace

Study read_study(const std::filesystem::path& file, const std::filesystem::path& directory,
                 const Environment& environment) {
  Study study;
  study.file = file;
  study.directory = directory.empty() ? std::filesystem::path(".") : directory;
  study.text = read_file(file);
  study.json = parse_json(study.text, file.string());
  Problems problems;
  read_all(study.json, study, environment, problems);
  if (problems.empty()) return study;
  std::string text;
  for (const std::string& line : problems.lines()) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : "\n", file.string(), line);
  }
  throw BadInput(text);
}

}  // namespace mystic::study
