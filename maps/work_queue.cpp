#include "work_queue.hpp"

#include "fail_task.hpp"

#include <utility>

namespace mystic {

void WorkQueue::begin(const Evaluator& evaluator) {
  evaluator_ = &evaluator;
  one_at_a_time_.store(evaluator.model().thread_safety() == ThreadSafety::none,
                       std::memory_order_relaxed);
  stop_ = std::stop_source();
  token_ = stop_.get_token();
  cancelled_ = false;
  busy_seconds_ = 0.0;
}

WorkQueue::Slot& WorkQueue::new_slot(Task& task) {
  if (free_ == nullptr) free_ = &slots_.emplace_back();
  Slot& slot = *free_;
  free_ = slot.next;
  slot = {&task, nullptr};
  return slot;
}

void WorkQueue::submit(Task& task) {
  Slot& slot = new_slot(task);
  ++under_way_;
  if (cancelled_) {
    cancel_task(task);
    slot.next = std::exchange(returned_, &slot);
    return;
  }
  waiting_.add(&slot);
  work_.ring_one();
}

Task* WorkQueue::wait(std::chrono::milliseconds patience) {
  if (under_way_ == 0) return nullptr;
  if (returned_ == nullptr) {
    answers_.wait_for(patience, [this] { return finished_.load() != nullptr; });
    returned_ = take_finished();
    if (returned_ == nullptr) return nullptr;
  }
  Slot& slot = *returned_;
  returned_ = slot.next;
  return give_back(slot);
}

Task* WorkQueue::give_back(Slot& slot) {
  Task* const task = slot.task;
  slot.next = std::exchange(free_, &slot);
  --under_way_;
  if (evaluator_->timed()) busy_seconds_ += seconds_of(*task);
  return task;
}

// All that is finished, in order of finishing.
WorkQueue::Slot* WorkQueue::take_finished() {
  Slot* last = finished_.exchange(nullptr);
  Slot* in_order = nullptr;
  while (last != nullptr) {
    Slot* const before = last->next;
    last->next = std::exchange(in_order, last);
    last = before;
  }
  return in_order;
}

void WorkQueue::cancel() {
  cancelled_ = true;
  stop_.request_stop();
  cancel_waiting();
}

void WorkQueue::cancel_waiting() {
  while (Slot* const slot = waiting_.take()) {
    cancel_task(*slot->task);
    slot->next = std::exchange(returned_, slot);
  }
}

void WorkQueue::end() {
  if (under_way_ > 0) cancel();
  while (under_way_ > 0) wait(std::chrono::hours(1));
  evaluator_ = nullptr;
}

void WorkQueue::work() {
  const auto wanted = [this] { return !waiting_.empty() || closed_.load(); };
  while (!closed_.load()) {
    if (!run_one()) work_.wait(wanted);
  }
}

// False if there was nothing to do.
bool WorkQueue::run_one() {
  // A model that is not thread-safe: the task is taken with the model already ours, so that calls
  // keep the order of submission.
  std::unique_lock model(model_, std::defer_lock);
  if (one_at_a_time_.load(std::memory_order_relaxed)) model.lock();
  Slot* const slot = waiting_.take();
  if (slot == nullptr) return false;
  // A task in hand pins the run. Before, the look may have been at the last run's flag.
  if (one_at_a_time_.load(std::memory_order_relaxed) && !model.owns_lock()) model.lock();
  if (token_.stop_requested()) {
    cancel_task(*slot->task);
  } else {
    evaluator_->run(*slot->task, token_);
  }
  if (model.owns_lock()) model.unlock();
  finish(*slot);
  return true;
}

void WorkQueue::finish(Slot& slot) {
  slot.next = finished_.load(std::memory_order_relaxed);
  while (!finished_.compare_exchange_weak(slot.next, &slot)) {
  }
  answers_.ring_one();
}

void WorkQueue::close() {
  closed_ = true;
  work_.ring_all();
}

}  // namespace mystic
