#include "mystic/uq/sobol_indices.hpp"

#include "mystic/core/require.hpp"
#include "mystic/uq/latin_hypercube.hpp"
#include "mystic/uq/monte_carlo.hpp"
#include "mystic/uq/sobol_sequence.hpp"

namespace mystic {
namespace {

Points base_design(Index dimension, const SobolStudyOptions& options) {
  if (options.design == "monte-carlo") {
    return monte_carlo_points(dimension, options.samples, {.seed = options.seed});
  }
  if (options.design == "latin-hypercube") {
    return latin_hypercube_points(dimension, options.samples, {.seed = options.seed});
  }
  return sobol_points(dimension, options.samples, {.seed = options.seed});
}

}  // namespace

PickFreeze sobol_plan(Index dimension, const SobolStudyOptions& options) {
  validate(options);
  require(dimension >= 1, "sobol_plan: there are no inputs");
  return pick_freeze(base_design(2 * dimension, options),
                     {.second_order = options.second_order, .groups = options.groups});
}

std::vector<OutputSobolIndices> sobol_estimates(const PickFreeze& plan, const PointAnswers& answers,
                                                const SobolEstimateOptions& options) {
  std::vector<OutputSobolIndices> found;
  for (Index output = 0; output < answers.outputs.rows(); ++output) {
    const Vector values = answers.outputs.row(output);
    found.push_back({answers.names[static_cast<std::size_t>(output)],
                     sobol_estimates(blocks_of(plan, values), options)});
  }
  return found;
}

SobolStudy sobol_indices(const std::shared_ptr<const Model>& model, const Inputs& inputs,
                         const SobolStudyOptions& options, const EvaluationSettings& settings) {
  validate(options.estimates);
  require(inputs.are_independent(),
          "sobol_indices: some inputs are joined by a copula; of inputs that depend on each other the "
          "variances do not add up, and no index of theirs is a share");
  const PickFreeze plan = sobol_plan(inputs.dimension(), options);
  SobolStudy study{.answers = {}, .points = inputs.from_unit(plan.points), .outputs = {}};
  study.answers = evaluate_points(model, inputs.names(), study.points, settings);
  study.outputs = sobol_estimates(plan, study.answers, options.estimates);
  return study;
}

}  // namespace mystic
