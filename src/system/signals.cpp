#include <mystic/system/signals.hpp>

#include <mystic/system/clock.hpp>

#include "file_descriptor.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace mystic {
namespace {

/// Signals so soon after the first are the same request, s.
constexpr double same_request = 0.1;

/// What a handler, a C function without arguments of ours, must know. The only globals of mystic.
struct HandlerState {
  std::atomic<int> pipe = -1;    ///< where to write; -1: no watch
  std::atomic<pid_t> owner = 0;  ///< a process forked from ours inherits handler and pipe
  std::atomic<int> running = 0;  ///< handlers under way: the pipe stays open for them
};
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<pid_t>::is_always_lock_free,
              "a signal handler may use only lock-free atomics");

HandlerState handler_state;

extern "C" void mystic_on_signal(int number) {
  const int error = errno;
  ++handler_state.running;
  if (handler_state.owner.load() != ::getpid()) {
    // A child that did not exec: to it the signal means what it would have meant without us.
    ::signal(number, SIG_DFL);
    ::raise(number);
  } else if (const int pipe = handler_state.pipe.load(); pipe >= 0) {
    const char byte = static_cast<char>(number);
    [[maybe_unused]] const ssize_t size = ::write(pipe, &byte, 1);  // full: enough are on their way
  }
  --handler_state.running;
  errno = error;
}

void install(int number, struct sigaction& previous) {
  struct sigaction ours = {};
  ours.sa_handler = mystic_on_signal;
  ours.sa_flags = SA_RESTART;  // the program's own reads and writes go on
  ::sigemptyset(&ours.sa_mask);
  ::sigaction(number, &ours, &previous);
}

/// Blocks every signal here but leaves those we watch open: one thread at least can take them, and
/// none meant for others ends up here.
void choose_signals() {
  sigset_t others;
  ::sigfillset(&others);
  ::sigdelset(&others, SIGINT);
  ::sigdelset(&others, SIGTERM);
  ::pthread_sigmask(SIG_SETMASK, &others, nullptr);
}

}  // namespace

SignalWatch::SignalWatch(std::stop_source stop, std::function<void()> on_second,
                         std::function<bool()> on_interrupt)
    : stop_(std::move(stop)), on_second_(std::move(on_second)), on_interrupt_(std::move(on_interrupt)) {
  int ends[2] = {-1, -1};
  require<Error>(::pipe2(ends, O_CLOEXEC) == 0, "SignalWatch: no pipe: {}",
                 std::generic_category().message(errno));
  supervision::FileDescriptor read_end(ends[0]);
  supervision::FileDescriptor write_end(ends[1]);
  ::fcntl(write_end.get(), F_SETFL, O_NONBLOCK);
  int none = -1;
  require<Error>(handler_state.pipe.compare_exchange_strong(none, write_end.get()),
                 "SignalWatch: another one exists; dispositions belong to the process");
  handler_state.owner = ::getpid();
  try {
    watcher_ = std::thread([this, reading = read_end.get()] { watch(reading); });
  } catch (...) {
    handler_state.pipe = -1;
    throw;
  }
  read_end.release();
  write_end_ = write_end.release();
  install(SIGINT, previous_interrupt_);
  install(SIGTERM, previous_terminate_);
}

SignalWatch::~SignalWatch() {
  ::sigaction(SIGINT, &previous_interrupt_, nullptr);
  ::sigaction(SIGTERM, &previous_terminate_, nullptr);
  handler_state.pipe = -1;
  while (handler_state.running.load() != 0) std::this_thread::yield();
  ::close(write_end_);  // the end of the file ends the watcher
  watcher_.join();
}

void SignalWatch::watch(int pipe) {
  choose_signals();
  const supervision::FileDescriptor reading(pipe);
  double first_at = 0.0;
  double asked_at = -1.0;
  for (;;) {
    char byte = 0;
    const ssize_t size = ::read(reading.get(), &byte, 1);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return;
    if (byte == SIGINT && on_interrupt_ && received_.load() == 0) {
      const double now = steady_clock_seconds();
      if (asked_at >= 0.0 && now - asked_at <= same_request) continue;
      asked_at = now;
      if (on_interrupt_()) continue;
    }
    if (received_.load() == 0) {
      first_at = steady_clock_seconds();
      received_ = byte;
      stop_.request_stop();
    } else if (steady_clock_seconds() - first_at > same_request && on_second_) {
      on_second_();
    }
  }
}

}  // namespace mystic
