#include "study/build.hpp"

#include "mystic/models/functions.hpp"

namespace mystic::study {
namespace {

std::shared_ptr<const Model> make_model(const Study& study, const StudyHost& host) {
  if (const auto* external = std::get_if<ExternalModelOptions>(&study.model)) {
    require<Error>(host.supervisor != nullptr, "an external model needs a supervisor");
    const Surroundings surroundings{
        .directory = study.directory, .scratch = host.scratch, .environment = host.environment};
    return std::make_shared<ExternalModel>(*external, surroundings, *host.supervisor);
  }
  return std::make_shared<FunctionModel>(*find_test_function(std::get<FunctionSpec>(study.model).name));
}

// Sum of squares of the distances to the targets.
Objective misfit(const Problem& problem, const std::map<std::string, double>& targets) {
  std::vector<std::pair<Index, double>> terms;
  for (const auto& [name, target] : targets) terms.emplace_back(problem.output_index(name), target);
  return [terms](const VectorView& outputs) {
    double sum = 0.0;
    for (const auto& [index, target] : terms) {
      sum += (outputs[index] - target) * (outputs[index] - target);
    }
    return sum;
  };
}

}  // namespace

Problem make_problem(const Study& study, const StudyHost& host) {
  Problem problem(study.variables, make_model(study, host));
  switch (study.cost.kind) {
    case CostSpec::Kind::minimise:
      problem.minimise(study.cost.output);
      break;
    case CostSpec::Kind::maximise:
      problem.maximise(study.cost.output);
      break;
    case CostSpec::Kind::misfit:
      problem.objective(misfit(problem, study.cost.targets));
      break;
  }
  for (const RequirementSpec& requirement : study.requirements) {
    if (requirement.at_most) problem.require_at_most(requirement.output, *requirement.at_most);
    if (requirement.at_least) problem.require_at_least(requirement.output, *requirement.at_least);
  }
  problem.requirement_penalty(study.penalty).bounds_mode(study.bounds);
  return problem;
}

Solver make_solver(const Study& study, std::uint64_t seed) {
  Solver solver = std::holds_alternative<Algorithm>(study.method)
                      ? Solver(std::get<Algorithm>(study.method))
                      : Solver(std::get<Ensemble>(study.method));
  if (study.start.size() > 0) solver.start(study.start);
  if (study.termination) solver.terminate(*study.termination);
  solver.seed(seed).limits(study.limits).members(study.members).policy(study.policy);
  return solver;
}

}  // namespace mystic::study
