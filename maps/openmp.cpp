#include "mystic/maps/openmp.hpp"

#include "work_queue.hpp"

#include <omp.h>

#include <future>

namespace mystic {
namespace {

// Opens the region and works in it until the queue is closed; first says how large the team is.
void lead_team(WorkQueue& queue, int threads, std::promise<int> size) {
  omp_set_dynamic(0);  // of this thread only: the team is to have the size asked for
#pragma omp parallel num_threads(threads) default(none) shared(queue, size)
  {
#pragma omp master
    size.set_value(omp_get_num_threads());
    queue.work();
  }
}

}  // namespace

OpenMPMap::OpenMPMap(Index threads) : threads_(threads), queue_(std::make_unique<WorkQueue>()) {
  require(threads >= 1 && threads <= 65536, "openmp map: threads = {} must be in [1, 65536]", threads);
}

OpenMPMap::~OpenMPMap() { queue_->close(); }

std::string OpenMPMap::name() const { return fmt::format("openmp:{}", threads_); }

void OpenMPMap::start() {
  std::promise<int> size;
  std::future<int> got = size.get_future();
  captain_ = std::jthread([this, size = std::move(size)]() mutable {
    lead_team(*queue_, static_cast<int>(threads_), std::move(size));
  });
  const int team = got.get();
  if (team == threads_) return;
  queue_->close();
  captain_.join();
  captain_ = std::jthread();
  queue_ = std::make_unique<WorkQueue>();
  throw Error(fmt::format("openmp map: OpenMP gives {} of {} threads; is OMP_THREAD_LIMIT set?", team,
                          threads_));
}

void OpenMPMap::begin(const Evaluator& evaluator) {
  queue_->begin(evaluator);
  if (!captain_.joinable()) start();
}

void OpenMPMap::submit(Task& task) { queue_->submit(task); }

Task* OpenMPMap::wait(std::chrono::milliseconds patience) { return queue_->wait(patience); }

void OpenMPMap::cancel() { queue_->cancel(); }

void OpenMPMap::end() { queue_->end(); }

double OpenMPMap::busy_seconds() const { return queue_->busy_seconds(); }

}  // namespace mystic
