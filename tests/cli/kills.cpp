#include "tests/cli/kills.hpp"

#include <gtest/gtest.h>

#include <signal.h>

#include <chrono>
#include <random>
#include <sstream>
#include <thread>

namespace mystic::testing {
namespace {

namespace fs = std::filesystem;

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

}  // namespace

void sleep_seconds(double seconds) {
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
}

std::string mark_of(const ScratchDirectory& scratch) {
  return "MYSTIC_TEST_MARK=" + scratch.path().filename().string();
}

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

}  // namespace mystic::testing
