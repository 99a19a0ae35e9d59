#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace mystic {

/// Wakes threads that sleep until something holds, and costs whoever makes it hold one load when
/// nobody sleeps.
///
/// No wake-up is lost: the ringer makes the condition true and then reads the number of sleepers, the
/// sleeper adds itself and then reads the condition, all sequentially consistent, so at least one of
/// them sees the other. Conditions must therefore read and write seq_cst atomics.
class Bell {
 public:
  void ring_one() {
    if (!anyone_asleep()) return;
    wake_.notify_one();
  }
  void ring_all() {
    if (!anyone_asleep()) return;
    wake_.notify_all();
  }

  /// Returns when `ready()` holds: looks for it a few microseconds, then sleeps.
  template <class Ready>
  void wait(Ready ready) {
    if (watch_for(ready)) return;
    sleepers_.fetch_add(1);
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, ready);
    }
    sleepers_.fetch_sub(1);
  }

  /// The same for at most `patience`; whether `ready()` holds.
  template <class Ready>
  bool wait_for(std::chrono::milliseconds patience, Ready ready) {
    if (watch_for(ready)) return true;
    if (patience.count() <= 0) return false;
    const auto deadline = std::chrono::steady_clock::now() + patience;
    sleepers_.fetch_add(1);
    bool holds = false;
    {
      std::unique_lock lock(mutex_);
      holds = wake_.wait_until(lock, deadline, ready);
    }
    sleepers_.fetch_sub(1);
    return holds;
  }

 private:
  // A wake-up through the kernel takes 5 to 50 us. Looking for about 10 us first saves it where
  // answers come fast; each look yields, so with more threads than cores the others get the core.
  static constexpr int looks = 40;

  template <class Ready>
  static bool watch_for(Ready& ready) {
    for (int i = 0; i < looks; ++i) {
      if (ready()) return true;
      std::this_thread::yield();
    }
    return ready();
  }

  bool anyone_asleep() {
    if (sleepers_.load() == 0) return false;
    // A sleeper between its last look and its sleep holds the mutex: wait until it can be woken.
    const std::lock_guard lock(mutex_);
    return true;
  }

  std::atomic<int> sleepers_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
};

}  // namespace mystic
