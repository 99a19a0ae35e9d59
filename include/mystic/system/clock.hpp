#pragma once

#include <functional>
#include <string>

namespace mystic {

/// Says how many seconds have passed since some fixed instant. Time enters as an argument: who needs
/// it takes a Clock, so that a test can give its own.
using Clock = std::function<double()>;

/// Seconds of a clock that never goes back (CLOCK_MONOTONIC); as a Clock: `Clock{steady_clock_seconds}`.
double steady_clock_seconds();

/// Seconds of the time of day, since 1970 UTC (CLOCK_REALTIME): it jumps when somebody sets it.
double wall_clock_seconds();

/// Seconds that processors have spent on this process, all of its threads together, without what it has
/// started (CLOCK_PROCESS_CPUTIME_ID). It stands still while the process waits.
double processor_clock_seconds();

/// The name of this machine as the kernel knows it; "unknown" if it has none.
std::string host_name();

}  // namespace mystic
