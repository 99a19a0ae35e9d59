#pragma once

#include "mystic/uq/evaluate_points.hpp"
#include "mystic/uq/inputs.hpp"
#include "mystic/uq/pick_freeze_estimates.hpp"

#include <string>
#include <vector>

namespace mystic {

struct SobolStudyOptions {
  static constexpr std::string_view title = "sobol";

  Index samples = 1024;
  std::string design = "sobol";
  bool second_order = false;
  std::vector<Index> groups = {};  ///< n: the number of each input's group; empty: each by itself
  std::uint64_t seed = 0;
  bool keep_points = true;
  SobolEstimateOptions estimates = {};

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("samples", self.samples, Range{.lower = 4, .upper = 1e9},
          "N, rows: N (k + 2) evaluations for k inputs or groups, N (2 k + 2) with second order");
    field("design", self.design, Choices{{"sobol", "monte-carlo", "latin-hypercube"}},
          "of the rows; sobol: Owen's scramble, best with N a power of 2, intervals then too wide");
    field("second_order", self.second_order, Anything{}, "also what pairs do together");
    field("seed", self.seed, Range{.lower = 0}, "of the design");
    field("keep_points", self.keep_points, Anything{},
          "give the points as well; without, they are made block by block: less memory and, of a model "
          "that costs next to nothing, half the time");
  }
};

/// Of one output of a model.
struct OutputSobolIndices {
  std::string output;
  SobolIndices indices;
};

struct SobolStudy {
  PointAnswers answers;                     ///< at the points of sobol_plan(), row after row
  Points points;                            ///< n x m, of the inputs; none unless they are kept
  std::vector<OutputSobolIndices> outputs;  ///< for each output of the model
};

/// The points that sobol_indices() asks for, in the unit cube. A longer study with the same seed begins
/// with the rows of a shorter one, unless its design is a Latin hypercube.
/// @throws InvalidOptions; InvalidArgument if dimension is below 1, or groups do not fit it
[[nodiscard]] PickFreeze sobol_plan(Index dimension, const SobolStudyOptions& options = {});

/// Of each output of a model at the points of the plan, or at those of its first rows.
/// @throws as sobol_estimates(PickFreezeOutputs) and blocks_of()
[[nodiscard]] std::vector<OutputSobolIndices> sobol_estimates(const PickFreeze& plan,
                                                              const PointAnswers& answers,
                                                              const SobolEstimateOptions& options = {});

/// Sobol' indices of a model's outputs with respect to its inputs: pick and freeze.
/// See sobol_estimates() for formulas, failures and sources.
/// @throws InvalidOptions; InvalidArgument if inputs depend on each other (their variances then do not
///         add up: join none by a copula), or model and inputs do not fit
[[nodiscard]] SobolStudy sobol_indices(const std::shared_ptr<const Model>& model, const Inputs& inputs,
                                       const SobolStudyOptions& options = {},
                                       const EvaluationSettings& settings = {});

/// The same, shared out by a map: sobol_indices(model, inputs, {.samples = 4096}, map).
[[nodiscard]] inline SobolStudy sobol_indices(const std::shared_ptr<const Model>& model,
                                              const Inputs& inputs, const SobolStudyOptions& options,
                                              Map& map) {
  return sobol_indices(model, inputs, options, {.map = &map});
}

}  // namespace mystic
