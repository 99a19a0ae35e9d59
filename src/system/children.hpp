#pragma once

#include <sys/types.h>
#include <sys/wait.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// Children of this process (which has one thread, and nobody else who waits for children).
namespace mystic::supervision {

/// Direct children that run or are zombies. Empty where there is no /proc.
/// Only direct children: their pids stay theirs until we have waited for them, so a signal cannot
/// hit a stranger. Those of a child that dies fall to us (PR_SET_CHILD_SUBREAPER).
std::vector<pid_t> children();

/// Processor time that a child of ours, running or a zombie, has had itself, s; 0 without /proc.
double processor_seconds(pid_t child);

/// Living descendants of this process, of any generation. For people: by the time it is known it may
/// have changed.
int count_descendants();

struct Ended {
  pid_t pid = -1;                  ///< -1: none has ended
  int status = 0;                  ///< as from waitpid
  bool any = true;                 ///< whether there are children at all
  double cpu_seconds = 0.0;        ///< its own, and of all children that it waited for
  std::uintmax_t peak_memory = 0;  ///< bytes, the largest of the same
};

/// Waits for one child that has ended already. `before` is called while its pid, and the process
/// group of that number, are still its own.
Ended reap_one(const std::function<void(pid_t)>& before = {});

/// Kills (SIGKILL) and reaps until no child is left or `limit` seconds have passed; calls `reaped`
/// for each. Each round kills the children of those killed in the round before.
/// @param signals  a signalfd for SIGCHLD
/// @return whether none is left
bool kill_all(int signals, double limit, const std::function<void(const Ended&)>& reaped);

/// Waits until SIGCHLD or `milliseconds` (-1: for ever), and takes the signal.
void wait_for_child(int signals, int milliseconds);

/// "SIGSEGV", or "signal 35" where it has no name.
std::string signal_name(int number);

/// What errno `error` means.
std::string error_text(int error);

}  // namespace mystic::supervision
