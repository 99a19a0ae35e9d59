#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace mystic::supervision {

/// Part of /proc/<pid>/stat.
struct ProcessEntry {
  char state = '?';  ///< R, S, D, Z, T, ...
  pid_t parent = 0;
  std::uint64_t start = 0;      ///< clock ticks since boot
  std::uint64_t processor = 0;  ///< user and system time, clock ticks; its own only
};

std::optional<ProcessEntry> process_entry(pid_t pid);

/// All processes of the host that /proc shows.
std::vector<pid_t> all_processes();

}  // namespace mystic::supervision
