#include "job.hpp"

#include "process_table.hpp"
#include "wire.hpp"

#include <mystic/system/clock.hpp>

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <csignal>

namespace mystic::supervision {
namespace {

using End = ProcessResult::End;

/// Places in the list for poll.
enum Waited : std::size_t { at_signals, at_lane, at_life, at_output, at_error, places };

}  // namespace

double Job::seconds() const { return steady_clock_seconds() - launched_.started; }

void Job::take(const Ended& ended) {
  cpu_seconds_ += ended.cpu_seconds;
  peak_memory_ = std::max(peak_memory_, ended.peak_memory);
  if (ended.pid == launched_.leader) {
    leader_ended_ = true;
    leader_status_ = ended.status;
  } else if (killing_ && WIFSIGNALED(ended.status) && WTERMSIG(ended.status) == SIGKILL) {
    ++killed_;
  }
}

/// Takes all that have ended. Orphans that end before the leader are ours to wait for.
void Job::reap() {
  const auto before = [this](pid_t pid) {
    if (pid != launched_.leader) return;
    // Most of what is left is in the leader's group, and without /proc that is all we can find. Its
    // number is another's as soon as we have waited for the leader, so before.
    killing_ = true;
    ::kill(-pid, SIGKILL);
    if (command_.limits.cpu_seconds < infinity) leader_seconds_ = processor_seconds(pid);
  };
  for (Ended ended = reap_one(before); ended.pid > 0; ended = reap_one(before)) take(ended);
}

/// Whether the lane, which has something, says that this job is to end.
bool Job::told_to_stop(std::uint64_t number) const {
  const Message message = receive_message(inputs_.lane.get(), MSG_DONTWAIT);
  if (message.text.empty()) return message.error != EAGAIN;  // the caller has gone
  const LaneMessage said = decode_lane_message(message.text);
  return said.word == Word::cancel && said.number == number;
}

/// Until the leader has ended (End::exited, whatever ended it) or must be killed.
End Job::watch(std::uint64_t number) {
  std::array<pollfd, places> waited = {};
  waited[at_signals].fd = inputs_.signals.get();
  waited[at_lane].fd = inputs_.lane.get();
  waited[at_life].fd = inputs_.life.get();
  waited[at_output].fd = launched_.output.readable();
  waited[at_error].fd = launched_.error.readable();
  for (pollfd& one : waited) one.events = POLLIN;
  for (;;) {
    const double left = command_.deadline - seconds();
    // Rounded up, so that it does not spin through the last millisecond; an hour is as good as ever.
    const int wait = static_cast<int>(std::ceil(std::clamp(left, 0.0, 3600.0) * 1e3));
    for (pollfd& one : waited) one.revents = 0;
    ::poll(waited.data(), waited.size(), wait);
    if (waited[at_output].revents != 0) launched_.output.take(block_);
    if (waited[at_error].revents != 0) launched_.error.take(block_);
    if (waited[at_signals].revents != 0) {
      wait_for_child(inputs_.signals.get(), 0);
      reap();
    }
    if (leader_ended_) return End::exited;
    if (waited[at_life].revents != 0) return End::supervisor_lost;
    if (waited[at_lane].revents != 0 && told_to_stop(number)) return End::cancelled;
    if (seconds() >= command_.deadline) return End::deadline;
  }
}

ProcessResult Job::finish(std::uint64_t number) {
  ProcessResult result = {.end = watch(number), .seconds = seconds()};
  int seen = 0;
  if (!leader_ended_) {
    // Counted before, since a dying shell may still wait for its dying children before we can.
    seen = count_descendants() - 1;
    killing_ = true;
    ::kill(-launched_.leader, SIGKILL);
  }
  left_some_ = !kill_all(inputs_.signals.get(), kill_limit, [this](const Ended& ended) { take(ended); });
  killed_ = std::max(killed_, seen);
  result.descendants_killed = killed_;
  result.cpu_seconds = cpu_seconds_;
  result.peak_memory = peak_memory_;
  report_streams(result);
  judge(result);
  result.text = describe(result);
  return result;
}

void Job::report_streams(ProcessResult& result) {
  Capture& output = launched_.output;
  Capture& error = launched_.error;
  output.drain(block_);
  error.drain(block_);
  result.output_truncated = output.truncated();
  result.error_truncated = error.truncated();
  result.output_error = output.error() != 0 ? output.error() : error.error();
  result.last_output = output.tail();
  result.last_error = error.tail();
}

/// A program that ignores SIGXCPU gets SIGKILL from the kernel, which says no more.
bool Job::ran_out_of_time() const { return leader_seconds_ >= std::ceil(command_.limits.cpu_seconds); }

/// What the leader's own end was.
void Job::judge(ProcessResult& result) const {
  if (result.end != End::exited) return;
  if (!WIFSIGNALED(leader_status_)) {
    result.status = WEXITSTATUS(leader_status_);
    return;
  }
  result.status = WTERMSIG(leader_status_);
  const bool time = command_.limits.cpu_seconds < infinity &&
                    (result.status == SIGXCPU || (result.status == SIGKILL && ran_out_of_time()));
  const bool size = command_.limits.file_size != unlimited && result.status == SIGXFSZ;
  result.end = time || size ? End::limit : End::signalled;
}

std::string Job::describe_signal(const ProcessResult& result) const {
  std::string text = fmt::format("killed by {}", signal_name(result.status));
  if (result.end == End::limit && result.status == SIGXFSZ) {
    text += fmt::format(" (wrote more than the {} bytes a file may have)", command_.limits.file_size);
  } else if (result.end == End::limit) {
    text +=
        fmt::format(" (used more than the {} s of processor time it may)", command_.limits.cpu_seconds);
  }
  return text + (WCOREDUMP(leader_status_) ? " (core dumped)" : "");
}

std::string Job::describe(const ProcessResult& result) const {
  const auto many = [](int number, std::string_view one, std::string_view more) {
    return fmt::format("{} {}", number, number == 1 ? one : more);
  };
  const std::string with = killed_ == 0 ? "" : " with " + many(killed_, "descendant", "descendants");
  std::string text;
  switch (result.end) {
    case End::exited:
      text = fmt::format("exit status {}", result.status);
      break;
    case End::signalled:
    case End::limit:
      text = describe_signal(result);
      break;
    case End::deadline:
      text = fmt::format("still running after {} s: killed{}", command_.deadline, with);
      break;
    case End::cancelled:
      text = fmt::format("cancelled after {:.3g} s: killed{}", result.seconds, with);
      break;
    case End::supervisor_lost:
    case End::not_started:
      text = fmt::format("the supervisor has died; killed{}", with);
      break;
  }
  const bool by_itself =
      result.end == End::exited || result.end == End::signalled || result.end == End::limit;
  if (by_itself && killed_ > 0) {
    text += fmt::format("; {} behind and killed", many(killed_, "process left", "processes left"));
  }
  if (result.output_error != 0) {
    text += fmt::format("; what it printed could not be written: {}", error_text(result.output_error));
  }
  if (left_some_) {
    text += fmt::format("; {} after {} s of SIGKILL",
                        many(static_cast<int>(children().size()), "process lives", "processes live"),
                        kill_limit);
  }
  return text;
}

}  // namespace mystic::supervision
