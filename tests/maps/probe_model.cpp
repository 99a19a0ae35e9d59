#include "probe_model.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <thread>

namespace mystic::maps_test {
namespace {

using Clock = std::chrono::steady_clock;  // the same for all processes of a machine

std::atomic<int> threads_seen = 0;
std::atomic<int> now_inside = 0;

struct Inside {
  Inside() : with_me(++now_inside) {}
  ~Inside() { --now_inside; }
  int with_me;
};

// Makes the marker; false if it was there.
bool mark(const std::string& marker) {
  const int file = ::open(marker.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) return false;
  ::close(file);
  return true;
}

}  // namespace

ProbeModel::ProbeModel(ThreadSafety safety, std::string marker)
    : safety_(safety), marker_(std::move(marker)) {}

void ProbeModel::evaluate(const Question& question, std::span<Outcome> outcomes) const {
  for (Index j = 0; j < question.points.cols(); ++j) {
    answer(question.points.col(j), question.stop, outcomes[static_cast<std::size_t>(j)]);
  }
}

void ProbeModel::answer(const VectorView& x, const std::stop_token& stop, Outcome& outcome) const {
  thread_local const int this_thread = threads_seen++;
  thread_local int turns = 0;
  const Inside inside_now;
  const double started_at = std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
  act(x, stop);
  if (stop.stop_requested() && static_cast<Act>(x[0]) == Act::sleep) {
    outcome.fail(FailureKind::cancelled, "asleep");
    return;
  }
  outcome.outputs[twice] = 2 * x[2];
  outcome.outputs[process] = ::getpid();
  outcome.outputs[thread] = this_thread;
  outcome.outputs[turn] = turns++;
  outcome.outputs[started] = started_at;
  outcome.outputs[inside] = inside_now.with_me;
}

void ProbeModel::act(const VectorView& x, const std::stop_token& stop) const {
  const auto until = Clock::now() + std::chrono::duration<double>(x[1]);
  switch (static_cast<Act>(x[0])) {
    case Act::answer:
      return;
    case Act::refuse:
      throw std::runtime_error("refused");
    case Act::sleep:
      while (Clock::now() < until && !stop.stop_requested()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
      return;
    case Act::sleep_deaf:
      std::this_thread::sleep_until(until);
      return;
    case Act::die:
      std::raise(SIGKILL);
      return;
    case Act::die_once:
      if (mark(marker_)) std::raise(SIGKILL);
      return;
    case Act::say_gone:
      std::_Exit(0);
  }
}

}  // namespace mystic::maps_test
