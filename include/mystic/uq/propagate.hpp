#pragma once

#include "mystic/core/options.hpp"
#include "mystic/uq/evaluate_points.hpp"
#include "mystic/uq/exceedance.hpp"
#include "mystic/uq/inputs.hpp"
#include "mystic/uq/moments.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mystic {

struct StatisticsOptions {
  static constexpr std::string_view title = "statistics";

  std::vector<double> quantiles = {0.05, 0.5, 0.95};
  double level = 0.95;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    const Range inside{.lower = 0, .upper = 1, .open_below = true, .open_above = true};
    field("quantiles", self.quantiles, inside, "their probabilities");
    field("level", self.level, inside, "confidence of the intervals");
  }
};

/// A quantile, and of which probability.
struct QuantileEstimate {
  double probability = not_known;
  Estimate estimate;
};

/// What is said of one output.
struct OutputStatistics {
  std::string output;
  MomentEstimates moments;  ///< with how many evaluations were asked for, and how many succeeded
  double least = not_known;
  double most = not_known;
  std::vector<QuantileEstimate> quantiles;
};

/// Moments and quantiles of a sample, each with its interval; see moment_estimates() and
/// quantile_within() for what the intervals assume.
/// @param values  m; NaN or infinite: failed, counted and left out
/// @throws InvalidOptions
[[nodiscard]] OutputStatistics output_statistics(std::string output, const VectorView& values,
                                                 const StatisticsOptions& options = {});

struct PropagateOptions {
  static constexpr std::string_view title = "propagate";

  Index samples = 1000;
  std::string design = "monte-carlo";
  std::uint64_t seed = 0;
  StatisticsOptions statistics = {};

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("samples", self.samples, Range{.lower = 2, .upper = 1e9}, "evaluations");
    field("design", self.design,
          Choices{{"monte-carlo", "latin-hypercube", "sobol", "halton", "lattice"}},
          "of the points; the intervals are those of monte-carlo, and too wide for the others");
    field("seed", self.seed, Range{.lower = 0}, "of the design");
  }
};

struct PropagationStudy {
  PointAnswers answers;
  Points points;                          ///< n x m, of the inputs
  std::vector<OutputStatistics> outputs;  ///< for each output of the model
};

/// How uncertain a model's outputs are, given how uncertain its inputs are: evaluates it at a sample of
/// the inputs, and describes each output.
/// @throws InvalidOptions; InvalidArgument if model and inputs do not fit
[[nodiscard]] PropagationStudy propagate(const std::shared_ptr<const Model>& model, const Inputs& inputs,
                                         const PropagateOptions& options = {},
                                         const EvaluationSettings& settings = {});
/// The same, shared out by a map.
[[nodiscard]] inline PropagationStudy propagate(const std::shared_ptr<const Model>& model,
                                                const Inputs& inputs, const PropagateOptions& options,
                                                Map& map) {
  return propagate(model, inputs, options, {.map = &map});
}

}  // namespace mystic
