#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace mystic {

/// Brings what was written to the disk at most `seconds` later, by a thread that sleeps while there
/// is nothing to bring; with 0 seconds there is no thread and written() does it.
///
/// After a sync has failed, nothing is known about what was written before (Linux forgets the pages
/// that it could not write), and no later sync can tell: the failure stays.
class PeriodicSync {
 public:
  /// `sync` gives 0 or an errno; it is called from both threads, and does not throw.
  PeriodicSync(double seconds, std::function<int()> sync);
  /// Syncs what is left.
  ~PeriodicSync();
  PeriodicSync(const PeriodicSync&) = delete;
  PeriodicSync& operator=(const PeriodicSync&) = delete;

  /// Something was written.
  void written();
  void sync_now();
  /// The errno of the first sync that failed; 0 as long as none has.
  [[nodiscard]] int failure() const { return failure_.load(std::memory_order_relaxed); }

 private:
  void run(const std::stop_token& stop);

  std::chrono::duration<double> interval_;
  std::function<int()> sync_;
  std::atomic<bool> dirty_ = false;
  std::atomic<int> failure_ = 0;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

}  // namespace mystic
