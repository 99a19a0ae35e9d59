#pragma once

#include "mystic/core/model.hpp"
#include "mystic/core/policy.hpp"
#include "mystic/core/task.hpp"

#include <stop_token>

namespace mystic {

/// A model as a map calls it: sizes the outcomes, retries failures by the policy, turns exceptions
/// and NaN into failures, and times the calls if asked. Any number of threads may call it at once,
/// as far as the model's thread safety goes.
class Evaluator {
 public:
  /// `timed`: fill Outcome::seconds (two reads of the clock per task).
  explicit Evaluator(const Model& model, FailurePolicy policy = {}, bool timed = false);

  /// The same for one point and one outcome, without retries and clock: the short way for cheap
  /// models, where plain().
  void run_one(const Question& question, Outcome& outcome) const noexcept {
    make_ready(outcome);
    try {
      model_->evaluate(question, {&outcome, 1});
    } catch (...) {
      fail_by_exception(outcome);
    }
    if (outcome.outputs.hasNaN()) [[unlikely]]
      fail_if_not_a_number(outcome);
  }
  [[nodiscard]] bool plain() const { return !timed_ && !reacts_; }

  /// Fills every outcome of the task. Never throws.
  void run(Task& task, const std::stop_token& stop) const noexcept;

  /// An outcome with an output that is NaN has failed.
  void fail_if_not_a_number(Outcome& outcome) const;

  [[nodiscard]] const Model& model() const { return *model_; }
  [[nodiscard]] bool timed() const { return timed_; }

 private:
  void attempt(const Question& question, std::span<Outcome> outcomes) const;
  void attempt_one_by_one(const Question& question, std::span<Outcome> outcomes) const;
  void run_timed(Task& task, const std::stop_token& stop) const;
  void make_ready(Outcome& outcome) const {
    if (outcome.outputs.size() != output_count_) outcome.outputs.resize(output_count_);
    if (outcome.failure) outcome.failure.reset();
    outcome.attempts = 1;
    outcome.seconds = 0.0;
    outcome.waited = 0.0;
    if (!outcome.note.empty()) outcome.note.clear();
  }
  /// In a handler: what was thrown becomes the failure.
  [[gnu::cold]] static void fail_by_exception(Outcome& outcome);
  void react(Task& task, const std::stop_token& stop) const;
  void retry(const Question& question, Outcome& outcome) const;
  void try_alternative(const Question& question, Outcome& outcome) const;
  void walk(const Question& question, const double* nearest, Outcome& outcome) const;

  const Model* model_;
  FailurePolicy policy_;
  bool timed_;
  bool reacts_;  ///< something is done at once about a failure
  Index output_count_;
};

}  // namespace mystic
