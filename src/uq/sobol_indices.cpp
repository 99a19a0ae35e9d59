#include "mystic/uq/sobol_indices.hpp"

#include "independent_inputs.hpp"
#include "mystic/core/require.hpp"
#include "mystic/uq/latin_hypercube.hpp"
#include "mystic/uq/monte_carlo.hpp"
#include "mystic/uq/sobol_sequence.hpp"

#include <algorithm>
#include <functional>
#include <string>

namespace mystic {
namespace {

// `rows` columns of the design from column `first` on.
Points base_design(Index dimension, const SobolStudyOptions& options, Index first, Index rows) {
  if (options.design == "monte-carlo") {
    return monte_carlo_points(dimension, rows, {.seed = options.seed, .skip = first});
  }
  if (options.design == "latin-hypercube") {
    return latin_hypercube_points(dimension, options.samples, {.seed = options.seed})
        .middleCols(first, rows);
  }
  return sobol_points(dimension, rows, {.seed = options.seed, .skip = first});
}

constexpr Index rows_at_once = 16'384;  // a multiple of 4096, where Owen's scramble begins anew
constexpr Index rows_of_block = 512;    // little enough for the second cache

/// Points of a plan, of the inputs, when their turn comes. First the laws, then the mixing: a coordinate
/// of the design is one of several points.
class PlanStream {
 public:
  PlanStream(const Inputs& inputs, const SobolStudyOptions& options, const PickFreeze& plan)
      : options_(options), plan_(plan), dimension_(inputs.dimension()) {
    for (Index i = 0; i < 2 * dimension_; ++i) {
      both_.add(std::to_string(i), inputs.laws()[static_cast<std::size_t>(i % dimension_)]);
    }
    if (options.design == "latin-hypercube") {  // cannot be made in parts
      whole_ = base_design(2 * dimension_, options, 0, options.samples);
    }
  }

  [[nodiscard]] Points operator()(Index first, Index count) {
    const Index width = plan_.width();
    const Index row = first / width;
    const Index rows = (first + count - 1) / width - row + 1;
    prepare(row, rows);
    const PickFreeze part =
        pick_freeze(ready_.middleCols(row - first_ready_, rows),
                    {.second_order = options_.second_order, .groups = options_.groups});
    if (part.points.cols() == count) return part.points;
    return part.points.middleCols(first - row * width, count);
  }

 private:
  // Makes these rows ready, and some more: a scramble is dear to begin.
  void prepare(Index row, Index rows) {
    if (row >= first_ready_ && row + rows <= first_ready_ + ready_.cols()) return;
    first_ready_ = row - row % rows_at_once;
    const Index until =
        std::min((row + rows + rows_at_once - 1) / rows_at_once * rows_at_once, plan_.rows);
    const Index count = until - first_ready_;
    ready_ =
        both_.from_unit(whole_.size() > 0 ? Points(whole_.middleCols(first_ready_, count))
                                          : base_design(2 * dimension_, options_, first_ready_, count));
  }

  const SobolStudyOptions& options_;
  const PickFreeze& plan_;
  Index dimension_;
  Inputs both_;  // those of A, then those of B
  Points whole_;
  Points ready_;  // rows of the design from first_ready_ on, of the inputs
  Index first_ready_ = 0;
};

}  // namespace

PickFreeze sobol_plan(Index dimension, const SobolStudyOptions& options) {
  validate(options);
  require(dimension >= 1, "sobol_plan: there are no inputs");
  return pick_freeze(base_design(2 * dimension, options, 0, options.samples),
                     {.second_order = options.second_order, .groups = options.groups});
}

std::vector<OutputSobolIndices> sobol_estimates(const PickFreeze& plan, const PointAnswers& answers,
                                                const SobolEstimateOptions& options) {
  std::vector<OutputSobolIndices> found;
  for (Index output = 0; output < answers.outputs.rows(); ++output) {
    const bool alone = answers.outputs.rows() == 1;  // then they lie together already
    const Vector apart = alone ? Vector() : Vector(answers.outputs.row(output).transpose());
    const Eigen::Map<const Vector> values(alone ? answers.outputs.data() : apart.data(),
                                          answers.outputs.cols());
    found.push_back({answers.names[static_cast<std::size_t>(output)],
                     sobol_estimates(blocks_of(plan, values), options)});
  }
  return found;
}

namespace {

SobolStudy without_points(const std::shared_ptr<const Model>& model, const Inputs& inputs,
                          const SobolStudyOptions& options, const EvaluationSettings& settings) {
  // All of the plan but its points; of a few rows, to see whether the options are right.
  SobolStudyOptions few = options;
  few.samples = 4;
  PickFreeze plan = sobol_plan(inputs.dimension(), few);
  validate(options);
  plan.points.resize(inputs.dimension(), 0);
  plan.rows = options.samples;
  PlanStream points(inputs, options, plan);
  SobolStudy study{.answers = {}, .points = {}, .outputs = {}};
  study.answers = evaluate_points(model,
                                  {.names = inputs.names(),
                                   .count = plan.rows * plan.width(),
                                   .points = std::ref(points),
                                   .block = rows_of_block * plan.width()},
                                  settings);
  study.outputs = sobol_estimates(plan, study.answers, options.estimates);
  return study;
}

}  // namespace

SobolStudy sobol_indices(const std::shared_ptr<const Model>& model, const Inputs& inputs,
                         const SobolStudyOptions& options, const EvaluationSettings& settings) {
  validate(options.estimates);
  require_independent("sobol_indices", inputs,
                      "of inputs that depend on each other the variances do not add up, and no index of "
                      "theirs is a share");
  if (!options.keep_points) return without_points(model, inputs, options, settings);
  const PickFreeze plan = sobol_plan(inputs.dimension(), options);
  SobolStudy study{.answers = {}, .points = inputs.from_unit(plan.points), .outputs = {}};
  study.answers = evaluate_points(model, inputs.names(), study.points, settings);
  study.outputs = sobol_estimates(plan, study.answers, options.estimates);
  return study;
}

}  // namespace mystic
