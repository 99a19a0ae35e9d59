#include "plan.hpp"

#include "files.hpp"
#include "printable.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace mystic {
namespace external {
namespace {

namespace fs = std::filesystem;

/// Makes the plan of one model, and collects what is wrong on the way.
class Planner {
 public:
  Planner(const ExternalModelOptions& options, const Surroundings& surroundings)
      : options_(options), directory_(fs::absolute(surroundings.directory).lexically_normal()) {
    check_inputs();
    for (std::size_t i = 0; i < options.templates.size(); ++i) plan_template(i);
    for (std::size_t i = 0; i < options.files.size(); ++i) plan_file(i);
    plan_environment(surroundings.environment);
    plan_command();
    check_use_of_inputs();
    plan_outputs();
    report_broken("model.", options);
    plan_.deadline = options.deadline;
    plan_.largest_output = static_cast<std::uintmax_t>(std::max<Index>(options.largest_output, 0));
    const std::string unwritable = why_not_writable(surroundings.scratch);
    if (!unwritable.empty()) report("model", "no place for work directories: " + unwritable);
  }

  Planned result() && { return {.plan = std::move(plan_), .problems = std::move(problems_)}; }

 private:
  void report(const std::string& place, const std::string& text) {
    problems_.push_back(place + ": " + text);
  }

  /// Reports what validate() would, a line each, with the place in front. @return whether nothing is
  template <class Options>
  bool report_broken(const std::string& place, const Options& options) {
    constexpr std::string_view line_begin = "\n  ";
    const std::string broken = broken_options(options);
    for (std::size_t at = 0; at < broken.size();) {
      const std::size_t begin = at + line_begin.size();
      at = std::min(broken.find(line_begin, begin), broken.size());
      problems_.push_back(place + broken.substr(begin, at - begin));
    }
    return broken.empty();
  }

  void check_inputs() {
    if (options_.inputs.empty()) report("model.inputs", "an external model needs at least one");
    std::set<std::string> seen;
    for (std::size_t i = 0; i < options_.inputs.size(); ++i) {
      const std::string& name = options_.inputs[i];
      const std::string place = fmt::format("model.inputs[{}]", i);
      if (name.empty()) report(place, "has no name");
      if (!seen.insert(name).second) report(place, in_quotes(name) + " is there twice");
    }
  }

  std::string no_input(const std::string& name, const Delimiters& delimiters) const {
    const auto placeholder = [&](const std::string& word) {
      return in_quotes(delimiters.open + word + delimiters.close);
    };
    const std::string nearest = nearest_name(name, options_.inputs);
    return placeholder(name) + " is the placeholder of no input; " +
           (nearest.empty() ? fmt::format("the inputs are {}", fmt::join(options_.inputs, ", "))
                            : fmt::format("did you mean {}?", placeholder(nearest)));
  }

  /// Parses a template and reports its unknown placeholders; `origin` is its file, if it has one.
  Template parse(const std::string& place, const std::string& origin, std::string_view text,
                 const Delimiters& delimiters = {}) {
    Template parsed(text, options_.inputs, delimiters);
    for (const UnknownPlaceholder& unknown : parsed.unknown()) {
      const std::string where = origin.empty()
                                    ? fmt::format("line {}, column {}", unknown.line, unknown.column)
                                    : fmt::format("{}:{}:{}", origin, unknown.line, unknown.column);
      report(place, where + ": " + no_input(unknown.name, delimiters));
    }
    return parsed;
  }

  /// Claims a name in the work directory for a file that is put there.
  void claim(const std::string& place, const fs::path& to) {
    const std::string name = to.lexically_normal().string();
    if (!stays_below(to)) {
      report(place, in_quotes(to.string()) + " is not a file in the work directory");
    } else if (name == "stdout" || name == "stderr") {
      report(place, in_quotes(name) + " will hold what the command prints; choose another name");
    } else if (!claimed_.insert(name).second) {
      report(place, "another file is called " + in_quotes(name) + " too");
    }
  }

  void plan_template(std::size_t i) {
    const TemplateFile& file = options_.templates[i];
    const std::string place = fmt::format("model.templates[{}]", i);
    const bool sound = report_broken(place + ".", file);
    if (!file.to.empty()) claim(place + ".to", file.to);
    FileText content{.text = file.text};
    if (!file.from.empty()) content = read_file(directory_ / file.from);
    if (!content.error.empty()) {
      report(place + ".from",
             fmt::format("{} (in {}) {}", in_quotes(file.from), directory_.string(), content.error));
    }
    if (!sound || !content.error.empty()) {
      some_template_unread_ = true;
      return;
    }
    const std::string parsed_place = place + (file.from.empty() ? ".text" : ".from");
    plan_.templates.push_back(
        {.content = parse(parsed_place, file.from, content.text, {file.open, file.close}),
         .to = file.to});
  }

  void plan_file(std::size_t i) {
    const std::string place = fmt::format("model.files[{}]", i);
    const fs::path file = directory_ / options_.files[i];
    std::error_code error;
    if (!fs::exists(file, error)) {
      report(place, fmt::format("{} (in {}) does not exist", in_quotes(options_.files[i]),
                                directory_.string()));
    } else if (!fs::is_regular_file(file, error)) {
      report(place, in_quotes(options_.files[i]) + " is not a regular file; name files one by one");
    } else {
      claim(place, file.filename());
      plan_.files.push_back(file);
    }
  }

  void plan_environment(const Environment& ours) {
    plan_.environment = environment_without_mpi(ours);
    for (const auto& [name, value] : options_.environment) {
      const bool sound = !name.empty() && name.find('=') == std::string::npos &&
                         (name + value).find('\0') == std::string::npos;
      if (sound) {
        plan_.environment = with_variable(plan_.environment, name, value);
      } else {
        report("model.environment", in_quotes(name) + " cannot be the name of a variable, or has a " +
                                        "NUL byte in its value");
      }
    }
  }

  void plan_command() {
    const std::vector<std::string>& command = options_.command;
    if (command.empty() || command.front().empty()) {
      report("model.command", "names no program");
    } else {
      plan_program(command.front());
    }
    for (std::size_t i = 1; i < command.size(); ++i) {
      const std::string place = fmt::format("model.command[{}]", i);
      if (command[i].find('\0') != std::string::npos) report(place, "holds a NUL byte");
      plan_.arguments.push_back(parse(place, "", command[i]));
    }
  }

  void plan_program(const std::string& program) {
    const std::string place = "model.command[0]";
    const Template parsed(program, options_.inputs);
    if (uses_any(parsed)) report(place, "the program itself cannot depend on an input");
    if (program.find('/') != std::string::npos) {
      plan_.program = (directory_ / program).lexically_normal();
      const std::string wrong = why_not_executable(plan_.program);
      if (!wrong.empty()) report(place, fmt::format("{} {}", in_quotes(plan_.program, 400), wrong));
      return;
    }
    const std::optional<std::string> path = variable(plan_.environment, "PATH");
    plan_.program = find_on_path(program, path.value_or(""));
    if (!plan_.program.empty()) return;
    const bool beside = why_not_executable(directory_ / program).empty();
    report(place,
           fmt::format("the program {} is not on the PATH ({}); {}", in_quotes(program),
                       path ? printable(*path) : "which is not set",
                       beside ? fmt::format("'./{}' is the one in {}", program, directory_.string())
                              : "install it, or write where it is"));
  }

  bool uses_any(const Template& parsed) const {
    for (std::size_t i = 0; i < options_.inputs.size(); ++i) {
      if (parsed.uses(static_cast<Index>(i))) return true;
    }
    return false;
  }

  bool is_used(Index input) const {
    const auto uses = [input](const Template& parsed) { return parsed.uses(input); };
    return std::any_of(plan_.templates.begin(), plan_.templates.end(),
                       [&](const auto& file) { return uses(file.content); }) ||
           std::any_of(plan_.arguments.begin(), plan_.arguments.end(), uses);
  }

  void check_use_of_inputs() {
    // A template that could not be read may use any.
    if (options_.allow_unused_inputs || some_template_unread_) return;
    const std::vector<std::string>& names = options_.inputs;
    for (auto name = names.begin(); name != names.end(); ++name) {
      const bool is_repeated = std::find(names.begin(), name, *name) != name;
      if (is_repeated || is_used(name - names.begin())) continue;
      report("model.templates",
             fmt::format("the input {} is in no template and no argument: write '@{}@' where its "
                         "value belongs, or set allow_unused_inputs",
                         in_quotes(*name), printable(*name)));
    }
  }

  void plan_outputs() {
    if (options_.outputs.empty()) report("model.outputs", "a model needs at least one");
    std::set<std::string> seen;
    for (std::size_t i = 0; i < options_.outputs.size(); ++i) {
      const OutputRule& rule = options_.outputs[i];
      const std::string place = rule.name.empty() ? fmt::format("model.outputs[{}]", i)
                                                  : "model.outputs." + printable(rule.name);
      if (rule.name.empty()) report(place, "has no name");
      if (!seen.insert(rule.name).second) report(place, "is there twice");
      if (!stays_below(rule.file)) {
        report(place + ".file", in_quotes(rule.file) + " is not a file in the work directory");
      }
      if (report_broken(place + ".", rule)) plan_.extractions.emplace_back(rule);
    }
  }

  const ExternalModelOptions& options_;
  fs::path directory_;
  Plan plan_;
  std::vector<std::string> problems_;
  std::set<std::string> claimed_;
  bool some_template_unread_ = false;
};

}  // namespace

Planned make_plan(const ExternalModelOptions& options, const Surroundings& surroundings) {
  return Planner(options, surroundings).result();
}

}  // namespace external

std::string TemplateFile::broken_rules() const {
  std::string broken;
  if (from.empty() && text.empty()) broken += "\n  from: missing; or give the template as `text`";
  if (!from.empty() && !text.empty()) broken += "\n  text: give `from` or `text`, not both";
  if (to.empty()) broken += "\n  to: missing; name the file to write";
  if (open.empty()) broken += "\n  open: must not be empty";
  if (close.empty()) broken += "\n  close: must not be empty";
  return broken;
}

std::vector<std::string> problems(const ExternalModelOptions& options,
                                  const Surroundings& surroundings) {
  return external::make_plan(options, surroundings).problems;
}

}  // namespace mystic
