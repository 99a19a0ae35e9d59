#pragma once

#include "capture.hpp"

#include <mystic/system/command.hpp>

#include <sys/types.h>

namespace mystic::supervision {

struct Launched {
  pid_t leader = -1;     ///< also the number of its session and process group
  double started = 0.0;  ///< steady seconds, just before the fork
  Capture output = {};   ///< of both streams, when they go into one file
  Capture error = {};
  ProcessResult failure = {};  ///< says why, when `leader` is -1
};

/// Starts `command` as a child of this process, in a session of its own, with every signal unblocked
/// and at its default (all are at their default in the supervisor, but blocked), and tied to us
/// (PDEATHSIG: this process has one thread). Moves this process into the command's directory.
Launched launch(const Command& command);

}  // namespace mystic::supervision
