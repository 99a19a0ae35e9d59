#pragma once

#include "mystic/core/monitor.hpp"

#include <filesystem>
#include <fstream>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace mystic {

/// Keeps all that it sees: steps when given to Solver::on_step, evaluations when given to
/// Solver::on_evaluation (or both).
class RecordingMonitor : public Monitor {
 public:
  struct StepEntry {
    Index generation = 0;
    Index evaluations = 0;
    Vector best;
    double best_cost = infinity;
  };
  struct EvaluationEntry {
    EvaluationId id;
    Vector x;
    double cost = infinity;  ///< +inf: failed
  };

  void step(const Progress& progress) override;
  void evaluation(const EvaluationRecord& record) override;

  [[nodiscard]] const std::vector<StepEntry>& steps() const { return steps_; }
  [[nodiscard]] const std::vector<EvaluationEntry>& evaluations() const { return evaluations_; }

 private:
  std::vector<StepEntry> steps_;
  std::vector<EvaluationEntry> evaluations_;
};

/// Writes a line to `out` for every `interval`-th step (from generation 0) or evaluation, and why
/// the run stopped.
class VerboseMonitor : public Monitor {
 public:
  VerboseMonitor(std::ostream& out, Index interval = 10);

  void step(const Progress& progress) override;
  void evaluation(const EvaluationRecord& record) override;
  void stopped(const Stop& stop) override;

 private:
  std::ostream* out_;
  Index interval_;
  Index evaluations_seen_ = 0;
};

/// Writes a line with all digits for every `interval`-th step or evaluation to a file, at once, so
/// that it can be followed; a header and why the run stopped begin with '#'.
class LoggingMonitor : public Monitor {
 public:
  /// Begins the file anew with its first line: so every rank of a job may make the monitor, and the one
  /// that steers writes it. @throws Error if it cannot be opened, or later written to
  LoggingMonitor(Index interval, const std::filesystem::path& file);

  void step(const Progress& progress) override;
  void evaluation(const EvaluationRecord& record) override;
  void stopped(const Stop& stop) override;

 private:
  void write(const std::string& line);

  Index interval_;
  Index evaluations_seen_ = 0;
  std::filesystem::path path_;
  std::ofstream file_;
  bool begun_ = false;
};

/// Calls functions of your own; an empty one is skipped.
class CustomMonitor : public Monitor {
 public:
  CustomMonitor(std::function<void(const Progress&)> step,
                std::function<void(const EvaluationRecord&)> evaluation = nullptr);

  void step(const Progress& progress) override;
  void evaluation(const EvaluationRecord& record) override;

 private:
  std::function<void(const Progress&)> step_;
  std::function<void(const EvaluationRecord&)> evaluation_;
};

}  // namespace mystic
