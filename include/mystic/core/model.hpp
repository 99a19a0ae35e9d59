#pragma once

#include "mystic/core/evaluation_id.hpp"
#include "mystic/core/outcome.hpp"
#include "mystic/core/point.hpp"

#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace mystic {

/// How many calls of one model may run at once within a process.
enum class ThreadSafety {
  none,   ///< one at a time
  basic,  ///< any number
};

/// What a model is asked: m points (n x m, each column contiguous and 64-byte aligned), of which
/// column j has the id `first` with k + j.
struct Question {
  EvaluationId first;
  PointsMap points;
  const std::stop_token& stop;  ///< asked to stop: give up soon, with FailureKind::cancelled
  bool alternative = false;     ///< asked of a model that has one: all else failed

  [[nodiscard]] EvaluationId id(Index column) const {
    return {first.path, first.k + static_cast<std::uint64_t>(column)};
  }
};

/// Named inputs -> named outputs. Never a cost: a cost is made from the outcome (problem.hpp).
class Model {
 public:
  virtual ~Model() = default;

  /// Names of the inputs in order; empty when the model takes any number of them.
  [[nodiscard]] virtual const std::vector<std::string>& inputs() const = 0;
  /// Names of the outputs in order; at least one.
  [[nodiscard]] virtual const std::vector<std::string>& outputs() const = 0;
  [[nodiscard]] virtual ThreadSafety thread_safety() const { return ThreadSafety::basic; }
  /// True when the model gains from many points in one call; then a map hands it large shares.
  [[nodiscard]] virtual bool wants_batches() const { return false; }

  /// Whether it can be asked in another way when all attempts have failed (Question::alternative).
  [[nodiscard]] virtual bool has_alternative() const { return false; }
  /// Whether it can walk to a point from another: approach().
  [[nodiscard]] virtual bool approaches() const { return false; }
  /// The question's only point, approached in at most `most_steps` evaluations from the point `from`,
  /// where it is known to succeed: for codes that need a state to start from. As evaluate() otherwise.
  virtual void approach(const VectorView& from, const Question& question, Index most_steps,
                        Outcome& outcome) const;

  /// Fills outcomes[j] for column j of the question: `outputs` has the right size already and
  /// `failure` is empty. An exception becomes the failure of a question's only column; the columns of
  /// a larger one are then asked again, one by one.
  virtual void evaluate(const Question& question, std::span<Outcome> outcomes) const = 0;
};

}  // namespace mystic
