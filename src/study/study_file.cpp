#include "study/study_file.hpp"

#include "mystic/archive/journal.hpp"
#include "mystic/study/study.hpp"
#include "study/inputs_of.hpp"
#include "study/read_dependence.hpp"
#include "study/read_initial.hpp"
#include "study/read_method.hpp"
#include "study/read_model.hpp"
#include "study/read_policy.hpp"
#include "study/read_search.hpp"
#include "study/read_uncertain.hpp"
#include "study/read_variables.hpp"

#include <algorithm>

namespace mystic::study {
namespace {

// One target, or one for each value of an output that has several.
void read_targets(const Json& json, const std::string& path, std::vector<double>& targets,
                  Problems& problems) {
  double target = 0.0;
  if (!json.is_array()) {
    if (read_value(json, path, target, problems)) targets.push_back(target);
    return;
  }
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (read_value(json[i], fmt::format("{}[{}]", path, i), target, problems)) targets.push_back(target);
  }
}

// {"reduce": "max", "of": ["a", "b"]}
void read_reduction(const Json& json, Study& study, Problems& problems) {
  study.cost.kind = CostSpec::Kind::reduce;
  std::string name;
  if (read_value(json["reduce"], "cost.reduce", name, problems)) {
    const auto reduction = find_reduction(name);
    if (reduction) study.cost.reduction = *reduction;
    if (!reduction) {
      problems.add("cost.reduce", fmt::format("'{}' is not known{}; there are: {}", name,
                                              did_you_mean(name, reduction_names()),
                                              fmt::join(reduction_names(), ", ")));
    }
  }
  const auto of = json.find("of");
  if (of == json.end() || !is_list(*of, "cost.of", problems)) return;
  if (of->empty()) problems.add("cost.of", "is empty; leave it out for all outputs");
  for (std::size_t i = 0; i < of->size(); ++i) {
    std::string output;
    read_value((*of)[i], fmt::format("cost.of[{}]", i), output, problems);
    study.cost.outputs.push_back(output);
  }
}

void read_cost(const Json& json, Study& study, Problems& problems) {
  if (!is_object(json, "cost", problems)) return;
  const std::vector<std::string> known{"minimise", "maximise", "misfit", "reduce", "of"};
  refuse_unknown_keys(json, "cost", known, problems);
  if (json.size() != 1U + (json.contains("reduce") && json.contains("of") ? 1U : 0U)) {
    problems.add("cost", "must have exactly one of: minimise, maximise, misfit, reduce (with of)");
    return;
  }
  if (json.contains("of") && !json.contains("reduce")) {
    problems.add("cost.of", "goes with reduce: how are they made one?");
    return;
  }
  if (json.contains("reduce")) {
    read_reduction(json, study, problems);
    return;
  }
  const std::string key = json.begin().key();
  const Json& value = json.begin().value();
  if (key == "misfit") {
    study.cost.kind = CostSpec::Kind::misfit;
    if (!is_object(value, "cost.misfit", problems)) return;
    if (value.empty()) problems.add("cost.misfit", "is empty; must name outputs and their targets");
    for (const auto& [name, target] : value.items()) {
      read_targets(target, "cost.misfit." + name, study.cost.targets[name], problems);
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
    problems.add(path, fmt::format("'{}' is no output of the model{}; there are: {}", output,
                                   did_you_mean(output, names), fmt::join(names, ", ")));
  };
  if (study.cost.kind == CostSpec::Kind::misfit) {
    for (const auto& [name, targets] : study.cost.targets) {
      const std::string path = "cost.misfit." + name;
      const auto values = value_names_of(study, name);
      for (const std::string& value : values) check(value, path);
      if (values.size() != targets.size()) {
        problems.add(path, fmt::format("has {} targets for an output of {} values", targets.size(),
                                       values.size()));
      }
    }
  } else if (study.cost.kind == CostSpec::Kind::reduce) {
    for (std::size_t i = 0; i < study.cost.outputs.size(); ++i) {
      for (const std::string& value : value_names_of(study, study.cost.outputs[i])) {
        check(value, fmt::format("cost.of[{}]", i));
      }
    }
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
    study.policy = read_policy(*found, "policy", problems);
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

// Whether the method is a table of points: then nothing need be minimised.
bool wants_points(const Json& json) {
  const auto solver = json.find("solver");
  return solver != json.end() && solver->is_object() && solver->value("kind", Json()) == Json("points");
}

// Whether a design is to be written and not evaluated: then nothing computes anything.
bool only_writes(const Json& json) {
  const Json* at = &json;
  for (const char* key : {"method", "design", "evaluate"}) {
    const auto found = at->is_object() ? at->find(key) : at->end();
    if (!at->is_object() || found == at->end()) return false;
    at = &*found;
  }
  return *at == Json(false);
}

void read_all(const Json& json, Study& study, const Environment& environment, Purpose purpose,
              Problems& problems) {
  const auto spec = read_options<StudySpec>(
      json, "", problems,
      {"variables", "dependence", "method", "model", "cost", "requirements", "penalty", "solver",
       "initial", "termination", "limits", "policy", "journal", "map"});
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
  const bool searches = purpose == Purpose::search && !json.contains("method");
  if (!only_writes(json)) require_key(json, "model", "what computes the outputs", problems);
  if (searches && !wants_points(json)) require_key(json, "cost", "what is minimised", problems);
  if (searches) {
    require_key(json, "solver", "which search; or \"method\", for a study of uncertainty", problems);
  }
  const std::size_t before = problems.count();
  if (json.contains("variables")) read_variables(json["variables"], study, problems);
  if (json.contains("dependence")) {
    read_dependence(json["dependence"], study, problems);
    if (problems.count() == before) check_dependence(study, problems);
  }
  if (json.contains("model")) read_model(json["model"], study, environment, problems);
  const bool model_is_known = problems.count() == before;
  if (json.contains("cost")) {
    read_cost(json["cost"], study, problems);
  } else if (model_is_known && json.contains("model")) {
    study.cost.output = output_names(study).front();
  }
  if (json.contains("requirements")) read_requirements(json["requirements"], study, problems);
  if (model_is_known && json.contains("model")) check_outputs(study, problems);
  read_rest(json, study, problems);
  if (json.contains("initial") && !json.contains("method"))
    read_initial(json["initial"], study, problems);
  if (json.contains("method") && purpose == Purpose::search) {
    read_uncertain(json, study, model_is_known, problems);
  } else if (json.contains("solver")) {
    read_method(json, study, problems);
    refuse_rounded(json["solver"], "solver", study.variables, problems);
  }
}

}  // namespace

Study read_study(const std::filesystem::path& file, const std::filesystem::path& directory,
                 const Environment& environment, Purpose purpose) {
  return read_study_text(read_file(file), file, directory, environment, purpose);
}

Study read_study_text(std::string text, const std::filesystem::path& file,
                      const std::filesystem::path& directory, const Environment& environment,
                      Purpose purpose) {
  Study study;
  study.file = file;
  study.directory = directory.empty() ? std::filesystem::path(".") : directory;
  study.text = std::move(text);
  study.json = parse_json(study.text, file.string());
  Problems problems;
  read_all(study.json, study, environment, purpose, problems);
  if (problems.empty()) return study;
  std::string lines;
  for (const std::string& line : problems.lines()) {
    lines += fmt::format("{}{}: {}", lines.empty() ? "" : "\n", file.string(), line);
  }
  throw BadInput(lines);
}

}  // namespace mystic::study
