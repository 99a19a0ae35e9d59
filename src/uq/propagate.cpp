#include "mystic/uq/propagate.hpp"

#include "mystic/core/require.hpp"
#include "mystic/uq/sampling.hpp"

#include <utility>

namespace mystic {

OutputStatistics output_statistics(std::string output, const VectorView& values,
                                   const StatisticsOptions& options) {
  validate(options);
  OutputStatistics statistics{
      .output = std::move(output), .moments = moment_estimates(values, options.level), .quantiles = {}};
  const SortedSample sorted(values);
  if (sorted.ok() > 0) {
    statistics.least = sorted.values()[0];
    statistics.most = sorted.values()[sorted.ok() - 1];
  }
  for (const double probability : options.quantiles) {
    statistics.quantiles.push_back({probability, quantile_within(sorted, probability, options.level)});
  }
  return statistics;
}

PropagationStudy propagate(const std::shared_ptr<const Model>& model, const Inputs& inputs,
                           const PropagateOptions& options, const EvaluationSettings& settings) {
  validate(options);
  validate(options.statistics);
  require(inputs.dimension() >= 1, "propagate: there are no inputs");
  PropagationStudy study{.answers = {},
                         .points = inputs.from_unit(sampling_points(options.design, inputs.dimension(),
                                                                    options.samples, options.seed)),
                         .outputs = {}};
  study.answers = evaluate_points(model, inputs.names(), study.points, settings);
  for (Index output = 0; output < study.answers.outputs.rows(); ++output) {
    const Vector values = study.answers.outputs.row(output);
    study.outputs.push_back(output_statistics(study.answers.names[static_cast<std::size_t>(output)],
                                              values, options.statistics));
  }
  return study;
}

}  // namespace mystic
