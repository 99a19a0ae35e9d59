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
  SobolEstimateOptions estimates = {};

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("samples", self.samples, Range{.lower = 4, .upper = 1e9},
          "N, rows: N (k + 2) evaluations for k inputs or groups, N (2 k + 2) with second order");
    field("design", self.design, Choices{{"sobol", "monte-carlo", "latin-hypercube"}},
          "of the rows; sobol: Owen's scramble, best with N a power of 2, intervals then too wide");
    field("second_order", self.second_order, Anything{}, "also what pairs do together");
    field("seed", self.seed, Range{.lower = 0}, "of the design");
  }
};

/// Of one output of a model.
struct OutputSobolIndices {
  std::string output;
  SobolIndices indices;
};

struct SobolStudy {
  PointAnswers answers;                     ///< at the points of pick_freeze(), block after block
  Points points;                            ///< n x m, of the inputs
  std::vector<OutputSobolIndices> outputs;  ///< for each output of the model
};

/// Sobol' indices of a model's outputs with respect to its inputs: pick and freeze.
/// See sobol_estimates() for formulas, failures and sources.
/// @throws InvalidOptions; InvalidArgument if inputs depend on each other (their variances then do not
///         add up: join none by a copula), or model and inputs do not fit
[[nodiscard]] SobolStudy sobol_indices(const std::shared_ptr<const Model>& model, const Inputs& inputs,
                                       const SobolStudyOptions& options = {},
                                       const EvaluationSettings& settings = {});

}  // namespace mystic
