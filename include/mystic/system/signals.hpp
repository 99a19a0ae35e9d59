#pragma once

#include <mystic/core/require.hpp>

#include <csignal>

#include <atomic>
#include <functional>
#include <stop_token>
#include <thread>

namespace mystic {

/// While it lives, SIGINT and SIGTERM ask for a stop instead of ending the process.
///
/// The first signal requests a stop of the given source; every later one calls `on_second`. Signals
/// within 0.1 s of the first are that same request: `timeout(1)` signals its child and then the
/// group, a launcher forwards what the terminal had sent already, and nobody means "at once" by it.
/// An inherited "ignore" (`nohup`-like, `&` in a script) is overruled.
///
/// Works whichever threads exist, before or after: the handler only writes one byte to a pipe; a
/// thread of ours reads it. One watch at a time, since dispositions belong to the process.
class SignalWatch {
 public:
  /// @param stop       the source to stop at the first signal
  /// @param on_second  called from the watching thread at each later signal; may end the process;
  ///                   empty: nothing happens. Must not throw
  /// @param on_interrupt  called from the watching thread at each SIGINT that comes before a stop was
  ///                   requested; true: taken care of, nothing else happens. Empty: SIGINT is as
  ///                   SIGTERM. Must not throw
  /// @throws Error if another watch exists or the system gives no pipe
  SignalWatch(std::stop_source stop, std::function<void()> on_second,
              std::function<bool()> on_interrupt = nullptr);

  /// Gives SIGINT and SIGTERM back what they did before.
  ~SignalWatch();

  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

  /// The first signal that came; 0: none so far. Set before the stop is requested.
  int received() const { return received_.load(); }

 private:
  void watch(int pipe);

  std::stop_source stop_;
  std::function<void()> on_second_;
  std::function<bool()> on_interrupt_;
  std::atomic<int> received_ = 0;
  int write_end_ = -1;
  struct sigaction previous_interrupt_ = {};
  struct sigaction previous_terminate_ = {};
  std::thread watcher_;
};

}  // namespace mystic
