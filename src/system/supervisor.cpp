#include <mystic/system/supervisor.hpp>

#include "children.hpp"
#include "file_descriptor.hpp"
#include "lanes.hpp"
#include "supervise.hpp"
#include "wire.hpp"

#include <mystic/system/clock.hpp>

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <optional>
#include <utility>

namespace mystic {
namespace {

using End = ProcessResult::End;
using supervision::answer_limit;
using supervision::Lane;
using supervision::lost;

void check(const Command& command) {
  require(!command.arguments.empty(), "Command: arguments must name a program");
  require(command.deadline > 0.0, "Command: deadline = {} s must be above 0", command.deadline);
  require(command.limits.cpu_seconds > 0.0, "Command: limits.cpu_seconds = {} must be above 0",
          command.limits.cpu_seconds);
  require(command.limits.memory > 0, "Command: limits.memory = 0 must be above 0");
  const auto whole = [](const std::string& text) { return text.find('\0') == std::string::npos; };
  const bool texts =
      std::ranges::all_of(command.arguments, whole) && std::ranges::all_of(command.environment, whole);
  const bool paths = whole(command.directory.native()) && whole(command.input.native()) &&
                     whole(command.output.native()) && whole(command.error.native());
  require(texts && paths, "Command: a NUL byte in an argument, environment entry or path of '{}'",
          command.arguments.front().c_str());
}

ProcessResult not_started(const Command& command, int error) {
  return {.end = End::not_started,
          .status = error,
          .text = fmt::format("cannot start '{}': {}", command.arguments.front(),
                              supervision::error_text(error))};
}

/// @param request  takes the command as it travels. @return 0 or errno
int pack(const Command& command, std::string& request) {
  std::filesystem::path directory = command.directory;
  if (directory.is_relative()) {
    std::error_code failure;
    directory = std::filesystem::absolute(directory.empty() ? "." : directory, failure);
    if (failure) return failure.value();
  }
  request = supervision::encode(command, directory);
  return 0;
}

ProcessResult without_lane(const Command& command, int error) {
  if (error == EPIPE || error == ECONNRESET) return lost("the supervisor has died", 0.0);
  if (error == EAGAIN) return lost("the supervisor takes no command", 0.0);
  return not_started(command, error);
}

/// @return nothing if nobody serves the lane any more, and the command was not begun
std::optional<ProcessResult> run_on(Lane& lane, const Command& command, std::string_view request,
                                    std::stop_token stop) {
  const int error = lane.send(request);
  if (error == EPIPE && !lane.is_new()) return std::nullopt;
  if (error != 0) {
    auto result = lane.last_words();
    return result ? std::move(result) : without_lane(command, error);
  }
  std::atomic<double> cancelled_at = 0.0;
  const std::stop_callback cancel(std::move(stop), [&] {
    cancelled_at = steady_clock_seconds();
    lane.cancel();
  });
  return lane.wait(command.deadline, cancelled_at);
}

/// Whether `pid`, a child of ours, ends within `limit` seconds.
bool ends_within(pid_t pid, double limit) {
  const double end = steady_clock_seconds() + limit;
  for (int pause = 1; steady_clock_seconds() < end; pause = std::min(2 * pause, 50)) {
    const pid_t ended = ::waitpid(pid, nullptr, WNOHANG);
    if (ended == pid || (ended < 0 && errno != EINTR)) return true;  // ECHILD: another waited for it
    ::poll(nullptr, 0, pause);
  }
  return false;
}

}  // namespace

Supervisor::Supervisor() : owner_(::getpid()) {
  supervision::SocketPair line = supervision::socket_pair();
  require<Error>(line.ours.open(), "Supervisor: no socket: {}", supervision::error_text(errno));
  sigset_t all;
  sigset_t previous;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &previous);  // no signal may end the child before it is ready
  pid_ = ::fork();
  const int error = errno;
  if (pid_ == 0) {
    line.ours.close();
    supervision::supervise(std::move(line.theirs), owner_);
  }
  ::pthread_sigmask(SIG_SETMASK, &previous, nullptr);
  require<Error>(pid_ > 0, "Supervisor: cannot fork: {}", supervision::error_text(error));
  line.theirs.close();
  const timeval limit = {.tv_sec = static_cast<time_t>(answer_limit), .tv_usec = 0};
  for (const int option : {SO_SNDTIMEO, SO_RCVTIMEO}) {
    ::setsockopt(line.ours.get(), SOL_SOCKET, option, &limit, sizeof limit);
  }
  const bool ready = !supervision::receive_message(line.ours.get()).text.empty();
  if (!ready) {
    ::kill(pid_, SIGKILL);
    ends_within(pid_, answer_limit);
  }
  require<Error>(ready, "Supervisor: process {} does not answer", pid_);
  control_ = line.ours.release();
  lanes_ = std::make_unique<supervision::Lanes>(control_, owner_);
}

Supervisor::~Supervisor() {
  if (::getpid() != owner_) {
    ::close(control_);
    return;
  }
  ::shutdown(control_, SHUT_RDWR);  // works also if a process forked from ours has a copy
  ::close(control_);
  ends_within(pid_, answer_limit);
}

ProcessResult Supervisor::run(const Command& command, std::stop_token stop) const {
  check(command);
  std::string request;
  if (const int error = pack(command, request)) return not_started(command, error);
  for (;;) {  // each round drops a lane whose reaper was killed while it was idle
    if (stop.stop_requested()) return {.end = End::cancelled, .text = "cancelled before its start"};
    std::optional<Lane> lane = lanes_->take();
    if (!lane) return without_lane(command, errno);
    std::optional<ProcessResult> result = run_on(*lane, command, request, stop);
    if (!result) continue;
    if (lane->is_free()) lanes_->give_back(*std::move(lane));
    return *std::move(result);
  }
}

namespace {

void send_tree(int control, supervision::Word word, const std::filesystem::path& directory) {
  supervision::Tree tree = {.path = std::filesystem::absolute(directory).native()};
  struct stat status = {};
  const bool there = ::lstat(tree.path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
  require(there || word == supervision::Word::keep, "remove_at_end: '{}' is not a directory", tree.path);
  tree.device = status.st_dev;
  tree.inode = status.st_ino;
  const int error = supervision::send_message(control, supervision::encode(word, tree));
  require<Error>(error == 0, "remove_at_end('{}'): the supervisor is gone: {}", tree.path,
                 supervision::error_text(error));
}

}  // namespace

void Supervisor::remove_at_end(const std::filesystem::path& directory) const {
  send_tree(control_, supervision::Word::remove, directory);
}

void Supervisor::keep_at_end(const std::filesystem::path& directory) const {
  send_tree(control_, supervision::Word::keep, directory);
}

}  // namespace mystic
