#include <mystic/system/supervisor.hpp>

#include "children.hpp"
#include "file_descriptor.hpp"
#include "supervise.hpp"
#include "wire.hpp"

#include <mystic/system/clock.hpp>

#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <utility>

namespace mystic {
namespace {

using supervision::FileDescriptor;
using End = ProcessResult::End;

/// No answer for so long where one was due means there is nobody to answer, s.
constexpr double answer_limit = 15.0;

struct Pair {
  FileDescriptor ours, theirs;
};

/// Two ends of a line that keeps messages whole. @return closed ends, and errno, when there is none
Pair socket_pair() {
  int ends[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return {};
  return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

void check(const Command& command) {
  require(!command.arguments.empty(), "Command: arguments must name a program");
  require(command.deadline > 0.0, "Command: deadline = {} s must be above 0", command.deadline);
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

ProcessResult lost(std::string_view why, double seconds) {
  return {.end = End::supervisor_lost, .text = std::string(why), .seconds = seconds};
}

/// Hands `command` to the supervisor: in a file, since it may be larger than a message.
/// @return 0 or errno; `job` then is our end of the line on which the result comes
int hand_over(int control, Command command, FileDescriptor& job) {
  if (command.directory.is_relative()) {
    std::error_code failure;
    command.directory =
        std::filesystem::absolute(command.directory.empty() ? "." : command.directory, failure);
    if (failure) return failure.value();
  }
  const FileDescriptor request(::memfd_create("command", MFD_CLOEXEC));
  if (!request.open()) return errno;
  Pair line = socket_pair();
  if (!line.ours.open()) return errno;
  if (const int error = supervision::write_whole(request.get(), supervision::encode(command))) {
    return error;
  }
  const char word = static_cast<char>(supervision::Word::job);
  const std::array<int, 2> descriptors = {line.theirs.get(), request.get()};
  job = std::move(line.ours);
  return supervision::send_message(control, {&word, 1}, descriptors);
}

/// @param cancelled_at  when a stop was requested, in steady seconds; 0: not yet
ProcessResult await_result(const FileDescriptor& job, double deadline,
                           const std::atomic<double>& cancelled_at) {
  const double start = steady_clock_seconds();
  pollfd waited = {.fd = job.get(), .events = POLLIN, .revents = 0};
  for (;;) {
    const int ready = ::poll(&waited, 1, 1000);
    const double now = steady_clock_seconds();
    if (ready > 0) {
      const supervision::Message message = supervision::receive_message(job.get(), MSG_DONTWAIT);
      if (!message.text.empty()) return supervision::decode_result(message.text);
      if (message.error != EAGAIN) return lost("the supervisor has died", now - start);
    }
    const double cancelled = cancelled_at.load();
    const double due = std::min(start + deadline, cancelled > 0.0 ? cancelled : infinity);
    if (now > due + answer_limit) {
      return lost(fmt::format("no answer from the supervisor, {} s after it was due", answer_limit),
                  now - start);
    }
  }
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
  Pair line = socket_pair();
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
  if (stop.stop_requested()) return {.end = End::cancelled, .text = "cancelled before its start"};
  FileDescriptor job;
  const int error = hand_over(control_, command, job);
  if (error == EPIPE || error == ECONNRESET) return lost("the supervisor has died", 0.0);
  if (error == EAGAIN) return lost("the supervisor takes no command", 0.0);
  if (error != 0) return not_started(command, error);
  std::atomic<double> cancelled_at = 0.0;
  const std::stop_callback cancel(std::move(stop), [&] {
    cancelled_at = steady_clock_seconds();
    ::shutdown(job.get(), SHUT_WR);  // the reaper sees the end; we still hear its result
  });
  return await_result(job, command.deadline, cancelled_at);
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
