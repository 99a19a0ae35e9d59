// Resume is replay: killed at any instant, a study goes on to the bytes of one that never was.

#include "tests/cli/studies.hpp"

#include <gtest/gtest.h>

#include <signal.h>

#include <chrono>
#include <random>
#include <thread>

namespace mystic::testing {
namespace {

namespace fs = std::filesystem;

void sleep_seconds(double seconds) {
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
}

// One child of a process, the first in /proc; -1: none.
pid_t child_of(pid_t parent) {
  std::istringstream children(text_of(fs::path("/proc") / std::to_string(parent) / "task" /
                                      std::to_string(parent) / "children"));
  pid_t child = -1;
  children >> child;
  return child;
}

// Directories of studies that had not begun when they were killed.
int unfinished_directories(const fs::path& directory) {
  int count = 0;
  for (const auto& entry : fs::directory_iterator(directory)) {
    count += entry.path().filename().string().starts_with(".mystic") ? 1 : 0;
  }
  return count;
}

// Runs, kills at a random instant, resumes, kills again, ... until a session ends by itself.
// Returns how many sessions were killed.
int run_through_kills(const ScratchDirectory& scratch, bool mpi, int most_kills,
                      const std::string& mark) {
  std::mt19937 random(mpi ? 11 : 7);
  std::uniform_real_distribution<double> instant(0.0, mpi ? 0.9 : 0.35);
  const std::vector<std::string> environment{mark};
  for (int kills = 0;; ++kills) {
    const bool begun = fs::exists(scratch.path() / "out");  // then it can be resumed
    const std::vector<std::string> arguments =
        begun ? std::vector<std::string>{"resume", "out", "--quiet"}
              : std::vector<std::string>{"run", "study.json", "--quiet", "--out", "out"};
    Program program(mpi ? mpirun_command(3, arguments) : mystic_command(arguments), scratch.path(),
                    environment);
    if (kills < most_kills) {
      sleep_seconds(instant(random));
      const pid_t rank = mpi ? child_of(program.pid()) : -1;
      // Every other time a rank dies rather than mpirun; both end the job.
      kill(kills % 2 == 0 && rank > 0 ? rank : program.pid(), SIGKILL);
    }
    const Ended ended = program.wait(120.0);
    EXPECT_EQ(describe(processes_left(mark)), "") << "left behind after kill " << kills;
    EXPECT_EQ(unfinished_directories(scratch.path()), 0) << "after kill " << kills;
    if (ended.status == 0) return kills;
    if (kills >= most_kills) {
      ADD_FAILURE() << "the last session ended with " << ended.status << ": " << ended.output;
      return kills;
    }
  }
}

void expect_same_after_kills(bool mpi) {
  const ScratchDirectory scratch;
  const std::string mark = "MYSTIC_TEST_MARK=" + scratch.path().filename().string();
  scratch.write("study.json", beam_study(0.01).dump());
  const std::string temporary = "TMPDIR=" + scratch.path().string();
  const Ended undisturbed = run_program(
      mystic_command({"run", "study.json", "--quiet", "--map", "threads:2", "--out", "whole"}),
      scratch.path());
  ASSERT_EQ(undisturbed.status, 0) << undisturbed.output;
  int kills = 0;
  for (int round = 0; kills < 20 && round < 20; ++round) {
    fs::remove_all(scratch.path() / "out");
    kills += run_through_kills(scratch, mpi, 20 - kills, mark);
    ASSERT_EQ(lasting_result(scratch.path() / "out"), lasting_result(scratch.path() / "whole"))
        << "after " << kills << " kills";
  }
  EXPECT_GE(kills, 20);
}

TEST(Kill, TwentyTimesUnderThreadsLeavesTheSameBytes) { expect_same_after_kills(false); }

TEST(Kill, TwentyTimesUnderMpirunLeavesTheSameBytes) {
  if (has_mpi()) expect_same_after_kills(true);
}

TEST(Kill, ResumeOfAnEndedStudyCallsNoModelAndKeepsItsResult) {
  const ScratchDirectory scratch;
  scratch.write("study.json", beam_study().dump());
  ASSERT_EQ(run_program(mystic_command({"run", "study.json", "--quiet", "--out", "out"}), scratch.path())
                .status,
            0);
  const std::string before = lasting_result(scratch.path() / "out");
  const std::string progress = text_of(scratch.path() / "out" / "progress.jsonl");
  ASSERT_EQ(run_program(mystic_command({"resume", "out", "--quiet"}), scratch.path()).status, 0);
  EXPECT_EQ(lasting_result(scratch.path() / "out"), before);
  EXPECT_EQ(text_of(scratch.path() / "out" / "progress.jsonl"), progress);
  const Json run = Json::parse(text_of(scratch.path() / "out" / "result.json"))["run"];
  // Whatever counts came from the journal; so did what the first session computed beyond its end.
  EXPECT_EQ(run["replayed"].get<int>() - run["speculative"].get<int>(), 90) << run;
  EXPECT_EQ(run["utilisation"], 0.0) << run;
}

TEST(Kill, AStopByTimeIsRepeatedUntilItsLimitIsRaised) {
  const ScratchDirectory scratch;
  Json study = beam_study(0.05);
  study["limits"] = {{"seconds", 0.5}};
  scratch.write("study.json", study.dump());
  ASSERT_EQ(run_program(mystic_command({"run", "study.json", "--quiet", "--out", "out"}), scratch.path())
                .status,
            0);
  const std::string before = lasting_result(scratch.path() / "out");
  EXPECT_NE(before.find("\"seconds\""), std::string::npos) << before;
  ASSERT_EQ(run_program(mystic_command({"resume", "out", "--quiet"}), scratch.path()).status, 0);
  EXPECT_EQ(lasting_result(scratch.path() / "out"), before);
  study["limits"] = {{"evaluations", 60}};
  scratch.write("out/study.json", study.dump());
  ASSERT_EQ(run_program(mystic_command({"resume", "out", "--quiet"}), scratch.path()).status, 0);
  const Json after = Json::parse(text_of(scratch.path() / "out" / "result.json"));
  EXPECT_EQ(after["stop"]["kind"], "evaluations");
  EXPECT_EQ(after["evaluations"]["total"], 60);
}

}  // namespace
}  // namespace mystic::testing
