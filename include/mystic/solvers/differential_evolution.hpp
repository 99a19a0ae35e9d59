#pragma once

#include "mystic/core/algorithm.hpp"
#include "mystic/core/options.hpp"

namespace mystic {

struct DifferentialEvolutionOptions {
  static constexpr std::string_view title = "differential-evolution";

  Index population = 40;
  std::string strategy = "best1bin";
  double weight = 0.8;
  double crossover = 0.9;
  double best_share = 0.1;
  std::string replacement = "synchronous";
  std::string outside = "problem";
  double radius = 0.05;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("population", self.population, Range{.lower = 4, .upper = 1e6},
          "NP, candidates per generation; a target and its donors must differ, hence at least 4, 5 for "
          "best2, 6 for rand2");
    field(
        "strategy", self.strategy,
        Choices{{"best1bin", "best1exp", "rand1bin", "rand1exp", "rand-to-best1bin", "rand-to-best1exp",
                 "best2bin", "best2exp", "rand2bin", "rand2exp", "current-to-pbest1bin",
                 "current-to-pbest1exp"}},
        "what is mutated (the best candidate, a random one, the target on its way to one of the best), "
        "by how many differences, and whether crossover is binomial or exponential");
    field("weight", self.weight, Range{.lower = 0, .upper = 2, .open_below = true},
          "F, scale of the difference of two donors");
    field("crossover", self.crossover, Range{.lower = 0, .upper = 1},
          "CR, chance that a coordinate (exponential: one more) comes from the mutant; at least one "
          "always does");
    field("best_share", self.best_share, Range{.lower = 0, .upper = 1, .open_below = true},
          "p, the share of the population that current-to-pbest takes for the best; one at least");
    field("replacement", self.replacement, Choices{{"synchronous", "immediate"}},
          "all trials of a generation from the last one, as one batch; or each winner is seen by the "
          "next trial, one evaluation at a time");
    field(
        "outside", self.outside, Choices{{"problem", "reflect", "midpoint", "redraw", "reject"}},
        "a trial's coordinate outside the bounds: left to the problem; mirrored at the bound; put half "
        "way from the bound to the target; drawn anew; or the trial loses unevaluated");
    field("radius", self.radius, Range{.lower = 0, .open_below = true},
          "without bounds on all variables: spread of the first candidates around the start, relative "
          "to its coordinates");
  }
  [[nodiscard]] std::string broken_rules() const;
};

/// Differential evolution: every candidate is challenged by a trial, a mutant of others crossed with
/// itself, and replaced if the trial is better. Candidates are the repaired points.
///
/// The first population is drawn in the box when every variable has two finite bounds, otherwise around
/// the start; initial points, or a start, are its first candidates. Generation 0 evaluates it; each
/// later one makes `population` evaluations, less those that `outside` rejects: in one batch that any
/// map may share out (synchronous), or one by one.
///
/// Source: Storn & Price (1997), doi:10.1023/A:1008202821328; current-to-pbest1: Zhang & Sanderson
/// (2009), doi:10.1109/TEVC.2009.2014613, without archive and adaptation.
/// @throws InvalidOptions; at the start InvalidArgument if there is neither a box nor a start, more
///         initial points than candidates, or redraw beside a variable with one bound
[[nodiscard]] Algorithm differential_evolution(const DifferentialEvolutionOptions& options = {});

}  // namespace mystic
