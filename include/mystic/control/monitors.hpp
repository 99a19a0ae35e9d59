#pragma once

#include "mystic/core/monitor.hpp"

#include <filesystem>
#include <fstream>
#include <functional>
#include <iosfwd>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace mystic {

/// Keeps all that it sees: steps when given to Solver::on_step, evaluations when given to
/// Solver::on_evaluation (or both). Its records can be cut, joined and scaled.
class RecordingMonitor : public Monitor {
 public:
  struct StepEntry {
    Index generation = 0;
    Index evaluations = 0;
    Vector best;
    double best_cost = infinity;
    std::optional<Index> id = {};  ///< of whoever recorded it, if it was given one
    bool operator==(const StepEntry&) const = default;
  };
  struct EvaluationEntry {
    EvaluationId id;
    Vector x;
    double cost = infinity;  ///< +inf: failed
    bool operator==(const EvaluationEntry&) const = default;
  };

  /// `id`: put into every step's record, to tell runs apart that are joined later.
  explicit RecordingMonitor(std::optional<Index> id = {}) : id_(id) {}

  /// Room for so many more steps and evaluations in `dimension` variables: until it is used up, nothing
  /// is allocated.
  void reserve(Index steps, Index evaluations, Index dimension);

  void step(const Progress& progress) override;
  void evaluation(const EvaluationRecord& record) override;

  [[nodiscard]] const std::vector<StepEntry>& steps() const { return steps_; }
  [[nodiscard]] const std::vector<EvaluationEntry>& evaluations() const { return evaluations_; }

  /// For those that put records together.
  void add(StepEntry entry) { steps_.push_back(std::move(entry)); }
  void add(EvaluationEntry entry) { evaluations_.push_back(std::move(entry)); }

  /// Steps first, first + 1, ..., last - 1 of the list, and no evaluations.
  /// @throws InvalidArgument unless 0 <= first <= last <= how many there are
  [[nodiscard]] RecordingMonitor slice_steps(Index first, Index last) const;
  /// The same for evaluations, and no steps.
  [[nodiscard]] RecordingMonitor slice_evaluations(Index first, Index last) const;
  /// Records of `other` behind, or before, those that are here; as they are.
  RecordingMonitor& extend(const RecordingMonitor& other);
  RecordingMonitor& prepend(const RecordingMonitor& other);
  /// Takes over what a former run recorded, before all that comes: steps seen from now on are numbered,
  /// and their evaluations counted, on from there.
  /// @throws InvalidArgument if there are records here already
  RecordingMonitor& continue_from(const RecordingMonitor& former);
  /// With every cost multiplied by `factor`: -1 for the record of a maximisation, another for another
  /// unit. A cost that is infinite or NaN (failed) stays as it is. @throws InvalidArgument unless finite
  /// and not 0
  [[nodiscard]] RecordingMonitor scaled(double factor) const;

  /// Of the least cost, the first of equals. @throws InvalidArgument if there is none
  [[nodiscard]] const StepEntry& best_step() const;
  [[nodiscard]] const EvaluationEntry& best_evaluation() const;

 private:
  std::optional<Index> id_;
  Index earlier_generations_ = 0;
  Index earlier_evaluations_ = 0;
  std::vector<StepEntry> steps_;
  std::vector<EvaluationEntry> evaluations_;
  std::vector<Vector> spare_;  // of reserve()
};

/// Writes a line to `out` for every `interval`-th step (from generation 0) or evaluation, and why
/// the run stopped.
class VerboseMonitor : public Monitor {
 public:
  static constexpr Index never = std::numeric_limits<Index>::max();

  /// The lines of steps have their best points, those of evaluations no x.
  explicit VerboseMonitor(std::ostream& out, Index interval = 10);
  /// A line has x if its step, or evaluation, is an `x_interval`-th (mystic's xinterval); one that is
  /// only that has a line too. With `never` no line has x.
  /// @throws InvalidArgument if an interval is below 1
  VerboseMonitor(std::ostream& out, Index interval, Index x_interval);

  void step(const Progress& progress) override;
  void evaluation(const EvaluationRecord& record) override;
  void stopped(const Stop& stop) override;

 private:
  std::ostream* out_;
  Index interval_;
  Index x_interval_;
  bool x_of_evaluations_;
  Index evaluations_seen_ = 0;
  fmt::memory_buffer line_;
};

/// Whether a log is begun anew, or goes on behind what an earlier run wrote.
enum class LogStart { anew, append };

/// Writes a line with all digits for every `interval`-th step or evaluation to a file, at once, so
/// that it can be followed; a header and why the run stopped begin with '#'. read_log() reads it.
class LoggingMonitor : public Monitor {
 public:
  /// Begins the file with its first line: so every rank of a job may make the monitor, and the one
  /// that steers writes it. `id`: stands behind "step" in the lines of steps, as in "step@3".
  /// @throws Error if it cannot be opened, or later written to
  LoggingMonitor(Index interval, const std::filesystem::path& file, LogStart start = LogStart::anew,
                 std::optional<Index> id = {});

  void step(const Progress& progress) override;
  void evaluation(const EvaluationRecord& record) override;
  void stopped(const Stop& stop) override;

 private:
  void write();

  Index interval_;
  LogStart start_;
  std::optional<Index> id_;
  Index evaluations_seen_ = 0;
  std::filesystem::path path_;
  std::ofstream file_;
  bool begun_ = false;
  fmt::memory_buffer line_;
};

/// Both: lines for people, and the log.
class VerboseLoggingMonitor : public Monitor {
 public:
  VerboseLoggingMonitor(std::ostream& out, Index interval, Index log_interval,
                        const std::filesystem::path& file, LogStart start = LogStart::anew)
      : verbose_(out, interval), log_(log_interval, file, start) {}

  void step(const Progress& progress) override;
  void evaluation(const EvaluationRecord& record) override;
  void stopped(const Stop& stop) override;

 private:
  VerboseMonitor verbose_;
  LoggingMonitor log_;
};

/// Calls functions of your own; an empty one is skipped. `wants_stop` may end the run, with a reason.
class CustomMonitor : public Monitor {
 public:
  explicit CustomMonitor(std::function<void(const Progress&)> step,
                         std::function<void(const EvaluationRecord&)> evaluation = nullptr,
                         std::function<Verdict()> wants_stop = nullptr);

  void step(const Progress& progress) override;
  void evaluation(const EvaluationRecord& record) override;
  [[nodiscard]] Verdict wants_stop() override;

 private:
  std::function<void(const Progress&)> step_;
  std::function<void(const EvaluationRecord&)> evaluation_;
  std::function<Verdict()> wants_stop_;
};

/// Sees everything and does nothing: where a monitor is asked for and none is wanted.
class NullMonitor final : public Monitor {};

}  // namespace mystic
