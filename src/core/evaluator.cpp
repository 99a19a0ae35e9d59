#include "mystic/core/evaluator.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <exception>
#include <mutex>

namespace mystic {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// A pause that ends early when the run is told to stop.
void pause(double seconds, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait_for(lock, stop, std::chrono::duration<double>(seconds), [] { return false; });
}

}  // namespace

Evaluator::Evaluator(const Model& model, FailurePolicy policy, bool timed)
    : model_(&model), policy_(policy), timed_(timed),
      output_count_(static_cast<Index>(model.outputs().size())) {
  validate(policy);
  require(output_count_ >= 1, "a model must have at least one output");
}

void Evaluator::run(Task& task, const std::stop_token& stop) const noexcept {
  if (timed_) {
    run_timed(task, stop);
    return;
  }
  attempt({.first = task.first, .points = task.view(), .stop = stop}, task.outcomes);
  if (policy_.retries > 0) retry(task, stop);
}

void Evaluator::run_timed(Task& task, const std::stop_token& stop) const {
  const auto start = Clock::now();
  attempt({.first = task.first, .points = task.view(), .stop = stop}, task.outcomes);
  if (policy_.retries > 0) retry(task, stop);
  const double each = seconds_since(start) / static_cast<double>(task.count());
  for (Outcome& outcome : task.outcomes) outcome.seconds = each;
}

void Evaluator::fail_by_exception(Outcome& outcome) {
  try {
    throw;
  } catch (const std::exception& error) {
    outcome.fail(FailureKind::exception, error.what());
  } catch (...) {
    outcome.fail(FailureKind::exception, "the model threw something that is no std::exception");
  }
}

void Evaluator::attempt(const Question& question, std::span<Outcome> outcomes) const {
  if (outcomes.size() == 1) {
    run_one(question, outcomes.front());
    return;
  }
  for (Outcome& outcome : outcomes) make_ready(outcome);
  try {
    model_->evaluate(question, outcomes);
  } catch (...) {
    attempt_one_by_one(question, outcomes);
  }
  for (Outcome& outcome : outcomes) fail_if_not_a_number(outcome);
}

// Something was thrown. Each point is asked again by itself: which of them fail must not depend on how
// a map groups them into questions.
void Evaluator::attempt_one_by_one(const Question& question, std::span<Outcome> outcomes) const {
  for (std::size_t j = 0; j < outcomes.size(); ++j) {
    const auto column = static_cast<Index>(j);
    const PointsMap point(&question.points.coeffRef(0, column), question.points.rows(), 1,
                          Eigen::OuterStride<>(question.points.outerStride()));
    run_one({.first = question.id(column), .points = point, .stop = question.stop}, outcomes[j]);
  }
}

void Evaluator::fail_if_not_a_number(Outcome& outcome) const {
  if (!outcome.ok()) return;
  for (Index i = 0; i < outcome.outputs.size(); ++i) {
    if (std::isnan(outcome.outputs[i])) {
      outcome.fail(FailureKind::not_a_number,
                   fmt::format("output '{}' is NaN", model_->outputs()[static_cast<std::size_t>(i)]));
      return;
    }
  }
}

void Evaluator::retry(Task& task, const std::stop_token& stop) const {
  for (Index j = 0; j < task.count(); ++j) {
    Outcome& outcome = task.outcomes[static_cast<std::size_t>(j)];
    double wait = policy_.back_off;
    for (Index again = 1; again <= policy_.retries; ++again) {
      if (outcome.ok() || outcome.failure->kind == FailureKind::cancelled) break;
      pause(wait, stop);
      if (stop.stop_requested()) break;
      wait *= 2;
      Task single = task;
      single.first.k += static_cast<std::uint64_t>(j);
      single.points += j * task.stride;
      single.outcomes = task.outcomes.subspan(static_cast<std::size_t>(j), 1);
      attempt({.first = single.first, .points = single.view(), .stop = stop}, single.outcomes);
      outcome.attempts = static_cast<std::int32_t>(again + 1);
    }
  }
}

}  // namespace mystic
