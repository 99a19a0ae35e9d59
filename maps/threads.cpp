#include "mystic/maps/threads.hpp"

#include "work_queue.hpp"

#include <system_error>

namespace mystic {

ThreadsMap::ThreadsMap(Index threads) : threads_(threads), queue_(std::make_unique<WorkQueue>()) {
  require(threads >= 1, "threads map: threads = {} must be at least 1", threads);
}

ThreadsMap::~ThreadsMap() { stop(); }

std::string ThreadsMap::name() const { return fmt::format("threads:{}", threads_); }

void ThreadsMap::start() {
  pool_.reserve(static_cast<std::size_t>(threads_));
  try {
    for (Index i = 0; i < threads_; ++i) pool_.emplace_back([this] { queue_->work(); });
  } catch (const std::system_error& error) {
    const std::size_t started = pool_.size();
    stop();
    queue_ = std::make_unique<WorkQueue>();
    throw Error(fmt::format("threads map: only {} of {} threads could be started: {}", started, threads_,
                            error.what()));
  }
}

void ThreadsMap::stop() {
  queue_->close();
  pool_.clear();
}

void ThreadsMap::begin(const Evaluator& evaluator) {
  queue_->begin(evaluator);
  if (pool_.empty()) start();
}

void ThreadsMap::submit(Task& task) { queue_->submit(task); }

Task* ThreadsMap::wait(std::chrono::milliseconds patience) { return queue_->wait(patience); }

void ThreadsMap::cancel() { queue_->cancel(); }

void ThreadsMap::end() { queue_->end(); }

double ThreadsMap::busy_seconds() const { return queue_->busy_seconds(); }

}  // namespace mystic
