#include "reaper.hpp"

#include "children.hpp"
#include "launch.hpp"
#include "wire.hpp"

#include <mystic/system/clock.hpp>

#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <csignal>

namespace mystic::supervision {
namespace {

using End = ProcessResult::End;

class Job {
 public:
  Job(const ReaperInputs& inputs, const Command& command, const Launched& launched)
      : inputs_(inputs), deadline_(command.deadline), leader_(launched.leader),
        start_(launched.started) {}

  /// Watches until the end, kills what is left, says how it went.
  ProcessResult finish();

  /// Whether any descendant could not be killed.
  bool left_some() const { return left_some_; }

 private:
  End watch();
  void take(const Ended& ended);
  std::string describe(const ProcessResult& result) const;
  double seconds() const { return steady_clock_seconds() - start_; }

  const ReaperInputs& inputs_;
  double deadline_ = infinity;
  pid_t leader_ = -1;
  double start_ = 0.0;
  int leader_status_ = 0;
  bool leader_ended_ = false;
  bool killing_ = false;
  bool left_some_ = false;
  int killed_ = 0;
};

void Job::take(const Ended& ended) {
  if (ended.pid == leader_) {
    leader_ended_ = true;
    leader_status_ = ended.status;
  } else if (killing_ && WIFSIGNALED(ended.status) && WTERMSIG(ended.status) == SIGKILL) {
    ++killed_;
  }
}

/// Until the leader has ended (End::exited, whatever ended it) or must be killed. Orphans that end
/// meanwhile are ours to wait for.
End Job::watch() {
  std::array<pollfd, 3> waited = {{{.fd = inputs_.signals.get(), .events = POLLIN, .revents = 0},
                                   {.fd = inputs_.job.get(), .events = POLLIN, .revents = 0},
                                   {.fd = inputs_.life.get(), .events = POLLIN, .revents = 0}}};
  for (;;) {
    // Most of what is left is in the leader's group, and without /proc that is all we can find. Its
    // number is another's as soon as we have waited for the leader, so before.
    const auto before = [this](pid_t pid) {
      if (pid == leader_) {
        killing_ = true;
        ::kill(-leader_, SIGKILL);
      }
    };
    for (Ended ended = reap_one(before); ended.pid > 0; ended = reap_one(before)) take(ended);
    if (leader_ended_) return End::exited;
    if (waited[2].revents != 0) return End::supervisor_lost;
    if (waited[1].revents != 0) return End::cancelled;
    const double left = deadline_ - seconds();
    if (left <= 0.0) return End::deadline;
    // Rounded up, so that it does not spin through the last millisecond; an hour is as good as ever.
    const int wait = static_cast<int>(std::ceil(std::min(left, 3600.0) * 1e3));
    for (pollfd& one : waited) one.revents = 0;
    ::poll(waited.data(), waited.size(), wait);
    if (waited[0].revents != 0) wait_for_child(inputs_.signals.get(), 0);
  }
}

ProcessResult Job::finish() {
  ProcessResult result = {.end = watch(), .seconds = seconds()};
  int seen = 0;
  if (!leader_ended_) {
    // Counted before, since a dying shell may still wait for its dying children before we can.
    seen = count_descendants() - 1;
    killing_ = true;
    ::kill(-leader_, SIGKILL);
  }
  left_some_ = !kill_all(inputs_.signals.get(), kill_limit, [this](const Ended& ended) { take(ended); });
  killed_ = std::max(killed_, seen);
  result.descendants_killed = killed_;
  if (result.end == End::exited && WIFSIGNALED(leader_status_)) {
    result.end = End::signalled;
    result.status = WTERMSIG(leader_status_);
  } else if (result.end == End::exited) {
    result.status = WEXITSTATUS(leader_status_);
  }
  result.text = describe(result);
  return result;
}

std::string Job::describe(const ProcessResult& result) const {
  const auto many = [](int count, std::string_view one, std::string_view more) {
    return fmt::format("{} {}", count, count == 1 ? one : more);
  };
  const std::string with = killed_ == 0 ? "" : " with " + many(killed_, "descendant", "descendants");
  std::string text;
  switch (result.end) {
    case End::exited:
      text = fmt::format("exit status {}", result.status);
      break;
    case End::signalled:
      text = fmt::format("killed by {}{}", signal_name(result.status),
                         WCOREDUMP(leader_status_) ? " (core dumped)" : "");
      break;
    case End::deadline:
      text = fmt::format("still running after {} s: killed{}", deadline_, with);
      break;
    case End::cancelled:
      text = fmt::format("cancelled after {:.3g} s: killed{}", result.seconds, with);
      break;
    case End::supervisor_lost:
    case End::not_started:
      text = fmt::format("the supervisor has died; killed{}", with);
      break;
  }
  const bool by_itself = result.end == End::exited || result.end == End::signalled;
  if (by_itself && killed_ > 0) {
    text += fmt::format("; {} behind and killed", many(killed_, "process left", "processes left"));
  }
  if (left_some_) {
    text += fmt::format("; {} after {} s of SIGKILL",
                        many(static_cast<int>(children().size()), "process lives", "processes live"),
                        kill_limit);
  }
  return text;
}

}  // namespace

void reap_job(ReaperInputs inputs) {
  ::prctl(PR_SET_NAME, "reaper");
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  bool left_some = false;
  ProcessResult result;
  try {
    const Command command = decode_command(read_whole(inputs.request.get()));
    inputs.request.close();
    const Launched launched = launch(command);
    result = launched.failure;
    if (launched.leader > 0) {
      Job job(inputs, command, launched);
      result = job.finish();
      left_some = job.left_some();
    }
  } catch (const std::exception& failure) {
    result = {.end = End::not_started, .status = ENOMEM, .text = failure.what()};
    left_some = !kill_all(inputs.signals.get(), kill_limit, [](const Ended&) {});
  }
  send_message(inputs.job.get(), encode(result), {}, MSG_DONTWAIT);
  ::_exit(static_cast<int>(left_some ? ReaperEnd::left_some : ReaperEnd::clean));
}

}  // namespace mystic::supervision
