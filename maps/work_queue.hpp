#pragma once

#include "bell.hpp"
#include "task_ring.hpp"

#include "mystic/core/evaluator.hpp"
#include "mystic/core/task.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <deque>
#include <mutex>
#include <stop_token>

namespace mystic {

/// Between one driving thread, which submits tasks and gets them back, and any number of threads of
/// this process that call work(). Who those are (a pool, an OpenMP team) is not its concern.
class WorkQueue {
 public:
  // The driving thread: as in Map.
  void begin(const Evaluator& evaluator);
  void submit(Task& task);
  Task* wait(std::chrono::milliseconds patience);
  void cancel();
  void end();
  [[nodiscard]] double busy_seconds() const { return busy_seconds_; }

  /// What a worker does: tasks, in the order of submission, until close().
  void work();
  /// Sends the workers home. Between runs only.
  void close();

 private:
  // One task on its way; reused, so that nothing is allocated per task.
  struct Slot {
    Task* task = nullptr;
    Slot* next = nullptr;
  };

  bool run_one();
  void finish(Slot& slot);
  Slot* take_finished();
  Slot& new_slot(Task& task);
  void cancel_waiting();
  Task* give_back(Slot& slot);

  // Of the run; written while no worker has a task.
  const Evaluator* evaluator_ = nullptr;
  std::stop_source stop_;
  std::stop_token token_;
  std::atomic<bool> one_at_a_time_ = false;  ///< atomic since idle workers may look between runs
  bool cancelled_ = false;

  // Of the driving thread.
  std::deque<Slot> slots_;
  Slot* free_ = nullptr;
  Slot* returned_ = nullptr;  ///< finished, in order of finishing, not yet given back
  std::size_t under_way_ = 0;
  double busy_seconds_ = 0.0;

  // Between the threads.
  TaskRing<Slot> waiting_;
  Bell work_;
  std::atomic<bool> closed_ = false;
  std::mutex model_;  ///< held while a model that is not thread-safe runs
  alignas(64) std::atomic<Slot*> finished_ = nullptr;  ///< last finished first
  Bell answers_;
};

}  // namespace mystic
