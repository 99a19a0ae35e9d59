#pragma once

#include "mystic/core/map.hpp"

#include <stop_token>
#include <vector>

namespace mystic {

/// Computes in the calling thread, in wait(), in the order of submission: what a solver without a
/// map does too, by a shorter way.
class SerialMap final : public Map {
 public:
  [[nodiscard]] std::string name() const override { return "serial"; }
  [[nodiscard]] Index workers() const override { return 1; }
  void begin(const Evaluator& evaluator) override;
  void submit(Task& task) override;
  Task* wait(std::chrono::milliseconds patience) override;
  void cancel() override { stop_.request_stop(); }
  void end() override;
  [[nodiscard]] double busy_seconds() const override { return busy_seconds_; }

 private:
  const Evaluator* evaluator_ = nullptr;
  std::stop_source stop_;
  std::vector<Task*> queue_;  ///< waits from head_ on; emptied in one go, so it allocates nothing
  std::size_t head_ = 0;
  double busy_seconds_ = 0.0;
};

}  // namespace mystic
