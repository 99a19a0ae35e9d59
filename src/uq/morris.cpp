#include "mystic/uq/morris.hpp"

#include "independent_inputs.hpp"
#include "mystic/core/require.hpp"

#include <cmath>
#include <numbers>

namespace mystic {
namespace {

bool has_ends(const Law& law) {
  const Support support = law.support();
  return std::isfinite(support.lower) && std::isfinite(support.upper);
}

std::string grid_of(const Inputs& inputs, const std::string& wish) {
  if (wish == "centres") return wish;
  for (Index i = 0; i < inputs.dimension(); ++i) {
    const Law& law = inputs.laws()[static_cast<std::size_t>(i)];
    if (has_ends(law)) continue;
    require(wish == "auto",
            "morris: the support of input '{}', {}, has no ends; grid must be centres, or auto",
            inputs.names()[static_cast<std::size_t>(i)], law.text());
    return "centres";
  }
  return "ends";
}

}  // namespace

std::string MorrisStudyOptions::broken_rules() const {
  return MorrisOptions{.trajectories = trajectories, .levels = levels, .candidates = candidates}
      .broken_rules();
}

MorrisPlan morris_plan(const Inputs& inputs, const MorrisStudyOptions& options) {
  validate(options);
  require_independent("morris", inputs, "a step of one of them would move others");
  return morris_plan(inputs.dimension(), {.trajectories = options.trajectories,
                                          .levels = options.levels,
                                          .grid = grid_of(inputs, options.grid),
                                          .candidates = options.candidates,
                                          .groups = options.groups,
                                          .seed = options.seed});
}

std::vector<OutputMorrisIndices> morris_estimates(const MorrisPlan& plan, const PointAnswers& answers,
                                                  double level) {
  std::vector<OutputMorrisIndices> found;
  for (Index output = 0; output < answers.outputs.rows(); ++output) {
    const Vector values = answers.outputs.row(output);
    found.push_back(
        {answers.names[static_cast<std::size_t>(output)], morris_estimates(plan, values, level)});
  }
  return found;
}

std::vector<std::string> morris_notes(const MorrisPlan& plan) {
  std::vector<std::string> notes;
  // delta is 1/2 or more: sin(2 pi delta) = -sin(pi (2 delta - 1)), which is 0 exactly at 1/2.
  const double seen = std::sin(std::numbers::pi * (2.0 * plan.delta - 1.0));
  if (seen < 0.5) {
    notes.push_back(fmt::format(
        "a step is {:.3g} of an input's range: of an effect that repeats itself with half of "
        "the range, {:.0f} % is seen; fewer levels on the grid of ends see more",
        plan.delta, 100.0 * seen));
  }
  if (plan.trajectories < 2) notes.emplace_back("one walk gives no intervals");
  return notes;
}

MorrisStudy morris(const std::shared_ptr<const Model>& model, const Inputs& inputs,
                   const MorrisStudyOptions& options, const EvaluationSettings& settings) {
  const MorrisPlan plan = morris_plan(inputs, options);
  MorrisStudy study{.answers = {},
                    .points = inputs.from_unit(plan.points),
                    .outputs = {},
                    .notes = morris_notes(plan)};
  study.answers = evaluate_points(model, inputs.names(), study.points, settings);
  study.outputs = morris_estimates(plan, study.answers, options.level);
  return study;
}

}  // namespace mystic
