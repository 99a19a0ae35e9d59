// SIGINT and SIGTERM end a study within 0.7 s with a result, and leave nothing behind.

#include "tests/cli/studies.hpp"

#include <gtest/gtest.h>

#include <signal.h>

#include <chrono>
#include <thread>

namespace mystic::testing {
namespace {

namespace fs = std::filesystem;

// A code that never ends, ignores SIGTERM, and starts a descendant in a session of its own.
Json endless_study() {
  Json study = beam_study();
  study["model"]["command"] = {"sh", "-c", "trap '' TERM INT; setsid sleep 1000 & sleep 1000"};
  study["model"]["deadline"] = 900;
  return study;
}

double expect_end(const std::vector<std::string>& command, int number, const ScratchDirectory& scratch) {
  const std::string mark = "MYSTIC_TEST_MARK=" + scratch.path().filename().string();
  fs::create_directory(scratch.path() / "tmp");
  Program program(command, scratch.path(), {mark, "TMPDIR=" + (scratch.path() / "tmp").string()});
  // Until both workers have their code running: two shells and two pairs of sleeps.
  const auto models = [&] {
    int count = 0;
    for (const pid_t pid : processes_with(mark)) {
      count += text_of(fs::path("/proc") / std::to_string(pid) / "comm") == "sleep\n" ? 1 : 0;
    }
    return count;
  };
  for (int i = 0; i < 2000 && models() < 4; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_GE(models(), 4);
  const auto start = std::chrono::steady_clock::now();
  program.signal(number);
  const Ended ended = program.wait(20.0);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  // mpirun has a status of its own when it was the one that got the signal.
  EXPECT_TRUE(ended.status == 4 || command.front() == MYSTIC_MPIRUN) << ended.status << ended.output;
  const Json result = Json::parse(text_of(scratch.path() / "out" / "result.json"), nullptr, false);
  EXPECT_TRUE(result.is_object() && result["stop"]["kind"] == "interrupted") << result;
  EXPECT_EQ(describe(processes_left(mark, 1.0)), "");
  for (const auto& entry : fs::directory_iterator(scratch.path() / "tmp")) {
    EXPECT_NE(entry.path().filename().string().rfind("mystic-", 0), 0U)
        << "left behind: " << entry.path();
  }
  return seconds;
}

TEST(Signals, EndAThreadedStudyAtOnceWithAResult) {
  for (const int number : {SIGINT, SIGTERM}) {
    const ScratchDirectory scratch;
    scratch.write("study.json", endless_study().dump());
    const double seconds = expect_end(
        mystic_command({"run", "study.json", "--map", "threads:2", "--out", "out"}), number, scratch);
    EXPECT_LT(seconds, 0.7 * MYSTIC_PATIENCE);
  }
}

TEST(Signals, EndAnMpiStudyBeforeMpirunKillsIt) {
  if (!has_mpi()) return;
  for (const int number : {SIGINT, SIGTERM}) {
    const ScratchDirectory scratch;
    scratch.write("study.json", endless_study().dump());
    const double seconds =
        expect_end(mpirun_command(3, {"run", "study.json", "--out", "out"}), number, scratch);
    // mpirun itself waits a second before it passes the signal on.
    EXPECT_LT(seconds, 1.0 + 0.7 * MYSTIC_PATIENCE + 1.0);
  }
}

TEST(Signals, AnInterruptIsForgottenOnResume) {
  const ScratchDirectory scratch;
  scratch.write("study.json", beam_study(0.02).dump());
  ASSERT_EQ(
      run_program(mystic_command({"run", "study.json", "--quiet", "--out", "whole"}), scratch.path())
          .status,
      0);
  Program program(mystic_command({"run", "study.json", "--quiet", "--out", "out"}), scratch.path());
  std::this_thread::sleep_for(std::chrono::milliseconds(400));
  program.signal(SIGINT);
  EXPECT_EQ(program.wait().status, 4);
  const Ended resumed = run_program(mystic_command({"resume", "out", "--quiet"}), scratch.path());
  ASSERT_EQ(resumed.status, 0) << resumed.output;
  EXPECT_EQ(lasting_result(scratch.path() / "out"), lasting_result(scratch.path() / "whole"));
}

}  // namespace
}  // namespace mystic::testing
