// Storn & Price (1997): DE/best/1/bin and DE/rand/1/bin.
//
// What differs from mystic: its Rand1Bin is exponential in fact; this one is binomial as published.
// Selection keeps the parent on a tie, as mystic does. Trials outside the bounds are repaired by the
// problem's mode before they compete, and the repaired point is the candidate.

#include "mystic/solvers/differential_evolution.hpp"

#include "crossover.hpp"

#include <algorithm>
#include <cmath>

namespace mystic {
namespace {

Points first_population(Start& start, const DifferentialEvolutionOptions& options) {
  const bool has_start = start.x.size() > 0;
  require(has_start || start.has_box(),
          "differential-evolution: give every variable two finite bounds, or give a start");
  Points population(start.dimension(), options.population);
  for (Index j = 0; j < population.cols(); ++j) {
    if (start.has_box()) {
      population.col(j) = uniform(start.random, start.lower, start.upper);
      continue;
    }
    for (Index i = 0; i < start.dimension(); ++i) {
      const double reach = options.radius * (start.x[i] != 0.0 ? std::abs(start.x[i]) : 1.0);
      const double drawn = start.x[i] + reach * (2.0 * uniform(start.random) - 1.0);
      population(i, j) = std::clamp(drawn, start.lower[i], start.upper[i]);
    }
  }
  if (has_start) population.col(0) = start.x.cwiseMax(start.lower).cwiseMin(start.upper);
  return population;
}

Search differential_evolution_search(Start start, DifferentialEvolutionOptions options) {
  const bool from_best = options.strategy == "best1bin";
  Random& random = start.random;
  Points population = first_population(start, options);
  Points trials = population;
  const Index n = population.rows();
  const Index size = population.cols();

  const auto first_costs = co_await evaluate_repaired(population);
  Vector costs = first_costs;
  Index best = 0;
  costs.minCoeff(&best);
  for (;;) {
    co_await step_done(population.col(best), costs[best], population, costs);

    trials = population;
    for (Index target = 0; target < size; ++target) {
      const auto donors = distinct_donors(random, size, target);
      const Index base = from_best ? best : donors[2];
      const Index always = uniform_index(random, n);
      cross_binomially(trials.col(target), population.col(base), population.col(donors[0]),
                       population.col(donors[1]), options.weight, options.crossover, always,
                       [&random] { return uniform(random); });
    }
    const auto trial_costs = co_await evaluate_repaired(trials);
    for (Index target = 0; target < size; ++target) {
      if (!(trial_costs[target] < costs[target])) continue;
      population.col(target) = trials.col(target);
      costs[target] = trial_costs[target];
      if (costs[target] < costs[best]) best = target;
    }
  }
}

}  // namespace

Algorithm differential_evolution(const DifferentialEvolutionOptions& options) {
  validate(options);
  return {std::string(DifferentialEvolutionOptions::title),
          [options](Start start) { return differential_evolution_search(std::move(start), options); }};
}

}  // namespace mystic
