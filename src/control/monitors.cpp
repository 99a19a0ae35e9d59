#include "mystic/control/monitors.hpp"

#include <cerrno>
#include <cstring>
#include <ostream>

namespace mystic {
namespace {

std::string joined(const VectorView& x) {
  return fmt::format("{}", fmt::join(x.data(), x.data() + x.size(), ", "));
}

Index checked_interval(const char* name, Index interval) {
  require(interval >= 1, "{}: interval = {} must be at least 1", name, interval);
  return interval;
}

}  // namespace

void RecordingMonitor::step(const Progress& progress) {
  steps_.push_back({progress.generations, progress.evaluations, progress.best, progress.best_cost()});
}

void RecordingMonitor::evaluation(const EvaluationRecord& record) {
  evaluations_.push_back({record.id, record.x, record.cost});
}

VerboseMonitor::VerboseMonitor(std::ostream& out, Index interval)
    : out_(&out), interval_(checked_interval("VerboseMonitor", interval)) {}

void VerboseMonitor::step(const Progress& progress) {
  if (progress.generations % interval_ != 0) return;
  *out_ << fmt::format(
      "generation {:>6}  evaluations {:>8}  best {:.8g} at [{:.6g}]\n", progress.generations,
      progress.evaluations, progress.best_cost(),
      fmt::join(progress.best.data(), progress.best.data() + progress.best.size(), ", "));
}

void VerboseMonitor::evaluation(const EvaluationRecord& record) {
  if (evaluations_seen_++ % interval_ != 0) return;
  *out_ << fmt::format(
      "evaluation {:>8}  cost {:.8g}{}\n", to_string(record.id), record.cost,
      record.outcome.ok() ? "" : fmt::format("  failed: {}", record.outcome.failure->text));
}

void VerboseMonitor::stopped(const Stop& stop) {
  *out_ << fmt::format("stopped ({}): {}\n", name_of(stop.kind), stop.reason);
}

LoggingMonitor::LoggingMonitor(Index interval, const std::filesystem::path& file)
    : interval_(checked_interval("LoggingMonitor", interval)), path_(file), file_(file, std::ios::app) {
  require<Error>(file_.is_open(), "log file '{}': cannot be opened: {}", path_.string(),
                 std::strerror(errno));
}

void LoggingMonitor::step(const Progress& progress) {
  if (progress.generations % interval_ != 0) return;
  write(fmt::format("step, {}, {}, {}, {}", progress.generations, progress.evaluations,
                    progress.best_cost(), joined(progress.best)));
}

void LoggingMonitor::evaluation(const EvaluationRecord& record) {
  if (evaluations_seen_++ % interval_ != 0) return;
  write(fmt::format("evaluation, {}, {}, {}, {}", to_string(record.id), evaluations_seen_, record.cost,
                    joined(record.x)));
}

void LoggingMonitor::stopped(const Stop& stop) {
  write(fmt::format("# stopped ({}): {}", name_of(stop.kind), stop.reason));
}

void LoggingMonitor::write(const std::string& line) {
  if (!begun_) {
    begun_ = true;
    file_ = std::ofstream(path_);
    file_ << "# kind, number or id, evaluations, cost, x...\n";
  }
  file_ << line << '\n' << std::flush;
  require<Error>(file_.good(), "log file '{}': cannot be written: {}", path_.string(),
                 std::strerror(errno));
}

CustomMonitor::CustomMonitor(std::function<void(const Progress&)> step,
                             std::function<void(const EvaluationRecord&)> evaluation)
    : step_(std::move(step)), evaluation_(std::move(evaluation)) {}

void CustomMonitor::step(const Progress& progress) {
  if (step_) step_(progress);
}

void CustomMonitor::evaluation(const EvaluationRecord& record) {
  if (evaluation_) evaluation_(record);
}

}  // namespace mystic
