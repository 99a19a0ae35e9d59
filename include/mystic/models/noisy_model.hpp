#pragma once

#include "mystic/core/model.hpp"
#include "mystic/core/options.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace mystic {

/// Noise that is added to each output.
struct NoiseOptions {
  static constexpr std::string_view title = "NoiseOptions";

  double amount = 1.0;
  std::string distribution = "normal";
  Index draws = 1;
  std::uint64_t seed = 0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("amount", self.amount, Range{.lower = 0, .upper = infinity, .open_above = true},
          "what a draw is multiplied by, in the unit of the output");
    field("distribution", self.distribution, Choices{{"normal", "uniform"}},
          "of a draw: mean 0 and standard deviation 1; from [0, 1)");
    field("draws", self.draws, Range{.lower = 1}, "how many are added up");
    field("seed", self.seed, Range{.lower = 0}, "of the noise");
  }
};

/// A model with noise on its outputs. The noise comes from the stream of each evaluation: the same
/// evaluation has the same noise under every map and on resume, another evaluation of the same point
/// another. Failures stay as they are.
///
/// De Jong's noisy quartic (1975, F4) is test_function("quartic") with one normal draw; that of the
/// original mystic, after Storn & Price (1995), has a uniform draw for each variable: draws = n.
class NoisyModel : public Model {
 public:
  /// @throws InvalidOptions; InvalidArgument if there is no model
  NoisyModel(std::shared_ptr<const Model> model, const NoiseOptions& options = {});

  [[nodiscard]] const std::vector<std::string>& inputs() const override { return model_->inputs(); }
  [[nodiscard]] const std::vector<std::string>& outputs() const override { return model_->outputs(); }
  [[nodiscard]] ThreadSafety thread_safety() const override { return model_->thread_safety(); }
  [[nodiscard]] bool wants_batches() const override { return model_->wants_batches(); }
  [[nodiscard]] bool has_alternative() const override { return model_->has_alternative(); }
  [[nodiscard]] bool approaches() const override { return model_->approaches(); }
  void approach(const VectorView& from, const Question& question, Index most_steps,
                Outcome& outcome) const override;
  void evaluate(const Question& question, std::span<Outcome> outcomes) const override;

 private:
  void disturb(const EvaluationId& id, Outcome& outcome) const;

  std::shared_ptr<const Model> model_;
  NoiseOptions options_;
};

}  // namespace mystic
