#include "study/build.hpp"

#include "mystic/models/functions.hpp"
#include "mystic/solvers/points.hpp"
#include "study/work_base.hpp"

namespace mystic::study {
namespace {

std::shared_ptr<const Model> make_model(const Study& study, const StudyHost& host, std::uint64_t seed) {
  if (std::holds_alternative<ExternalModelOptions>(study.model))
    return make_external_model(study, host, seed);
  return std::make_shared<FunctionModel>(*find_test_function(std::get<FunctionSpec>(study.model).name));
}

// Sum of squares of the distances to the targets.
Objective misfit(const Study& study, const Problem& problem) {
  std::vector<std::pair<Index, double>> terms;
  for (const auto& [output, targets] : study.cost.targets) {
    const std::vector<std::string> names = value_names_of(study, output);
    for (std::size_t i = 0; i < names.size(); ++i) {
      terms.emplace_back(problem.output_index(names[i]), targets[i]);
    }
  }
  return [terms](const VectorView& outputs) {
    double sum = 0.0;
    for (const auto& [index, target] : terms) {
      sum += (outputs[index] - target) * (outputs[index] - target);
    }
    return sum;
  };
}

// The values that are made one: an output of size 3 has three.
std::vector<std::string> reduced_outputs(const Study& study) {
  std::vector<std::string> values;
  for (const std::string& output : study.cost.outputs) {
    for (const std::string& name : value_names_of(study, output)) values.push_back(name);
  }
  return values;
}

}  // namespace

std::shared_ptr<const ExternalModel> make_external_model(const Study& study, const StudyHost& host,
                                                         std::uint64_t seed) {
  ExternalModelOptions options = std::get<ExternalModelOptions>(study.model);
  options.seed = seed;
  require<Error>(host.supervisor != nullptr, "an external model needs a supervisor");
  const auto directory = std::filesystem::absolute(study.directory).lexically_normal();
  const Surroundings surroundings{.directory = directory,
                                  .scratch = work_base(options, host),
                                  .kept = kept_directory(study),
                                  .environment = host.environment,
                                  .slots = directory.string(),
                                  .machine_cores = host.cores};
  return std::make_shared<ExternalModel>(options, surroundings, *host.supervisor);
}

std::filesystem::path kept_directory(const Study& study) {
  const auto& options = std::get<ExternalModelOptions>(study.model);
  return options.work.keep_in.empty() ? study.name + ".kept" : options.work.keep_in;
}

Problem make_problem(const Study& study, const StudyHost& host, std::uint64_t seed) {
  Problem problem(study.variables, make_model(study, host, seed));
  switch (study.cost.kind) {
    case CostSpec::Kind::minimise:
      problem.minimise(study.cost.output);
      break;
    case CostSpec::Kind::maximise:
      problem.maximise(study.cost.output);
      break;
    case CostSpec::Kind::misfit:
      problem.objective(misfit(study, problem));
      break;
    case CostSpec::Kind::reduce:
      problem.objective(reduced(problem, study.cost.reduction, reduced_outputs(study)));
      break;
  }
  for (const RequirementSpec& requirement : study.requirements) {
    if (requirement.at_most) problem.require_at_most(requirement.output, *requirement.at_most);
    if (requirement.at_least) problem.require_at_least(requirement.output, *requirement.at_least);
  }
  problem.requirement_penalty(study.penalty).bounds_mode(study.bounds);
  if (study.points_file || study.uncertainty) {  // given points are evaluated wherever they lie
    const Vector far = Vector::Constant(problem.dimension(), infinity);
    problem.bounds(-far, far);
  }
  return problem;
}

namespace {

void add_rules(const Study& study, std::uint64_t seed, Solver& solver) {
  if (const auto* external = std::get_if<ExternalModelOptions>(&study.model)) {
    if (external->at_once > 0) solver.at_once(external->at_once);
  }
  solver.seed(seed).limits(study.limits).policy(study.policy);
}

}  // namespace

Solver make_points_solver(const Study& study, std::uint64_t seed, const Points& points) {
  Solver solver(given_points(points));
  solver.start(points.col(0));
  add_rules(study, seed, solver);
  return solver;
}

Solver make_solver(const Study& study, std::uint64_t seed) {
  Solver solver = std::holds_alternative<Algorithm>(study.method)
                      ? Solver(std::get<Algorithm>(study.method))
                      : Solver(std::get<Ensemble>(study.method));
  if (study.start.size() > 0) solver.start(study.start);
  if (study.initial) solver.start(*study.initial);
  if (study.termination) solver.terminate(*study.termination);
  if (study.deals_whole) solver.deal_whole();
  solver.members(study.members);
  add_rules(study, seed, solver);
  return solver;
}

}  // namespace mystic::study
