#pragma once

#include "mystic/study/study.hpp"
#include "mystic/system/environment.hpp"
#include "mystic/system/parent_watch.hpp"
#include "mystic/system/signals.hpp"
#include "mystic/system/supervisor.hpp"
#if defined(MYSTIC_HAS_MPI)
#include "mystic/comm/session.hpp"
#endif

#include <exception>
#include <memory>
#include <optional>
#include <stop_token>

namespace mystic::cli {

/// The number for the shell.
int code(ExitCode exit);

/// Which rank of an MPI job this is, before MPI starts; nothing when there is no launcher.
std::optional<int> rank_given_by_launcher(const Environment& environment);

/// Says what was wrong, on the rank that speaks. @return the exit code for it
int report(const std::exception& error, bool speaks);

/// Everything that a run needs from the process, in the order in which it must be made.
class Host {
 public:
  /// `interactive`: the terminal is asked what an interrupt means. @throws BadInput where there is none
  Host(const char* program, bool quiet, bool interactive);

  [[nodiscard]] const StudyHost& study_host() const { return host_; }
  [[nodiscard]] bool speaks() const { return host_.speaks; }

 private:
  void start_mpi();
  void end_if_orphaned() const;
  void answer_interrupts();

  Supervisor supervisor_;  // first: it forks, and neither threads nor MPI run yet
  Environment environment_;
  std::optional<int> rank_;
  std::optional<ParentWatch> launcher_;
  std::stop_source stop_;
  InterruptBell bell_;
  SignalWatch signals_;
#if defined(MYSTIC_HAS_MPI)
  std::unique_ptr<mpi::Session> session_;
#endif
  StudyHost host_;
};

}  // namespace mystic::cli
