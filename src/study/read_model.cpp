#include "study/read_model.hpp"

#include "mystic/models/functions.hpp"

#include <set>

namespace mystic::study {
namespace {

std::vector<std::string> read_texts(const Json& json, const std::string& path, Problems& problems) {
  std::vector<std::string> texts;
  if (!is_list(json, path, problems)) return texts;
  for (std::size_t i = 0; i < json.size(); ++i) {
    std::string text;
    if (read_value(json[i], fmt::format("{}[{}]", path, i), text, problems)) texts.push_back(text);
  }
  return texts;
}

std::vector<TemplateFile> read_templates(const Json& json, const std::string& path, Problems& problems) {
  std::vector<TemplateFile> templates;
  if (!is_list(json, path, problems)) return templates;
  for (std::size_t i = 0; i < json.size(); ++i) {
    templates.push_back(read_options<TemplateFile>(json[i], fmt::format("{}[{}]", path, i), problems));
  }
  return templates;
}

std::vector<OutputRule> read_outputs(const Json& json, const std::string& path, Problems& problems) {
  std::vector<OutputRule> outputs;
  if (!is_object(json, path, problems)) return outputs;
  for (const auto& [name, rule] : json.items()) {
    outputs.push_back(read_options<OutputRule>(rule, joined_path(path, name), problems));
    outputs.back().name = name;
  }
  return outputs;
}

void read_external(const Json& json, Study& study, const Environment& environment, Problems& problems) {
  const std::string path = "model";
  const std::size_t before = problems.count();
  auto options = read_options<ExternalModelOptions>(
      json, path, problems, {"kind", "templates", "files", "command", "environment", "outputs"});
  for (const Variable& variable : study.variables) options.inputs.push_back(variable.name);
  if (const auto found = json.find("templates"); found != json.end()) {
    options.templates = read_templates(*found, "model.templates", problems);
  }
  if (const auto found = json.find("files"); found != json.end()) {
    options.files = read_texts(*found, "model.files", problems);
  }
  if (const auto found = json.find("command"); found != json.end()) {
    options.command = read_texts(*found, "model.command", problems);
  }
  if (const auto found = json.find("environment"); found != json.end()) {
    if (is_object(*found, "model.environment", problems)) {
      for (const auto& [name, value] : found->items()) {
        std::string text;
        if (read_value(value, "model.environment." + name, text, problems))
          options.environment[name] = text;
      }
    }
  }
  if (const auto found = json.find("outputs"); found != json.end()) {
    options.outputs = read_outputs(*found, "model.outputs", problems);
  }
  for (const OutputRule& output : options.outputs) study.output_units[output.name] = output.unit;
  // What the model itself finds wrong makes sense only once all was read, and there are variables.
  if (problems.count() == before && !study.variables.empty()) {
    const Surroundings surroundings{.directory = study.directory, .environment = environment};
    for (const std::string& line : mystic::problems(options, surroundings)) problems.add_line(line);
  }
  study.model = std::move(options);
}

void read_function(const Json& json, Study& study, Problems& problems) {
  refuse_unknown_keys(json, "model", {"kind", "name"}, problems);
  FunctionSpec spec;
  std::vector<std::string> names;
  for (const TestFunction& function : test_functions()) names.emplace_back(function.name);
  const auto found = json.find("name");
  if (found == json.end()) {
    problems.add("model.name", fmt::format("is missing; there are: {}", fmt::join(names, ", ")));
    return;
  }
  if (!read_value(*found, "model.name", spec.name, problems)) return;
  const TestFunction* function = find_test_function(spec.name);
  const auto n = static_cast<Index>(study.variables.size());
  if (function == nullptr) {
    const std::string near = nearest_name(spec.name, names);
    problems.add("model.name",
                 fmt::format("'{}' is no test function{}; there are: {}", spec.name,
                             near.empty() ? "" : fmt::format(" (did you mean '{}'?)", near),
                             fmt::join(names, ", ")));
  } else if (n > 0 && !function->takes(n)) {
    problems.add("model.name",
                 fmt::format("'{}' takes {} variables{}, not {}", spec.name, function->least_dimension,
                             function->most_dimension == 0 ? " or more" : "", n));
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
      const std::string near = nearest_name(kind, {"external", "function"});
      problems.add("model.kind",
                   fmt::format("'{}' is no kind of model{}; there are: external, function", kind,
                               near.empty() ? "" : fmt::format(" (did you mean '{}'?)", near)));
    }
  }
}

std::vector<std::string> output_names(const Study& study) {
  std::vector<std::string> names;
  if (const auto* external = std::get_if<ExternalModelOptions>(&study.model)) {
    for (const OutputRule& output : external->outputs) names.push_back(output.name);
  } else {
    names.emplace_back("cost");
  }
  return names;
}

}  // namespace mystic::study
