#include "planner.hpp"

#include "files.hpp"
#include "printable.hpp"

#include <algorithm>
#include <cmath>

namespace mystic::external {
namespace {

namespace fs = std::filesystem;

constexpr double mebibyte = 1024.0 * 1024.0;

std::uintmax_t bytes_of(double mebibytes) {
  return static_cast<std::uintmax_t>(std::ceil(std::max(mebibytes, 0.0) * mebibyte));
}

/// "stress[2]" -> "stress_2_": the values of an output of several have names that no expression takes.
std::string identifier_of(std::string name) {
  std::replace(name.begin(), name.end(), '[', '_');
  std::replace(name.begin(), name.end(), ']', '_');
  return name;
}

std::string with_identifiers(std::string check, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (!name.ends_with(']')) continue;
    for (std::size_t at = check.find(name); at != std::string::npos; at = check.find(name, at)) {
      check.replace(at, name.size(), identifier_of(name));
    }
  }
  return check;
}

}  // namespace

Planner::Planner(const ExternalModelOptions& options, const Surroundings& surroundings)
    : options_(options), directory_(fs::absolute(surroundings.directory).lexically_normal()) {
  plan_.inputs = Inputs(options, faults_);
  used_.resize(plan_.inputs.names().size());
  for (std::size_t i = 0; i < options.templates.size(); ++i) plan_template(i);
  for (std::size_t i = 0; i < options.files.size(); ++i) plan_file(i);
  plan_inputs_json();
  plan_environment(surroundings.environment);
  plan_all_steps();
  check_use_of_inputs();
  plan_outputs();
  plan_checks();
  faults_.add_broken("model.", options);
  faults_.add_broken("model.work.", options.work);
  plan_limits();
  const std::string unwritable = why_not_writable(surroundings.scratch);
  if (!unwritable.empty())
    faults_.add("model.work.base", "no place for work directories: " + unwritable);
}

Planned Planner::result() && { return {.plan = std::move(plan_), .problems = faults_.take()}; }

void Planner::plan_limits() {
  plan_.deadline = options_.deadline;
  plan_.largest_output = static_cast<std::uintmax_t>(std::max<Index>(options_.largest_output, 0));
  plan_.output_cap = bytes_of(options_.output_cap);
  plan_.limits.file_size = bytes_of(options_.largest_file);
  if (options_.memory) plan_.limits.memory = bytes_of(*options_.memory);
  if (options_.cpu_seconds) plan_.limits.cpu_seconds = *options_.cpu_seconds;
}

std::string Planner::no_input(const std::string& name, const TemplateFile& how) const {
  const auto placeholder = [&](const std::string& word) {
    return in_quotes(how.open + word + how.close);
  };
  const std::vector<std::string>& names = plan_.inputs.names();
  const std::string nearest = nearest_name(name, names);
  return placeholder(name) + " is the placeholder of no input; " +
         (nearest.empty() ? fmt::format("the inputs are {}", fmt::join(names, ", "))
                          : fmt::format("did you mean {}?", placeholder(nearest)));
}

/// Parses a template and reports its broken placeholders; `origin` is its file, if it has one.
Template Planner::parse(const std::string& place, const std::string& origin, std::string_view text,
                        const TemplateFile& how) {
  Template parsed(text, plan_.inputs.names(), {how.open, how.close}, ValueFormat(how.format));
  for (const BrokenPlaceholder& broken : parsed.broken()) {
    const std::string where = origin.empty()
                                  ? fmt::format("line {}, column {}", broken.line, broken.column)
                                  : fmt::format("{}:{}:{}", origin, broken.line, broken.column);
    faults_.add(place,
                where + ": " + (broken.name.empty() ? broken.reason : no_input(broken.name, how)));
  }
  note_use(parsed, place);
  return parsed;
}

void Planner::note_use(const Template& parsed, const std::string& place) {
  for (std::size_t i = 0; i < used_.size(); ++i) {
    const auto index = static_cast<Index>(i);
    if (parsed.uses(index)) used_[i] = true;
    if (parsed.wants_number(index) && plan_.inputs.can_be_word(i)) {
      faults_.add(place, fmt::format("{} can be a word, and stands where its format wants a number",
                                     in_quotes(plan_.inputs.names()[i])));
    }
  }
}

/// Claims a name in the work directory for a file that is put there.
void Planner::claim(const std::string& place, const fs::path& to) {
  const std::string name = to.lexically_normal().string();
  const bool printed =
      name == "stdout" || name == "stderr" || name.ends_with(".stdout") || name.ends_with(".stderr");
  if (!stays_below(to)) {
    faults_.add(place, in_quotes(to.string()) + " is not a file in the work directory");
  } else if (printed) {
    faults_.add(place, in_quotes(name) + " will hold what the command prints; choose another name");
  } else if (!claimed_.insert(name).second) {
    faults_.add(place, "another file is called " + in_quotes(name) + " too");
  }
}

void Planner::plan_template(std::size_t i) {
  const TemplateFile& file = options_.templates[i];
  const std::string place = fmt::format("model.templates[{}]", i);
  const bool sound = faults_.add_broken(place + ".", file);
  if (!file.to.empty()) claim(place + ".to", file.to);
  FileText content{.text = file.text};
  if (!file.from.empty()) content = read_file(directory_ / file.from);
  if (!content.error.empty()) {
    faults_.add(place + ".from",
                fmt::format("{} (in {}) {}", in_quotes(file.from), directory_.string(), content.error));
  }
  if (!sound || !content.error.empty()) {
    some_template_unread_ = true;
    return;
  }
  const std::string parsed_place = place + (file.from.empty() ? ".text" : ".from");
  plan_.templates.push_back(
      {.content = parse(parsed_place, file.from, content.text, file), .to = file.to});
}

void Planner::plan_file(std::size_t i) {
  const GivenFile& given = options_.files[i];
  const std::string place = fmt::format("model.files[{}]", i);
  if (!faults_.add_broken(place + ".", given)) return;
  const fs::path from = (directory_ / given.from).lexically_normal();
  const bool is_folder_name = !from.has_filename();  // "data/"
  const fs::path own = is_folder_name ? from.parent_path().filename() : from.filename();
  std::error_code error;
  if (given.from.empty()) {
    faults_.add(place + ".from", "missing; name the file");
  } else if (!fs::exists(from, error)) {
    faults_.add(place,
                fmt::format("{} (in {}) does not exist", in_quotes(given.from), directory_.string()));
  } else if (!fs::is_regular_file(from, error) && !fs::is_directory(from, error)) {
    faults_.add(place, in_quotes(given.from) + " is neither a file nor a folder");
  } else {
    const fs::path to = given.to.empty() ? own : fs::path(given.to);
    claim(place, to);
    const Plan::How how = given.how == "link"    ? Plan::How::link
                          : given.how == "share" ? Plan::How::share
                                                 : Plan::How::copy;
    plan_.files.push_back({.from = is_folder_name ? from.parent_path() : from, .to = to, .how = how});
  }
}

void Planner::plan_inputs_json() {
  if (options_.inputs_json.empty()) return;
  claim("model.inputs_json", options_.inputs_json);
  plan_.inputs_json = options_.inputs_json;
  used_.assign(used_.size(), true);
}

void Planner::check_use_of_inputs() {
  // A template that could not be read may use any.
  if (options_.allow_unused_inputs || some_template_unread_) return;
  const std::vector<std::string>& names = plan_.inputs.names();
  plan_.inputs.add_indirect_uses(used_);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool must_be_used = i < plan_.inputs.coordinates() || plan_.inputs.is_derived(i);
    const bool is_repeated = std::find(names.begin(), names.end(), names[i]) !=
                             names.begin() + static_cast<std::ptrdiff_t>(i);
    if (!must_be_used || used_[i] || is_repeated || names[i].empty()) continue;
    faults_.add("model.templates",
                fmt::format("the {} {} is in no template and no argument: write '@{}@' where its value "
                            "belongs, or set allow_unused_inputs",
                            plan_.inputs.is_derived(i) ? "derived input" : "input", in_quotes(names[i]),
                            printable(names[i])));
  }
}

void Planner::plan_outputs() {
  if (options_.outputs.empty()) faults_.add("model.outputs", "a model needs at least one");
  std::set<std::string> seen;
  for (std::size_t i = 0; i < options_.outputs.size(); ++i) {
    const OutputRule& rule = options_.outputs[i];
    const std::string place = rule.name.empty() ? fmt::format("model.outputs[{}]", i)
                                                : "model.outputs." + printable(rule.name);
    if (rule.name.empty()) faults_.add(place, "has no name");
    if (!seen.insert(rule.name).second) faults_.add(place, "is there twice");
    if (!stays_below(rule.file)) {
      faults_.add(place + ".file", in_quotes(rule.file) + " is not a file in the work directory");
    }
    if (faults_.add_broken(place + ".", rule)) plan_.extractions.emplace_back(rule);
  }
  plan_.output_names = value_names(options_.outputs);
}

void Planner::plan_checks() {
  std::vector<std::string> names;
  for (const std::string& name : plan_.output_names) names.push_back(identifier_of(name));
  const std::vector<std::string>& inputs = plan_.inputs.names();
  names.insert(names.end(), inputs.begin(), inputs.end());
  for (std::size_t i = 0; i < options_.checks.size(); ++i) {
    try {
      plan_.checks.emplace_back(with_identifiers(options_.checks[i], plan_.output_names), names);
    } catch (const InvalidArgument& error) {
      faults_.add(fmt::format("model.checks[{}]", i), error.what());
    }
  }
}

Planned make_plan(const ExternalModelOptions& options, const Surroundings& surroundings) {
  return Planner(options, surroundings).result();
}

std::vector<std::string> value_names(const std::vector<OutputRule>& outputs) {
  std::vector<std::string> names;
  for (const OutputRule& rule : outputs) {
    for (std::string& name : rule.value_names()) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace mystic::external
