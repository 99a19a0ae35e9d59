#pragma once

#include <atomic>

namespace mystic {

/// What becomes of a run that was interrupted.
enum class InterruptAnswer {
  stop,       ///< it ends with what it has
  go_on,      ///< as if nothing had happened
  ask_again,  ///< the question is put once more: something was shown, or not understood
};

/// An interrupt that can be answered, unlike a stop token's request. Rung from any thread, or from a
/// signal handler; the driving thread hears it between outcomes.
class InterruptBell {
 public:
  InterruptBell() = default;
  InterruptBell(const InterruptBell&) = delete;
  InterruptBell& operator=(const InterruptBell&) = delete;

  /// False if an earlier ring has not been answered yet.
  bool ring() noexcept { return !rung_.exchange(true); }
  [[nodiscard]] bool rung() const noexcept { return rung_.load(); }
  void answered() noexcept { rung_.store(false); }

 private:
  std::atomic<bool> rung_ = false;
  static_assert(std::atomic<bool>::is_always_lock_free, "signal handlers may use nothing else");
};

}  // namespace mystic
