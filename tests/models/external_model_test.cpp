#include "external_fixture.hpp"

#include "mystic/core/evaluator.hpp"
#include "mystic/system/clock.hpp"
#include "mystic/system/process.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <thread>

namespace mystic {
namespace {

namespace fs = std::filesystem;

using Kind = FailureKind;

void expect_failure(const Outcome& outcome, Kind kind, const std::vector<std::string>& says) {
  ASSERT_FALSE(outcome.ok()) << "gave " << outcome.outputs;
  EXPECT_EQ(name_of(outcome.failure->kind), name_of(kind)) << outcome.failure->text;
  for (const std::string& part : says) {
    EXPECT_NE(outcome.failure->text.find(part), std::string::npos) << outcome.failure->text;
  }
}

TEST_F(ExternalModelTest, GivesTheOutputsInTheirOrder) {
  ExternalModelOptions options =
      shell(". ./in.txt; echo \"sum $((x + y))\"; echo \"1 2 $((x * y))\" > out.txt; echo 'w: -8' >&2");
  options.outputs = {{.name = "product", .file = "out.txt", .line = 1, .column = -1, .scale = 10.0},
                     {.name = "sum", .regex = "sum (\\d+)"},
                     {.name = "warned", .file = "stderr", .after = "w:", .absolute = true},
                     {.name = "first", .file = "out.txt", .line = -1}};
  const Outcome outcome = outcome_of(options, 3.0, 4.0);
  ASSERT_TRUE(outcome.ok()) << outcome.failure->text;
  EXPECT_EQ(outcome.outputs, (Vector{{120.0, 7.0, 8.0, 1.0}}));
  EXPECT_EQ(model(options).outputs(), (std::vector<std::string>{"product", "sum", "warned", "first"}));
  EXPECT_EQ(model(options).inputs(), (std::vector<std::string>{"x", "y"}));
}

TEST_F(ExternalModelTest, PassesValuesToTheLastBitInFilesAndArguments) {
  ExternalModelOptions options = shell("cat in.txt; echo 'z=@x@'");
  options.outputs = {
      {.name = "x", .after = "x="}, {.name = "y", .after = "y="}, {.name = "z", .after = "z="}};
  for (const double x : {0.1 + 0.2, 1.0 / 3.0, 5e-324, -1.7976931348623157e308, 1e22, -0.0}) {
    const Outcome outcome = outcome_of(options, x, -x);
    ASSERT_TRUE(outcome.ok()) << outcome.failure->text;
    EXPECT_EQ(outcome.outputs, (Vector{{x, -x, x}})) << x;
  }
}

TEST_F(ExternalModelTest, EvaluatesEachColumnOfAQuestion) {
  const auto outcomes = evaluate(model(shell("grep y in.txt")), Points{{1, 2, 3}, {4, 5, 6}});
  for (std::size_t j = 0; j < 3; ++j) {
    ASSERT_TRUE(outcomes[j].ok());
    EXPECT_EQ(outcomes[j].outputs[0], 4.0 + static_cast<double>(j));
  }
}

TEST_F(ExternalModelTest, ReportsAnExitStatusWithTheLastWordsOfTheCode) {
  expect_failure(outcome_of(shell("echo mesh read; echo singular matrix >&2; echo y=1; exit 3")),
                 Kind::exit_status,
                 {"sh: exit status 3\n", "last lines of stderr:\nsingular matrix",
                  "last lines of stdout:\nmesh read\ny=1"});
}

TEST_F(ExternalModelTest, QuotesOnlyTheLastLinesAndOnlyPrintableOnes) {
  const Outcome outcome =
      outcome_of(shell("i=0; while [ $i -lt 3000 ]; do i=$((i + 1)); echo \"line $i\"; done; "
                       "printf 'caf\\303\\251 \\377\\033[1m\\000\\n'; exit 1"));
  expect_failure(outcome, Kind::exit_status, {"\nline 2992\n", "\nline 3000\ncaf\u00e9 ??[1m?"});
  EXPECT_EQ(outcome.failure->text.find("line 2991"), std::string::npos);
  const Outcome one_line = outcome_of(shell("head -c 100000 /dev/zero | tr '\\0' a; exit 1"));
  EXPECT_LT(one_line.failure->text.size(), 2300U);
}

TEST_F(ExternalModelTest, ReportsACrash) {
  expect_failure(outcome_of(shell("echo y=1; kill -SEGV $$")), Kind::signal, {"SEGV", "y=1"});
}

TEST_F(ExternalModelTest, KillsAllDescendantsAtTheDeadline) {
  ExternalModelOptions options =
      shell("setsid sleep 1000 & echo $! > '" + (study() / "pid").string() + "'; echo y=1; sleep 1000");
  options.deadline = 0.5;
  const double start = steady_clock_seconds();
  expect_failure(outcome_of(options), Kind::deadline, {"0.5", "y=1"});
  EXPECT_LT(steady_clock_seconds() - start, 10.0);
  pid_t pid = 0;
  std::ifstream(study() / "pid") >> pid;
  ASSERT_GT(pid, 0);
  EXPECT_FALSE(is_alive(pid));
}

TEST_F(ExternalModelTest, GivesUpSoonWhenAskedToStop) {
  const ExternalModel slow = model(shell("sleep 1000"));
  std::stop_source stop;
  std::jthread stopper([&stop] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    stop.request_stop();
  });
  const double start = steady_clock_seconds();
  const auto outcomes = evaluate(slow, Points{{1, 2}, {1, 2}}, stop.get_token());
  EXPECT_LT(steady_clock_seconds() - start, 10.0);
  expect_failure(outcomes[0], Kind::cancelled, {});
  expect_failure(outcomes[1], Kind::cancelled, {"before the command was started"});
}

TEST_F(ExternalModelTest, SaysWhichOutputIsMissing) {
  ExternalModelOptions options = shell("echo y=1; echo almost there");
  options.outputs.push_back({.name = "stress", .file = "res/out.dat", .line = 3});
  expect_failure(outcome_of(options), Kind::missing_output,
                 {"output 'stress'", "'res/out.dat' does not exist", "almost there"});
  options.outputs.back() = {.name = "stress", .regex = "sigma=(.*)"};
  expect_failure(outcome_of(options), Kind::missing_output, {"output 'stress' in 'stdout'", "0 times"});
}

TEST_F(ExternalModelTest, SaysWhatIsNoNumber) {
  expect_failure(outcome_of(shell("echo 'y=1,5'")), Kind::unreadable_output,
                 {"output 'y' in 'stdout': '1,5' is not a number"});
}

TEST_F(ExternalModelTest, ReportsTheFirstOutputThatFails) {
  ExternalModelOptions options = shell("echo a=x; echo b=1");
  options.outputs = {
      {.name = "b", .after = "b="}, {.name = "a", .after = "a="}, {.name = "c", .after = "c="}};
  expect_failure(outcome_of(options), Kind::unreadable_output, {"output 'a'"});
}

TEST_F(ExternalModelTest, ReturnsNaNWhichTheEvaluatorMakesAFailure) {
  const ExternalModel nan = model(shell("echo y=NaN"));
  const auto outcomes = evaluate(nan, Points{{1}, {2}});
  ASSERT_TRUE(outcomes[0].ok());
  EXPECT_TRUE(std::isnan(outcomes[0].outputs[0]));
  const Evaluator evaluator(nan);
  std::vector<Outcome> evaluated(1);
  alignas(64) const double point[8] = {1.0, 2.0};
  Task task;
  task.points = point;
  task.dimension = 2;
  task.stride = 8;
  task.outcomes = evaluated;
  evaluator.run(task, {});
  expect_failure(evaluated[0], Kind::not_a_number, {});
}

TEST_F(ExternalModelTest, NeverWaitsForAnOutputThatIsNoFile) {
  ExternalModelOptions options = shell("mkfifo out.txt; mkdir dir");
  options.outputs[0].file = "out.txt";
  expect_failure(outcome_of(options), Kind::unreadable_output, {"'out.txt' is not a regular file"});
  options.outputs[0].file = "dir";
  expect_failure(outcome_of(options), Kind::unreadable_output, {"'dir' is not a regular file"});
}

TEST_F(ExternalModelTest, ReadsNoOutputThatIsTooLarge) {
  ExternalModelOptions options = shell("head -c 1001 /dev/zero; echo y=1");
  options.largest_output = 1000;
  expect_failure(outcome_of(options), Kind::unreadable_output, {"1005 bytes, more than the 1000"});
  options.largest_output = 1005;
  EXPECT_TRUE(outcome_of(options).ok());
}

TEST_F(ExternalModelTest, ReadsALargeOutput) {
  ExternalModelOptions options = shell("head -c 50000000 /dev/zero; echo; echo y=7; echo y=8");
  options.output_cap = 64.0;
  const Outcome outcome = outcome_of(options);
  ASSERT_TRUE(outcome.ok()) << outcome.failure->text;
  EXPECT_EQ(outcome.outputs[0], 7.0);
}

TEST_F(ExternalModelTest, GivesTheCommandItsEnvironmentWithoutTheVariablesOfMpi) {
  ExternalModelOptions options =
      shell("echo \"y=${OMPI_COMM_WORLD_RANK-7}$PMI_RANK$ADDED$KEPT$SET\"; : @x@ @y@");
  options.environment = {{"ADDED", "1"}, {"SET", "2"}};
  Surroundings around = surroundings();
  for (const char* variable : {"OMPI_COMM_WORLD_RANK=5", "PMI_RANK=6", "KEPT=3", "SET=9"}) {
    around.environment.emplace_back(variable);
  }
  const auto outcomes = evaluate(ExternalModel(options, around, *supervisor_), Points{{1}, {2}});
  ASSERT_TRUE(outcomes[0].ok()) << outcomes[0].failure->text;
  EXPECT_EQ(outcomes[0].outputs[0], 7132.0);
}

TEST_F(ExternalModelTest, CopiesFilesSoThatTheirOriginalsStayAsTheyAre) {
  write("code.sh",
        "#!/bin/sh\n. ./in.txt\necho y=$((x + y + $(cat table.dat))) > result\n"
        "echo 0 > table.dat\n");
  write("table.dat", "100\n");
  fs::permissions(study() / "code.sh", fs::perms::owner_all);
  ExternalModelOptions options = shell("");
  options.files = {"table.dat", "code.sh"};
  options.command = {"./code.sh"};
  options.outputs[0].file = "result";
  for (int run = 0; run < 2; ++run) {
    const Outcome outcome = outcome_of(options);
    ASSERT_TRUE(outcome.ok()) << outcome.failure->text;
    EXPECT_EQ(outcome.outputs[0], 103.0);
  }
}

TEST_F(ExternalModelTest, WritesTemplatesIntoSubdirectoriesByteForByte) {
  using namespace std::string_literals;
  write("deck.template", "a\r\n\xff\0 {x}{y}@x@\n"s);
  ExternalModelOptions options = shell("od -An -tx1 in/deep/deck | tr -d ' \\n'; echo; echo y=1");
  options.templates = {{.from = "deck.template", .to = "in/deep/deck", .open = "{", .close = "}"}};
  options.outputs.push_back({.name = "hex", .regex = "^(?:610d0aff00203132407840)(0a)$"});
  const Outcome outcome = outcome_of(options);
  ASSERT_FALSE(outcome.ok());  // "0a" is no number, but it was found
  expect_failure(outcome, Kind::unreadable_output, {"'0a'"});
}

TEST_F(ExternalModelTest, FailsWhenTheProgramIsGone) {
  write("code", "#!/bin/sh\n");
  fs::permissions(study() / "code", fs::perms::owner_all);
  ExternalModelOptions options = shell("");
  options.command = {"./code"};
  const ExternalModel tested = model(options);
  fs::remove(study() / "code");
  expect_failure(evaluate(tested, Points{{1}, {2}})[0], Kind::not_started, {"No such file"});
}

TEST_F(ExternalModelTest, FailsWhenAFileToCopyIsGone) {
  write("mesh", "1");
  ExternalModelOptions options = shell("echo y=1");
  options.files = {"mesh"};
  const ExternalModel tested = model(options);
  fs::remove(study() / "mesh");
  expect_failure(evaluate(tested, Points{{1}, {2}})[0], Kind::files,
                 {"cannot copy", "mesh", "No such file"});
}

TEST_F(ExternalModelTest, EvaluatesOnManyThreadsAtOnceWithoutMixingThem) {
  const ExternalModel tested =
      model(shell("sleep 0.0$$; . ./in.txt; echo $((x * 1000 + y)) > out; "
                  "echo \"y=$(cat out)\""));
  constexpr int threads = 8;
  constexpr int each = 12;
  std::vector<std::vector<Outcome>> outcomes(threads);
  {
    std::vector<std::jthread> workers;
    for (int t = 0; t < threads; ++t) {
      workers.emplace_back([&, t] {
        const Points points = (Points(2, each) << Vector::Constant(each, t).transpose(),
                               Vector::LinSpaced(each, 1, each).transpose())
                                  .finished();
        outcomes[static_cast<std::size_t>(t)] = evaluate(tested, points);
      });
    }
  }
  for (std::size_t t = 0; t < threads; ++t) {
    for (std::size_t j = 0; j < each; ++j) {
      ASSERT_TRUE(outcomes[t][j].ok()) << outcomes[t][j].failure->text;
      EXPECT_EQ(outcomes[t][j].outputs[0], 1000.0 * static_cast<double>(t) + static_cast<double>(j + 1));
    }
  }
  EXPECT_EQ(entries_below(scratch()), 1U);
}

TEST_F(ExternalModelTest, RemovesWhatTheCodeMadeUnremovable) {
  const std::string script = "mkdir -p a/b; touch a/b/c; ln -s / a/root; chmod 0 a/b a; echo y=1";
  EXPECT_TRUE(outcome_of(shell(script)).ok());
  EXPECT_TRUE(fs::exists("/"));
}

}  // namespace
}  // namespace mystic
