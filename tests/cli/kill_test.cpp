// Resume is replay: killed at any instant, a study goes on to the bytes of one that never was.

#include "tests/cli/kills.hpp"

#include <gtest/gtest.h>

namespace mystic::testing {
namespace {

namespace fs = std::filesystem;

void expect_same_after_kills(bool mpi) {
  const ScratchDirectory scratch;
  const std::string mark = mark_of(scratch);
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
