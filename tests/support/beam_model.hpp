#pragma once

#include "mystic/core/model.hpp"

#include <string>
#include <vector>

namespace mystic::testing_support {

/// Two inputs, three outputs: mass = width + height, stress = 1 / width, deflection = 1 / height.
class BeamModel final : public Model {
 public:
  [[nodiscard]] const std::vector<std::string>& inputs() const override { return inputs_; }
  [[nodiscard]] const std::vector<std::string>& outputs() const override { return outputs_; }
  void evaluate(const Question& question, std::span<Outcome> outcomes) const override {
    for (Index j = 0; j < question.points.cols(); ++j) {
      const auto x = question.points.col(j);
      outcomes[static_cast<std::size_t>(j)].outputs << x[0] + x[1], 1.0 / x[0], 1.0 / x[1];
    }
  }

 private:
  std::vector<std::string> inputs_{"width", "height"};
  std::vector<std::string> outputs_{"mass", "stress", "deflection"};
};

}  // namespace mystic::testing_support
