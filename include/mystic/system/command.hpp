#pragma once

#include <mystic/core/point.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace mystic {

/// One program to run: what, where, with which streams, for how long. No shell is involved.
struct Command {
  /// The program and its arguments; at least one. A program without '/' is looked up on the PATH
  /// of `environment` (not ours); one with '/' is relative to `directory`.
  std::vector<std::string> arguments = {};
  /// Working directory; empty: ours, at the time of the call.
  std::filesystem::path directory = {};
  /// The whole environment of the program, "NAME=value" each. Nothing is added.
  std::vector<std::string> environment = {};
  /// Standard input; empty: /dev/null. Relative to `directory`, as the next two.
  std::filesystem::path input = {};
  /// Standard output, created or emptied; empty: /dev/null.
  std::filesystem::path output = {};
  /// Standard error, created or emptied; empty: /dev/null; the path of `output`: both into one file.
  std::filesystem::path error = {};
  /// Seconds from the start of the program, > 0; then it is killed with all its descendants.
  double deadline = infinity;
};

/// How a command ended.
struct ProcessResult {
  enum class End {
    exited,          ///< by itself; `status` is its exit status
    signalled,       ///< by a signal that was not ours; `status` is its number
    deadline,        ///< killed because its deadline had passed
    cancelled,       ///< killed, or never started, because a stop was requested
    not_started,     ///< not found, not executable, no such directory, ...; `status` is errno
    supervisor_lost  ///< the process that looked after it has died or does not answer
  };

  End end = End::not_started;
  int status = 0;
  /// Processes killed beside the program itself: descendants that were still there at its end. All
  /// are killed, but one whose dying parent still waited for it may be missing in this number.
  int descendants_killed = 0;
  /// One line for people: "exit status 3", "killed by SIGSEGV (core dumped)", "cannot start 'ccx':
  /// No such file or directory (...)", "still running after 2 s: killed with 3 descendants".
  std::string text = {};
  /// Wall clock from start to end, s; 0 when the program did not start.
  double seconds = 0.0;

  /// It ran to its end and said that all is well.
  bool succeeded() const { return end == End::exited && status == 0; }
};

}  // namespace mystic
