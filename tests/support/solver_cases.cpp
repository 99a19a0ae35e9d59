#include "solver_cases.hpp"

#include "tests/support/random_descent.hpp"

#include "mystic/ensembles/buckshot.hpp"
#include "mystic/ensembles/lattice.hpp"
#include "mystic/ensembles/nested.hpp"
#include "mystic/ensembles/search_all.hpp"
#include "mystic/solvers/collapsing.hpp"
#include "mystic/solvers/differential_evolution.hpp"
#include "mystic/solvers/nelder_mead.hpp"
#include "mystic/solvers/nlopt.hpp"
#include "mystic/solvers/powell.hpp"
#include "mystic/solvers/stationary_point.hpp"
#include "mystic/solvers/until_flat.hpp"

#include <bit>

namespace mystic::testing_support {
namespace {

struct NamedAlgorithm {
  std::string name;
  Algorithm algorithm;
  bool gives_up = false;
  bool real_only = false;
};

std::vector<NamedAlgorithm> algorithms() {
  std::vector<NamedAlgorithm> all{
      {"NelderMead", nelder_mead()},
      {"AdaptiveNelderMead", nelder_mead({.adaptive = true, .radius = 0.1})},
      {"RestartedNelderMead", nelder_mead({.restarts = 3, .degenerate_below = 0.3})},
      {"Powell", powell()},
      {"PowellInside", powell({.stay_inside = true, .reset_every = 2})},
      {"DifferentialEvolutionBest", differential_evolution({.population = 10})},
      {"DifferentialEvolutionRand",
       differential_evolution({.population = 7, .strategy = "rand1bin", .weight = 0.6})},
      {"DifferentialEvolutionImmediate", differential_evolution({.population = 9,
                                                                 .strategy = "current-to-pbest1exp",
                                                                 .replacement = "immediate",
                                                                 .outside = "reject"})},
      {"ForeignDescent", foreign_random_descent()}};
  if (nlopt_is_there()) {
    all.push_back({"NloptSbplx", nlopt({.algorithm = "LN_SBPLX", .x_tolerance = 0}), true});
  }
  return all;
}

std::vector<NamedAlgorithm> built_of_others() {
  return {{"UntilFlat", until_flat(nelder_mead(), {.tolerance = 1e-9, .every = 3}), true, true},
          {"StationaryPoint", stationary_point(), true, true},
          {"CollapsingNelderMead",
           collapsing(nelder_mead(), {.tolerance = 0.1, .window = 3, .pairs = true, .patience = 8})},
          {"CollapsingEvolution", collapsing(differential_evolution({.population = 6}),
                                             {.tolerance = 0.1, .window = 2, .patience = 2})},
          {"LatticeAsSearch",
           as_search(lattice(nelder_mead(), {.starts = 4}), {.termination = {}, .evaluations = 50})},
          {"DifferentialEvolutionThenPowell", in_turn(differential_evolution({.population = 5}),
                                                      {.termination = {}, .generations = 4}, powell())}};
}

// Members end, begin anew and are compared: every word of the rules.
Ensemble ruled_buckshot() {
  return buckshot(nelder_mead(), {.starts = 6,
                                  .rules = {.together = 3,
                                            .until = "nothing-new",
                                            .patience = 5,
                                            .distance = 0.02,
                                            .near_better = "restart",
                                            .share_every = 7}});
}

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

bool same_bits(const Vector& a, const Vector& b) {
  if (a.size() != b.size()) return false;
  for (Index i = 0; i < a.size(); ++i) {
    if (!same_bits(a[i], b[i])) return false;
  }
  return true;
}

bool same_stop(const Stop& a, const Stop& b) { return a.kind == b.kind && a.reason == b.reason; }

testing::AssertionResult differs(const std::string& what) { return testing::AssertionFailure() << what; }

testing::AssertionResult same_members(const Result& left, const Result& right) {
  if (left.members.size() != right.members.size()) return differs("number of members");
  for (std::size_t i = 0; i < left.members.size(); ++i) {
    const MemberResult& a = left.members[i];
    const MemberResult& b = right.members[i];
    if (!same_bits(a.best_cost, b.best_cost)) return differs(fmt::format("member {}: best cost", i));
    if (a.evaluations != b.evaluations) {
      return differs(fmt::format("member {}: {} and {} evaluations", i, a.evaluations, b.evaluations));
    }
    if (a.generations != b.generations) return differs(fmt::format("member {}: generations", i));
    if (!same_stop(a.stop, b.stop)) {
      return differs(
          fmt::format("member {}: stopped by '{}' and '{}'", i, a.stop.reason, b.stop.reason));
    }
  }
  return testing::AssertionSuccess();
}

}  // namespace

std::vector<SolverCase> single_solvers() {
  std::vector<SolverCase> cases;
  for (const NamedAlgorithm& by : algorithms()) {
    cases.push_back({by.name, false, by.gives_up, [algorithm = by.algorithm] {
                       Solver solver(algorithm);
                       solver.start({-1.2, 1.0, 0.3}).seed(5);
                       return solver;
                     }});
  }
  return cases;
}

std::vector<SolverCase> ensembles() {
  std::vector<SolverCase> cases;
  for (const NamedAlgorithm& by : algorithms()) {
    cases.push_back({"BuckshotOf" + by.name, true, by.gives_up, [algorithm = by.algorithm] {
                       Solver solver(buckshot(algorithm, {.starts = 5}));
                       solver.seed(5);
                       return solver;
                     }});
  }
  return cases;
}

std::vector<SolverCase> composed_solvers() {
  std::vector<SolverCase> cases;
  for (const NamedAlgorithm& by : built_of_others()) {
    cases.push_back({by.name, false, true,
                     [algorithm = by.algorithm] {
                       Solver solver(algorithm);
                       solver.start({-1.2, 1.0, 0.3}).seed(5);
                       return solver;
                     },
                     by.real_only});
  }
  const auto ensemble = [&cases](const std::string& name, const std::function<Ensemble()>& make) {
    cases.push_back({name, true, true, [make] {
                       Solver solver(make());
                       solver.seed(5);
                       return solver;
                     }});
  };
  ensemble("RuledBuckshot", ruled_buckshot);
  ensemble("SearchAll", [] {
    return search_all(std::make_shared<StationaryPoints>(), {.starts = 1, .patience = 1, .rounds = 2});
  });
  cases.back().real_only = true;
  return cases;
}

std::vector<SolverCase> all_solvers() {
  std::vector<SolverCase> cases = single_solvers();
  for (SolverCase& ensemble : ensembles()) cases.push_back(std::move(ensemble));
  return cases;
}

Problem box_problem(std::shared_ptr<const Model> model) {
  Problem problem(unnamed_variables(3), std::move(model));
  problem.bounds(Vector::Constant(3, -2.0), Vector::Constant(3, 2.0));
  return problem;
}

void limit_members(Solver& solver) {
  solver.members({.termination = {}, .generations = {}, .evaluations = 120});
}

ObservedRun observe(const SolverCase& by, const Problem& problem,
                    const std::function<void(Solver&)>& set) {
  Solver solver = by.make();
  RecordingMonitor monitor;
  solver.on_step(monitor).on_evaluation(monitor);
  set(solver);
  const Result result = solver.solve(problem);
  return {result, monitor.steps(), monitor.evaluations()};
}

testing::AssertionResult same(const Result& left, const Result& right) {
  if (!same_stop(left.stop, right.stop)) {
    return differs(fmt::format("stopped by '{}' and '{}'", left.stop.reason, right.stop.reason));
  }
  if (left.evaluations != right.evaluations) {
    return differs(fmt::format("{} and {} evaluations", left.evaluations, right.evaluations));
  }
  if (left.failed != right.failed)
    return differs(fmt::format("{} and {} failed", left.failed, right.failed));
  if (left.generations != right.generations) {
    return differs(fmt::format("{} and {} generations", left.generations, right.generations));
  }
  if (!same_bits(left.best.x, right.best.x)) return differs("best x");
  if (!same_bits(left.best.cost, right.best.cost)) return differs("best cost");
  if (!same_bits(left.best.violation, right.best.violation)) return differs("best violation");
  if (!same_bits(left.best.outputs, right.best.outputs)) return differs("best outputs");
  if (left.best.id != right.best.id) return differs("id of the best");
  return same_members(left, right);
}

testing::AssertionResult same(const ObservedRun& left, const ObservedRun& right) {
  if (auto equal = same(left.result, right.result); !equal) return equal;
  if (left.steps.size() != right.steps.size()) {
    return differs(fmt::format("{} and {} steps", left.steps.size(), right.steps.size()));
  }
  for (std::size_t i = 0; i < left.steps.size(); ++i) {
    const auto& a = left.steps[i];
    const auto& b = right.steps[i];
    if (a.generation != b.generation || a.evaluations != b.evaluations || !same_bits(a.best, b.best) ||
        !same_bits(a.best_cost, b.best_cost)) {
      return differs(fmt::format("step {}: {} at evaluation {} and {} at {}", i, a.best_cost,
                                 a.evaluations, b.best_cost, b.evaluations));
    }
  }
  if (left.evaluations.size() != right.evaluations.size()) {
    return differs(fmt::format("{} and {} monitored evaluations", left.evaluations.size(),
                               right.evaluations.size()));
  }
  for (std::size_t i = 0; i < left.evaluations.size(); ++i) {
    const auto& a = left.evaluations[i];
    const auto& b = right.evaluations[i];
    if (a.id != b.id || !same_bits(a.x, b.x) || !same_bits(a.cost, b.cost)) {
      return differs(fmt::format("evaluation {}: {} and {}", i, to_string(a.id), to_string(b.id)));
    }
  }
  return testing::AssertionSuccess();
}

}  // namespace mystic::testing_support
