#pragma once

#include "file_descriptor.hpp"

namespace mystic::supervision {

/// What a reaper is given by the supervisor that forked it.
struct ReaperInputs {
  FileDescriptor job = {};      ///< socket to the caller: takes the result; its end means "cancel"
  FileDescriptor request = {};  ///< a file with the command
  FileDescriptor life = {};     ///< a pipe that the supervisor holds open: its end means "we are gone"
  FileDescriptor signals = {};  ///< signalfd for SIGCHLD
};

/// Exit status of a reaper: what the supervisor must do about it.
enum class ReaperEnd : int {
  clean = 0,     ///< the caller has its result, no descendant is left
  left_some = 1  ///< the caller has its result, some descendants could not be killed: they fall to you
};

/// The whole life of the process that looks after one command; ends it.
[[noreturn]] void reap_job(ReaperInputs inputs);

/// A reaper, and the supervisor at its end, try this long to kill what is left, s.
inline constexpr double kill_limit = 10.0;

}  // namespace mystic::supervision
