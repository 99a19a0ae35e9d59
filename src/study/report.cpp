#include "study/report.hpp"

#include <cmath>

namespace mystic::study {
namespace {

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

double output_value(const Problem& problem, const Best& best, const std::string& output) {
  return best.outputs[problem.output_index(output)];
}

Json best_json(const Problem& problem, const Best& best) {
  if (!best.exists()) return nullptr;
  Json json;
  for (std::size_t i = 0; i < problem.variables().size(); ++i) {
    json["x"][problem.variables()[i].name] = best.x[static_cast<Index>(i)];
  }
  json["cost"] = number(best.cost);
  const auto& outputs = problem.model().outputs();
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    json["outputs"][outputs[i]] = number(best.outputs[static_cast<Index>(i)]);
  }
  json["requirements"] = Json::array();
  for (const Requirement& requirement : problem.requirements()) {
    const double value = output_value(problem, best, requirement.output);
    Json row;
    row["output"] = requirement.output;
    if (std::isfinite(requirement.upper)) row["at_most"] = requirement.upper;
    if (std::isfinite(requirement.lower)) row["at_least"] = requirement.lower;
    row["value"] = number(value);
    row["violation"] = number(requirement.violation(value));
    json["requirements"].push_back(row);
  }
  json["evaluation"] = to_string(best.id);
  return json;
}

std::string unit_of(const Study& study, const std::string& output) {
  const auto found = study.output_units.find(output);
  return found == study.output_units.end() ? "" : found->second;
}

std::string best_text(const Study& study, const Problem& problem, const Best& best) {
  std::string text =
      best.violation > 0.0 ? "\nNo design met every requirement; the best found:\n" : "\nBest design\n";
  for (std::size_t i = 0; i < problem.variables().size(); ++i) {
    const Variable& variable = problem.variables()[i];
    text += fmt::format("  {:<16} {:>14.8g} {:<5} {}\n", variable.name, best.x[static_cast<Index>(i)],
                        variable.unit, variable.text);
  }
  text += "Outputs\n";
  const auto& outputs = problem.model().outputs();
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    text += fmt::format("  {:<16} {:>14.8g} {}\n", outputs[i], best.outputs[static_cast<Index>(i)],
                        unit_of(study, outputs[i]));
  }
  if (!problem.requirements().empty()) text += "Requirements\n";
  for (const Requirement& requirement : problem.requirements()) {
    const double value = output_value(problem, best, requirement.output);
    const double violation = requirement.violation(value);
    const bool upper = std::isfinite(requirement.upper);
    text += fmt::format("  {:<16} {:>14.8g} {} {} {} {:<5} {}\n", requirement.output, value,
                        unit_of(study, requirement.output),
                        upper ? "<=" : ">=", upper ? requirement.upper : requirement.lower,
                        unit_of(study, requirement.output),
                        violation > 0.0 ? fmt::format("violated by {:.3g} %", 100.0 * violation)
                                        : std::string("met, violation 0"));
  }
  return text + fmt::format("Cost             {:>16.10g}\n", best.cost);
}

}  // namespace

std::string result_json(const Study& study, const Problem& problem, const Result& result,
                        std::uint64_t seed, const std::string& host) {
  Json json;
  json["study"] = study.name;
  json["solver"] = study.method_text;
  json["best"] = best_json(problem, result.best);
  json["evaluations"]["total"] = result.evaluations;
  json["evaluations"]["failed"] = result.failed;
  json["generations"] = result.generations;
  json["stop"]["kind"] = name_of(result.stop.kind);
  json["stop"]["reason"] = result.stop.reason;
  for (const MemberResult& member : result.members) {
    json["members"].push_back({{"best_cost", number(member.best_cost)},
                               {"evaluations", member.evaluations},
                               {"generations", member.generations},
                               {"stop", member.stop.reason}});
  }
  json["seed"] = seed;
  Json& run = json["run"];
  run["map"] = result.run.map;
  run["workers"] = result.run.workers;
  run["utilisation"] = result.run.utilisation();
  run["seconds"] = result.run.seconds;
  run["replayed"] = result.run.recalled;
  run["speculative"] = result.run.speculative;
  run["host"] = host;
  return json.dump(2) + "\n";
}

std::string result_text(const Study& study, const Problem& problem, const Result& result,
                        std::uint64_t seed) {
  std::string text = result.best.exists()
                         ? best_text(study, problem, result.best)
                         : std::string("\nNo evaluation succeeded: there is no best design.\n");
  text += fmt::format("\nStopped ({}): {}\n", name_of(result.stop.kind), result.stop.reason);
  text += fmt::format("Evaluations      {} made, {} failed; {} generations; {}; seed {}\n",
                      result.evaluations, result.failed, result.generations, study.method_text, seed);
  const Index beyond = result.run.recalled;
  text += fmt::format(
      "Run              {}, {} worker{} busy {:.0f} % of {:.3g} s{}{}\n", result.run.map,
      result.run.workers, result.run.workers == 1 ? "" : "s", 100.0 * result.run.utilisation(),
      result.run.seconds, beyond > 0 ? fmt::format("; {} replayed", beyond) : "",
      result.run.speculative > 0 ? fmt::format("; {} speculative", result.run.speculative) : "");
  return text;
}

}  // namespace mystic::study
