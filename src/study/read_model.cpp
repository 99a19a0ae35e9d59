#include "study/read_model.hpp"

#include "mystic/models/functions.hpp"
#include "study/read_external.hpp"

namespace mystic::study {
namespace {

void read_function(const Json& json, Study& study, Problems& problems) {
  refuse_unknown_keys(json, "model", {"kind", "name"}, problems);
  FunctionSpec spec;
  std::vector<std::string> names;
  for (const TestFunction& function : test_functions()) names.emplace_back(function.name);
  const auto found = json.find("name");
  if (found == json.end()) {
    problems.add("model.name", "is missing; 'mystic list functions' has them");
    return;
  }
  if (!read_value(*found, "model.name", spec.name, problems)) return;
  const TestFunction* function = find_test_function(spec.name);
  const auto n = static_cast<Index>(study.variables.size());
  if (function == nullptr) {
    problems.add("model.name",
                 fmt::format("'{}' is no test function{}; 'mystic list functions' has them", spec.name,
                             did_you_mean(spec.name, names)));
  } else if (n > 0 && !function->takes(n)) {
    problems.add("model.name",
                 fmt::format("'{}' takes {} variables, not {}", spec.name, function->sizes_text(), n));
  }
  study.model = spec;
}

}  // namespace

void read_model(const Json& json, Study& study, const Environment& environment, Problems& problems) {
  if (!is_object(json, "model", problems)) return;
  std::string kind;
  const auto found = json.find("kind");
  if (found == json.end()) {
    problems.add("model.kind", "is missing; there are: external, function");
  } else if (read_value(*found, "model.kind", kind, problems)) {
    if (kind == "external") {
      read_external(json, study, environment, problems);
    } else if (kind == "function") {
      read_function(json, study, problems);
    } else {
      problems.add("model.kind", fmt::format("'{}' is no kind of model{}; there are: external, function",
                                             kind, did_you_mean(kind, {"external", "function"})));
    }
  }
}

std::vector<std::string> output_names(const Study& study) {
  std::vector<std::string> names;
  if (const auto* external = std::get_if<ExternalModelOptions>(&study.model)) {
    for (const OutputRule& output : external->outputs) {
      for (const std::string& name : output.value_names()) names.push_back(name);
    }
  } else {
    names.emplace_back("cost");
  }
  return names;
}

std::vector<std::string> value_names_of(const Study& study, const std::string& output) {
  if (const auto* external = std::get_if<ExternalModelOptions>(&study.model)) {
    for (const OutputRule& rule : external->outputs) {
      if (rule.name == output) return rule.value_names();
    }
  }
  return {output};
}

std::string unit_of_output(const Study& study, const std::string& value) {
  // Of a value of an output that has several: its own.
  const auto found = study.output_units.find(value.substr(0, value.find('[')));
  return found == study.output_units.end() ? "" : found->second;
}

}  // namespace mystic::study
