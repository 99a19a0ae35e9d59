#pragma once

#include <mystic/core/point.hpp>

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

namespace mystic {

/// No limit, for a number of bytes.
inline constexpr std::uintmax_t unlimited = std::numeric_limits<std::uintmax_t>::max();

/// What each process of a command may take. The limits are the kernel's (setrlimit): each descendant
/// inherits them and counts for itself. Never more than what our own process may take at most.
struct ResourceLimits {
  /// Bytes of private writable memory, > 0: heap, stacks of threads in full, private mappings
  /// (RLIMIT_DATA). Not RLIMIT_AS: that would also count address space which is only reserved, and
  /// sanitizers, Go and Java reserve hundreds of GB. What is beyond is refused to the program, which
  /// then fails in its own way ("bad_alloc", SIGSEGV, ...).
  std::uintmax_t memory = unlimited;
  /// Seconds of processor time, > 0, all threads of the process together; the kernel counts whole
  /// ones, so it is rounded up. Then SIGXCPU; 2 s later SIGKILL for who ignores it.
  double cpu_seconds = infinity;
  /// Bytes that a file it writes may have; then SIGXFSZ, or EFBIG for who ignores that. What is
  /// captured (Command::output) is another matter: Command::output_cap.
  std::uintmax_t file_size = unlimited;
};

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
  /// Standard output, created or emptied; empty: /dev/null. The program writes into a pipe, which is
  /// emptied into this file up to `output_cap`. What is no regular file (a FIFO, a device) is handed
  /// to the program as it is, without cap.
  std::filesystem::path output = {};
  /// Standard error, likewise; the path of `output`: both into one file, in their order.
  std::filesystem::path error = {};
  /// Bytes that go into the file of `output`, and of `error`, at most. What is beyond is dropped; the
  /// program runs on and does not notice.
  std::uintmax_t output_cap = std::uintmax_t{16} << 20;
  /// Seconds from the start of the program, > 0; then it is killed with all its descendants.
  double deadline = infinity;
  ResourceLimits limits = {};
};

/// How a command ended.
struct ProcessResult {
  enum class End {
    exited,          ///< by itself; `status` is its exit status
    signalled,       ///< by a signal that was not ours; `status` is its number
    limit,           ///< by the signal of a limit that the command set; `status` is its number
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
  /// Processor time, user and system, of the program and its descendants, s. Missing are those whose
  /// parent ignores SIGCHLD.
  double cpu_seconds = 0.0;
  /// The largest resident set that one of them had, bytes; never less than that of our own process
  /// when the Supervisor was made, since the kernel counts from the fork and not from the exec.
  std::uintmax_t peak_memory = 0;
  /// Whether there was more than `output_cap`. Where both streams go into one file, all that is said
  /// here of the output is of both, and nothing of the error.
  bool output_truncated = false;
  bool error_truncated = false;
  /// errno of the first write into the files of `output` and `error` that failed (a full disk);
  /// 0: none. From there on that file has nothing; the program ran on.
  int output_error = 0;
  /// The last 2048 bytes (at most) that the program printed, beyond the cap too. Empty where the
  /// stream goes to no regular file.
  std::string last_output = {};
  std::string last_error = {};

  /// It ran to its end and said that all is well, and what it printed could be written.
  bool succeeded() const { return end == End::exited && status == 0 && output_error == 0; }
};

}  // namespace mystic
