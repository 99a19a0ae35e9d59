#pragma once

#include "mystic/core/task.hpp"

#include <cstdint>
#include <string>

namespace mystic {

/// Every outcome of `task` becomes this failure.
inline void fail_task(Task& task, FailureKind kind, const std::string& text, std::int32_t attempts) {
  for (Outcome& outcome : task.outcomes) {
    outcome.fail(kind, text);
    outcome.attempts = attempts;
    outcome.seconds = 0.0;
    outcome.host.clear();
  }
}

/// A task that was never started, or that nobody waits for any more.
inline void cancel_task(Task& task) {
  fail_task(task, FailureKind::cancelled, "the run was told to stop", 0);
}

/// Seconds the model took for `task`; 0 when nobody timed it.
inline double seconds_of(const Task& task) {
  double seconds = 0.0;
  for (const Outcome& outcome : task.outcomes) seconds += outcome.seconds;
  return seconds;
}

}  // namespace mystic
