#pragma once

#include <algorithm>
#include <chrono>
#include <thread>

namespace mystic {

/// Pauses between looks at something that cannot wake us (MPI over shared memory cannot).
///
/// For 100 us it hardly pauses, but now and then gives way to whoever wants the core (MPI does so too
/// when it knows of more ranks than cores). That is longer than the shortest sleep takes, about 60 us:
/// with less, two ranks that answer each other at once each find the other asleep, and go on so
/// (2026-11, 2 ranks on a busy machine: 6 000 tasks/s with 30 us, 49 000 with 100 us).
///
/// Then it sleeps for a sixteenth of the time waited so far, 1 us to 1 ms: what comes is seen late by at
/// most a sixteenth of the wait, and an idle rank takes under 1 % of a core.
class BackOff {
 public:
  void pause() {
    const auto now = Clock::now();
    if (looks_++ == 0) start_ = now;
    const auto waited = now - start_;
    if (waited >= std::chrono::microseconds(100)) {
      std::this_thread::sleep_for(std::clamp<Clock::duration>(waited / 16, std::chrono::microseconds(1),
                                                              std::chrono::milliseconds(1)));
    } else if (looks_ % 8 == 0) {
      std::this_thread::yield();
    }
  }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_{};
  int looks_ = 0;
};

}  // namespace mystic
