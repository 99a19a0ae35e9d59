#pragma once

#include <sys/types.h>

#include <cstdint>

namespace mystic {

/// Whether process `pid` of this host runs. A zombie (ended, not yet waited for) does not.
bool is_alive(pid_t pid);

/// When process `pid` of this host was started, in clock ticks since boot; 0 if there is none.
/// A pid is given out again in time; a pair (pid, start) is not: write both down to know a process.
std::uint64_t process_start(pid_t pid);

}  // namespace mystic
