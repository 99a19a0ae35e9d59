#include "mystic/uq/monte_carlo_study.hpp"

#include "designs/large_points.hpp"
#include "mystic/core/require.hpp"
#include "mystic/uq/monte_carlo.hpp"
#include "sharing.hpp"

namespace mystic {

MonteCarloStudy monte_carlo_study(const std::shared_ptr<const Model>& model, const Inputs& inputs,
                                  const MonteCarloStudyOptions& options,
                                  const EvaluationSettings& settings) {
  validate(options);
  require(model != nullptr, "monte_carlo_study: there is no model");
  const Index width = static_cast<Index>(model->outputs().size());
  const PointStream stream{
      .names = inputs.names(), .count = options.samples, .points = [&](Index first, Index count) {
        return inputs.from_unit(
            monte_carlo_points(inputs.dimension(), count, {.seed = options.seed, .skip = first}));
      }};
  MonteCarloStudy study;
  study.moments.resize(static_cast<std::size_t>(width));
  Points outputs;
  if (options.keep_outputs) {
    outputs = large_points(width, options.samples);
    outputs.setConstant(not_known);
  }
  const auto collect = [&](Index first, const Points& block) {
    for (Index output = 0; output < width; ++output) {
      study.moments[static_cast<std::size_t>(output)].add(Vector(block.row(output).transpose()));
    }
    if (options.keep_outputs) outputs.middleCols(first, block.cols()) = block;
  };
  study.answers = evaluate_stream(model, stream, collect, settings);
  share_items(settings.map, outputs.data(), static_cast<std::size_t>(outputs.size()));
  share_items(settings.map, study.moments.data(), study.moments.size());
  study.answers.outputs = std::move(outputs);
  return study;
}

}  // namespace mystic
