// Nothing of a command outlives it: not past its deadline, not past a stop, not past its own end.

#include "processes.hpp"

#include <mystic/system/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <atomic>
#include <optional>

namespace mystic {
namespace {

using End = ProcessResult::End;
using testing::eventually;
using testing::marked;
using testing::shell;

/// Leaves behind: a child, one in a session of its own, and one whose parents are gone.
constexpr const char* scatter =
    "sleep 1000 & setsid sleep 1000 & "
    "(setsid sh -c 'trap \"\" TERM HUP INT; sleep 1000 & sleep 1000' &) ; ";
constexpr std::size_t scattered = 5;

class SupervisorKillTest : public testing::SupervisorFixture {};

TEST_F(SupervisorKillTest, ADeadlineEndsTheProgramAndAllItsDescendants) {
  Command command = shell(mark_, std::string(scatter) + "sleep 1000");
  command.deadline = 0.8;
  const ProcessResult result = supervisor_.run(command);
  EXPECT_TRUE(marked(mark_).empty()) << "all must be gone when the result is there";
  EXPECT_EQ(result.end, End::deadline);
  EXPECT_GE(result.descendants_killed, static_cast<int>(scattered)) << result.text;
  EXPECT_EQ(result.text, fmt::format("still running after 0.8 s: killed with {} descendants",
                                     result.descendants_killed));
  EXPECT_GE(result.seconds, 0.8);
  EXPECT_LT(result.seconds, 2.0);
}

TEST_F(SupervisorKillTest, IgnoringSignalsOrStoppingDoesNotHelpAgainstADeadline) {
  for (const char* script : {"trap '' TERM INT HUP QUIT; while :; do sleep 0.01; done", "kill -STOP $$",
                             "while :; do :; done"}) {
    Command command = shell(mark_, script);
    command.deadline = 0.2;
    const ProcessResult result = supervisor_.run(command);
    EXPECT_EQ(result.end, End::deadline) << script;
    EXPECT_LT(result.seconds, 2.0);
  }
}

TEST_F(SupervisorKillTest, WhatTheProgramLeavesBehindDiesWithIt) {
  const ProcessResult result = supervisor_.run(shell(mark_, std::string(scatter) + "exit 4"));
  EXPECT_TRUE(marked(mark_).empty());
  EXPECT_EQ(result.end, End::exited);
  EXPECT_EQ(result.status, 4);
  EXPECT_GE(result.descendants_killed, 3);  // those who had no time to fork are fewer
  EXPECT_NE(result.text.find("exit status 4; "), std::string::npos) << result.text;
  EXPECT_NE(result.text.find("left behind and killed"), std::string::npos) << result.text;
}

TEST_F(SupervisorKillTest, AnOrphanThatEndsBeforeTheProgramIsNotTakenForIt) {
  const ProcessResult result = supervisor_.run(shell(mark_, "(sh -c 'exit 9' &); sleep 0.1; exit 2"));
  EXPECT_EQ(result.status, 2) << result.text;
}

TEST_F(SupervisorKillTest, ACrashTakesItsDescendantsAlong) {
  const ProcessResult result =
      supervisor_.run(shell(mark_, "ulimit -c 0; setsid sleep 1000 & kill -SEGV $$"));
  EXPECT_TRUE(marked(mark_).empty());
  EXPECT_EQ(result.status, SIGSEGV);
}

TEST_F(SupervisorKillTest, ARequestedStopEndsARunningCommandSoon) {
  std::stop_source stop;
  std::optional<ProcessResult> result;
  std::thread caller([&] {
    result = supervisor_.run(shell(mark_, std::string(scatter) + "sleep 1000"), stop.get_token());
  });
  EXPECT_TRUE(eventually([&] { return marked(mark_).size() >= scattered; }));
  const auto before = std::chrono::steady_clock::now();
  stop.request_stop();
  caller.join();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - before;
  EXPECT_LT(took.count(), 0.5);
  EXPECT_TRUE(marked(mark_).empty());
  EXPECT_EQ(result->end, End::cancelled);
  EXPECT_NE(result->text.find("cancelled after "), std::string::npos) << result->text;
}

TEST_F(SupervisorKillTest, AStopRequestedBeforeTheCallStartsNothing) {
  std::stop_source stop;
  stop.request_stop();
  const TemporaryDirectory directory("/tmp", "mystic-system-");
  Command command = shell(mark_, "touch started");
  command.directory = directory.path();
  EXPECT_EQ(supervisor_.run(command, stop.get_token()).end, End::cancelled);
  EXPECT_FALSE(std::filesystem::exists(directory.path() / "started"));
}

TEST_F(SupervisorKillTest, AStopAtAnyInstantLeavesNothing) {
  for (int delay = 0; delay < 3000; delay += 100) {  // us: around the start of the program
    std::stop_source stop;
    std::thread stopper([&] {
      std::this_thread::sleep_for(std::chrono::microseconds(delay));
      stop.request_stop();
    });
    const ProcessResult result = supervisor_.run(shell(mark_, "setsid sleep 1000"), stop.get_token());
    stopper.join();
    EXPECT_EQ(result.end, End::cancelled) << result.text;
    EXPECT_TRUE(marked(mark_).empty()) << delay;
  }
}

TEST_F(SupervisorKillTest, AStopAfterTheEndChangesNothing) {
  std::stop_source stop;
  EXPECT_TRUE(supervisor_.run(shell(mark_, "true"), stop.get_token()).succeeded());
  stop.request_stop();
  EXPECT_TRUE(supervisor_.run(shell(mark_, "true")).succeeded());
}

/// Each generation forks the next and ends, faster than anybody can list processes: in the program's
/// group, and each in a session of its own.
TEST_F(SupervisorKillTest, AProcessThatForksAndEndsForEverIsCaught) {
  for (const char* next : {"", "setsid;"}) {
    Command command = shell(mark_, fmt::format("perl -MPOSIX -e 'while (1) {{ exit if fork; {} }}' & "
                                               "sleep 0.1; exit 3",
                                               next));
    const ProcessResult result = supervisor_.run(command);
    EXPECT_TRUE(marked(mark_).empty()) << next;
    EXPECT_EQ(result.status, 3) << result.text;
    EXPECT_GE(result.descendants_killed, 1) << "no perl?";
    EXPECT_LT(result.seconds, 2.0) << result.text;
  }
}

TEST_F(SupervisorKillTest, ThreeHundredCommandsFromEightThreadsEachGetTheirOwnResult) {
  const auto descriptors = [](pid_t pid) {
    const std::filesystem::directory_iterator open(fmt::format("/proc/{}/fd", pid));
    return std::distance(begin(open), end(open));
  };
  const auto ours = descriptors(::getpid());
  const auto theirs = descriptors(supervisor_.pid());
  std::atomic<int> next = 0;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 8; ++caller) {
    callers.emplace_back([&] {
      for (int job = next++; job < 300; job = next++) {
        Command command = shell(mark_, fmt::format("setsid sleep 1000 & exit {}", job % 256));
        if (supervisor_.run(command).status != job % 256) ++wrong;
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_TRUE(marked(mark_).empty());
  // A lane for each that ran at once, and nothing for each command.
  EXPECT_LE(descriptors(::getpid()), ours + 8);
  EXPECT_LE(descriptors(supervisor_.pid()), theirs + 8);
  const std::set<pid_t> reapers = testing::children_of(supervisor_.pid());
  EXPECT_LE(reapers.size(), 8U);
  for (const pid_t reaper : reapers) {
    EXPECT_EQ(descriptors(reaper), 6) << "three /dev/null, its lane, the supervisor's life, SIGCHLD";
  }
}

TEST_F(SupervisorKillTest, OneStopEndsManyCommandsAtOnce) {
  std::stop_source stop;
  std::atomic<int> cancelled = 0;
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 16; ++caller) {
    callers.emplace_back([&] {
      const auto result = supervisor_.run(shell(mark_, "setsid sleep 1000"), stop.get_token());
      if (result.end == End::cancelled) ++cancelled;
    });
  }
  EXPECT_TRUE(eventually([&] { return marked(mark_).size() >= 16; }));
  const auto before = std::chrono::steady_clock::now();
  stop.request_stop();
  for (std::thread& caller : callers) caller.join();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - before;
  EXPECT_LT(took.count(), 1.0);
  EXPECT_EQ(cancelled, 16);
  EXPECT_TRUE(marked(mark_).empty());
}

}  // namespace
}  // namespace mystic
