#pragma once

#include "mystic/core/map.hpp"

#include <memory>
#include <thread>
#include <vector>

namespace mystic {

class WorkQueue;

/// Computes on a pool of threads of this process. The threads start at the first begin() and stay
/// until the map goes, asleep between runs. A model that is not thread-safe is entered by one of them
/// at a time.
///
/// A model that ignores its stop token keeps a cancelled run, and end(), waiting until it returns: a
/// thread cannot be taken away.
class ThreadsMap final : public Map {
 public:
  /// @param threads  at least 1; the hardware's number is for the caller to find out
  explicit ThreadsMap(Index threads);
  ~ThreadsMap() override;
  ThreadsMap(const ThreadsMap&) = delete;
  ThreadsMap& operator=(const ThreadsMap&) = delete;

  [[nodiscard]] std::string name() const override;
  [[nodiscard]] Index workers() const override { return threads_; }
  void begin(const Evaluator& evaluator) override;
  void submit(Task& task) override;
  Task* wait(std::chrono::milliseconds patience) override;
  void cancel() override;
  void end() override;
  [[nodiscard]] double busy_seconds() const override;

 private:
  void start();
  void stop();

  Index threads_;
  std::unique_ptr<WorkQueue> queue_;
  std::vector<std::jthread> pool_;
};

}  // namespace mystic
