#include "mystic/models/noisy_model.hpp"

#include "mystic/core/random.hpp"

#include <boost/random/normal_distribution.hpp>

namespace mystic {
namespace {

// The stream of an evaluation belongs to those who redraw its coordinates; noise has one beside it.
constexpr std::uint64_t beside = 0x6e6f697365ULL;

}  // namespace

NoisyModel::NoisyModel(std::shared_ptr<const Model> model, const NoiseOptions& options)
    : model_(std::move(model)), options_(options) {
  validate(options_);
  require(model_ != nullptr, "NoisyModel: there is no model");
}

void NoisyModel::disturb(const EvaluationId& id, Outcome& outcome) const {
  if (!outcome.ok()) return;
  Random random = stream(options_.seed ^ beside, id);
  boost::random::normal_distribution<double> normal;
  const bool is_normal = options_.distribution == "normal";
  for (double& output : outcome.outputs) {
    double noise = 0.0;
    for (Index k = 0; k < options_.draws; ++k) noise += is_normal ? normal(random) : uniform(random);
    output += options_.amount * noise;
  }
}

void NoisyModel::approach(const VectorView& from, const Question& question, Index most_steps,
                          Outcome& outcome) const {
  model_->approach(from, question, most_steps, outcome);
  disturb(question.first, outcome);
}

void NoisyModel::evaluate(const Question& question, std::span<Outcome> outcomes) const {
  model_->evaluate(question, outcomes);
  for (std::size_t j = 0; j < outcomes.size(); ++j) {
    disturb(question.id(static_cast<Index>(j)), outcomes[j]);
  }
}

}  // namespace mystic
