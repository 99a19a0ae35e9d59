// A reaper serves one command after the other: nothing of one reaches the next, and whoever is killed
// while nothing runs, the next command does not notice.

#include "processes.hpp"

#include <mystic/system/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <atomic>
#include <memory>

namespace mystic {
namespace {

using End = ProcessResult::End;
using testing::children_of;
using testing::eventually;
using testing::Fork;
using testing::marked;
using testing::shell;

class SupervisorLanesTest : public testing::SupervisorFixture {
 protected:
  ProcessResult run(const std::string& script) const { return supervisor_.run(shell(mark_, script)); }
  std::set<pid_t> reapers() const { return children_of(supervisor_.pid()); }
  bool one_lane_works() const { return run("exit 6").text == "exit status 6"; }
};

TEST_F(SupervisorLanesTest, OneCommandAfterTheOtherNeedsOneReaper) {
  EXPECT_TRUE(reapers().empty());
  EXPECT_TRUE(run("true").succeeded());
  const std::set<pid_t> first = reapers();
  EXPECT_EQ(first.size(), 1U);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(run(fmt::format("exit {}", i)).status, i);
  EXPECT_EQ(reapers(), first);
}

TEST_F(SupervisorLanesTest, EveryEndLeavesItsLaneFitForTheNext) {
  EXPECT_TRUE(run("true").succeeded());
  const std::set<pid_t> first = reapers();
  for (const char* script :
       {"exit 255", "ulimit -c 0; kill -SEGV $$", "kill -KILL $$", "setsid sleep 1000 &",
        "trap '' TERM INT HUP; while :; do sleep 0.01; done"}) {
    Command command = shell(mark_, script);
    command.deadline = 0.3;
    supervisor_.run(command);
    EXPECT_TRUE(marked(mark_).empty()) << script;
    EXPECT_TRUE(one_lane_works()) << script;
  }
  std::stop_source stop;
  std::thread caller([&] { supervisor_.run(shell(mark_, "sleep 1000"), stop.get_token()); });
  EXPECT_TRUE(eventually([&] { return !marked(mark_).empty(); }));
  stop.request_stop();
  caller.join();
  Command missing = shell(mark_, "true");
  missing.directory = "/no/such/place";
  EXPECT_EQ(supervisor_.run(missing).end, End::not_started);
  EXPECT_TRUE(one_lane_works());
  EXPECT_EQ(reapers(), first) << "a lane was given up without need";
}

TEST_F(SupervisorLanesTest, NothingOfACommandReachesTheNext) {
  const std::string look =
      "cd /; readlink /proc/$$/cwd; cat; umask; ulimit -a; readlink /proc/$$/fd/0; "
      "grep -E '^(Sig|CapEff)' /proc/self/status; env | grep -v MARK";
  const auto seen = [&] {
    Command command = shell(mark_, look);
    command.output = directory_.path() / "seen";
    EXPECT_TRUE(supervisor_.run(command).succeeded());
    return testing::text_of(directory_.path() / "seen");
  };
  const std::string before = seen();
  std::ofstream(directory_.path() / "in") << "text";
  Command command = shell(mark_, "umask 077; cat; trap '' TERM; echo x; exit 1");
  command.directory = directory_.path();
  command.input = "in";
  command.output = "out";
  command.output_cap = 1;
  command.environment.emplace_back("MORE=1");
  command.limits = {.memory = 1 << 27, .cpu_seconds = 5, .file_size = 1 << 20};
  const ProcessResult first = supervisor_.run(command);
  EXPECT_TRUE(first.output_truncated);
  EXPECT_EQ(seen(), before);
  const ProcessResult second = run("true");
  EXPECT_FALSE(second.output_truncated);
  EXPECT_EQ(second.last_output, "");
  EXPECT_EQ(reapers().size(), 1U);
}

TEST_F(SupervisorLanesTest, AnIdleReaperStaysInNobodysDirectory) {
  Command command = shell(mark_, "true");
  command.directory = directory_.path();
  EXPECT_TRUE(supervisor_.run(command).succeeded());
  const std::string link = fmt::format("/proc/{}/cwd", *reapers().begin());
  EXPECT_TRUE(eventually([&] { return std::filesystem::read_symlink(link) == "/"; }));
}

TEST_F(SupervisorLanesTest, CommandsTooLargeForAMessageGoThroughTheSameLane) {
  for (const int size : {1, 30000, 32000, 32768, 33000, 100000, 5}) {
    Command command = shell(mark_, "exit $((${#TEXT} % 251))");
    command.environment.push_back("TEXT=" + std::string(static_cast<std::size_t>(size), 'x'));
    EXPECT_EQ(supervisor_.run(command).status, size % 251) << size;
  }
  EXPECT_EQ(reapers().size(), 1U);
}

TEST_F(SupervisorLanesTest, AStopThatMeetsTheEndLeavesTheLaneInOrder) {
  int exited = 0;
  int cancelled = 0;
  for (int attempt = 0; attempt < 500; ++attempt) {
    std::stop_source stop;
    std::thread stopper([&] {
      std::this_thread::sleep_for(std::chrono::microseconds(20 * (attempt % 100)));
      stop.request_stop();
    });
    const ProcessResult result = supervisor_.run(shell(mark_, "exit 7"), stop.get_token());
    if (attempt % 2 == 0) stopper.join();
    // The next at once, while the stop may still be on its way.
    EXPECT_EQ(run("exit 8").text, "exit status 8") << attempt;
    if (stopper.joinable()) stopper.join();
    exited += result.text == "exit status 7" ? 1 : 0;
    cancelled += result.end == End::cancelled ? 1 : 0;
  }
  EXPECT_EQ(exited + cancelled, 500);
  EXPECT_GT(cancelled, 0);
  EXPECT_EQ(reapers().size(), 1U);
}

TEST_F(SupervisorLanesTest, AProgramThatVanishesAndComesBackIsReportedAndFound) {
  const std::filesystem::path program = directory_.path() / "program";
  const auto make = [&] {
    std::filesystem::copy_file("/bin/true", program);
    ::chmod(program.c_str(), 0755);
  };
  Command command;
  command.arguments = {program};
  make();
  EXPECT_TRUE(supervisor_.run(command).succeeded());
  std::filesystem::remove(program);
  EXPECT_EQ(supervisor_.run(command).status, ENOENT);
  EXPECT_EQ(supervisor_.run(command).end, End::not_started);
  make();
  EXPECT_TRUE(supervisor_.run(command).succeeded());
}

TEST_F(SupervisorLanesTest, TheSigkillOfAnIdleReaperIsNotNoticed) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    EXPECT_TRUE(run("true").succeeded());
    for (const pid_t reaper : reapers()) ::kill(reaper, SIGKILL);
    // At once: the supervisor may not have heard of it yet.
    const ProcessResult result = run("exit 6");
    EXPECT_EQ(result.text, "exit status 6");
  }
}

TEST_F(SupervisorLanesTest, AStoppedIdleReaperThatIsKilledLaterHasNotBegun) {
  EXPECT_TRUE(run("true").succeeded());
  const pid_t reaper = *reapers().begin();
  ::kill(reaper, SIGSTOP);
  ProcessResult result;
  std::thread caller([&] { result = run("exit 6"); });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));  // so that the command lies there unread
  ::kill(reaper, SIGKILL);
  caller.join();
  EXPECT_EQ(result.text, "exit status 6") << "it was handed to another reaper";
}

TEST_F(SupervisorLanesTest, ReapersKilledInTheMidstOfManyCommandsCostThoseOnly) {
  std::atomic<bool> stop = false;
  std::atomic<int> good = 0, lost = 0, wrong = 0;
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 4; ++caller) {
    callers.emplace_back([&] {
      while (!stop) {
        const ProcessResult result = run("(setsid sleep 1000 &) ; exit 9");
        const bool killed = result.end == End::supervisor_lost &&
                            result.text.find("its reaper was killed") != std::string::npos;
        ++(result.status == 9 && result.end == End::exited ? good : killed ? lost : wrong);
        if (!killed && result.status != 9) ADD_FAILURE() << result.text;
      }
    });
  }
  for (int kill = 0; kill < 100; ++kill) {
    const std::set<pid_t> found = reapers();
    if (!found.empty())
      ::kill(*std::next(found.begin(), kill % static_cast<int>(found.size())), SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  stop = true;
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(good, 0);
  EXPECT_GT(lost, 0);
  EXPECT_TRUE(eventually([&] { return reapers().size() <= 4; }));
}

TEST_F(SupervisorLanesTest, TheSupervisorsSigkillEndsIdleReapersAndIsReportedToTheNext) {
  auto supervisor = std::make_unique<Supervisor>();
  EXPECT_TRUE(supervisor->run(shell(mark_, "true")).succeeded());
  const pid_t reaper = *children_of(supervisor->pid()).begin();
  ::kill(supervisor->pid(), SIGKILL);
  const ProcessResult result = supervisor->run(shell(mark_, "exit 6"));
  EXPECT_TRUE(result.end == End::supervisor_lost || result.text == "exit status 6") << result.text;
  EXPECT_TRUE(eventually([&] { return !is_alive(reaper); }));
  EXPECT_EQ(supervisor->run(shell(mark_, "true")).end, End::supervisor_lost);
}

TEST_F(SupervisorLanesTest, IdleReapersEndWithUs) {
  for (const bool by_signal : {false, true}) {
    int ends[2] = {-1, -1};
    ASSERT_EQ(::pipe(ends), 0);
    Fork rank([&] {
      auto supervisor = std::make_unique<Supervisor>();
      supervisor->run(shell(mark_, "true"));
      const pid_t told[] = {supervisor->pid(), *children_of(supervisor->pid()).begin()};
      if (::write(ends[1], told, sizeof told) != sizeof told) ::_exit(1);
      if (by_signal) ::raise(SIGKILL);
      supervisor.reset();
    });
    pid_t told[2] = {-1, -1};
    ASSERT_EQ(::read(ends[0], told, sizeof told), ssize_t{sizeof told});
    rank.wait();
    for (const pid_t pid : told) EXPECT_TRUE(eventually([&] { return !is_alive(pid); })) << by_signal;
    for (const int end : ends) ::close(end);
  }
}

TEST_F(SupervisorLanesTest, AForkedCopyOfUsUsesLanesOfItsOwn) {
  auto supervisor = std::make_unique<Supervisor>();
  EXPECT_TRUE(supervisor->run(shell(mark_, "true")).succeeded());
  std::atomic<int> wrong = 0;
  Fork copy([&] {
    int status = 0;
    for (int i = 0; i < 50; ++i) status |= supervisor->run(shell(mark_, "exit 4")).status != 4 ? 1 : 0;
    supervisor.reset();  // with our idle lane in it
    ::_exit(status);
  });
  for (int i = 0; i < 50; ++i) wrong += supervisor->run(shell(mark_, "exit 5")).status != 5 ? 1 : 0;
  EXPECT_EQ(copy.wait(), 0);
  EXPECT_EQ(wrong, 0);
  EXPECT_TRUE(eventually([&] { return children_of(supervisor->pid()).size() == 1; }))
      << "the copy's reapers end with its lanes, and ours does not";
}

TEST_F(SupervisorLanesTest, AForkedCopyThatGoesDoesNotDisturbWhatRunsOnOurLane) {
  auto supervisor = std::make_unique<Supervisor>();
  EXPECT_TRUE(supervisor->run(shell(mark_, "true")).succeeded());
  const std::filesystem::path started = directory_.path() / "started";
  Fork copy([&] {  // with our lane, idle at this moment
    eventually([&] { return std::filesystem::exists(started); });
    supervisor.reset();
  });
  Command command = shell(mark_, "touch started; sleep 0.5; exit 5");
  command.directory = directory_.path();
  EXPECT_EQ(supervisor->run(command).text, "exit status 5");
}

TEST_F(SupervisorLanesTest, ACommandOfAForkedCopyDiesWithTheCopy) {
  Fork copy([&] { run("setsid sleep 1000 & sleep 1000"); });
  EXPECT_TRUE(eventually([&] { return marked(mark_).size() >= 3; }));
  ::kill(copy.pid(), SIGKILL);
  copy.wait();
  EXPECT_TRUE(testing::none_left(mark_));
}

}  // namespace
}  // namespace mystic
