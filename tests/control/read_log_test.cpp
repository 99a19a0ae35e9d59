#include "mystic/control/read_log.hpp"

#include "tests/support/solver_cases.hpp"

// Behind the others: it has a namespace mystic::testing, in which they would look for GoogleTest.
#include "tests/support/program.hpp"

#include "mystic/core/random.hpp"
#include "mystic/models/functions.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

using testing::ScratchDirectory;
using testing_support::SolverCase;

class LogOf : public ::testing::TestWithParam<SolverCase> {};

TEST_P(LogOf, ARunReadsBackBitForBit) {
  const ScratchDirectory scratch;
  const auto file = scratch.path() / "log.txt";
  LoggingMonitor log(1, file);
  RecordingMonitor recording;
  Solver solver = GetParam().make();
  solver.limits({.generations = {}, .evaluations = 80, .seconds = {}});
  solver.on_step(log).on_evaluation(log).on_step(recording).on_evaluation(recording);
  solver.solve(testing_support::box_problem(rosenbrock));
  const RecordingMonitor read = read_log(file);
  EXPECT_EQ(read.steps(), recording.steps());
  EXPECT_EQ(read.evaluations(), recording.evaluations());
}

INSTANTIATE_TEST_SUITE_P(Solvers, LogOf, ::testing::ValuesIn(testing_support::all_solvers()),
                         testing_support::name_of_case);

Progress progress_at(const Vector& x, std::span<const double> cost, Index generation) {
  return {.generations = generation,
          .evaluations = 7,
          .failed = 0,
          .best_costs = cost,
          .best = x,
          .population = Points(2, 0),
          .population_costs = Vector(0)};
}

TEST(ReadLog, KeepsNumbersThatAreHardToWrite) {
  const ScratchDirectory scratch;
  const auto file = scratch.path() / "log.txt";
  LoggingMonitor log(1, file, LogStart::anew, -4);
  const Vector x{{5e-324, -0.0}};
  const Vector y{{1.7976931348623157e308, 0.1}};
  const double cost = 0.1 + 0.2;
  log.step(progress_at(x, {&cost, 1}, 3));
  log.evaluation({EvaluationId{SearchPath{}.child(3).child(4294967295U), 18446744073709551615U}, y,
                  -infinity, Outcome{}});
  const RecordingMonitor read = read_log(file);
  ASSERT_EQ(read.steps().size(), 1U);
  EXPECT_EQ(read.steps()[0], (RecordingMonitor::StepEntry{3, 7, x, cost, -4}));
  EXPECT_TRUE(std::signbit(read.steps()[0].best[1]));
  EXPECT_EQ(to_string(read.evaluations()[0].id), "3.4294967295#18446744073709551615");
  EXPECT_EQ(read.evaluations()[0].cost, -infinity);
  EXPECT_EQ(read.evaluations()[0].x, y);
}

// A file of the form that the original writes.
constexpr const char* foreign =
    "# Mon Jan  5 10:00:00 2026\n"
    "# a fit\n"
    "# ___#___  __ChiSquare__  __params__\n"
    "  (0, 0)     86.19999999999997   [0.8, 1.2, 0.7]\n"
    "  (1,)     inf   [0.84, 1.2, 0.7]\n"
    "  (2, None)     -1e-05   [np.float64(0.5), 1, 0.7]\r\n"
    "   3     2.0   [0.0, 0.0, 0.0]\n"
    "\n"
    "# STOP(\"VTR with {'tolerance': 0.005}\")\n";

TEST(ReadLog, ReadsTheLogsOfTheOriginal) {
  const ScratchDirectory scratch;
  const RecordingMonitor read = read_log(scratch.write("log.txt", foreign));
  ASSERT_EQ(read.steps().size(), 4U);
  EXPECT_EQ(read.steps()[0],
            (RecordingMonitor::StepEntry{0, 0, Vector{{0.8, 1.2, 0.7}}, 86.19999999999997, 0}));
  EXPECT_EQ(read.steps()[1].best_cost, infinity);
  EXPECT_EQ(read.steps()[1].id, std::nullopt);
  EXPECT_EQ(read.steps()[2].best, (Vector{{0.5, 1.0, 0.7}}));
  EXPECT_EQ(read.steps()[2].best_cost, -1e-5);
  EXPECT_EQ(read.steps()[3].generation, 3);
}

std::string error_of(const std::string& text) {
  const ScratchDirectory scratch;
  const auto file = scratch.write("log.txt", text);
  try {
    static_cast<void>(read_log(file));
  } catch (const Error& error) {
    const std::string what = error.what();
    const std::string begin = file.string() + ":";
    return what.rfind(begin, 0) == 0 ? what.substr(begin.size()) : what;
  }
  return "no error";
}

TEST(ReadLog, NamesTheLineThatIsWrongAndWhatStandsThere) {
  EXPECT_EQ(error_of("# head\n\nstep, 3, x, 1, 2\n"),
            "3: a number of evaluations is wanted where 'x, 1, 2' stands");
  EXPECT_EQ(error_of("step, 1, 2, 3\n"), "1: ', ' and a point is wanted where '' stands");
  EXPECT_EQ(error_of("step, 1, 2, 3, 4 \n"), "1: ', ' is wanted where ' ' stands");
  EXPECT_EQ(error_of("evaluation, 3.x#1, 1, 2, 3\n"),
            "1: the path of a search is wanted where 'x#1, 1, 2, 3' stands");
  EXPECT_EQ(error_of("  (0, 0)     [1.0, 2.0]   [0.8]\n"),
            "1: a number is wanted where '[1.0, 2.0]   [0.8]' stands");
  EXPECT_EQ(error_of("  (0, 0)     1.0   [0.8, __import__('os').system('true')]\n"),
            "1: a number is wanted where '__import__('os').system('true')]' stands");
  EXPECT_EQ(error_of("step, 0, 1, 2, 3\nstep, 1, 2, 3, 4, 5\n"),
            "2: a point of 2 coordinates among points of 1");
  EXPECT_EQ(error_of("dear diary\n"),
            "1: 'step', 'evaluation', '#' or '(iteration, id)' is wanted where 'dear diary' stands");
  EXPECT_EQ(error_of("step, -1, 2, 3, 4\n"), "1: a generation is wanted where '-1, 2, 3, 4' stands");
  EXPECT_EQ(error_of("evaluation, 1.2.3.4.5.6.7#1, 1, 2, 3\n"),
            "1: '#' is wanted where '7#1, 1, 2, 3' stands");
  EXPECT_EQ(error_of(std::string("\x01\n", 2)).find('\x01'), std::string::npos);
}

TEST(ReadLog, SaysThatAFileCannotBeOpened) {
  EXPECT_THROW(static_cast<void>(read_log("/no/such/file")), Error);
}

TEST(ReadLog, DropsALineOfOursThatAKillHasTorn) {
  const ScratchDirectory scratch;
  const auto file = scratch.write("log.txt", "step, 0, 1, 2, 3\nstep, 1, 2, 3, 4.2");
  EXPECT_EQ(read_log(file).steps().size(), 1U) << "4.2 may have been 4.25";
}

TEST(LoggingMonitor, GoesOnBehindAnEarlierLogAndWithoutItsTornLine) {
  const ScratchDirectory scratch;
  const auto file = scratch.write("log.txt", "# head\nstep, 0, 1, 2, 3, 3\nstep, 1, 2, 3, 4.2");
  LoggingMonitor log(1, file, LogStart::append);
  const double cost = 0.5;
  log.step(progress_at(Vector::Ones(2), {&cost, 1}, 1));
  log.stopped({StopKind::ended, "one\ntwo"});
  const RecordingMonitor read = read_log(file);
  ASSERT_EQ(read.steps().size(), 2U);
  EXPECT_EQ(read.steps()[0].best_cost, 2.0);
  EXPECT_EQ(read.steps()[1].best_cost, 0.5);
}

// Logs with a few letters changed, cut or doubled are read, or refused by an error with file and line.
TEST(ReadLog, OfFiveHundredDamagedLogsNeverDoesMoreThanRefuse) {
  const ScratchDirectory scratch;
  const std::string ours =
      "# kind, number or id, evaluations, cost, x...\n"
      "step@2, 0, 1, 86.2, 0.8, 1.2, 0.7\nevaluation, 3.1#17, 1, inf, 0.8, 1.2, 0.7\n"
      "evaluation, root#0, 2, 79.5, 0.84, 1.2, 0.7\nstep, 1, 4, 79.5, 0.84, 1.2, 0.7\n"
      "# stopped (converged): enough\n";
  const std::string letters = std::string("0123456789.,-+e#@()[] \n\tinfanstepx_'\"\\", 39) + '\0';
  Random random = stream(20261121, SearchPath{});
  int refused = 0;
  for (int round = 0; round < 500; ++round) {
    std::string text = round % 2 == 0 ? ours : foreign;
    const auto changes = 1 + uniform_index(random, 4);
    for (Index change = 0; change < changes; ++change) {
      const auto at = static_cast<std::size_t>(uniform_index(random, static_cast<Index>(text.size())));
      const char letter =
          letters[static_cast<std::size_t>(uniform_index(random, static_cast<Index>(letters.size())))];
      switch (uniform_index(random, 4)) {
        case 0:
          text[at] = letter;
          break;
        case 1:
          text.insert(at, 1, letter);
          break;
        case 2:
          text.erase(at, 1 + static_cast<std::size_t>(uniform_index(random, 5)));
          break;
        default:
          text += text.substr(at);
      }
    }
    const auto file = scratch.write("log.txt", text);
    try {
      static_cast<void>(read_log(file));
    } catch (const Error& error) {
      ++refused;
      const std::string what = error.what();
      const std::string begin = file.string() + ":";
      ASSERT_EQ(what.rfind(begin, 0), 0U) << what;
      ASSERT_TRUE(std::isdigit(static_cast<unsigned char>(what[begin.size()]))) << what;
    }
  }
  EXPECT_GT(refused, 100);
  EXPECT_LT(refused, 500);
}

}  // namespace
}  // namespace mystic
