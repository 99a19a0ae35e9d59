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
  double radius = 0.05;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("population", self.population, Range{.lower = 4, .upper = 1e6},
          "NP, candidates per generation; a target and its donors must differ, hence at least 4");
    field("strategy", self.strategy, Choices{{"best1bin", "rand1bin"}},
          "what is mutated: the best candidate or a random one; one difference, binomial crossover");
    field("weight", self.weight, Range{.lower = 0, .upper = 2, .open_below = true},
          "F, scale of the difference of two donors");
    field("crossover", self.crossover, Range{.lower = 0, .upper = 1},
          "CR, chance that a coordinate comes from the mutant; at least one always does");
    field("radius", self.radius, Range{.lower = 0, .open_below = true},
          "without bounds on all variables: spread of the first candidates around the start, relative "
          "to its coordinates");
  }
};

/// Differential evolution, synchronous: all trials of a generation are built from the last one and
/// evaluated as one batch, so any map may share them out. Candidates are the repaired points.
///
/// The first population is drawn in the box when every variable has two finite bounds (a start, if
/// given, is its first candidate), otherwise around the start. Generation 0 evaluates it; each later one
/// makes `population` evaluations.
///
/// Source: Storn & Price (1997), doi:10.1023/A:1008202821328.
/// @throws InvalidOptions
[[nodiscard]] Algorithm differential_evolution(const DifferentialEvolutionOptions& options = {});

}  // namespace mystic
