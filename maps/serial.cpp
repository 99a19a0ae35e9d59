#include "mystic/maps/serial.hpp"

namespace mystic {

void SerialMap::begin(const Evaluator& evaluator) {
  evaluator_ = &evaluator;
  stop_ = std::stop_source();
  busy_seconds_ = 0.0;
}

void SerialMap::submit(Task& task) { queue_.push_back(&task); }

Task* SerialMap::wait(std::chrono::milliseconds) {
  if (head_ == queue_.size()) return nullptr;
  Task* const task = queue_[head_++];
  if (head_ == queue_.size()) {
    queue_.clear();
    head_ = 0;
  }
  if (stop_.stop_requested()) {
    for (Outcome& outcome : task->outcomes) {
      outcome.fail(FailureKind::cancelled, "the run was told to stop");
    }
    return task;
  }
  evaluator_->run(*task, stop_.get_token());
  if (evaluator_->timed()) {
    for (const Outcome& outcome : task->outcomes) busy_seconds_ += outcome.seconds;
  }
  return task;
}

void SerialMap::end() {
  queue_.clear();
  head_ = 0;
  evaluator_ = nullptr;
}

}  // namespace mystic
