#include "mystic/control/read_log.hpp"

#include <charconv>
#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>

namespace mystic {
namespace {

/// One line, read from its beginning to its end.
class LineScanner {
 public:
  LineScanner(std::string_view line, const std::filesystem::path& file, Index number)
      : rest_(line), file_(file), number_(number) {}

  [[noreturn]] void refuse(std::string_view wanted) const {
    constexpr std::size_t enough = 40;
    std::string here(rest_.substr(0, enough));
    for (char& letter : here) {
      if (static_cast<unsigned char>(letter) < 32 || letter == 127) letter = '?';
    }
    throw Error(fmt::format("{}:{}: {} is wanted where '{}{}' stands", file_.string(), number_, wanted,
                            here, rest_.size() > enough ? "..." : ""));
  }

  [[nodiscard]] bool take(std::string_view word) {
    if (rest_.substr(0, word.size()) != word) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  void expect(std::string_view word) {
    if (!take(word)) refuse(fmt::format("'{}'", word));
  }
  void skip_blanks() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t')) rest_.remove_prefix(1);
  }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  template <class Whole>
  Whole whole(std::string_view wanted) {
    Whole value{};
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc{}) refuse(wanted);
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return value;
  }
  Index count(std::string_view wanted) {
    if (rest_.empty() || rest_.front() == '-') refuse(wanted);
    return whole<Index>(wanted);
  }
  double number() {
    // How NumPy writes its own numbers in a list.
    const bool wrapped = take("np.float64(") || take("numpy.float64(");
    const auto value = whole<double>("a number");
    if (wrapped) expect(")");
    return value;
  }

 private:
  std::string_view rest_;
  const std::filesystem::path& file_;
  Index number_;
};

Vector vector_of(const std::vector<double>& values) {
  return Eigen::Map<const Vector>(values.data(), static_cast<Index>(values.size()));
}

// "3.1#17" or "root#17".
EvaluationId read_id(LineScanner& line) {
  EvaluationId id;
  if (!line.take("root")) {
    do {
      if (id.path.depth() == SearchPath::deepest) line.refuse("'#'");
      id.path = id.path.child(line.whole<std::uint32_t>("the path of a search"));
    } while (line.take("."));
  }
  line.expect("#");
  id.k = line.whole<std::uint64_t>("the number of an evaluation");
  return id;
}

// ", cost, x0, x1, ..." to the end.
double read_cost_and_point(LineScanner& line, Vector& x) {
  line.expect(", ");
  const double cost = line.number();
  std::vector<double> values;
  while (!line.at_end()) {
    line.expect(", ");
    values.push_back(line.number());
  }
  if (values.empty()) line.refuse("', ' and a point");
  x = vector_of(values);
  return cost;
}

void read_own_step(LineScanner& line, RecordingMonitor::StepEntry& entry) {
  if (line.take("@")) entry.id = line.whole<Index>("an id");
  line.expect(", ");
  entry.generation = line.count("a generation");
  line.expect(", ");
  entry.evaluations = line.count("a number of evaluations");
  entry.best_cost = read_cost_and_point(line, entry.best);
}

void read_own_evaluation(LineScanner& line, RecordingMonitor::EvaluationEntry& entry) {
  line.expect(", ");
  entry.id = read_id(line);
  line.expect(", ");
  static_cast<void>(line.count("a number of evaluations"));
  entry.cost = read_cost_and_point(line, entry.x);
}

// mystic: "   (12, 0)     0.25   [1.0, 2.0]", "(12,)" or "12" in place of "(12, 0)".
void read_row(LineScanner& line, RecordingMonitor::StepEntry& entry) {
  const bool bracketed = line.take("(");
  entry.generation = line.count("'step', 'evaluation', '#' or '(iteration, id)'");
  if (bracketed && !line.take(")")) {
    line.expect(",");
    line.skip_blanks();
    if (!line.take(")")) {
      if (!line.take("None")) entry.id = line.whole<Index>("an id");
      line.expect(")");
    }
  }
  line.skip_blanks();
  entry.best_cost = line.number();
  line.skip_blanks();
  line.expect("[");
  std::vector<double> values;
  while (!line.take("]")) {
    if (!values.empty()) line.expect(",");
    line.skip_blanks();
    values.push_back(line.number());
    line.skip_blanks();
  }
  line.skip_blanks();
  if (!line.at_end()) line.refuse("the end of the line");
  if (values.empty()) line.refuse("a point that is not empty");
  entry.best = vector_of(values);
}

/// The records so far, of points that all have as many coordinates as the first.
class LogReader {
 public:
  explicit LogReader(const std::filesystem::path& file) : file_(file) {}

  void read(std::string_view text, bool whole) {
    ++number_;
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    LineScanner line(text, file_, number_);
    line.skip_blanks();
    if (line.at_end() || line.take("#")) return;
    if (line.take("step")) {
      if (!whole) return;
      RecordingMonitor::StepEntry entry;
      read_own_step(line, entry);
      check_dimension(entry.best.size());
      record_.add(std::move(entry));
    } else if (line.take("evaluation")) {
      if (!whole) return;
      RecordingMonitor::EvaluationEntry entry;
      read_own_evaluation(line, entry);
      check_dimension(entry.x.size());
      record_.add(std::move(entry));
    } else {
      RecordingMonitor::StepEntry entry;
      read_row(line, entry);
      check_dimension(entry.best.size());
      record_.add(std::move(entry));
    }
  }
  [[nodiscard]] RecordingMonitor& record() { return record_; }

 private:
  void check_dimension(Index dimension) {
    if (dimension_ == 0) dimension_ = dimension;
    require<Error>(dimension == dimension_, "{}:{}: a point of {} coordinates among points of {}",
                   file_.string(), number_, dimension, dimension_);
  }

  const std::filesystem::path& file_;
  Index number_ = 0;
  Index dimension_ = 0;
  RecordingMonitor record_;
};

}  // namespace

RecordingMonitor read_log(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  require<Error>(stream.is_open(), "log file '{}': cannot be opened: {}", file.string(),
                 std::strerror(errno));
  LogReader reader(file);
  for (std::string line; std::getline(stream, line);) reader.read(line, !stream.eof());
  require<Error>(!stream.bad(), "log file '{}': cannot be read: {}", file.string(),
                 std::strerror(errno));
  return std::move(reader.record());
}

}  // namespace mystic
