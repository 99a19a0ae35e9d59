#pragma once

#include "mystic/core/map.hpp"
#include "mystic/core/random.hpp"

#include <stop_token>
#include <string>
#include <vector>

namespace mystic::testing_support {

/// In which order an AdversarialMap gives tasks back.
enum class Arrival {
  first_come,
  last_come,  ///< mostly: the first every 16th time, so that no task waits for ever
  random,
  oldest_starved,        ///< the oldest only when there is no other, or every 64th time
  oldest_waits_longest,  ///< the oldest only when there is no other
};

/// A map that computes in the driving thread and gives tasks back in the order that hurts; now and then
/// it has "nothing yet". Told to cancel, it finishes some tasks and drops the others.
class AdversarialMap final : public Map {
 public:
  AdversarialMap(Arrival arrival, Index workers, std::uint64_t seed = 1);

  [[nodiscard]] std::string name() const override { return "adversarial"; }
  [[nodiscard]] Index workers() const override { return workers_; }
  void begin(const Evaluator& evaluator) override;
  void submit(Task& task) override;
  Task* wait(std::chrono::milliseconds patience) override;
  void cancel() override;
  void end() override;
  [[nodiscard]] double busy_seconds() const override { return 0.0; }

  /// The most tasks that were under way at once.
  [[nodiscard]] Index most_under_way() const { return most_under_way_; }
  /// Points computed in all its runs.
  [[nodiscard]] Index computed() const { return computed_; }
  /// Whether a run is open.
  [[nodiscard]] bool is_open() const { return evaluator_ != nullptr; }

 private:
  [[nodiscard]] std::size_t pick();

  Arrival arrival_;
  Index workers_;
  Random random_;
  const Evaluator* evaluator_ = nullptr;
  std::vector<Task*> under_way_;
  std::stop_source stop_;
  Index most_under_way_ = 0;
  Index computed_ = 0;
  int returned_ = 0;
};

}  // namespace mystic::testing_support
