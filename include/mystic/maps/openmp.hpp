#pragma once

#include "mystic/core/map.hpp"

#include <memory>
#include <thread>

namespace mystic {

class WorkQueue;

/// Computes on an OpenMP team. One parallel region stays open from the first begin() until the map
/// goes; a thread of the map opens it, so the driver is never inside a region (it must not co_await
/// there). Its threads take tasks one by one: no barrier between batches. A parallel region inside
/// the model is nested in ours, hence serial unless OMP_MAX_ACTIVE_LEVELS says otherwise.
///
/// A model that ignores its stop token keeps a cancelled run, and end(), waiting until it returns.
class OpenMPMap final : public Map {
 public:
  /// @param threads  at least 1; size of the team
  explicit OpenMPMap(Index threads);
  ~OpenMPMap() override;
  OpenMPMap(const OpenMPMap&) = delete;
  OpenMPMap& operator=(const OpenMPMap&) = delete;

  [[nodiscard]] std::string name() const override;
  [[nodiscard]] Index workers() const override { return threads_; }
  /// @throws Error if OpenMP gives fewer threads than asked for (OMP_THREAD_LIMIT).
  void begin(const Evaluator& evaluator) override;
  void submit(Task& task) override;
  Task* wait(std::chrono::milliseconds patience) override;
  void cancel() override;
  void end() override;
  [[nodiscard]] double busy_seconds() const override;

 private:
  void start();

  Index threads_;
  std::unique_ptr<WorkQueue> queue_;
  std::jthread captain_;  ///< opens the parallel region
};

}  // namespace mystic
