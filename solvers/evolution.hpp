#pragma once

#include "mystic/core/start.hpp"
#include "mystic/solvers/differential_evolution.hpp"

#include "crossover.hpp"
#include "mutation.hpp"
#include "outside.hpp"

#include <string_view>
#include <vector>

namespace mystic {

/// The state of differential evolution: the candidates, their costs, and how trials are made of them.
class Evolution {
 public:
  Evolution(Start start, const DifferentialEvolutionOptions& options);

  [[nodiscard]] Index dimension() const { return population_.rows(); }
  [[nodiscard]] Index size() const { return population_.cols(); }
  [[nodiscard]] Points& population() { return population_; }
  [[nodiscard]] const Vector& costs() const { return costs_; }
  [[nodiscard]] auto best() const { return population_.col(best_); }
  [[nodiscard]] double best_cost() const { return costs_[best_]; }

  void set_costs(const VectorView& costs);
  /// Looks again who the best are, for current-to-p-best; else it does nothing.
  void begin_generation();
  /// Makes the trial of `target`, in `trial`. False: it lies outside the bounds and is to lose.
  [[nodiscard]] bool breed(Index target, MutableVectorView trial);
  /// The trial takes the target's place if it is better.
  void select(Index target, const VectorView& trial, double cost) {
    if (!(cost < costs_[target])) return;
    population_.col(target) = trial;
    costs_[target] = cost;
    if (cost < costs_[best_]) best_ = target;
  }

  /// Trials in a row that were rejected here.
  [[nodiscard]] Index rejected_in_a_row() const { return rejected_in_a_row_; }

 private:
  using MakeTrial = void (Evolution::*)(Index target, MutableVectorView trial);

  template <Mutation mutation, Crossover crossover>
  void make_trial(Index target, MutableVectorView trial);
  [[nodiscard]] static MakeTrial strategy_called(std::string_view name);
  [[nodiscard]] Points first_population(const DifferentialEvolutionOptions& options);

  Start start_;
  Points population_;  // n x size
  Vector costs_;
  Index best_ = 0;
  std::vector<Index> leaders_;  // current-to-p-best: all candidates, the best `leading_` first
  Index leading_ = 0;           // 0: there are no leaders
  MakeTrial make_trial_;
  double weight_;
  Chance chance_;
  Outside outside_;
  Index rejected_in_a_row_ = 0;
};

}  // namespace mystic
