#include "recorded_run.hpp"

#include "solvers/crossover.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace mystic::reference_test {
namespace {

struct RecordedTrial {
  Vector base;
  Vector plus;
  Vector minus;
  Vector target;
  Vector trial;
  Index first = 0;
  double weight = 0;
  double rate = 0;
  std::vector<double> draws;
};

RecordedTrial read_trial(const nlohmann::json& json) {
  const auto& population = json.at("population");
  const bool from_best = json.at("base") == "best";
  const auto donors = json.at("donors").get<std::vector<std::size_t>>();
  const std::size_t next = from_best ? 0 : 1;
  RecordedTrial recorded;
  recorded.base = to_vector(from_best ? json.at("best") : population.at(donors[0]));
  recorded.plus = to_vector(population.at(donors[next]));
  recorded.minus = to_vector(population.at(donors[next + 1]));
  recorded.target = to_vector(population.at(json.at("target").get<std::size_t>()));
  recorded.trial = to_vector(json.at("trial"));
  recorded.first = json.at("first").get<Index>();
  recorded.weight = json.at("weight").get<double>();
  recorded.rate = json.at("rate").get<double>();
  recorded.draws = json.at("draws").get<std::vector<double>>();
  return recorded;
}

Vector crossed(const RecordedTrial& from, Index always, const std::vector<double>& draws) {
  Vector trial = from.target;
  std::size_t next = 0;
  cross_binomially(trial, from.base, from.plus, from.minus, from.weight, from.rate, always,
                   [&] { return draws.at(next++); });
  EXPECT_EQ(next, static_cast<std::size_t>(trial.size())) << "one draw per coordinate";
  return trial;
}

TEST(DifferentialEvolutionReference, Best1BinMakesTheOriginalsTrialFromItsDraws) {
  int checked = 0;
  for (const auto& json : read_recorded("differential_evolution_trials.json")) {
    if (json.at("form") != "binomial") continue;
    const RecordedTrial recorded = read_trial(json);
    EXPECT_EQ(crossed(recorded, recorded.first, recorded.draws), recorded.trial);
    ++checked;
  }
  EXPECT_GT(checked, 0);
}

// The original's other strategies cross over exponentially, whatever their name: another choice of
// coordinates. Told that choice, ours makes the same mutant of them.
TEST(DifferentialEvolutionReference, MutantsAreTheOriginalsWhateverTheCrossover) {
  int checked = 0;
  for (const auto& json : read_recorded("differential_evolution_trials.json")) {
    if (json.at("form") == "binomial") continue;
    const RecordedTrial recorded = read_trial(json);
    std::vector<double> draws;
    Index always = -1;
    for (Index i = 0; i < recorded.trial.size(); ++i) {
      const bool changed = recorded.trial[i] != recorded.target[i];
      draws.push_back(changed ? 0.0 : recorded.rate);
      if (changed) always = i;
    }
    EXPECT_EQ(crossed(recorded, always, draws), recorded.trial);
    if (json.at("base") == "random") ++checked;
  }
  EXPECT_GE(checked, 4);
}

}  // namespace
}  // namespace mystic::reference_test
