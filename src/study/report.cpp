#include "study/report.hpp"

#include "study/methods/tables.hpp"

#include <algorithm>
#include <cmath>

namespace mystic::study {
namespace {

double output_value(const Problem& problem, const Best& best, const std::string& output) {
  return best.outputs[problem.output_index(output)];
}

// The choice that a whole number stands for.
std::string chosen(const Variable& variable, double value) {
  return variable.choices.at(static_cast<std::size_t>(value));
}

Json best_json(const Problem& problem, const Best& best) {
  if (!best.exists()) return nullptr;
  Json json;
  for (std::size_t i = 0; i < problem.variables().size(); ++i) {
    const Variable& variable = problem.variables()[i];
    const double value = best.x[static_cast<Index>(i)];
    json["x"][variable.name] = variable.choices.empty() ? Json(value) : Json(chosen(variable, value));
  }
  json["cost"] = number_json(best.cost);
  const auto& outputs = problem.model().outputs();
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    json["outputs"][outputs[i]] = number_json(best.outputs[static_cast<Index>(i)]);
  }
  json["requirements"] = Json::array();
  for (const Requirement& requirement : problem.requirements()) {
    const double value = output_value(problem, best, requirement.output);
    Json row;
    row["output"] = requirement.output;
    if (std::isfinite(requirement.upper)) row["at_most"] = requirement.upper;
    if (std::isfinite(requirement.lower)) row["at_least"] = requirement.lower;
    row["value"] = number_json(value);
    row["violation"] = number_json(requirement.violation(value));
    json["requirements"].push_back(row);
  }
  json["evaluation"] = to_string(best.id);
  return json;
}

std::string best_text(const Study& study, const Problem& problem, const Best& best) {
  std::string text =
      best.violation > 0.0 ? "\nNo design met every requirement; the best found:\n" : "\nBest design\n";
  for (std::size_t i = 0; i < problem.variables().size(); ++i) {
    const Variable& variable = problem.variables()[i];
    const double value = best.x[static_cast<Index>(i)];
    const std::string shown =
        variable.choices.empty() ? fmt::format("{:.8g}", value) : chosen(variable, value);
    text +=
        fmt::format("  {:<16} {:>14} {:<5} {}\n", variable.name, shown, variable.unit, variable.text);
  }
  text += "Outputs\n";
  const auto& outputs = problem.model().outputs();
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    text += fmt::format("  {:<16} {:>14.8g} {}\n", outputs[i], best.outputs[static_cast<Index>(i)],
                        unit_of_output(study, outputs[i]));
  }
  if (!problem.requirements().empty()) text += "Requirements\n";
  for (const Requirement& requirement : problem.requirements()) {
    const double value = output_value(problem, best, requirement.output);
    const double violation = requirement.violation(value);
    const bool upper = std::isfinite(requirement.upper);
    text += fmt::format("  {:<16} {:>14.8g} {} {} {} {:<5} {}\n", requirement.output, value,
                        unit_of_output(study, requirement.output),
                        upper ? "<=" : ">=", upper ? requirement.upper : requirement.lower,
                        unit_of_output(study, requirement.output),
                        violation > 0.0 ? fmt::format("violated by {:.3g} %", 100.0 * violation)
                                        : std::string("met, violation 0"));
  }
  return text + fmt::format("Cost             {:>16.10g}\n", best.cost);
}

Json point_json(const Problem& problem, const Vector& x) {
  Json json;
  for (std::size_t i = 0; i < problem.variables().size(); ++i) {
    json[problem.variables()[i].name] = number_json(x[static_cast<Index>(i)]);
  }
  return json;
}

Json stationary_json(const Problem& problem, const StationaryPoints& found) {
  Json json = Json::array();
  for (const FoundPoint& entry : found.points) {
    Json curvatures = Json::array();
    for (const double curvature : entry.point.eigenvalues) curvatures.push_back(number_json(curvature));
    json.push_back({{"kind", kind_of(entry.point)},
                    {"cost", number_json(entry.point.cost)},
                    {"variables", point_json(problem, entry.point.x)},
                    {"curvatures", curvatures},
                    {"hits", entry.hits},
                    {"steps", entry.trajectory.cols()}});
  }
  return json;
}

std::string stationary_text(const Problem& problem, const StationaryPoints& found) {
  std::string text = fmt::format("\n{:<18} {:>15} {:>5}", "Stationary points", "cost", "hits");
  for (const Variable& variable : problem.variables()) text += fmt::format(" {:>13}", variable.name);
  text += '\n';
  for (const FoundPoint& entry : found.points) {
    text += fmt::format("{:<18} {:>15.8g} {:>5}", kind_of(entry.point), entry.point.cost, entry.hits);
    for (const double x : entry.point.x) text += fmt::format(" {:>13.7g}", x);
    text += '\n';
  }
  return text;
}

void add_evaluations(Json& json, const Result& result) {
  json["evaluations"]["total"] = result.evaluations;
  json["evaluations"]["failed"] = result.failed;
  json["evaluations"]["cached"] = result.cached;
}

void add_stop(Json& json, const Result& result) {
  json["stop"]["kind"] = name_of(result.stop.kind);
  json["stop"]["reason"] = result.stop.reason;
}

// The seed, and what depends on where and how it ran.
void add_circumstances(Json& json, const Result& result, std::uint64_t seed, const std::string& host) {
  json["seed"] = seed;
  Json& run = json["run"];
  run["map"] = result.run.map;
  run["workers"] = result.run.workers;
  run["utilisation"] = result.run.utilisation();
  run["seconds"] = result.run.seconds;
  run["replayed"] = result.run.recalled;
  run["from_cache"] = result.run.cached;
  run["speculative"] = result.run.speculative;
  run["host"] = host;
}

}  // namespace

void add_run(Json& json, const Result& result, std::uint64_t seed, const std::string& host) {
  add_evaluations(json, result);
  add_stop(json, result);
  add_circumstances(json, result, seed, host);
}

std::string result_json(const Study& study, const Problem& problem, const Result& result,
                        std::uint64_t seed, const std::string& host) {
  Json json;
  json["study"] = study.name;
  json["solver"] = study.method_text;
  json["best"] = best_json(problem, result.best);
  add_evaluations(json, result);
  json["generations"] = result.generations;
  add_stop(json, result);
  for (const MemberResult& member : result.members) {
    json["members"].push_back({{"best_cost", number_json(member.best_cost)},
                               {"evaluations", member.evaluations},
                               {"generations", member.generations},
                               {"stop", member.stop.reason}});
  }
  if (study.stationary) json["stationary_points"] = stationary_json(problem, *study.stationary);
  add_circumstances(json, result, seed, host);
  return json.dump(2) + "\n";
}

std::string result_text(const Study& study, const Problem& problem, const Result& result,
                        std::uint64_t seed) {
  std::string text;
  if (!result.best.exists()) {
    text = "\nNo evaluation succeeded: there is no best design.\n";
  } else if (study.json.contains("cost")) {
    text = best_text(study, problem, result.best);
  }
  if (study.stationary) text += stationary_text(problem, *study.stationary);
  return text + run_text(study, result, seed);
}

std::string run_text(const Study& study, const Result& result, std::uint64_t seed) {
  std::string text = fmt::format("\nStopped ({}): {}\n", name_of(result.stop.kind), result.stop.reason);
  const std::string share =
      result.failed == 0
          ? std::string()
          : fmt::format(" ({:.3g} %)", 100.0 * static_cast<double>(result.failed) /
                                           static_cast<double>(std::max<Index>(1, result.evaluations)));
  const std::string cached = result.cached == 0 ? "" : fmt::format(", {} of them cached", result.cached);
  const std::string rounds =
      study.evaluates_points ? "" : fmt::format("{} generations; ", result.generations);
  text += fmt::format("Evaluations      {} made{}, {} failed{}; {}{}; seed {}\n", result.evaluations,
                      cached, result.failed, share, rounds, study.method_text, seed);
  const Index beyond = result.run.recalled;
  text += fmt::format(
      "Run              {}, {} worker{} busy {:.0f} % of {:.3g} s{}{}\n", result.run.map,
      result.run.workers, result.run.workers == 1 ? "" : "s", 100.0 * result.run.utilisation(),
      result.run.seconds, beyond > 0 ? fmt::format("; {} replayed", beyond) : "",
      result.run.speculative > 0 ? fmt::format("; {} speculative", result.run.speculative) : "");
  return text;
}

}  // namespace mystic::study
