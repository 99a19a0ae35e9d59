#pragma once

#include "mystic/core/model.hpp"

#include <concepts>
#include <memory>
#include <utility>

namespace mystic {

/// A callable: one point -> its cost.
template <class Function>
concept PointFunction =
    std::invocable<const Function&, const VectorView&> &&
    std::convertible_to<std::invoke_result_t<const Function&, const VectorView&>, double>;

/// A callable: n x m points -> their m costs.
template <class Function>
concept BatchFunction =
    std::invocable<const Function&, const PointsView&> &&
    std::convertible_to<std::invoke_result_t<const Function&, const PointsView&>, Vector>;

/// Any number of inputs, one output called "cost".
class ScalarModel : public Model {
 public:
  explicit ScalarModel(ThreadSafety safety) : safety_(safety) {}
  [[nodiscard]] const std::vector<std::string>& inputs() const final { return inputs_; }
  [[nodiscard]] const std::vector<std::string>& outputs() const final { return outputs_; }
  [[nodiscard]] ThreadSafety thread_safety() const final { return safety_; }

 private:
  std::vector<std::string> inputs_;
  std::vector<std::string> outputs_{"cost"};
  ThreadSafety safety_;
};

template <PointFunction Function>
class CallableModel final : public ScalarModel {
 public:
  CallableModel(Function function, ThreadSafety safety)
      : ScalarModel(safety), function_(std::move(function)) {}

  void evaluate(const Question& question, std::span<Outcome> outcomes) const override {
    const double* column = question.points.data();
    for (Outcome& outcome : outcomes) {
      outcome.outputs[0] = function_(Eigen::Map<const Vector>(column, question.points.rows()));
      column += question.points.outerStride();
    }
  }

 private:
  Function function_;
};

template <BatchFunction Function>
class BatchCallableModel final : public ScalarModel {
 public:
  BatchCallableModel(Function function, ThreadSafety safety)
      : ScalarModel(safety), function_(std::move(function)) {}
  [[nodiscard]] bool wants_batches() const override { return true; }

  void evaluate(const Question& question, std::span<Outcome> outcomes) const override {
    const Vector costs = function_(question.points);
    require(costs.size() == question.points.cols(), "the batch function gave {} costs for {} points",
            costs.size(), question.points.cols());
    for (Index j = 0; j < costs.size(); ++j) {
      outcomes[static_cast<std::size_t>(j)].outputs[0] = costs[j];
    }
  }

 private:
  Function function_;
};

/// A model of any callable double(const VectorView&). Say ThreadSafety::none if two calls must not
/// overlap.
template <PointFunction Function>
[[nodiscard]] std::shared_ptr<const Model> make_model(Function function,
                                                      ThreadSafety safety = ThreadSafety::basic) {
  return std::make_shared<CallableModel<Function>>(std::move(function), safety);
}

/// A model of any callable Vector(const PointsView&): n x m points -> m costs. Each cost must
/// depend on its own column only: how columns are grouped into calls depends on the map.
template <BatchFunction Function>
[[nodiscard]] std::shared_ptr<const Model> make_batch_model(Function function,
                                                            ThreadSafety safety = ThreadSafety::basic) {
  return std::make_shared<BatchCallableModel<Function>>(std::move(function), safety);
}

}  // namespace mystic
