#pragma once

#include "mystic/uq/evaluate_points.hpp"
#include "mystic/uq/inputs.hpp"
#include "mystic/uq/moments.hpp"

#include <vector>

namespace mystic {

struct MonteCarloStudyOptions {
  static constexpr std::string_view title = "monte-carlo";

  Index samples = 10'000;
  std::uint64_t seed = 0;
  bool keep_outputs = true;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("samples", self.samples, Range{.lower = 1, .upper = 0x1p48}, "evaluations");
    field("seed", self.seed, Range{.lower = 0}, "of the design");
    field("keep_outputs", self.keep_outputs, Anything{},
          "for quantiles and all else that needs every output; without, memory does not grow with "
          "samples");
  }
};

struct MonteCarloStudy {
  PointAnswers answers;          ///< outputs: p x samples if they are kept, else none
  std::vector<Moments> moments;  ///< p, in the order of answers.names
};

/// What becomes of a model's outputs when its inputs vary by their laws: at points of
/// monte_carlo_points() with this seed, which are made block by block and never held together. Numbers
/// are those of evaluate_points() at all of them at once. Every rank returns the same.
/// @throws InvalidOptions; InvalidArgument if model and inputs do not fit
[[nodiscard]] MonteCarloStudy monte_carlo_study(const std::shared_ptr<const Model>& model,
                                                const Inputs& inputs,
                                                const MonteCarloStudyOptions& options = {},
                                                const EvaluationSettings& settings = {});

}  // namespace mystic
