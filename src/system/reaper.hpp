#pragma once

#include "file_descriptor.hpp"

namespace mystic::supervision {

/// What a reaper is given by the supervisor that forked it.
struct ReaperInputs {
  FileDescriptor lane = {};     ///< socket to the caller: commands come, results go; its end: no more
  FileDescriptor life = {};     ///< a pipe that the supervisor holds open: its end means "we are gone"
  FileDescriptor signals = {};  ///< signalfd for SIGCHLD
};

/// Exit status of a reaper: what the supervisor must do about it.
enum class ReaperEnd : int {
  clean = 0,     ///< no descendant is left
  left_some = 1  ///< some descendants could not be killed: they fall to you
};

/// The whole life of the process that looks after the commands of one lane, one at a time; ends it.
[[noreturn]] void serve_lane(ReaperInputs inputs);

/// A reaper, and the supervisor at its end, try this long to kill what is left, s.
inline constexpr double kill_limit = 10.0;

}  // namespace mystic::supervision
