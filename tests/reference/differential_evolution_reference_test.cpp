#include "recorded_run.hpp"

#include "mystic/core/require.hpp"

#include "solvers/crossover.hpp"
#include "solvers/mutation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <vector>

namespace mystic::reference_test {
namespace {

constexpr double rounding = 1e-14;  // of coordinates up to 5 in sums of up to five of them

/// A trial of the original: what it was made of, what was drawn, and what came out.
struct RecordedTrial {
  std::string strategy;
  std::string mutation;
  bool binomial = false;
  Points population;
  Vector best;
  Vector trial;
  Index target = 0;
  Index first = 0;
  double weight = 0;
  double rate = 0;
  std::vector<Index> donors;
  std::vector<double> draws;

  [[nodiscard]] Vector parent() const { return population.col(target); }
};

std::vector<RecordedTrial> read_trials() {
  std::vector<RecordedTrial> trials;
  for (const auto& json : read_recorded("differential_evolution_trials.json")) {
    RecordedTrial recorded;
    recorded.strategy = json.at("strategy").get<std::string>();
    recorded.mutation = json.at("mutation").get<std::string>();
    recorded.binomial = json.at("form") == "binomial";
    recorded.best = to_vector(json.at("best"));
    recorded.trial = to_vector(json.at("trial"));
    recorded.target = json.at("target").get<Index>();
    recorded.first = json.at("first").get<Index>();
    recorded.weight = json.at("weight").get<double>();
    recorded.rate = json.at("rate").get<double>();
    recorded.donors = json.at("donors").get<std::vector<Index>>();
    recorded.draws = json.at("draws").get<std::vector<double>>();
    const auto& population = json.at("population");
    recorded.population.resize(recorded.best.size(), static_cast<Index>(population.size()));
    for (std::size_t j = 0; j < population.size(); ++j) {
      recorded.population.col(static_cast<Index>(j)) = to_vector(population[j]);
    }
    trials.push_back(recorded);
  }
  return trials;
}

// Our trial from the original's donors, first coordinate and draws.
template <Mutation mutation>
Vector trial_of(const RecordedTrial& from, std::span<const double> draws) {
  const double* const all = from.population.data();
  const Index n = from.population.rows();
  Mutant<mutation> mutant{all + from.target * n, from.best.data(), {}, from.weight};
  EXPECT_EQ(from.donors.size(), mutant.donors.size()) << from.strategy;
  std::transform(from.donors.begin(), from.donors.end(), mutant.donors.begin(),
                 [&](Index donor) { return all + donor * n; });
  Vector trial = from.parent();
  std::size_t next = 0;
  const auto draw = [&] {
    require<Error>(next < draws.size(), "{}: more draws than the original's", from.strategy);
    return draws[next++] < from.rate;
  };
  if (from.binomial) {
    cross_binomially(trial, mutant, from.first, draw);
  } else {
    cross_exponentially(trial, mutant, from.first, draw);
  }
  return trial;
}

Vector trial_of(const RecordedTrial& from, std::span<const double> draws) {
  if (from.mutation == "best1") return trial_of<Mutation::best1>(from, draws);
  if (from.mutation == "rand1") return trial_of<Mutation::rand1>(from, draws);
  if (from.mutation == "rand-to-best1") return trial_of<Mutation::rand_to_best1>(from, draws);
  if (from.mutation == "best2") return trial_of<Mutation::best2>(from, draws);
  require<Error>(from.mutation == "rand2", "'{}' is no mutation of the original's", from.mutation);
  return trial_of<Mutation::rand2>(from, draws);
}

TEST(DifferentialEvolutionReference, BinomialTrialsAreTheOriginalsFromItsDraws) {
  int checked = 0;
  for (const RecordedTrial& recorded : read_trials()) {
    if (!recorded.binomial) continue;
    EXPECT_LE(relative_difference(trial_of(recorded, recorded.draws), recorded.trial), rounding);
    ++checked;
  }
  EXPECT_EQ(checked, 1) << "the one strategy that is binomial in the original";
}

// The original draws before each copy, ours before each but the first: told the original's draws without
// the first, ours makes the same trial.
TEST(DifferentialEvolutionReference, ExponentialTrialsAreTheOriginalsWhereItChangesSomething) {
  std::vector<std::string> checked;
  for (const RecordedTrial& recorded : read_trials()) {
    if (recorded.binomial || recorded.draws.front() >= recorded.rate) continue;
    ASSERT_NE(recorded.trial, recorded.parent()) << recorded.strategy;
    const Vector ours = trial_of(recorded, std::span(recorded.draws).subspan(1));
    EXPECT_LE(relative_difference(ours, recorded.trial), rounding) << recorded.strategy;
    checked.push_back(recorded.strategy);
  }
  EXPECT_EQ(checked.size(), 10U) << "strategies of every mutation: " << testing::PrintToString(checked);
}

// Where the original's first draw ends it at once its trial is its parent, and the evaluation is wasted;
// by the published rule, and here, one coordinate changes.
TEST(DifferentialEvolutionReference, ExponentialTrialsChangeOneCoordinateWhereTheOriginalChangesNone) {
  int checked = 0;
  for (const RecordedTrial& recorded : read_trials()) {
    if (recorded.binomial || recorded.draws.front() < recorded.rate) continue;
    EXPECT_EQ(recorded.trial, recorded.parent()) << recorded.strategy;
    const Vector ours = trial_of(recorded, recorded.draws);
    for (Index i = 0; i < ours.size(); ++i) {
      EXPECT_EQ(ours[i] != recorded.parent()[i], i == recorded.first) << recorded.strategy << i;
    }
    ++checked;
  }
  EXPECT_EQ(checked, 4);
}

}  // namespace
}  // namespace mystic::reference_test
