#include "mystic/uq/sobol_indices.hpp"

#include "mystic/core/require.hpp"
#include "mystic/uq/latin_hypercube.hpp"
#include "mystic/uq/monte_carlo.hpp"
#include "mystic/uq/pick_freeze.hpp"
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

PickFreezeOutputs blocks_of(const PickFreeze& plan, const Vector& output) {
  const Index rows = plan.base_count;
  PickFreezeOutputs blocks{output.segment(plan.first_of_a(), rows),
                           output.segment(plan.first_of_b(), rows), Points(rows, plan.groups),
                           Points(plan.has_second_order ? rows : 0, plan.groups)};
  for (Index group = 0; group < plan.groups; ++group) {
    blocks.a_b.col(group) = output.segment(plan.first_of_a_with_b(group), rows);
    if (plan.has_second_order) {
      blocks.b_a.col(group) = output.segment(plan.first_of_b_with_a(group), rows);
    }
  }
  return blocks;
}

}  // namespace

SobolStudy sobol_indices(const std::shared_ptr<const Model>& model, const Inputs& inputs,
                         const SobolStudyOptions& options, const EvaluationSettings& settings) {
  validate(options);
  validate(options.estimates);
  require(inputs.dimension() >= 1, "sobol_indices: there are no inputs");
  require(inputs.are_independent(),
          "sobol_indices: some inputs are joined by a copula; of inputs that depend on each other the "
          "variances do not add up, and no index of theirs is a share");
  const PickFreeze plan = pick_freeze(base_design(2 * inputs.dimension(), options),
                                      {.second_order = options.second_order, .groups = options.groups});
  SobolStudy study{.answers = {}, .points = inputs.from_unit(plan.points), .outputs = {}};
  study.answers = evaluate_points(model, inputs.names(), study.points, settings);
  for (Index output = 0; output < study.answers.outputs.rows(); ++output) {
    const Vector values = study.answers.outputs.row(output);
    study.outputs.push_back({study.answers.names[static_cast<std::size_t>(output)],
                             sobol_estimates(blocks_of(plan, values), options.estimates)});
  }
  return study;
}

}  // namespace mystic
