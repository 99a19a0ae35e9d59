// Storn & Price (1997), with the strategies of Storn's programs and current-to-p-best of Zhang &
// Sanderson (2009, JADE, without archive and adaptation).
//
// What differs from mystic: of its strategies called binomial all but best/1 are exponential in fact,
// and its exponential crossover may change nothing, as it draws before the first copy; here both are as
// published. Selection keeps the parent on a tie, as mystic does. Trials outside the bounds can be
// brought inside here (`outside`); what is still outside is the problem's affair, whose repaired point
// is the candidate.

#include "mystic/solvers/differential_evolution.hpp"

#include "evolution.hpp"

namespace mystic {
namespace {

// As the driver does for trials that the problem rejects: no limit of evaluations would stop it.
constexpr Index most_rejected = 100'000;

std::string lost(Index rejected) {
  return fmt::format("the last {} points that it proposed lie outside the bounds", rejected);
}

// All trials of a generation are made of the last one: mystic's second solver.
Search synchronous_search(Start start, DifferentialEvolutionOptions options) {
  Evolution evolution(std::move(start), options);
  const auto first_costs = co_await evaluate_repaired(evolution.population());
  evolution.set_costs(first_costs);
  Points trials = evolution.population();
  std::vector<Index> targets(static_cast<std::size_t>(evolution.size()));  // of the trials evaluated
  for (;;) {
    co_await step_done(evolution.best(), evolution.best_cost(), evolution.population(),
                       evolution.costs());
    evolution.begin_generation();
    Index count = 0;
    for (Index target = 0; target < evolution.size(); ++target) {
      if (!evolution.breed(target, trials.col(count))) continue;
      targets[static_cast<std::size_t>(count++)] = target;
    }
    if (evolution.rejected_in_a_row() >= most_rejected) co_return lost(evolution.rejected_in_a_row());
    if (count == 0) continue;
    const auto costs = co_await evaluate_repaired(trials, count);
    for (Index i = 0; i < count; ++i) {
      evolution.select(targets[static_cast<std::size_t>(i)], trials.col(i), costs[i]);
    }
  }
}

// A trial that wins is seen by the next one: mystic's first solver.
Search immediate_search(Start start, DifferentialEvolutionOptions options) {
  Evolution evolution(std::move(start), options);
  const auto first_costs = co_await evaluate_repaired(evolution.population());
  evolution.set_costs(first_costs);
  Points trial(evolution.dimension(), 1);
  for (;;) {
    co_await step_done(evolution.best(), evolution.best_cost(), evolution.population(),
                       evolution.costs());
    evolution.begin_generation();
    for (Index target = 0; target < evolution.size(); ++target) {
      if (!evolution.breed(target, trial.col(0))) continue;
      const auto cost = co_await evaluate_repaired(trial);
      evolution.select(target, trial.col(0), cost[0]);
    }
    if (evolution.rejected_in_a_row() >= most_rejected) co_return lost(evolution.rejected_in_a_row());
  }
}

}  // namespace

std::string DifferentialEvolutionOptions::broken_rules() const {
  const Index donors = strategy.starts_with("rand2")   ? 5
                       : strategy.starts_with("best2") ? 4
                       : strategy.starts_with("rand1") ? 3
                                                       : 2;
  if (population > donors) return "";
  return fmt::format(
      "\n  population = {} is too small for {}: a target and its {} donors differ, so {} at least",
      population, strategy, donors, donors + 1);
}

Algorithm differential_evolution(const DifferentialEvolutionOptions& options) {
  validate(options);
  const auto search = options.replacement == "immediate" ? immediate_search : synchronous_search;
  return {std::string(DifferentialEvolutionOptions::title),
          [options, search](Start start) { return search(std::move(start), options); }, true};
}

}  // namespace mystic
