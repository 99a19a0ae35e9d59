#include "mystic/study/study.hpp"
#include "mystic/system/clock.hpp"
#include "study/build.hpp"
#include "study/points_table.hpp"
#include "study/session.hpp"

#include <algorithm>
#include <ostream>

namespace mystic {
namespace study {
namespace {

namespace fs = std::filesystem;

// A point from "name=value" texts; a variable that has none begins where the study says.
Vector read_point(const Study& study, const std::vector<std::string>& texts) {
  const auto n = study.variables.size();
  Problems problems;
  std::vector<std::optional<double>> values(n);
  std::vector<std::string> names;
  for (const Variable& variable : study.variables) names.push_back(variable.name);
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    const std::string name = text.substr(0, equals);
    const auto found = std::find(names.begin(), names.end(), name);
    if (equals == std::string::npos) {
      problems.add_line(fmt::format("--point: '{}' must be NAME=VALUE", text));
    } else if (found == names.end()) {
      problems.add_line(fmt::format("--point: '{}' is no variable{}; there are: {}", name,
                                    did_you_mean(name, names), fmt::join(names, ", ")));
    } else {
      const auto i = static_cast<std::size_t>(found - names.begin());
      if (values[i]) problems.add_line(fmt::format("--point: '{}' is given twice", name));
      values[i] = read_coordinate(study, i, text.substr(equals + 1), "--point", problems);
      if (!values[i]) values[i] = 0.0;  // said already
    }
  }
  Vector x(static_cast<Index>(n));
  for (std::size_t i = 0; i < n; ++i) {
    const auto index = static_cast<Index>(i);
    if (!values[i] && study.start.size() > 0) values[i] = study.start[index];
    if (!values[i])
      problems.add_line(fmt::format("--point: '{}' has no value, and no start in the study", names[i]));
    x[index] = values[i].value_or(0.0);
  }
  if (!problems.empty()) throw BadInput(fmt::format("{}", fmt::join(problems.lines(), "\n")));
  return x;
}

// As a shell would take it back.
std::string quoted_for_people(const std::string& argument) {
  constexpr const char* special = " \t\n\"'\\$&|;<>()*?#~=%{}[]!`";
  if (!argument.empty() && argument.find_first_of(special) == std::string::npos) return argument;
  std::string quoted = "'";
  for (const char c : argument) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string command_text(const EvaluationAccount::StepRun& step) {
  std::string text;
  for (const std::string& argument : step.command) {
    text += (text.empty() ? "" : " ") + quoted_for_people(argument);
  }
  return step.input.empty() ? text : text + " < " + quoted_for_people(step.input);
}

std::string point_text(const Study& study, const Vector& x) {
  std::string text = "Point\n";
  for (std::size_t i = 0; i < study.variables.size(); ++i) {
    const Variable& variable = study.variables[i];
    const double value = x[static_cast<Index>(i)];
    const std::string shown = variable.choices.empty()
                                  ? fmt::format("{}", value)
                                  : variable.choices[static_cast<std::size_t>(value)];
    text += fmt::format("  {:<20} {} {}\n", variable.name, shown, variable.unit);
  }
  return text;
}

std::string files_text(const EvaluationAccount& account) {
  std::string text = "Files\n";
  for (const auto& file : account.files)
    text += fmt::format("  {:<20} {} bytes\n", file.name, file.bytes);
  return text;
}

std::string steps_text(const EvaluationAccount& account) {
  std::string text;
  for (const auto& step : account.steps) {
    const ProcessResult& result = step.result;
    text += fmt::format(
        "Step {}\n  command              {}\n  ended                {}\n  took                 {:.4g} s "
        "(processor {:.4g} s, at most {:.4g} MiB)\n",
        step.name, command_text(step), result.text, result.seconds, result.cpu_seconds,
        static_cast<double>(result.peak_memory) / (1024.0 * 1024.0));
    if (result.descendants_killed > 0) {
      text += fmt::format("  left behind          {} processes, killed\n", result.descendants_killed);
    }
    if (result.output_truncated || result.error_truncated)
      text += "  printed              more than output_cap: the rest is dropped\n";
  }
  return text;
}

std::string outputs_text(const Study& study, const EvaluationAccount& account, const Outcome& outcome) {
  std::string text = "Outputs\n";
  for (const auto& found : account.found) {
    const std::string place = found.line > 0 ? fmt::format("{}:{}", found.file, found.line) : found.file;
    std::vector<std::string> values;
    for (const double value : found.values) values.push_back(fmt::format("{}", value));
    const auto unit = study.output_units.find(found.output);
    text += fmt::format("  {:<20} {} {}   (read '{}' in {})\n", found.output, fmt::join(values, ", "),
                        unit == study.output_units.end() ? "" : unit->second, found.text, place);
  }
  if (!outcome.ok()) {
    text += fmt::format("Failed ({})\n  {}\n", name_of(outcome.failure->kind), outcome.failure->text);
  }
  if (!outcome.note.empty()) text += fmt::format("Note\n  {}\n", outcome.note);
  return text;
}

ExitCode evaluate_function(const Study& study, const EvaluateRequest& request, const StudyHost& host,
                           const Vector& x) {
  if (request.keep) throw BadInput("evaluate: --keep: a function has no work directory");
  const Problem problem = make_problem(study, host, study.seed);
  Outcome outcome;
  outcome.outputs.resize(static_cast<Index>(problem.model().outputs().size()));
  const PointsMap point(x.data(), x.size(), 1, Eigen::OuterStride<>(x.size()));
  problem.model().evaluate({.first = {}, .points = point, .stop = host.stop}, {&outcome, 1});
  if (host.out != nullptr)
    *host.out << point_text(study, x) << fmt::format("Outputs\n  cost {}\n", outcome.outputs[0]);
  return outcome.ok() ? ExitCode::done : ExitCode::failures;
}

ExitCode evaluate_point(const Study& study, const EvaluateRequest& request, const StudyHost& host) {
  const Vector x = read_point(study, request.point);
  if (!std::holds_alternative<ExternalModelOptions>(study.model))
    return evaluate_function(study, request, host, x);
  const auto model = make_external_model(study, host, request.seed.value_or(study.seed));
  const PointsMap point(x.data(), x.size(), 1, Eigen::OuterStride<>(x.size()));
  Outcome outcome;
  outcome.outputs.resize(static_cast<Index>(model->outputs().size()));
  EvaluationAccount account;
  model->evaluate({.first = {}, .points = point, .stop = host.stop}, outcome, account);
  if (outcome.ok() && outcome.outputs.hasNaN())
    outcome.fail(FailureKind::not_a_number, "an output is NaN");
  if (host.out != nullptr) {
    *host.out
        << point_text(study, x) << files_text(account) << steps_text(account)
        << outputs_text(study, account, outcome)
        << fmt::format(
               "Time\n  to prepare {:.4g} s, to run {:.4g} s, to read {:.4g} s, to remove {:.4g} s\n",
               account.prepare_seconds, account.run_seconds, account.extract_seconds,
               account.remove_seconds)
        << std::flush;
  }
  if (host.stop.stop_requested()) return ExitCode::interrupted;
  return outcome.ok() ? ExitCode::done : ExitCode::failures;
}

// `key` of an object, made if it is missing; null where something else stands, which will be refused.
Json* object_at(Json& json, const char* key) {
  if (!json.contains(key)) json[key] = Json::object();
  return json[key].is_object() ? &json[key] : nullptr;
}

// Every point is to be evaluated, whatever fails; and none of them has a good one before it.
void loosen(Json& policy) {
  policy["abort_above"] = 1.0;
  policy["abort_in_a_row"] = 0;
  policy.erase("continuation");
  if (!policy.contains("kinds") || !policy["kinds"].is_object()) return;
  for (auto& [kind, rule] : policy["kinds"].items()) {
    if (rule.is_object()) rule.erase("continuation");
  }
}

// The study with another method: a table of points.
std::string with_points(const EvaluateRequest& request) {
  Json json = parse_json(read_file(request.study), request.study.string());
  if (!json.is_object()) return json.dump();  // what is wrong with it will be said
  for (const char* key : {"initial", "termination", "limits", "method"}) json.erase(key);
  json["solver"] = {{"kind", "points"}};
  if (request.points) json["solver"]["file"] = fs::absolute(*request.points).lexically_normal().string();
  if (request.random) json["solver"]["random"] = *request.random;
  if (Json* policy = object_at(json, "policy")) loosen(*policy);
  if (request.keep && json.contains("model")) {
    Json* model = object_at(json, "model");
    if (Json* work = model == nullptr ? nullptr : object_at(*model, "work"))
      (*work)["keep"] = *request.keep;
  }
  return json.dump(2) + "\n";
}

void refuse_options_of_many(const EvaluateRequest& request) {
  if (request.out)
    throw BadInput("evaluate: --out is for --points and --random: one point makes no directory");
  if (request.map) throw BadInput("evaluate: --map is for --points and --random: one point is run here");
}

}  // namespace
}  // namespace study

using namespace study;

ExitCode evaluate_study(const EvaluateRequest& request, const StudyHost& host) {
  const int ways =
      int{!request.point.empty()} + int{request.points.has_value()} + int{request.random.has_value()};
  if (ways > 1) throw BadInput("evaluate: give one of --point, --points and --random");
  const std::filesystem::path directory = request.study.parent_path();
  if (!request.points && !request.random) {
    refuse_options_of_many(request);
    if (!host.speaks) return ExitCode::done;  // of the ranks of an MPI job one is enough
    Study study = read_study(request.study, directory, host.environment, Purpose::model_only);
    if (auto* external = std::get_if<ExternalModelOptions>(&study.model);
        external != nullptr && request.keep) {
      external->work.keep = *request.keep;
      external->work.archive = false;  // to be looked at
    }
    return evaluate_point(study, request, host);
  }
  const Study study = read_study_text(with_points(request), request.study, directory, host.environment);
  const RunRequest run{
      .study = request.study, .out = request.out, .map = request.map, .seed = request.seed};
  return begin_session(study, host, run,
                       fmt::format("{} evaluate {} ...", host.program, request.study.string()));
}

void render_study(const std::filesystem::path& file, const std::vector<std::string>& point,
                  const std::optional<std::filesystem::path>& out, const StudyHost& host) {
  if (!host.speaks) return;
  const Study study = read_study(file, file.parent_path(), host.environment, Purpose::model_only);
  if (!std::holds_alternative<ExternalModelOptions>(study.model)) {
    throw BadInput(
        fmt::format("{}: its model is no external code: there is nothing to render", file.string()));
  }
  const Vector x = read_point(study, point);
  const fs::path directory = out.value_or(study.name + ".rendered");
  std::error_code error;
  if (!fs::create_directory(directory, error)) {
    throw BadInput(fmt::format("{}: cannot be made: {}; give another --out", directory.string(),
                               error ? error.message() : "exists"));
  }
  const auto model = make_external_model(study, host, study.seed);
  EvaluationAccount account;
  try {
    account = model->render(x, {}, directory);
  } catch (...) {
    fs::remove_all(directory, error);
    throw;
  }
  if (host.out == nullptr) return;
  *host.out << point_text(study, x) << files_text(account);
  for (const auto& step : account.steps)
    *host.out << fmt::format("Would run\n  {}\n", command_text(step));
  *host.out << fmt::format("In {}\n", directory.string()) << std::flush;
}

}  // namespace mystic
