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
    : model_(&model), policy_(std::move(policy)), timed_(timed),
      reacts_(policy_.reacts(model.has_alternative())),
      output_count_(static_cast<Index>(model.outputs().size())) {
  validate(policy_);
  require(output_count_ >= 1, "a model must have at least one output");
}

void Evaluator::run(Task& task, const std::stop_token& stop) const noexcept {
  if (timed_) {
    run_timed(task, stop);
    return;
  }
  attempt({.first = task.first, .points = task.view(), .stop = stop}, task.outcomes);
  if (reacts_) react(task, stop);
}

void Evaluator::run_timed(Task& task, const std::stop_token& stop) const {
  const auto start = Clock::now();
  attempt({.first = task.first, .points = task.view(), .stop = stop}, task.outcomes);
  if (reacts_) react(task, stop);
  double waited = 0.0;
  for (const Outcome& outcome : task.outcomes) waited += outcome.waited;
  const double each = std::max(0.0, seconds_since(start) - waited) / static_cast<double>(task.count());
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

void Evaluator::react(Task& task, const std::stop_token& stop) const {
  for (Index j = 0; j < task.count(); ++j) {
    Outcome& outcome = task.outcomes[static_cast<std::size_t>(j)];
    Task single = task;
    single.first.k += static_cast<std::uint64_t>(j);
    single.points += j * task.stride;
    single.outcomes = task.outcomes.subspan(static_cast<std::size_t>(j), 1);
    const Question question{.first = single.first, .points = single.view(), .stop = stop};
    if (!outcome.ok()) retry(question, outcome);
    if (!outcome.ok()) try_alternative(question, outcome);
    if (!outcome.ok() && task.nearest != nullptr) walk(question, task.nearest, outcome);
  }
}

namespace {

bool was_cancelled(const Outcome& outcome) {
  return !outcome.ok() && outcome.failure->kind == FailureKind::cancelled;
}

// Stopped while the policy still owed it something: it has not failed for good.
void give_up(Outcome& outcome) {
  outcome.fail(FailureKind::cancelled, "stopped before the next attempt");
}

// What the attempts before were, in front of what the last one left.
void put_before(Outcome& outcome, std::int32_t attempts, const std::string& text) {
  outcome.attempts = attempts;
  outcome.note = text + (text.empty() || outcome.note.empty() ? "" : "; ") + outcome.note;
}

}  // namespace

void Evaluator::retry(const Question& question, Outcome& outcome) const {
  double wait = 0.0;
  std::string kinds;
  std::string own = outcome.note;  // of the last attempt alone: where its directory is kept
  for (std::int32_t again = 1; !outcome.ok() && !was_cancelled(outcome); ++again) {
    const FailurePolicy::Rule rule = policy_.rule(outcome.failure->kind);
    if (again > rule.retries) return;
    wait = again == 1 ? rule.back_off : 2 * wait;
    pause(wait, question.stop);
    if (question.stop.stop_requested()) return give_up(outcome);
    kinds += fmt::format("{}{}{}", kinds.empty() ? "retried after " : ", ",
                         name_of(outcome.failure->kind), own.empty() ? "" : " (" + own + ")");
    run_one(question, outcome);
    own = outcome.note;
    put_before(outcome, again + 1, kinds);
  }
}

void Evaluator::try_alternative(const Question& question, Outcome& outcome) const {
  if (was_cancelled(outcome) || !model_->has_alternative()) return;
  if (!policy_.rule(outcome.failure->kind).alternative) return;
  if (question.stop.stop_requested()) return give_up(outcome);
  const std::int32_t attempts = outcome.attempts;
  const std::string note = fmt::format("{}{}alternative after {}", outcome.note,
                                       outcome.note.empty() ? "" : "; ", name_of(outcome.failure->kind));
  Question other = question;
  other.alternative = true;
  run_one(other, outcome);
  put_before(outcome, attempts + 1, note);
}

void Evaluator::walk(const Question& question, const double* nearest, Outcome& outcome) const {
  if (was_cancelled(outcome) || !model_->approaches()) return;
  const Index most = policy_.rule(outcome.failure->kind).continuation;
  if (most == 0) return;
  if (question.stop.stop_requested()) return give_up(outcome);
  const Outcome failed = outcome;
  make_ready(outcome);
  try {
    model_->approach(Eigen::Map<const Vector>(nearest, question.points.rows()), question, most, outcome);
  } catch (...) {
    fail_by_exception(outcome);
  }
  fail_if_not_a_number(outcome);
  put_before(outcome, failed.attempts + outcome.attempts, failed.note);
}

}  // namespace mystic
