#pragma once

#include "mystic/core/evaluator.hpp"
#include "mystic/core/task.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace mystic {

/// Who computes. One run at a time: begin, then any number of submit and wait, then end.
///
/// The thread that drives calls everything here; what a map starts (threads, ranks) stays inside.
/// Tasks may come back in any order: nothing above a map may depend on it.
class Map {
 public:
  virtual ~Map() = default;

  /// As on the command line: "serial", "threads:4", "mpi:carddealer".
  [[nodiscard]] virtual std::string name() const = 0;
  /// How many tasks can run at once; at least 1.
  [[nodiscard]] virtual Index workers() const = 0;

  /// False on a rank that only computes: it calls serve() instead of submitting anything.
  [[nodiscard]] virtual bool steers() const { return true; }
  /// Computes for the steering rank until its run ends. Only where steers() is false.
  virtual void serve(const Evaluator&) {}
  /// Copies the steering rank's `bytes` to all ranks, after the run: so that each returns its result.
  virtual void share(std::vector<std::byte>&) {}

  /// Opens a run; `evaluator` outlives it.
  virtual void begin(const Evaluator& evaluator) = 0;
  /// Takes a task; returns at once. The task and all it points to stay where they are until it is
  /// returned by wait() or the run has ended.
  virtual void submit(Task& task) = 0;
  /// A finished task, or nullptr when none finished within `patience`, or none is under way.
  virtual Task* wait(std::chrono::milliseconds patience) = 0;
  /// Tells what is running to give up (Question::stop) and drops what waits: all come back through
  /// wait(), with FailureKind::cancelled unless they finished.
  virtual void cancel() = 0;
  /// Closes the run; nothing is under way afterwards.
  virtual void end() = 0;

  /// Seconds that workers spent in the model since begin(), summed over them. Known only for timed runs.
  [[nodiscard]] virtual double busy_seconds() const = 0;
};

}  // namespace mystic
