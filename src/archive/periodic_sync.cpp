#include "periodic_sync.hpp"

#include <pthread.h>
#include <signal.h>

#include <utility>

namespace mystic {
namespace {

/// Threads started while it lives leave every signal to the others: a handler, or an interrupted
/// wait, belongs to the program's own threads.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

PeriodicSync::PeriodicSync(double seconds, std::function<int()> sync)
    : interval_(seconds), sync_(std::move(sync)) {
  if (!(seconds > 0.0)) return;
  const SignalsBlocked blocked;
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

PeriodicSync::~PeriodicSync() {
  if (thread_.joinable()) {
    thread_.request_stop();
    thread_.join();
  }
  if (dirty_.load(std::memory_order_relaxed)) sync_now();
}

void PeriodicSync::written() {
  if (dirty_.exchange(true, std::memory_order_acq_rel)) return;
  if (!thread_.joinable()) {
    sync_now();
    return;
  }
  const std::lock_guard lock(mutex_);
  wake_.notify_one();
}

void PeriodicSync::sync_now() {
  // Clean before the sync: what is written during it needs another one.
  dirty_.exchange(false, std::memory_order_acq_rel);
  int none = 0;
  if (const int code = sync_(); code != 0) failure_.compare_exchange_strong(none, code);
}

void PeriodicSync::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (wake_.wait(lock, stop, [this] { return dirty_.load(std::memory_order_relaxed); })) {
    if (wake_.wait_for(lock, stop, interval_, [] { return false; }) || stop.stop_requested()) return;
    lock.unlock();
    sync_now();
    lock.lock();
  }
}

}  // namespace mystic
