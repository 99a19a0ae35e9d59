#include "mystic/control/monitors.hpp"

#include "tests/support/faulty.hpp"
#include "tests/support/solver_cases.hpp"

#include "mystic/models/functions.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace mystic {
namespace {

using testing_support::box_problem;
using testing_support::FaultyRosenbrock;
using testing_support::SolverCase;

std::vector<std::string> lines_of(std::istream& stream) {
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// A file name of its own in the directory for temporary files; removed at the end.
class TemporaryFile {
 public:
  TemporaryFile() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    std::string name =
        fmt::format("mystic-{}-{}-{}.log", test->test_suite_name(), test->name(), std::rand());
    std::replace(name.begin(), name.end(), '/', '-');
    path_ = std::filesystem::temp_directory_path() / name;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::filesystem::remove(path_); }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::vector<std::string> lines() const {
    std::ifstream stream(path_);
    return lines_of(stream);
  }

 private:
  std::filesystem::path path_;
};

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= line.size();) {
    const std::size_t to = std::min(line.find(", ", from), line.size());
    parts.push_back(line.substr(from, to - from));
    from = to + 2;
  }
  return parts;
}

class Monitors : public testing::TestWithParam<SolverCase> {
 protected:
  static constexpr Index most = 60;

  static Result solve(const std::function<void(Solver&)>& set) {
    Solver solver = GetParam().make();
    FailurePolicy never;
    never.abort_above = 1.0;
    solver.policy(never).limits({.generations = {}, .evaluations = most, .seconds = {}});
    set(solver);
    return solver.solve(box_problem(FaultyRosenbrock(6)));
  }
};

TEST_P(Monitors, RecordingKeepsEveryStepAndEveryEvaluation) {
  RecordingMonitor steps;
  RecordingMonitor evaluations;
  const Result result = solve([&](Solver& solver) { solver.on_step(steps).on_evaluation(evaluations); });
  ASSERT_EQ(static_cast<Index>(steps.steps().size()), result.generations + 1);
  EXPECT_TRUE(steps.evaluations().empty());
  EXPECT_TRUE(evaluations.steps().empty());
  for (std::size_t i = 0; i < steps.steps().size(); ++i) {
    EXPECT_EQ(steps.steps()[i].generation, static_cast<Index>(i));
  }
  ASSERT_EQ(static_cast<Index>(evaluations.evaluations().size()), result.evaluations);
  double best = infinity;
  Index failed = 0;
  for (const auto& evaluation : evaluations.evaluations()) {
    best = std::min(best, evaluation.cost);
    const bool fails = testing_support::bits_of(evaluation.x) % 6 == 0;
    failed += fails ? 1 : 0;
    EXPECT_EQ(evaluation.cost, fails ? infinity : rosenbrock(evaluation.x));
  }
  EXPECT_EQ(best, result.best.cost);
  EXPECT_EQ(failed, result.failed);
}

TEST_P(Monitors, LoggingWritesEveryDigitOfWhatRecordingSaw) {
  const TemporaryFile file;
  LoggingMonitor log(1, file.path());
  RecordingMonitor recording;
  const Result result = solve([&](Solver& solver) {
    solver.on_step(log).on_evaluation(log).on_step(recording).on_evaluation(recording);
  });
  const auto lines = file.lines();
  ASSERT_EQ(lines.size(), recording.steps().size() + recording.evaluations().size() + 2);
  EXPECT_EQ(lines.front().front(), '#');
  EXPECT_EQ(lines.back(), fmt::format("# stopped (evaluations): {}", result.stop.reason));
  std::size_t step = 0;
  std::size_t evaluation = 0;
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    const auto parts = split(lines[i]);
    ASSERT_EQ(parts.size(), 7U) << lines[i];
    const bool is_step = parts[0] == "step";
    const double cost =
        is_step ? recording.steps()[step].best_cost : recording.evaluations()[evaluation].cost;
    const Vector& x = is_step ? recording.steps()[step].best : recording.evaluations()[evaluation].x;
    const auto evaluations = static_cast<Index>(evaluation) + 1;
    EXPECT_EQ(parts[1], is_step ? fmt::format("{}", recording.steps()[step].generation)
                                : to_string(recording.evaluations()[evaluation].id));
    EXPECT_EQ(parts[2], fmt::format("{}", is_step ? recording.steps()[step].evaluations : evaluations));
    EXPECT_EQ(std::strtod(parts[3].c_str(), nullptr), cost);
    for (Index k = 0; k < 3; ++k) {
      EXPECT_EQ(std::strtod(parts[static_cast<std::size_t>(4 + k)].c_str(), nullptr), x[k]);
    }
    ++(is_step ? step : evaluation);
  }
}

TEST_P(Monitors, VerboseWritesEveryKth) {
  std::ostringstream steps;
  std::ostringstream evaluations;
  VerboseMonitor of_steps(steps, 3);
  VerboseMonitor of_evaluations(evaluations, 7);
  const Result result =
      solve([&](Solver& solver) { solver.on_step(of_steps).on_evaluation(of_evaluations); });
  std::istringstream written(steps.str());
  const auto lines = lines_of(written);
  EXPECT_EQ(static_cast<Index>(lines.size()), result.generations / 3 + 1 + 1)
      << "from 0, and why it stopped";
  EXPECT_EQ(lines.front().rfind("generation      0", 0), 0U) << lines.front();
  EXPECT_EQ(lines.back(), fmt::format("stopped (evaluations): {}", result.stop.reason));
  std::istringstream written_evaluations(evaluations.str());
  const auto evaluation_lines = lines_of(written_evaluations);
  EXPECT_EQ(static_cast<Index>(evaluation_lines.size()), (most - 1) / 7 + 1 + 1);
  EXPECT_EQ(evaluation_lines.back(), lines.back()) << "it hears why the run stopped as well";
}

TEST_P(Monitors, ThatWatchBothHearOfTheEndOnce) {
  struct Counting final : Monitor {
    void step(const Progress&) override { ++steps; }
    void evaluation(const EvaluationRecord&) override { ++evaluations; }
    void stopped(const Stop&) override { ++ends; }
    Index steps = 0;
    Index evaluations = 0;
    int ends = 0;
  };
  Counting counting;
  const Result result = solve([&](Solver& solver) { solver.on_step(counting).on_evaluation(counting); });
  EXPECT_EQ(counting.ends, 1);
  EXPECT_EQ(counting.evaluations, result.evaluations);
  EXPECT_EQ(counting.steps, result.generations + 1);
}

TEST_P(Monitors, CustomCallsItsFunctions) {
  Index steps = 0;
  Index evaluations = 0;
  Index failed = 0;
  CustomMonitor monitor([&](const Progress&) { ++steps; },
                        [&](const EvaluationRecord& record) {
                          ++evaluations;
                          failed += record.outcome.ok() ? 0 : 1;
                        });
  CustomMonitor idle(nullptr);
  const Result result = solve([&](Solver& solver) {
    solver.on_step(monitor).on_evaluation(monitor).on_step(idle).on_evaluation(idle);
  });
  EXPECT_EQ(steps, result.generations + 1);
  EXPECT_EQ(evaluations, result.evaluations);
  EXPECT_EQ(failed, result.failed);
}

INSTANTIATE_TEST_SUITE_P(Solvers, Monitors, testing::ValuesIn(testing_support::all_solvers()),
                         testing_support::name_of_case);

TEST(VerboseMonitor, SaysWhyAnEvaluationFailed) {
  std::ostringstream out;
  VerboseMonitor monitor(out, 1);
  Outcome outcome;
  outcome.fail(FailureKind::deadline, "longer than 3 s");
  const Vector x = Vector::Zero(1);
  monitor.evaluation({EvaluationId{SearchPath{}.child(2), 12345}, x, infinity, outcome});
  EXPECT_EQ(out.str(), "evaluation  2#12345  cost inf  failed: longer than 3 s\n");
}

TEST(LoggingMonitor, SaysWhyItsFileCannotBeOpened) {
  try {
    LoggingMonitor log(1, "/no/such/directory/log.txt");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "log file '/no/such/directory/log.txt': cannot be opened: No such file or directory");
  }
}

TEST(LoggingMonitor, SaysWhenTheDiskIsFull) {
  ASSERT_TRUE(std::filesystem::exists("/dev/full"));
  try {
    LoggingMonitor log(1, "/dev/full");
    log.stopped({StopKind::ended, "done"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "log file '/dev/full': cannot be written: No space left on device");
  }
}

// On every rank of a job the monitor is made, but only the one that steers writes.
TEST(LoggingMonitor, ThatWritesNothingLeavesTheFileAsItIs) {
  const TemporaryFile file;
  std::ofstream(file.path()) << "of the rank that steers\n";
  {
    const LoggingMonitor log(1, file.path());
  }
  EXPECT_EQ(file.lines(), std::vector<std::string>{"of the rank that steers"});
}

TEST(LoggingMonitor, BeginsItsFileAnewAndCanBeFollowed) {
  const TemporaryFile file;
  std::ofstream(file.path()) << "of an earlier run\n";
  LoggingMonitor log(1, file.path());
  const Vector x = Vector::Constant(1, 0.1);
  log.evaluation({EvaluationId{}, x, 0.3, Outcome{}});
  const auto lines = file.lines();  // while it is open
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[1], "evaluation, root#0, 1, 0.3, 0.1");
}

TEST(MonitorIntervals, AreAtLeastOne) {
  std::ostringstream out;
  const TemporaryFile file;
  EXPECT_THROW(VerboseMonitor(out, 0), InvalidArgument);
  EXPECT_THROW(LoggingMonitor(0, file.path()), InvalidArgument);
  EXPECT_FALSE(std::filesystem::exists(file.path())) << "refused before the file is begun";
}

}  // namespace
}  // namespace mystic
