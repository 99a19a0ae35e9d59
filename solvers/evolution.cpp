// The trials of differential evolution: mutation (mutation.hpp), crossover (crossover.hpp), bounds
// (outside.hpp). The strategy is chosen once: a trial then costs one call through a pointer, and its
// coordinates none.

#include "evolution.hpp"

#include "mystic/core/require.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

namespace mystic {

template <Mutation mutation, Crossover crossover>
void Evolution::make_trial(Index target, MutableVectorView trial) {
  Random random = start_.random;  // a copy, which stays in registers
  const Index n = dimension();
  const auto candidate = [n, all = population_.data()](Index j) { return all + j * n; };
  Mutant<mutation> mutant{candidate(target), candidate(best_), {}, weight_};
  if constexpr (mutation == Mutation::current_to_pbest1) {
    mutant.best = candidate(leaders_[static_cast<std::size_t>(uniform_index(random, leading_))]);
  }
  const auto donors = distinct_donors<donors_of(mutation)>(random, size(), target);
  std::transform(donors.begin(), donors.end(), mutant.donors.begin(), candidate);
  const Index first = uniform_index(random, n);
  const auto draw = [&random, chance = chance_] { return chance(random); };
  std::copy_n(mutant.target, n, trial.data());
  if constexpr (crossover == Crossover::binomial) {
    cross_binomially(trial, mutant, first, draw);
  } else {
    cross_exponentially(trial, mutant, first, draw);
  }
  start_.random = random;
}

Evolution::MakeTrial Evolution::strategy_called(std::string_view name) {
  using enum Mutation;
  using enum Crossover;
  static const std::array<std::pair<std::string_view, MakeTrial>, 12> strategies{{
      {"best1bin", &Evolution::make_trial<best1, binomial>},
      {"best1exp", &Evolution::make_trial<best1, exponential>},
      {"rand1bin", &Evolution::make_trial<rand1, binomial>},
      {"rand1exp", &Evolution::make_trial<rand1, exponential>},
      {"rand-to-best1bin", &Evolution::make_trial<rand_to_best1, binomial>},
      {"rand-to-best1exp", &Evolution::make_trial<rand_to_best1, exponential>},
      {"best2bin", &Evolution::make_trial<best2, binomial>},
      {"best2exp", &Evolution::make_trial<best2, exponential>},
      {"rand2bin", &Evolution::make_trial<rand2, binomial>},
      {"rand2exp", &Evolution::make_trial<rand2, exponential>},
      {"current-to-pbest1bin", &Evolution::make_trial<current_to_pbest1, binomial>},
      {"current-to-pbest1exp", &Evolution::make_trial<current_to_pbest1, exponential>},
  }};
  for (const auto& [known, make] : strategies) {
    if (known == name) return make;
  }
  throw InvalidArgument(fmt::format("differential-evolution: there is no strategy '{}'", name));
}

Evolution::Evolution(Start start, const DifferentialEvolutionOptions& options)
    : start_(std::move(start)), population_(first_population(options)),
      costs_(Vector::Constant(options.population, infinity)),
      make_trial_(strategy_called(options.strategy)), weight_(options.weight),
      chance_(options.crossover), outside_(outside_rule(options.outside)) {
  if (outside_ == Outside::redraw) {
    for (Index i = 0; i < dimension(); ++i) {
      require(
          std::isfinite(start_.lower[i]) == std::isfinite(start_.upper[i]),
          "differential-evolution: outside = redraw needs two finite bounds or none; variable {} has "
          "[{}, {}]",
          i, start_.lower[i], start_.upper[i]);
    }
  }
  if (options.strategy.starts_with("current-to-pbest")) {
    const double leading = std::round(options.best_share * static_cast<double>(size()));
    leading_ = std::max<Index>(1, static_cast<Index>(leading));
    leaders_.resize(static_cast<std::size_t>(size()));
    std::iota(leaders_.begin(), leaders_.end(), Index{0});
  }
}

Points Evolution::first_population(const DifferentialEvolutionOptions& options) {
  const bool has_start = start_.x.size() > 0;
  const Index given = start_.points.cols();
  require(has_start || start_.has_box(),
          "differential-evolution: give every variable two finite bounds, or give a start");
  require(given <= options.population,
          "differential-evolution: {} initial points for a population of {}", given, options.population);
  Points population(start_.dimension(), options.population);
  for (Index j = 0; j < population.cols(); ++j) {
    if (start_.has_box()) {
      population.col(j) = uniform(start_.random, start_.lower, start_.upper);
      continue;
    }
    for (Index i = 0; i < start_.dimension(); ++i) {
      const double reach = options.radius * (start_.x[i] != 0.0 ? std::abs(start_.x[i]) : 1.0);
      const double drawn = start_.x[i] + reach * (2.0 * uniform(start_.random) - 1.0);
      population(i, j) = std::clamp(drawn, start_.lower[i], start_.upper[i]);
    }
  }
  if (has_start) population.col(0) = start_.x.cwiseMax(start_.lower).cwiseMin(start_.upper);
  if (given > 0) population.leftCols(given) = start_.points;
  return population;
}

void Evolution::set_costs(const VectorView& costs) {
  costs_ = costs;
  costs_.minCoeff(&best_);
}

void Evolution::begin_generation() {
  if (leading_ == 0 || leading_ == size()) return;
  const auto better = [this](Index a, Index b) {
    return costs_[a] != costs_[b] ? costs_[a] < costs_[b] : a < b;
  };
  std::nth_element(leaders_.begin(), leaders_.begin() + leading_ - 1, leaders_.end(), better);
  // Which of them comes where is the library's affair; what is drawn must not be.
  std::sort(leaders_.begin(), leaders_.begin() + leading_, better);
}

bool Evolution::breed(Index target, MutableVectorView trial) {
  (this->*make_trial_)(target, trial);
  if (outside_ == Outside::problem ||
      !is_outside(trial.data(), start_.lower.data(), start_.upper.data(), dimension())) {
    rejected_in_a_row_ = 0;
    return true;
  }
  const bool competes =
      bring_inside(outside_, trial, population_.col(target), start_.lower, start_.upper, start_.random);
  rejected_in_a_row_ = competes ? 0 : rejected_in_a_row_ + 1;
  return competes;
}

}  // namespace mystic
