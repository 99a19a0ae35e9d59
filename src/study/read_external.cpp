#include "study/read_external.hpp"

#include "study/read_variables.hpp"

namespace mystic::study {
namespace {

// Reads a list item by item: read(item, path) for each.
template <class Read>
void read_list(const Json& json, const char* key, const std::string& path, Problems& problems,
               Read read) {
  const auto found = json.find(key);
  if (found == json.end() || !is_list(*found, path + "." + key, problems)) return;
  for (std::size_t i = 0; i < found->size(); ++i) {
    read((*found)[i], fmt::format("{}.{}[{}]", path, key, i));
  }
}

// Reads an object entry by entry, in its order: read(name, value, path).
template <class Read>
void read_entries(const Json& json, const char* key, const std::string& path, Problems& problems,
                  Read read) {
  const auto found = json.find(key);
  if (found == json.end() || !is_object(*found, path + "." + key, problems)) return;
  for (const auto& [name, value] : found->items()) {
    read(name, value, fmt::format("{}.{}.{}", path, key, name));
  }
}

std::vector<std::string> read_texts(const Json& json, const char* key, const std::string& path,
                                    Problems& problems) {
  std::vector<std::string> texts;
  read_list(json, key, path, problems, [&](const Json& item, const std::string& place) {
    std::string text;
    if (read_value(item, place, text, problems)) texts.push_back(text);
  });
  return texts;
}

GivenFile read_given_file(const Json& json, const std::string& path, Problems& problems) {
  if (json.is_string()) return json.get<std::string>();
  if (!json.is_object()) {
    problems.add(path,
                 fmt::format("is {}; must be a text, the file to copy, or an object {{\"from\": ..., "
                             "\"how\": \"link\"}}",
                             kind_of(json)));
    return {};
  }
  return read_options<GivenFile>(json, path, problems);
}

CommandStep read_step(const Json& json, const std::string& path, Problems& problems) {
  auto step = read_options<CommandStep>(json, path, problems, {"command", "success", "produces"});
  if (!json.is_object()) return step;
  step.command = read_texts(json, "command", path, problems);
  step.produces = read_texts(json, "produces", path, problems);
  if (json.contains("success")) {
    step.success.clear();
    read_list(json, "success", path, problems, [&](const Json& item, const std::string& place) {
      Index status = 0;
      if (read_value(item, place, status, problems)) step.success.push_back(status);
    });
  }
  return step;
}

std::vector<CommandStep> read_steps(const Json& json, const std::string& path, Problems& problems) {
  std::vector<CommandStep> steps;
  read_list(json, "steps", path, problems, [&](const Json& item, const std::string& place) {
    steps.push_back(read_step(item, place, problems));
  });
  return steps;
}

void read_commands(const Json& json, ExternalModelOptions& options, Problems& problems) {
  options.command = read_texts(json, "command", "model", problems);
  options.steps = read_steps(json, "model", problems);
  const auto found = json.find("alternative");
  const std::string place = "model.alternative";
  if (found == json.end() || !is_object(*found, place, problems)) return;
  refuse_unknown_keys(*found, place, {"command", "steps"}, problems);
  options.alternative = read_texts(*found, "command", place, problems);
  options.alternative_steps = read_steps(*found, place, problems);
  if (options.alternative.empty() && options.alternative_steps.empty()) {
    problems.add(place, "must have a command or steps");
  }
}

void read_inputs(const Json& json, ExternalModelOptions& options, Problems& problems) {
  read_entries(json, "fixed", "model", problems,
               [&](const std::string& name, const Json& item, const std::string& place) {
                 Value value;
                 if (read_choice(item, place, 0.0, value, problems))
                   options.fixed.emplace_back(name, value);
               });
  read_entries(json, "derived", "model", problems,
               [&](const std::string& name, const Json& item, const std::string& place) {
                 std::string text;
                 if (read_value(item, place, text, problems)) options.derived.emplace_back(name, text);
               });
  read_entries(json, "environment", "model", problems,
               [&](const std::string& name, const Json& item, const std::string& place) {
                 std::string text;
                 if (read_value(item, place, text, problems)) options.environment[name] = text;
               });
}

void read_files(const Json& json, ExternalModelOptions& options, Problems& problems) {
  read_list(json, "templates", "model", problems, [&](const Json& item, const std::string& place) {
    options.templates.push_back(read_options<TemplateFile>(item, place, problems));
  });
  read_list(json, "files", "model", problems, [&](const Json& item, const std::string& place) {
    options.files.push_back(read_given_file(item, place, problems));
  });
  read_entries(json, "outputs", "model", problems,
               [&](const std::string& name, const Json& item, const std::string& place) {
                 options.outputs.push_back(read_options<OutputRule>(item, place, problems));
                 options.outputs.back().name = name;
               });
  options.checks = read_texts(json, "checks", "model", problems);
  options.state = read_texts(json, "state", "model", problems);
  if (const auto found = json.find("work"); found != json.end()) {
    options.work = read_options<WorkOptions>(*found, "model.work", problems);
  }
}

}  // namespace

void read_external(const Json& json, Study& study, const Environment& environment, Problems& problems) {
  const std::size_t before = problems.count();
  auto options = read_options<ExternalModelOptions>(
      json, "model", problems,
      {"kind", "templates", "files", "command", "steps", "alternative", "environment", "outputs",
       "fixed", "derived", "checks", "state", "work"});
  for (const Variable& variable : study.variables) options.inputs.push_back(variable.name);
  options.choices = study.choices;
  options.seed = study.seed;
  read_inputs(json, options, problems);
  read_files(json, options, problems);
  read_commands(json, options, problems);
  if (!options.seed_input.empty() && json.value("cache", Json()) == Json(true)) {
    problems.add("model.cache", "is true; with a seed_input a point has another seed each time");
  }
  for (const OutputRule& output : options.outputs) study.output_units[output.name] = output.unit;
  // What the model itself finds wrong makes sense only once all was read, and there are variables.
  if (problems.count() == before && !study.variables.empty()) {
    const Surroundings surroundings{.directory = study.directory, .environment = environment};
    for (const std::string& line : mystic::problems(options, surroundings)) problems.add_line(line);
  }
  study.model = std::move(options);
}

}  // namespace mystic::study
