#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace mystic {

/// A thread of its own that calls `tick` every `interval` until the ticker goes. `tick` must not throw.
class Ticker {
 public:
  Ticker(std::chrono::milliseconds interval, std::function<void()> tick)
      : thread_([interval, tick = std::move(tick)](const std::stop_token& stop) {
          std::mutex mutex;
          std::condition_variable_any wake;
          std::unique_lock lock(mutex);
          while (!wake.wait_for(lock, stop, interval, [&] { return stop.stop_requested(); })) tick();
        }) {}

 private:
  std::jthread thread_;
};

}  // namespace mystic
