#pragma once

#include "mystic/core/model.hpp"

#include <string>
#include <vector>

namespace mystic::maps_test {

/// What a probe does with a point; the first coordinate of it.
enum class Act : int {
  answer,      ///< at once
  refuse,      ///< throws std::runtime_error("refused")
  sleep,       ///< `seconds`, giving up when told to stop
  sleep_deaf,  ///< `seconds`, whatever it is told
  die,         ///< kills its process
  die_once,    ///< kills its process unless an earlier one has died over this marker
  say_gone,    ///< answers after its process has said to the system that it ends: exits with 0
};

/// A model that says who computed what, and when: through its outputs, so that it can be asked across
/// ranks. Inputs: act, seconds, value.
class ProbeModel final : public Model {
 public:
  enum Output : int { twice, process, thread, turn, started, inside, count };

  explicit ProbeModel(ThreadSafety safety = ThreadSafety::basic, std::string marker = {});

  [[nodiscard]] const std::vector<std::string>& inputs() const override { return inputs_; }
  [[nodiscard]] const std::vector<std::string>& outputs() const override { return outputs_; }
  [[nodiscard]] ThreadSafety thread_safety() const override { return safety_; }
  void evaluate(const Question& question, std::span<Outcome> outcomes) const override;

 private:
  void answer(const VectorView& x, const std::stop_token& stop, Outcome& outcome) const;
  void act(const VectorView& x, const std::stop_token& stop) const;

  std::vector<std::string> inputs_{"act", "seconds", "value"};
  std::vector<std::string> outputs_{"twice", "process", "thread", "turn", "started", "inside"};
  ThreadSafety safety_;
  std::string marker_;  ///< a file that a process makes before it dies
};

}  // namespace mystic::maps_test
