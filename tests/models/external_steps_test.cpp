#include "external_fixture.hpp"

#include "mystic/core/evaluator.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <fstream>
#include <future>

namespace mystic {
namespace {

namespace fs = std::filesystem;

using Kind = FailureKind;

CommandStep step(const std::string& name, const std::string& script) {
  CommandStep made;
  made.name = name;
  made.command = {"sh", "-c", script};
  return made;
}

class ExternalSteps : public ExternalModelTest {
 protected:
  static ExternalModelOptions steps(std::vector<CommandStep> list) {
    ExternalModelOptions options = shell("");
    options.command.clear();
    options.steps = std::move(list);
    options.outputs = {{.name = "y", .file = "result", .line = 1}};
    return options;
  }
  void expect_failure(const ExternalModelOptions& options, Kind kind, const std::string& part) const {
    const Outcome outcome = outcome_of(options);
    ASSERT_FALSE(outcome.ok()) << outcome.outputs;
    EXPECT_EQ(name_of(outcome.failure->kind), name_of(kind)) << outcome.failure->text;
    EXPECT_NE(outcome.failure->text.find(part), std::string::npos) << outcome.failure->text;
  }
};

TEST_F(ExternalSteps, RunInTheirOrderInOneDirectory) {
  ExternalModelOptions options =
      steps({step("mesh", "echo 1 > mesh"), step("solve", "read a < mesh; echo $((a + 10)) > field"),
             step("post", "read a; echo $((a + 100)) > result")});
  options.steps[2].input = "field";
  const Outcome outcome = outcome_of(options);
  ASSERT_TRUE(outcome.ok()) << outcome.failure->text;
  EXPECT_EQ(outcome.outputs[0], 111.0);
}

TEST_F(ExternalSteps, EndWithTheFirstThatFails) {
  ExternalModelOptions options =
      steps({step("mesh", "echo bad element >&2; exit 4"), step("solve", "echo 1 > result")});
  expect_failure(options, Kind::exit_status,
                 "mesh: exit status 4\nlast lines of mesh.stderr:\nbad element");
  options.steps[0].success = {0, 4};
  EXPECT_TRUE(outcome_of(options).ok());
}

TEST_F(ExternalSteps, HoldTheirOwnChecks) {
  ExternalModelOptions options = steps({step("solve", "echo CONVERGED; echo 1 > result; : > empty")});
  options.steps[0].produces = {"result"};
  options.steps[0].must_say = "CONVERGED";
  options.steps[0].must_not_say = "ERROR";
  EXPECT_TRUE(outcome_of(options).ok());
  options.steps[0].produces = {"result", "mesh.dat"};
  expect_failure(options, Kind::missing_output, "solve: 'mesh.dat' does not exist");
  options.steps[0].produces = {"empty"};
  expect_failure(options, Kind::missing_output, "solve: 'empty' is empty");
  options.steps[0].produces = {};
  options.steps[0].must_say = "ENDED";
  expect_failure(options, Kind::check, "solve: does not say 'ENDED'");
  options.steps[0].must_say = "";
  options.steps[0].must_not_say = "CONV";
  expect_failure(options, Kind::check, "solve: solve.stdout says 'CONV'");
}

TEST_F(ExternalSteps, DoNotPassTheirChecksWhereNotAllThatTheySaidIsKnown) {
  ExternalModelOptions options =
      steps({step("solve", "echo 1 > result; yes | head -c 300000; echo ERROR")});
  options.output_cap = 0.25;
  options.steps[0].must_not_say = "ERROR";
  expect_failure(options, Kind::unreadable_output,
                 "solve: what it said cannot be judged: solve.stdout was cut");
  options = steps({step("solve", "echo ERROR; echo 1 > result; rm solve.stdout")});
  options.steps[0].must_not_say = "ERROR";
  expect_failure(options, Kind::unreadable_output, "solve.stdout does not exist");
}

TEST_F(ExternalSteps, ShareTheDeadlineOfTheAttempt) {
  ExternalModelOptions options = steps({step("first", "sleep 0.3"), step("second", "sleep 1000")});
  options.deadline = 0.6;
  expect_failure(options, Kind::deadline, "second: still running after");
  options.deadline = 60;
  options.steps[1].deadline = 0.2;
  expect_failure(options, Kind::deadline, "second: still running after 0.2 s");
}

TEST_F(ExternalSteps, AreCheckedBeforeAnythingRuns) {
  ExternalModelOptions options = steps({step("a", "true"), step("a", "true"), step("b/c", "true")});
  options.steps[0].success = {};
  options.steps[1].success = {256};
  options.steps[2].produces = {"../x"};
  options.command = {"true"};
  const auto found = problems(options, surroundings());
  const auto says = [&](const std::string& part) {
    return std::any_of(found.begin(), found.end(),
                       [&](const std::string& line) { return line.find(part) != std::string::npos; });
  };
  EXPECT_TRUE(says("model.command: give `command` or `steps`, not both"));
  EXPECT_TRUE(says("model.steps[0].success: is empty"));
  EXPECT_TRUE(says("model.steps[1].success: 256 is no exit status"));
  EXPECT_TRUE(says("model.steps[1].name: another step is called 'a' too"));
  EXPECT_TRUE(says("model.steps[2].name: 'b/c' must be part of a file name"));
  EXPECT_TRUE(says("model.steps[2].produces[0]: '../x' is not a file in the work directory"));
  EXPECT_EQ(found.size(), 6U) << fmt::format("{}", fmt::join(found, "\n"));
}

TEST_F(ExternalSteps, OfTheAlternativeRunWhenAllElseFailed) {
  ExternalModelOptions options = shell("echo tried >> ../../../tries; exit 1");
  options.alternative = {"sh", "-c", "echo y=7"};
  const ExternalModel tested = model(options);
  ASSERT_TRUE(tested.has_alternative());
  const Evaluator evaluator(tested, {.retries = 2, .back_off = 0.0});
  std::vector<Outcome> outcomes(1);
  const Points x{{1}, {2}};
  Task task{.points = x.data(), .dimension = 2, .stride = 8, .outcomes = outcomes};
  evaluator.run(task, {});
  ASSERT_TRUE(outcomes[0].ok()) << outcomes[0].failure->text;
  EXPECT_EQ(outcomes[0].outputs[0], 7.0);
  EXPECT_EQ(outcomes[0].attempts, 4);
  EXPECT_EQ(outcomes[0].note, "retried after exit_status, exit_status; alternative after exit_status");
  const Evaluator without(tested, {.alternative = false});
  without.run(task, {});
  EXPECT_FALSE(outcomes[0].ok());
}

TEST_F(ExternalSteps, AreFollowedByChecksOnTheOutputs) {
  ExternalModelOptions options = shell("echo y=3; echo converged 0");
  options.outputs.push_back({.name = "converged", .after = "converged"});
  options.checks = {"y > 2", "converged == 1"};
  expect_failure(options, Kind::check, "the check 'converged == 1' does not hold: converged = 0");
  options.checks = {"y > 2", "converged == x - 1"};
  EXPECT_TRUE(outcome_of(options).ok());                            // an input may be named too
  options.outputs[0] = {.name = "y", .regex = "(\\d)", .size = 2};  // of "y=3" and "converged 0"
  options.checks = {"y[1] == 3 && y[2] == converged"};
  const Outcome several = outcome_of(options);
  EXPECT_TRUE(several.ok()) << several.failure->text;
  options.checks = {"convergd == 1"};
  ASSERT_EQ(problems(options, surroundings()).size(), 1U);
  EXPECT_NE(problems(options, surroundings())[0].find("model.checks[0]"), std::string::npos);
}

TEST_F(ExternalSteps, TakeAnOutputOnlyFromAFileThatTheyWrote) {
  write("result", "y=99\n");  // of the run before, copied along with the rest
  ExternalModelOptions options = shell("true");
  options.files = {"result"};
  options.outputs[0].file = "result";
  expect_failure(options, Kind::missing_output,
                 "'result' is as it was before the run: nothing wrote it");
  options.command = {"sh", "-c", "echo y=1 > result"};
  EXPECT_TRUE(outcome_of(options).ok());
}

TEST_F(ExternalSteps, GiveOutputsOfSeveralValues) {
  ExternalModelOptions options = shell("printf 't,u\\n0,1\\n1,4\\n2,9\\n' > out.csv");
  options.outputs = {{.name = "u", .file = "out.csv", .csv = "u", .size = 3},
                     {.name = "most", .file = "out.csv", .csv = "u", .reduce = "max"}};
  EXPECT_EQ(model(options).outputs(), (std::vector<std::string>{"u[1]", "u[2]", "u[3]", "most"}));
  const Outcome outcome = outcome_of(options);
  ASSERT_TRUE(outcome.ok()) << outcome.failure->text;
  EXPECT_EQ(outcome.outputs, (Vector{{1, 4, 9, 9}}));
}

TEST_F(ExternalSteps, LeaveTheirDirectoryWhereItIsToBeKept) {
  ExternalModelOptions options = shell("echo y=1; exit 3");
  options.work.keep = "on-failure";
  Surroundings around = surroundings();
  around.kept = study() / "kept";
  const auto run = [&] {
    return evaluate(ExternalModel(options, around, *supervisor_), Points{{1}, {2}})[0];
  };
  const Outcome packed = run();
  EXPECT_EQ(packed.note, "kept: " + (study() / "kept" / "root-0.tar.gz").string());
  EXPECT_EQ(run().note, "kept: " + (study() / "kept" / "root-0-2.tar.gz").string());
  // Independent: read back through the library's reader.
  ::archive* reader = ::archive_read_new();
  ::archive_read_support_filter_gzip(reader);
  ::archive_read_support_format_tar(reader);
  ASSERT_EQ(::archive_read_open_filename(reader, (study() / "kept" / "root-0.tar.gz").c_str(), 10240),
            ARCHIVE_OK);
  std::vector<std::string> names;
  ::archive_entry* entry = nullptr;
  while (::archive_read_next_header(reader, &entry) == ARCHIVE_OK)
    names.emplace_back(::archive_entry_pathname(entry));
  ::archive_read_free(reader);
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names,
            (std::vector<std::string>{"root-0/", "root-0/in.txt", "root-0/stderr", "root-0/stdout"}));

  options.work.archive = false;
  EXPECT_EQ(run().note, "kept: " + (study() / "kept" / "root-0").string());
  EXPECT_TRUE(fs::exists(study() / "kept" / "root-0" / "in.txt"));
  options.command = {"sh", "-c", "echo y=1"};
  EXPECT_EQ(run().note, "");
  options.work.keep = "always";
  EXPECT_EQ(run().note, "kept: " + (study() / "kept" / "root-0-2").string());
  EXPECT_EQ(entries_below(scratch()), 0U);
}

TEST_F(ExternalSteps, TakeNoMoreCoresThanTheMachineHas) {
  ExternalModelOptions options =
      shell("mkdir '" + (study() / "at").string() + "/'$$; ls '" + (study() / "at").string() +
            "' | wc -l | sed 's/^/y=/'; sleep 0.03; rmdir '" + (study() / "at").string() +
            "/'$$; echo $OMP_NUM_THREADS >&2");
  fs::create_directory(study() / "at");
  options.cores = 3;
  options.outputs.push_back({.name = "threads", .file = "stderr", .line = 1});
  Surroundings around = surroundings();
  around.machine_cores = 7;
  around.slots = study().string();
  // Two models of the same study stand for two processes of it on one machine.
  const ExternalModel one(options, around, *supervisor_);
  const ExternalModel other(options, around, *supervisor_);
  std::vector<std::future<std::vector<Outcome>>> running;
  for (int t = 0; t < 6; ++t) {
    running.push_back(std::async(
        std::launch::async, [&, t] { return evaluate(t % 2 == 0 ? one : other, Points::Zero(2, 3)); }));
  }
  for (auto& some : running) {
    for (const Outcome& outcome : some.get()) {
      ASSERT_TRUE(outcome.ok()) << outcome.failure->text;
      EXPECT_LE(outcome.outputs[0], 2.0);
      EXPECT_EQ(outcome.outputs[1], 3.0);
    }
  }
}

TEST_F(ExternalSteps, SayWhereTheDirectoryOfEachFailedAttemptIs) {
  const std::string tried = (study() / "tried").string();
  ExternalModelOptions options =
      shell("[ -e '" + tried + "' ] && { echo y=1; exit 0; }; touch '" + tried + "'; exit 3");
  options.work.keep = "on-failure";
  Surroundings around = surroundings();
  around.kept = study() / "kept";
  const ExternalModel tested(options, around, *supervisor_);
  std::vector<Outcome> outcomes(1);
  const Points x{{1}, {2}};
  Task task{.points = x.data(), .dimension = 2, .stride = 8, .outcomes = outcomes};
  Evaluator(tested, {.retries = 1, .back_off = 0.0}).run(task, {});
  ASSERT_TRUE(outcomes[0].ok()) << outcomes[0].failure->text;
  const std::string where = (study() / "kept" / "root-0.tar.gz").string();
  EXPECT_EQ(outcomes[0].note, "retried after exit_status (kept: " + where + ")");
  EXPECT_TRUE(fs::exists(where));
}

TEST_F(ExternalSteps, NameTheirOwnStreamsWhereAnOutputIsMissing) {
  ExternalModelOptions options = steps({step("solve", "echo diverged >&2")});
  expect_failure(options, Kind::missing_output, "last lines of solve.stderr:\ndiverged");
}

TEST_F(ExternalSteps, SayWhereADirectoryCouldNotBeKept) {
  ExternalModelOptions options = shell("echo y=1");
  options.work.keep = "always";
  Surroundings around = surroundings();
  write("file", "");
  around.kept = study() / "file";
  const Outcome outcome = evaluate(ExternalModel(options, around, *supervisor_), Points{{1}, {2}})[0];
  EXPECT_TRUE(outcome.ok());
  EXPECT_NE(outcome.note.find("could not be kept in"), std::string::npos) << outcome.note;
}

TEST_F(ExternalSteps, AreNotRunByRender) {
  ExternalModelOptions options = shell("touch '" + (study() / "ran").string() + "'; echo y=1");
  const ExternalModel tested = model(options);
  fs::create_directory(study() / "here");
  const Vector x{{1.5, 2.5}};
  const EvaluationAccount account = tested.render(x, {}, study() / "here");
  EXPECT_FALSE(fs::exists(study() / "ran"));
  ASSERT_EQ(account.steps.size(), 1U);
  EXPECT_EQ(account.files[0].name, "in.txt");
  std::ifstream file(study() / "here" / "in.txt");
  std::string line;
  std::getline(file, line);
  EXPECT_EQ(line, "x=1.5");
}

}  // namespace
}  // namespace mystic
