// Each fault is the real one, next to evaluations that go well; afterwards /proc and the directories are
// searched for what was left.

#include "external_fixture.hpp"
#include "tests/system/processes.hpp"

#include "mystic/core/evaluator.hpp"
#include "mystic/system/clock.hpp"

#include <sys/mount.h>

#include <csignal>
#include <fstream>
#include <future>
#include <thread>

namespace mystic {
namespace {

namespace fs = std::filesystem;

using Kind = FailureKind;

class ExternalFaults : public ExternalModelTest {
 protected:
  /// Runs `script` as the code where x is 1, and a good one where it is not, at once on two threads: the
  /// first must fail as said, the other two succeed. Then nothing may be left.
  void expect_fault(const std::string& script, Kind kind, const std::string& part,
                    ExternalModelOptions options = {}) {
    const ExternalModelOptions code =
        shell("[ \"$(sed -n 1p in.txt)\" = x=1 ] || { echo y=5 | tee result; exit 0; }\n" + script);
    options.inputs = code.inputs;
    options.templates = code.templates;
    options.command = code.command;
    if (options.outputs.empty()) options.outputs = code.outputs;
    options.environment["MYSTIC_TEST_MARK"] = mark_;
    std::vector<Outcome> good;
    std::vector<Outcome> bad;
    {
      const ExternalModel tested = model(options);
      auto beside =
          std::async(std::launch::async, [&] { return evaluate(tested, Points{{2, 3}, {0, 0}}); });
      bad = evaluate(tested, Points{{1}, {0}});
      good = beside.get();
    }
    ASSERT_FALSE(bad[0].ok()) << "gave " << bad[0].outputs;
    EXPECT_EQ(name_of(bad[0].failure->kind), name_of(kind)) << bad[0].failure->text;
    EXPECT_NE(bad[0].failure->text.find(part), std::string::npos) << bad[0].failure->text;
    for (const Outcome& outcome : good) {
      ASSERT_TRUE(outcome.ok()) << outcome.failure->text;
      EXPECT_EQ(outcome.outputs[0], 5.0);
    }
    expect_nothing_left();
  }

  void expect_nothing_left() const {
    EXPECT_EQ(entries_below(scratch()), 0U);
    EXPECT_TRUE(mystic::testing::marked(mark_).empty());
  }

  /// A file in the study's directory, for the code to say something to the test.
  [[nodiscard]] std::string note(const std::string& name) const { return (study() / name).string(); }

  std::string mark_ = fmt::format("mystic-fault-{}-{}", ::getpid(),
                                  ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(ExternalFaults, ExitStatusOne) {
  expect_fault("echo y=1; exit 1", Kind::exit_status, "exit status 1");
}

TEST_F(ExternalFaults, ExitStatus255) {
  expect_fault("echo y=1; exit 255", Kind::exit_status, "exit status 255");
}

TEST_F(ExternalFaults, SegmentationFault) {
  expect_fault("echo y=1; kill -SEGV $$", Kind::signal, "SIGSEGV");
}

TEST_F(ExternalFaults, KilledFromOutside) {
  const std::string pid_file = note("pid");
  std::jthread killer([pid_file](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      pid_t pid = 0;
      if (std::ifstream(pid_file) >> pid && pid > 1) {
        ::kill(pid, SIGKILL);
        return;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
  expect_fault(
      "echo $$ > '" + pid_file + ".new'; mv '" + pid_file + ".new' '" + pid_file + "'; sleep 1000",
      Kind::signal, "SIGKILL");
}

TEST_F(ExternalFaults, Hang) {
  expect_fault("sleep 1000", Kind::deadline, "still running after 0.4 s", {.deadline = 0.4});
}

TEST_F(ExternalFaults, HangThatIgnoresSigterm) {
  expect_fault("trap '' TERM INT HUP; while :; do sleep 1000; done", Kind::deadline, "still running",
               {.deadline = 0.4});
}

TEST_F(ExternalFaults, GrandchildrenThatForkTwiceAndCallSetsid) {
  expect_fault(
      "(setsid sh -c 'sleep 1000 & exec sleep 1000' &) ; (setsid sleep 1000 > /dev/null 2>&1 < "
      "/dev/null &); "
      "sleep 0.2; exit 6",
      Kind::exit_status, "left behind and killed");
}

TEST_F(ExternalFaults, FloodOfTheStandardOutput) {
  ExternalModelOptions options{.deadline = 0.5};
  options.output_cap = 1.0;
  expect_fault("exec yes 'y=3 and so on without end'", Kind::deadline, "and so on without end", options);
}

TEST_F(ExternalFaults, FloodThatEndsIsNotReadAsIfItWereWhole) {
  ExternalModelOptions options;
  options.output_cap = 0.25;
  expect_fault("yes 'y=3' | head -c 2000000", Kind::unreadable_output, "was cut at 262144 bytes",
               options);
}

TEST_F(ExternalFaults, FloodOfAFile) {
  ExternalModelOptions options;
  options.largest_file = 1.0;
  // The shell's last command is the one that is killed: its own status says so.
  expect_fault("exec cat /dev/zero > big", Kind::limit, "SIGXFSZ", options);
}

TEST_F(ExternalFaults, MemoryWithoutEnd) {
  ExternalModelOptions options;
  options.memory = 64.0;
  expect_fault("exec awk 'BEGIN {s = \"0123456789abcdef\"; while (1) s = s s}'", Kind::exit_status,
               "MiB of memory", options);
}

TEST_F(ExternalFaults, ProcessorTimeWithoutEnd) {
  ExternalModelOptions options;
  options.cpu_seconds = 1.0;
  expect_fault("while :; do :; done", Kind::limit, "SIGXCPU", options);
}

TEST_F(ExternalFaults, HalfWrittenResults) {
  ExternalModelOptions options;
  options.outputs = {{.name = "y", .file = "result", .after = "y="}};
  expect_fault("printf 'step 1\\ny' > result", Kind::missing_output, "'y='", options);
}

TEST_F(ExternalFaults, NotANumberIsNoResult) {
  const ExternalModel tested = model(shell("echo y=nan"));
  std::vector<Outcome> outcomes(1);
  const Points x{{1}, {2}};
  Task task{.points = x.data(), .dimension = 2, .stride = 8, .outcomes = outcomes};
  Evaluator(tested).run(task, {});
  ASSERT_FALSE(outcomes[0].ok());
  EXPECT_EQ(outcomes[0].failure->kind, Kind::not_a_number);
}

TEST_F(ExternalFaults, EmptyOutput) { expect_fault("exit 0", Kind::missing_output, "'y='"); }

TEST_F(ExternalFaults, ProgramThatVanishesInTheMiddle) {
  write("code", "#!/bin/sh\necho y=1\n");
  fs::permissions(study() / "code", fs::perms::owner_all);
  ExternalModelOptions options = shell("");
  options.command = {"./code"};
  {
    const ExternalModel tested = model(options);
    EXPECT_TRUE(evaluate(tested, Points{{1}, {2}})[0].ok());
    fs::remove(study() / "code");
    const Outcome gone = evaluate(tested, Points{{1}, {2}})[0];
    ASSERT_FALSE(gone.ok());
    EXPECT_EQ(gone.failure->kind, Kind::not_started);
    write("code", "#!/bin/sh\necho y=1\n");
    fs::permissions(study() / "code", fs::perms::owner_all);
    EXPECT_TRUE(evaluate(tested, Points{{1}, {2}})[0].ok());
  }
  expect_nothing_left();
}

/// A file system of 1 MiB, for root only.
class SmallDisk {
 public:
  explicit SmallDisk(const fs::path& at) : at_(at) {
    fs::create_directories(at);
    mounted_ = ::mount("tmpfs", at.c_str(), "tmpfs", 0, "size=1m") == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(at_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  [[nodiscard]] bool mounted() const { return mounted_; }

 private:
  fs::path at_;
  bool mounted_ = false;
};

TEST_F(ExternalFaults, FullDisk) {
  const SmallDisk disk(study() / "small");
  if (!disk.mounted()) GTEST_SKIP() << "only root can mount a small file system";
  Surroundings around = surroundings();
  around.scratch = study() / "small";
  {
    // What the code itself cannot write is its own failure; what it prints is ours to notice.
    const ExternalModel writes(shell("head -c 3000000 /dev/zero > big || exit 28; echo y=1"), around,
                               *supervisor_);
    const Outcome own = evaluate(writes, Points{{1}, {2}})[0];
    ASSERT_FALSE(own.ok());
    EXPECT_EQ(own.failure->kind, Kind::exit_status) << own.failure->text;
    const ExternalModel prints(shell("yes y=1 | head -c 3000000"), around, *supervisor_);
    const Outcome printed = evaluate(prints, Points{{1}, {2}})[0];
    ASSERT_FALSE(printed.ok());
    EXPECT_EQ(printed.failure->kind, Kind::files) << printed.failure->text;
    EXPECT_NE(printed.failure->text.find("No space left"), std::string::npos) << printed.failure->text;
    const ExternalModel good(shell("echo y=1"), around, *supervisor_);
    EXPECT_TRUE(evaluate(good, Points{{1}, {2}})[0].ok());
    std::ofstream(study() / "small" / "filler") << std::string(2'000'000, 'x');
    const Outcome unprepared = evaluate(good, Points{{1}, {2}})[0];
    ASSERT_FALSE(unprepared.ok());
    EXPECT_EQ(unprepared.failure->kind, Kind::files) << unprepared.failure->text;
  }
  EXPECT_EQ(entries_below(study() / "small"), 1U) << "beside the filler";
}

}  // namespace
}  // namespace mystic
