// Whoever dies of us, the supervisor and the reapers: no command is left, no call hangs.

#include "processes.hpp"

#include <mystic/system/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <memory>

namespace mystic {
namespace {

using End = ProcessResult::End;
using testing::eventually;
using testing::Fork;
using testing::marked;
using testing::none_left;
using testing::shell;

constexpr const char* long_job =
    "setsid sleep 1000 & (setsid sh -c 'trap \"\" TERM; sleep 1000 & sleep 1000' &) ; sleep 1000";
constexpr std::size_t long_job_size = 6;

/// A process with a supervisor and a running long job, as a rank of a study is one.
class Rank {
 public:
  /// @param prepare  called in the rank while the job starts
  explicit Rank(const std::function<void()>& prepare) : process_([&] { live(prepare); }) {
    EXPECT_TRUE(eventually([&] { return marked(mark_).size() >= long_job_size; }));
    EXPECT_TRUE(eventually([&] { return !testing::text_of(note()).empty(); }));
    supervisor_ = std::stoi(testing::text_of(note()));
  }

  pid_t pid() const { return process_.pid(); }
  const std::string& mark() const { return mark_; }
  std::filesystem::path scratch() const { return base_.path() / "scratch"; }
  void wait() { process_.wait(); }

  /// Job, supervisor and scratch directory are gone, each in bounded time.
  void expect_all_gone() const {
    EXPECT_TRUE(none_left(mark_));
    EXPECT_TRUE(eventually([&] { return !is_alive(supervisor_); }));
    EXPECT_FALSE(std::filesystem::exists(scratch()));
  }

 private:
  std::filesystem::path note() const { return base_.path() / "supervisor"; }

  void live(const std::function<void()>& prepare) {
    ::setpgid(0, 0);
    std::filesystem::create_directories(scratch() / "run-1");
    std::ofstream(scratch() / "run-1/file") << "text";
    const Supervisor supervisor;
    supervisor.remove_at_end(scratch());
    std::thread job([&] { supervisor.run(shell(mark_, long_job)); });
    std::ofstream(base_.path() / "noted") << supervisor.pid() << '\n';
    std::filesystem::rename(base_.path() / "noted", note());
    if (prepare) prepare();
    job.join();
  }

  const TemporaryDirectory base_{"/tmp", "mystic-system-"};
  const std::string mark_ = testing::unique_mark();
  Fork process_;
  pid_t supervisor_ = -1;
};

TEST(SupervisorDeath, OurSigkillKillsEveryCommandAndRemovesTheDirectories) {
  Rank rank(nullptr);
  ::kill(rank.pid(), SIGKILL);
  rank.wait();
  rank.expect_all_gone();
}

TEST(SupervisorDeath, AKillOfOurProcessGroupDoesNotReachTheSupervisor) {
  Rank rank(nullptr);
  ::kill(-rank.pid(), SIGKILL);
  rank.wait();
  rank.expect_all_gone();
}

TEST(SupervisorDeath, OurExitOrCrashIsOurEndToo) {
  const std::vector<std::function<void()>> ends = {
      [] { ::_exit(3); },
      [] { ::signal(SIGBUS, SIG_DFL), ::raise(SIGBUS); },
      [] { ::execl("/bin/true", "true", nullptr); },
  };
  for (const auto& end : ends) {
    const TemporaryDirectory directory("/tmp", "mystic-system-");
    const std::filesystem::path go = directory.path() / "go";
    Rank rank([&] {
      eventually([&] { return std::filesystem::exists(go); });
      end();
    });
    std::ofstream(go) << "now";
    rank.wait();
    rank.expect_all_gone();
  }
}

TEST(SupervisorDeath, AForkedCopyOfUsThatLivesOnDoesNotHideOurEnd) {
  const TemporaryDirectory directory("/tmp", "mystic-system-");
  const std::filesystem::path note = directory.path() / "copy";
  Rank rank([&] {
    const pid_t child = ::fork();  // has a copy of every socket, and no exec to close it
    if (child == 0) {
      ::pause();
      ::_exit(0);
    }
    std::ofstream(note) << child << '\n';
  });
  EXPECT_TRUE(eventually([&] { return testing::text_of(note).ends_with('\n'); }));
  const pid_t copy = std::stoi(testing::text_of(note));
  ::kill(rank.pid(), SIGKILL);
  rank.wait();
  rank.expect_all_gone();
  EXPECT_TRUE(is_alive(copy));
  ::kill(copy, SIGKILL);
}

TEST(SupervisorDeath, AnotherDirectoryOfTheSameNameIsNotRemoved) {
  const TemporaryDirectory base("/tmp", "mystic-system-");
  std::filesystem::create_directory(base.path() / "mine");
  std::filesystem::create_directory(base.path() / "kept");
  {
    const Supervisor supervisor;
    supervisor.remove_at_end(base.path() / "mine");
    supervisor.remove_at_end(base.path() / "kept");
    supervisor.keep_at_end(base.path() / "kept");
    std::filesystem::rename(base.path() / "mine", base.path() / "moved");
    std::filesystem::create_directory(base.path() / "mine");
    EXPECT_THROW(supervisor.remove_at_end(base.path() / "none"), InvalidArgument);
  }
  for (const char* name : {"mine", "moved", "kept"}) {
    EXPECT_TRUE(std::filesystem::exists(base.path() / name)) << name;
  }
}

TEST(SupervisorDeath, WhatWasSaidJustBeforeOurEndStillCounts) {
  const TemporaryDirectory base("/tmp", "mystic-system-");
  std::filesystem::create_directories(base.path() / "scratch/run-1");
  int ends[2] = {-1, -1};
  ASSERT_EQ(::pipe(ends), 0);
  Fork rank([&] {
    const Supervisor supervisor;
    ::kill(supervisor.pid(), SIGSTOP);  // so that it hears of our end first
    supervisor.remove_at_end(base.path() / "scratch");
    const pid_t pid = supervisor.pid();
    ::_exit(::write(ends[1], &pid, sizeof pid) == sizeof pid ? 0 : 1);
  });
  EXPECT_EQ(rank.wait(), 0);
  pid_t supervisor = -1;
  ASSERT_EQ(::read(ends[0], &supervisor, sizeof supervisor), ssize_t{sizeof supervisor});
  ::kill(supervisor, SIGCONT);
  EXPECT_TRUE(eventually([&] { return !std::filesystem::exists(base.path() / "scratch"); }));
  for (const int end : ends) ::close(end);
}

TEST(SupervisorDeath, DestructionRemovesTheDirectoriesBeforeItReturns) {
  const TemporaryDirectory base("/tmp", "mystic-system-");
  std::filesystem::create_directories(base.path() / "scratch/run-1");
  pid_t pid = -1;
  {
    const Supervisor supervisor;
    pid = supervisor.pid();
    supervisor.remove_at_end(base.path() / "scratch");
  }
  EXPECT_FALSE(std::filesystem::exists(base.path() / "scratch"));
  EXPECT_FALSE(is_alive(pid));
}

TEST(SupervisorDeath, AForkedCopyThatDestroysItsSupervisorLeavesOursAlone) {
  auto supervisor = std::make_unique<Supervisor>();
  Fork copy([&] { supervisor.reset(); });
  copy.wait();
  EXPECT_TRUE(supervisor->run(shell(testing::unique_mark(), "true")).succeeded());
}

/// A command under way in a thread of ours.
class Running {
 public:
  Running() : thread_([this] { result_ = supervisor_.run(shell(mark_, long_job)); }) {
    EXPECT_TRUE(eventually([&] { return marked(mark_).size() >= long_job_size; }));
  }
  ~Running() {
    if (thread_.joinable()) thread_.join();
  }

  const Supervisor& supervisor() const { return supervisor_; }
  std::set<pid_t> reapers() const { return testing::children_of(supervisor_.pid()); }
  const std::string& mark() const { return mark_; }
  ProcessResult result() {
    thread_.join();
    return result_;
  }

 private:
  const Supervisor supervisor_;
  const std::string mark_ = testing::unique_mark();
  ProcessResult result_;
  std::thread thread_;
};

TEST(SupervisorDeath, TheSupervisorsSigkillKillsItsCommandsAndIsReported) {
  Running running;
  ::kill(running.supervisor().pid(), SIGKILL);
  const ProcessResult result = running.result();
  EXPECT_TRUE(marked(running.mark()).empty());
  EXPECT_EQ(result.end, End::supervisor_lost);
  EXPECT_EQ(result.text, fmt::format("the supervisor has died; killed with {} descendants",
                                     result.descendants_killed));
  EXPECT_GE(result.descendants_killed, 4);
  EXPECT_LT(result.seconds, 8.0);
  const ProcessResult after = running.supervisor().run(shell(running.mark(), "true"));
  EXPECT_EQ(after.end, End::supervisor_lost) << "and later calls do not hang either";
  EXPECT_THROW(running.supervisor().remove_at_end("/tmp"), Error);
}

TEST(SupervisorDeath, TheReapersSigkillKillsItsCommandAndIsReported) {
  Running running;
  ASSERT_EQ(running.reapers().size(), 1U);
  ::kill(*running.reapers().begin(), SIGKILL);
  const ProcessResult result = running.result();
  EXPECT_TRUE(marked(running.mark()).empty());
  EXPECT_EQ(result.end, End::supervisor_lost);
  EXPECT_NE(result.text.find("its reaper was killed"), std::string::npos) << result.text;
  EXPECT_GE(result.descendants_killed, 4);
  EXPECT_TRUE(running.supervisor().run(shell(running.mark(), "true")).succeeded());
}

TEST(SupervisorDeath, AReapersSigkillDoesNotTouchOtherCommands) {
  Running running;
  const pid_t reaper = *running.reapers().begin();
  ProcessResult other;
  std::thread second(
      [&] { other = running.supervisor().run(shell(running.mark() + "-other", "sleep 0.5; exit 6")); });
  EXPECT_TRUE(eventually([&] { return !marked(running.mark() + "-other").empty(); }));
  ::kill(reaper, SIGKILL);
  second.join();
  EXPECT_EQ(other.text, "exit status 6");
  EXPECT_EQ(running.result().end, End::supervisor_lost);
}

TEST(SupervisorDeath, SupervisorAndReaperKilledTogetherTakeTheProgramAlong) {
  Running running;
  const pid_t reaper = *running.reapers().begin();
  std::set<pid_t> programs = testing::children_of(reaper);  // and orphans that fell to it
  std::erase_if(programs, [](pid_t pid) {
    return testing::text_of(fmt::format("/proc/{}/cmdline", pid)).find(long_job) == std::string::npos;
  });
  ::kill(running.supervisor().pid(), SIGSTOP);  // so that it cannot sweep in between
  ::kill(reaper, SIGKILL);
  ::kill(running.supervisor().pid(), SIGKILL);
  EXPECT_EQ(running.result().text, "the supervisor has died");
  // The program by PDEATHSIG; what it forked is then beyond anybody's reach.
  ASSERT_EQ(programs.size(), 1U);
  EXPECT_TRUE(eventually([&] { return !is_alive(*programs.begin()); }));
  EXPECT_TRUE(eventually([&] {
    for (const pid_t left : marked(running.mark())) ::kill(left, SIGKILL);
    return marked(running.mark()).empty();
  }));
}

TEST(SupervisorDeath, SignalsToTheSupervisorAreIgnored) {
  const Supervisor supervisor;
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGALRM, SIGPIPE}) {
    ::kill(supervisor.pid(), number);
  }
  EXPECT_EQ(supervisor.run(shell(testing::unique_mark(), "exit 5")).text, "exit status 5");
}

TEST(SupervisorDeath, TheTerminalsInterruptDoesNotReachTheCommand) {
  Fork rank([] {
    ::setpgid(0, 0);
    ::signal(SIGINT, SIG_IGN);
    const Supervisor supervisor;
    const std::string mark = testing::unique_mark();
    ProcessResult result;
    std::thread caller([&] { result = supervisor.run(shell(mark, "sleep 0.3; exit 7")); });
    eventually([&] { return !marked(mark).empty(); });
    ::kill(0, SIGINT);
    caller.join();
    ::_exit(result.status);
  });
  EXPECT_EQ(WEXITSTATUS(rank.wait()), 7);
}

}  // namespace
}  // namespace mystic
