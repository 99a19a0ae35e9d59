#pragma once

#include <mystic/core/require.hpp>
#include <mystic/system/command.hpp>

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <stop_token>

namespace mystic {

namespace supervision {
class Lanes;
}

/// One process beside ours that starts commands for us and sees to it that none outlives its job.
///
/// A command and *all* its descendants, those that called setsid or forked twice included, are
/// killed (SIGKILL) when
///   - its deadline passes,
///   - it is cancelled,
///   - the program itself has ended (what it left behind dies with it),
///   - our process is gone, however it went: exit, crash, SIGKILL.
///
/// How: the supervisor is forked from us, lives in a session of its own (neither the terminal's
/// Ctrl-C nor a launcher's group kill reaches it) and blocks every signal; only the end of our
/// process ends it, seen by a closed socket and a pidfd. A command is run by a *reaper*, a subreaper
/// forked from the supervisor, to which every descendant that loses its parent falls; so "all
/// descendants" is "until the reaper has no children", without race or pid that could have been given
/// to another. A reaper runs one command after the other and waits in between: there are as many as
/// commands ever ran at once, and a command costs no more than the fork of the program.
/// A group kill would miss what called setsid, PDEATHSIG fires when the *thread* ends that forked.
///
/// Not in its power: processes on other hosts, those that changed to another user, and those in
/// uninterruptible sleep (a dead NFS server). After 10 s of trying, the result says how many.
///
/// The working directory, descriptors and threads of ours do not matter to it, but what a process
/// inherits by fork does: umask, limits and processor affinity are those at the construction.
class Supervisor {
 public:
  /// Forks. Call it early: before threads (fork copies only one) and before MPI starts.
  /// @throws Error if no process could be made
  Supervisor();

  /// Removes what remove_at_end() named and waits until that is done (at most 15 s). No run() may be
  /// under way: cancel it first.
  /// In a child forked from our process it only closes descriptors. Such a child may run() commands
  /// too; they die with it.
  ~Supervisor();

  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;

  /// Runs `command` and waits for its end; thread-safe, any number at once.
  /// A failure of whatever kind is a result, never an exception. Never waits for ever when there is
  /// a deadline or a stop: 15 s beyond either without an answer are reported as supervisor_lost.
  /// @throws InvalidArgument if the command has no arguments, a NUL byte in any text, or a deadline
  ///         or limit (of memory, of processor time) that is not above 0
  ProcessResult run(const Command& command, std::stop_token stop = {}) const;

  /// Has the supervisor remove this tree when we are gone, however we went, after all commands are
  /// dead. Another directory that then bears its name is left alone.
  /// @throws InvalidArgument if it is not a directory; Error if the supervisor is gone
  void remove_at_end(const std::filesystem::path& directory) const;

  /// Takes back remove_at_end(). @throws Error if the supervisor is gone
  void keep_at_end(const std::filesystem::path& directory) const;

  /// The supervisor's process.
  pid_t pid() const { return pid_; }

 private:
  int control_ = -1;
  pid_t pid_ = -1;
  pid_t owner_ = -1;  ///< the process that constructed this; a forked copy is not it
  std::unique_ptr<supervision::Lanes> lanes_;
};

}  // namespace mystic
