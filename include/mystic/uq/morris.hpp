#pragma once

#include "mystic/uq/evaluate_points.hpp"
#include "mystic/uq/inputs.hpp"
#include "mystic/uq/morris_estimates.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mystic {

struct MorrisStudyOptions {
  static constexpr std::string_view title = "morris";

  Index trajectories = 20;
  Index levels = 4;
  std::string grid = "auto";
  Index candidates = 0;
  std::vector<Index> groups = {};
  double level = 0.95;
  std::uint64_t seed = 0;

  [[nodiscard]] std::string broken_rules() const;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("trajectories", self.trajectories, Range{.lower = 1, .upper = 1e6},
          "r walks: r (k + 1) evaluations for k inputs or groups; intervals need 2");
    field("levels", self.levels, Range{.lower = 2, .upper = 1e6},
          "p, values of an input; even. A step is p / 2 levels: with many of them, half of the range");
    field("grid", self.grid, Choices{{"auto", "ends", "centres"}},
          "ends: of the range too; centres: of p equal parts, for laws whose support has no ends; auto: "
          "ends where all have them");
    field("candidates", self.candidates, Range{.lower = 0, .upper = 1e5},
          "random walks to choose the widest spread ones from; 0: no choice, and more walks can follow");
    field("groups", self.groups, Range{.lower = 0},
          "for each input the number of its group, from 0 without gaps; empty: each by itself");
    field("level", self.level, Range{.lower = 0, .upper = 1, .open_below = true, .open_above = true},
          "confidence of the intervals");
    field("seed", self.seed, Range{.lower = 0}, "of the walks");
  }
};

/// Of one output of a model.
struct OutputMorrisIndices {
  std::string output;
  std::vector<MorrisIndex> inputs;  ///< or groups
};

struct MorrisStudy {
  PointAnswers answers;  ///< at the points of morris_plan(), walk after walk
  Points points;         ///< n x m, of the inputs
  std::vector<OutputMorrisIndices> outputs;
  std::vector<std::string> notes;  ///< what the reader of these figures should know
};

/// The plan that morris() asks for, in the unit cube, its ends included where the grid has them.
/// @throws InvalidOptions; InvalidArgument if there are no inputs, if some depend on each other (a step
///         of one would move others), if the grid has ends and the support of a law has not, or groups
///         do not fit
[[nodiscard]] MorrisPlan morris_plan(const Inputs& inputs, const MorrisStudyOptions& options = {});

/// Of each output of a model at the points of the plan.
[[nodiscard]] std::vector<OutputMorrisIndices> morris_estimates(const MorrisPlan& plan,
                                                                const PointAnswers& answers,
                                                                double level = 0.95);

/// What such a plan may not see: of an effect that repeats itself with half of an input's range, a step
/// of length delta sees the share |sin(2 pi delta)|: 0.87 with 4 levels, 0.43 with 8, 0.05 with 64,
/// nothing on the grid of centres, whose step is 1/2. (Ishigami's x2 is such an input.) A note where it
/// is less than 1/2; and one where there are too few walks for an interval.
[[nodiscard]] std::vector<std::string> morris_notes(const MorrisPlan& plan);

/// Screening: which inputs of a model matter, by elementary effects. In the unit of the output per width
/// of the unit cube, so that inputs with other units and laws compare.
/// See morris_plan() and morris_estimates() for formulas, intervals, failures and sources.
/// @throws as morris_plan(), or if model and inputs do not fit
[[nodiscard]] MorrisStudy morris(const std::shared_ptr<const Model>& model, const Inputs& inputs,
                                 const MorrisStudyOptions& options = {},
                                 const EvaluationSettings& settings = {});

/// The same, shared out by a map.
[[nodiscard]] inline MorrisStudy morris(const std::shared_ptr<const Model>& model, const Inputs& inputs,
                                        const MorrisStudyOptions& options, Map& map) {
  return morris(model, inputs, options, {.map = &map});
}

}  // namespace mystic
