#include "mystic/control/monitors.hpp"

#include <cerrno>
#include <cstring>
#include <iterator>
#include <ostream>

namespace mystic {
namespace {

Index checked_interval(const char* name, Index interval) {
  require(interval >= 1, "{}: interval = {} must be at least 1", name, interval);
  return interval;
}

// Adds to the line without allocating once it has grown.
template <class... Arguments>
void put(fmt::memory_buffer& line, fmt::format_string<Arguments...> text, Arguments&&... arguments) {
  fmt::format_to(std::back_inserter(line), text, std::forward<Arguments>(arguments)...);
}

// Digits are all there unless a precision is given.
void put_numbers(fmt::memory_buffer& line, const VectorView& x) {
  for (Index i = 0; i < x.size(); ++i) put(line, "{}{}", i == 0 ? "" : ", ", x[i]);
}
void put_shortened(fmt::memory_buffer& line, const VectorView& x) {
  put(line, " at [");
  for (Index i = 0; i < x.size(); ++i) put(line, "{}{:.6g}", i == 0 ? "" : ", ", x[i]);
  put(line, "]");
}

void put_id(fmt::memory_buffer& line, const EvaluationId& id) {
  if (id.path.depth() == 0) put(line, "root");
  for (std::size_t level = 0; level < id.path.depth(); ++level) {
    put(line, "{}{}", level == 0 ? "" : ".", id.path[level]);
  }
  put(line, "#{}", id.k);
}

// As "{:>8}" would set it.
void put_id_aligned(fmt::memory_buffer& line, const EvaluationId& id) {
  const std::size_t before = line.size();
  put_id(line, id);
  const std::size_t width = line.size() - before;
  if (width >= 8) return;
  line.resize(before + 8);
  std::memmove(line.data() + before + (8 - width), line.data() + before, width);
  std::memset(line.data() + before, ' ', 8 - width);
}

// A line that a kill has torn would spoil the one behind it: it goes.
void cut_torn_line(const std::filesystem::path& path) {
  std::error_code ignored;
  const std::uintmax_t size = std::filesystem::file_size(path, ignored);
  if (ignored || size == 0) return;
  std::ifstream file(path, std::ios::binary);
  std::uintmax_t whole = size;
  char letter = 0;
  while (whole > 0 && file.seekg(static_cast<std::streamoff>(whole - 1)).get(letter) && letter != '\n') {
    --whole;
  }
  if (whole < size) std::filesystem::resize_file(path, whole, ignored);
}

}  // namespace

VerboseMonitor::VerboseMonitor(std::ostream& out, Index interval)
    : out_(&out), interval_(checked_interval("VerboseMonitor", interval)), x_interval_(interval),
      x_of_evaluations_(false) {}

VerboseMonitor::VerboseMonitor(std::ostream& out, Index interval, Index x_interval)
    : out_(&out), interval_(checked_interval("VerboseMonitor", interval)),
      x_interval_(checked_interval("VerboseMonitor (x)", x_interval)), x_of_evaluations_(true) {}

void VerboseMonitor::step(const Progress& progress) {
  const bool shows_x = progress.generations % x_interval_ == 0 && x_interval_ != never;
  if (progress.generations % interval_ != 0 && !shows_x) return;
  line_.clear();
  put(line_, "generation {:>6}  evaluations {:>8}  best {:.8g}", progress.generations,
      progress.evaluations, progress.best_cost());
  if (shows_x) put_shortened(line_, progress.best);
  put(line_, "\n");
  out_->write(line_.data(), static_cast<std::streamsize>(line_.size()));
}

void VerboseMonitor::evaluation(const EvaluationRecord& record) {
  const Index number = evaluations_seen_++;
  const bool shows_x = x_of_evaluations_ && x_interval_ != never && number % x_interval_ == 0;
  if (number % interval_ != 0 && !shows_x) return;
  line_.clear();
  put(line_, "evaluation ");
  put_id_aligned(line_, record.id);
  put(line_, "  cost {:.8g}", record.cost);
  if (shows_x) put_shortened(line_, record.x);
  if (!record.outcome.ok()) put(line_, "  failed: {}", record.outcome.failure->text);
  put(line_, "\n");
  out_->write(line_.data(), static_cast<std::streamsize>(line_.size()));
}

void VerboseMonitor::stopped(const Stop& stop) {
  *out_ << fmt::format("stopped ({}): {}\n", name_of(stop.kind), stop.reason);
}

LoggingMonitor::LoggingMonitor(Index interval, const std::filesystem::path& file, LogStart start,
                               std::optional<Index> id)
    : interval_(checked_interval("LoggingMonitor", interval)), start_(start), id_(id), path_(file),
      file_(file, std::ios::app) {
  require<Error>(file_.is_open(), "log file '{}': cannot be opened: {}", path_.string(),
                 std::strerror(errno));
}

void LoggingMonitor::step(const Progress& progress) {
  if (progress.generations % interval_ != 0) return;
  line_.clear();
  put(line_, "step");
  if (id_) put(line_, "@{}", *id_);
  put(line_, ", {}, {}, {}, ", progress.generations, progress.evaluations, progress.best_cost());
  put_numbers(line_, progress.best);
  write();
}

void LoggingMonitor::evaluation(const EvaluationRecord& record) {
  if (evaluations_seen_++ % interval_ != 0) return;
  line_.clear();
  put(line_, "evaluation, ");
  put_id(line_, record.id);
  put(line_, ", {}, {}, ", evaluations_seen_, record.cost);
  put_numbers(line_, record.x);
  write();
}

void LoggingMonitor::stopped(const Stop& stop) {
  line_.clear();
  put(line_, "# stopped ({}): ", name_of(stop.kind));
  // A reason of several lines stays one comment.
  for (const char letter : stop.reason) line_.push_back(letter == '\n' ? ' ' : letter);
  write();
}

void LoggingMonitor::write() {
  if (!begun_) {
    begun_ = true;
    if (start_ == LogStart::anew) {
      file_ = std::ofstream(path_);
    } else {
      cut_torn_line(path_);
    }
    file_ << "# kind, number or id, evaluations, cost, x...\n";
  }
  line_.push_back('\n');
  file_.write(line_.data(), static_cast<std::streamsize>(line_.size())).flush();
  if (file_.good()) return;  // the words of an error are not put together for nothing
  throw Error(fmt::format("log file '{}': cannot be written: {}", path_.string(), std::strerror(errno)));
}

void VerboseLoggingMonitor::step(const Progress& progress) {
  verbose_.step(progress);
  log_.step(progress);
}

void VerboseLoggingMonitor::evaluation(const EvaluationRecord& record) {
  verbose_.evaluation(record);
  log_.evaluation(record);
}

void VerboseLoggingMonitor::stopped(const Stop& stop) {
  verbose_.stopped(stop);
  log_.stopped(stop);
}

CustomMonitor::CustomMonitor(std::function<void(const Progress&)> step,
                             std::function<void(const EvaluationRecord&)> evaluation,
                             std::function<Verdict()> wants_stop)
    : step_(std::move(step)), evaluation_(std::move(evaluation)), wants_stop_(std::move(wants_stop)) {}

void CustomMonitor::step(const Progress& progress) {
  if (step_) step_(progress);
}

void CustomMonitor::evaluation(const EvaluationRecord& record) {
  if (evaluation_) evaluation_(record);
}

Verdict CustomMonitor::wants_stop() { return wants_stop_ ? wants_stop_() : std::nullopt; }

}  // namespace mystic
