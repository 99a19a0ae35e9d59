#include "files.hpp"
#include "planner.hpp"
#include "printable.hpp"

#include <algorithm>

namespace mystic::external {
namespace {

namespace fs = std::filesystem;

}  // namespace

void Planner::plan_environment(const Environment& ours) {
  plan_.environment =
      with_variable(environment_without_mpi(ours), "OMP_NUM_THREADS", fmt::format("{}", options_.cores));
  for (const auto& [name, value] : options_.environment) {
    const std::string place = "model.environment";
    const bool sound = !name.empty() && name.find('=') == std::string::npos &&
                       (name + value).find('\0') == std::string::npos;
    if (!sound) {
      faults_.add(place,
                  in_quotes(name) + " cannot be the name of a variable, or has a NUL byte in its value");
      continue;
    }
    Template parsed = parse(place + "." + printable(name), "", value);
    bool varies = false;
    for (std::size_t i = 0; i < used_.size(); ++i) varies = varies || parsed.uses(static_cast<Index>(i));
    if (varies) {
      plan_.settings.push_back({.name = name, .value = std::move(parsed)});
    } else {
      plan_.environment = with_variable(plan_.environment, name, value);
    }
  }
}

void Planner::plan_all_steps() {
  plan_.steps = plan_steps("model", options_.command, options_.steps);
  if (!options_.alternative.empty() || !options_.alternative_steps.empty()) {
    plan_.alternative =
        plan_steps("model.alternative", options_.alternative, options_.alternative_steps);
  }
  for (std::size_t i = 0; i < options_.state.size(); ++i) {
    plan_.state.push_back(options_.state[i]);
    if (stays_below(options_.state[i])) continue;
    faults_.add(fmt::format("model.state[{}]", i),
                in_quotes(options_.state[i]) + " is not a file in the work directory");
  }
}

/// The one command of a model is a step without a name.
std::vector<PlannedStep> Planner::plan_steps(const std::string& key,
                                             const std::vector<std::string>& command,
                                             const std::vector<CommandStep>& steps) {
  std::vector<PlannedStep> planned;
  if (steps.empty()) {
    CommandStep only;
    only.command = command;
    if (key == "model") only.input = options_.input;
    planned.push_back(plan_step(key, only, false));
    return planned;
  }
  if (!command.empty()) faults_.add(key + ".command", "give `command` or `steps`, not both");
  if (key == "model" && !options_.input.empty()) {
    faults_.add("model.input", "means nothing beside `steps`: each has an `input` of its own");
  }
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const std::string place = fmt::format("{}.steps[{}]", key, i);
    const auto is_same = [&](const CommandStep& other) { return other.name == steps[i].name; };
    if (std::any_of(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(i), is_same)) {
      faults_.add(place + ".name", "another step is called " + in_quotes(steps[i].name) + " too");
    }
    planned.push_back(plan_step(place, steps[i], true));
  }
  return planned;
}

PlannedStep Planner::plan_step(const std::string& place, const CommandStep& step, bool has_place) {
  if (has_place) check_step(place, step);
  PlannedStep planned{.title = step.name,
                      .input = step.input,
                      .output = step.name.empty() ? "stdout" : step.name + ".stdout",
                      .error = step.name.empty() ? "stderr" : step.name + ".stderr",
                      .deadline = step.deadline,
                      .success = step.success,
                      .produces = step.produces,
                      .must_say = step.must_say,
                      .must_not_say = step.must_not_say};
  if (!step.input.empty() && !stays_below(step.input)) {
    faults_.add(place + ".input", in_quotes(step.input) + " is not a file in the work directory");
  }
  plan_command(place, step.command, planned);
  if (planned.title.empty()) planned.title = fs::path(planned.program).filename().string();
  return planned;
}

void Planner::check_step(const std::string& place, const CommandStep& step) {
  faults_.add_broken(place + ".", step);
  const bool word = !step.name.empty() && step.name.front() != '.' &&
                    step.name.find_first_of("/ \n") == std::string::npos &&
                    step.name.find('\0') == std::string::npos;
  if (!word)
    faults_.add(place + ".name", in_quotes(step.name) + " must be part of a file name, not empty");
  if (step.success.empty())
    faults_.add(place + ".success", "is empty: no exit status would mean success");
  for (const Index status : step.success) {
    if (status < 0 || status > 255) {
      faults_.add(place + ".success", fmt::format("{} is no exit status; they are in [0, 255]", status));
    }
  }
  for (std::size_t i = 0; i < step.produces.size(); ++i) {
    if (stays_below(step.produces[i])) continue;
    faults_.add(fmt::format("{}.produces[{}]", place, i),
                in_quotes(step.produces[i]) + " is not a file in the work directory");
  }
}

void Planner::plan_command(const std::string& place, const std::vector<std::string>& command,
                           PlannedStep& planned) {
  if (command.empty() || command.front().empty()) {
    faults_.add(place + ".command", "names no program");
  } else {
    planned.program = plan_program(place + ".command[0]", command.front());
  }
  for (std::size_t i = 1; i < command.size(); ++i) {
    const std::string here = fmt::format("{}.command[{}]", place, i);
    if (command[i].find('\0') != std::string::npos) faults_.add(here, "holds a NUL byte");
    planned.arguments.push_back(parse(here, "", command[i]));
  }
}

/// Where the program is; empty, and a fault, if it is nowhere.
std::string Planner::plan_program(const std::string& place, const std::string& program) {
  const Template parsed(program, plan_.inputs.names());
  for (std::size_t i = 0; i < used_.size(); ++i) {
    if (parsed.uses(static_cast<Index>(i))) {
      faults_.add(place, "the program itself cannot depend on an input");
      break;
    }
  }
  if (program.find('/') != std::string::npos) {
    const fs::path path = (directory_ / program).lexically_normal();
    const std::string wrong = why_not_executable(path);
    if (!wrong.empty()) faults_.add(place, fmt::format("{} {}", in_quotes(path.native(), 400), wrong));
    return path;
  }
  const std::optional<std::string> path = variable(plan_.environment, "PATH");
  fs::path found = find_on_path(program, path.value_or(""));
  if (!found.empty()) return found;
  const bool beside = why_not_executable(directory_ / program).empty();
  faults_.add(place,
              fmt::format("the program {} is not on the PATH ({}); {}", in_quotes(program),
                          path ? printable(*path) : "which is not set",
                          beside ? fmt::format("'./{}' is the one in {}", program, directory_.string())
                                 : "install it, or write where it is"));
  return {};
}

}  // namespace mystic::external

namespace mystic {

std::string TemplateFile::broken_rules() const {
  std::string broken;
  if (from.empty() && text.empty()) broken += "\n  from: missing; or give the template as `text`";
  if (!from.empty() && !text.empty()) broken += "\n  text: give `from` or `text`, not both";
  if (to.empty()) broken += "\n  to: missing; name the file to write";
  if (open.empty()) broken += "\n  open: must not be empty";
  if (close.empty()) broken += "\n  close: must not be empty";
  try {
    const ValueFormat sound(format);
  } catch (const InvalidArgument& error) {
    broken += fmt::format("\n  format: {}", error.what());
  }
  return broken;
}

std::vector<std::string> problems(const ExternalModelOptions& options,
                                  const Surroundings& surroundings) {
  return external::make_plan(options, surroundings).problems;
}

}  // namespace mystic
