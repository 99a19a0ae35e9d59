// What a program prints: all of it up to the cap, the end of it always, and never more than the cap on
// disk or in memory, however much and however long it prints and whoever else holds its streams.

#include "processes.hpp"

#include <mystic/system/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sys/resource.h>

#include <cerrno>

namespace mystic {
namespace {

using End = ProcessResult::End;
using testing::eventually;
using testing::marked;
using testing::shell;
using testing::text_of;

class SupervisorCaptureTest : public testing::SupervisorFixture {
 protected:
  Command command(const std::string& script) const {
    Command made = shell(mark_, script);
    made.directory = directory_.path();
    made.output = "out";
    made.error = "err";
    return made;
  }
  ProcessResult run(const std::string& script) const { return supervisor_.run(command(script)); }
  std::string printed(const char* name) const { return text_of(directory_.path() / name); }
  std::uintmax_t size(const char* name) const {
    return std::filesystem::file_size(directory_.path() / name);
  }
  pid_t reaper() const {
    const std::set<pid_t> reapers = testing::children_of(supervisor_.pid());
    EXPECT_EQ(reapers.size(), 1U);
    return *reapers.begin();
  }
};

std::uintmax_t peak_bytes(pid_t pid) {
  std::ifstream file(fmt::format("/proc/{}/status", pid));
  std::uintmax_t kilobytes = 0;
  for (std::string word; file >> word;) {
    if (word == "VmHWM:" && file >> kilobytes) return kilobytes * 1024;
  }
  return 0;
}

/// Processor time of `pid` so far, s.
double processor_time(pid_t pid) {
  std::istringstream text(text_of(fmt::format("/proc/{}/stat", pid)));
  std::string word;
  for (int skipped = 0; skipped < 13; ++skipped) text >> word;  // "(reaper)" is one word
  double user = 0.0;
  double system = 0.0;
  text >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

TEST_F(SupervisorCaptureTest, KeepsAllUpToTheCapAndNotAByteMore) {
  for (const int size : {0, 1, 99999, 100000, 100001, 300000}) {
    Command wanted = command(fmt::format("head -c {0} /dev/zero; head -c {0} /dev/zero >&2", size));
    wanted.output_cap = 100000;
    const ProcessResult result = supervisor_.run(wanted);
    EXPECT_TRUE(result.succeeded()) << "the program must not notice: " << result.text;
    const std::string kept(static_cast<std::size_t>(std::min(size, 100000)), '\0');
    EXPECT_TRUE(printed("out") == kept) << size;
    EXPECT_TRUE(printed("err") == kept) << size;
    EXPECT_EQ(result.output_truncated, size > 100000);
    EXPECT_EQ(result.error_truncated, size > 100000);
  }
}

TEST_F(SupervisorCaptureTest, WithoutACapAllIsKept) {
  Command wanted = command("seq 1 3000000");
  wanted.output_cap = unlimited;
  const ProcessResult result = supervisor_.run(wanted);
  EXPECT_TRUE(result.succeeded());
  EXPECT_FALSE(result.output_truncated);
  std::string all;
  for (int i = 1; i <= 3000000; ++i) all += fmt::format("{}\n", i);
  EXPECT_TRUE(printed("out") == all) << size("out") << " bytes instead of " << all.size();
}

TEST_F(SupervisorCaptureTest, ACapOfNothingKeepsNothing) {
  Command wanted = command("echo text");
  wanted.output_cap = 0;
  const ProcessResult result = supervisor_.run(wanted);
  EXPECT_TRUE(result.output_truncated);
  EXPECT_FALSE(result.error_truncated);
  EXPECT_EQ(size("out"), 0U);
  EXPECT_EQ(result.last_output, "text\n");
}

TEST_F(SupervisorCaptureTest, TheLastWordsAreThoseBeyondTheCapToo) {
  Command wanted = command("seq 1 100000; echo oh >&2; echo dear >&2");
  wanted.output_cap = 10;
  const ProcessResult result = supervisor_.run(wanted);
  EXPECT_EQ(printed("out"), "1\n2\n3\n4\n5\n");
  EXPECT_EQ(result.last_error, "oh\ndear\n");
  EXPECT_EQ(result.last_output.size(), 2048U);
  std::string all;
  for (int i = 1; i <= 100000; ++i) all += fmt::format("{}\n", i);
  EXPECT_EQ(result.last_output, all.substr(all.size() - 2048));
}

TEST_F(SupervisorCaptureTest, TheLastWordsAreCollectedFromManySmallOnes) {
  const ProcessResult result =
      run("i=0; while [ $i -lt 50 ]; do seq -s, $i $((i+20)); i=$((i+1)); sleep 0.002; done; exit 2");
  const std::string all = printed("out");
  ASSERT_GT(all.size(), 2048U);
  EXPECT_EQ(result.last_output, all.substr(all.size() - 2048));
  EXPECT_EQ(result.last_error, "");
}

TEST_F(SupervisorCaptureTest, BothIntoOneFileAreBothInTheOutputsFields) {
  Command wanted = command("echo 1; echo 2 >&2; echo 3; echo 4 >&2");
  wanted.error = "./out";
  wanted.output_cap = 5;
  const ProcessResult result = supervisor_.run(wanted);
  EXPECT_EQ(printed("out"), "1\n2\n3");
  EXPECT_EQ(result.last_output, "1\n2\n3\n4\n");
  EXPECT_EQ(result.last_error, "");
  EXPECT_TRUE(result.output_truncated);
  EXPECT_FALSE(result.error_truncated);
}

TEST_F(SupervisorCaptureTest, AFloodOnBothStreamsIsHeldUntilTheDeadline) {
  EXPECT_TRUE(run("yes | head -c 1000000").succeeded());  // so that its reaper is as large as it gets
  const std::uintmax_t before = peak_bytes(reaper());
  Command wanted = command("yes error >&2 & (setsid yes stray &) ; yes");
  wanted.output_cap = 1000003;
  wanted.deadline = 1.0;
  const ProcessResult result = supervisor_.run(wanted);
  EXPECT_EQ(result.end, End::deadline) << result.text;
  EXPECT_LT(result.seconds, 2.0);
  EXPECT_EQ(size("out"), 1000003U);
  EXPECT_EQ(size("err"), 1000003U);
  EXPECT_TRUE(result.output_truncated);
  EXPECT_TRUE(result.error_truncated);
  EXPECT_TRUE(marked(mark_).empty());
  EXPECT_LT(peak_bytes(reaper()), before + (4U << 20));
}

TEST_F(SupervisorCaptureTest, AFloodDoesNotKeepAStopOrAnEndWaiting) {
  EXPECT_LT(run("yes & sleep 0.2; exit 3").seconds, 2.0);
  std::stop_source stop;
  ProcessResult result;
  std::thread caller([&] { result = supervisor_.run(command("yes & yes >&2"), stop.get_token()); });
  stop.request_stop();
  caller.join();
  EXPECT_LT(result.seconds, 2.0);
}

TEST_F(SupervisorCaptureTest, WhatWasPrintedJustBeforeTheEndIsThere) {
  for (int attempt = 0; attempt < 50; ++attempt) {
    const ProcessResult result = run("head -c 60000 /dev/zero; echo last; echo word >&2; kill -KILL $$");
    EXPECT_EQ(result.end, End::signalled);
    EXPECT_EQ(size("out"), 60005U);
    EXPECT_TRUE(result.last_output.ends_with("last\n"));
    EXPECT_EQ(result.last_error, "word\n");
  }
}

TEST_F(SupervisorCaptureTest, WhatTheStreamStillHoldsAtTheEndIsTaken) {
  EXPECT_TRUE(run("true").succeeded());
  const pid_t busy = reaper();
  ProcessResult result;
  std::thread caller([&] {  // 1031: F_SETPIPE_SZ; so much is more than the reaper reads at once
    result =
        run("while ! test -e go; do sleep 0.01; done; "
            "exec perl -e 'fcntl(STDOUT, 1031, 1 << 20) or die; syswrite(STDOUT, \"x\" x 500000)'");
  });
  EXPECT_TRUE(eventually([&] { return !marked(mark_).empty(); }));
  ::kill(busy, SIGSTOP);
  std::ofstream(directory_.path() / "go") << "now";
  EXPECT_TRUE(eventually([&] { return marked(mark_).empty(); }));
  ::kill(busy, SIGCONT);
  caller.join();
  EXPECT_TRUE(result.succeeded()) << result.text << result.last_error;
  EXPECT_EQ(size("out"), 500000U);
}

TEST_F(SupervisorCaptureTest, StraysThatHoldTheStreamsOpenDelayNothing) {
  const ProcessResult result =
      run("(setsid sh -c 'trap \"\" TERM HUP; while :; do echo stray; done' &) ; sleep 0.1; exit 4");
  EXPECT_EQ(result.status, 4) << result.text;
  EXPECT_LT(result.seconds, 2.0);
  EXPECT_TRUE(marked(mark_).empty());
}

TEST_F(SupervisorCaptureTest, AStrangerWhoWritesIntoTheStreamForEverDelaysNothing) {
  ProcessResult result;
  std::thread caller([&] { result = run("exec sleep 0.5"); });
  EXPECT_TRUE(eventually([&] { return !marked(mark_).empty(); }));
  const std::string stream = fmt::format("/proc/{}/fd/1", *marked(mark_).begin());
  testing::Fork stranger([&] {  // no descendant of the supervisor: nobody kills it
    const int file = ::open(stream.c_str(), O_WRONLY);
    const std::string text(4096, 'x');
    while (::write(file, text.data(), text.size()) > 0) {
    }
  });
  caller.join();
  EXPECT_TRUE(result.succeeded()) << result.text;
  EXPECT_GT(size("out"), 0U) << "no stranger?";
  EXPECT_LT(result.seconds, 2.0);
}

TEST_F(SupervisorCaptureTest, AProgramThatReadsItsOwnStreamHoldsNothingUp) {
  // What poll has seen, a cat may have taken before we read; and then nothing comes any more.
  Command wanted = command(
      "for i in 1 2 3 4; do cat < /dev/stdout > /dev/null & done; "
      "yes | head -c 20000000; exec sleep 1000");
  wanted.deadline = 1.0;
  const ProcessResult result = supervisor_.run(wanted);
  EXPECT_EQ(result.end, End::deadline) << result.text;
  EXPECT_LT(result.seconds, 2.0);
}

TEST_F(SupervisorCaptureTest, AProgramThatClosesItsStreamsDoesNotMakeItsReaperSpin) {
  EXPECT_TRUE(run("true").succeeded());
  const double before = processor_time(reaper());
  EXPECT_TRUE(run("exec sleep 0.5 >&- 2>&-").succeeded());
  EXPECT_LT(processor_time(reaper()) - before, 0.1);
}

TEST_F(SupervisorCaptureTest, WhatAProgramDoesToItsStreamDoesNotReachTheNext) {
  EXPECT_TRUE(
      run("exec perl -e 'use Fcntl; fcntl(STDOUT, F_SETFL, O_NONBLOCK | O_WRONLY) or die'").succeeded());
  EXPECT_TRUE(
      run("exec perl -e 'use Fcntl; exit(fcntl(STDOUT, F_GETFL, 0) & O_NONBLOCK ? 1 : 0)'").succeeded());
}

TEST_F(SupervisorCaptureTest, ADeviceIsHandedToTheProgramItself) {
  Command wanted = command("where=$(readlink /proc/$$/fd/1); echo $where >&2");
  wanted.output = "/dev/full";
  const ProcessResult result = supervisor_.run(wanted);
  EXPECT_EQ(result.last_error, "/dev/full\n");
  EXPECT_EQ(result.last_output, "");
}

TEST_F(SupervisorCaptureTest, WhatCannotBeWrittenIsReportedAndTheProgramRunsOn) {
  testing::Fork limited([&] {  // as good as a full disk: no file beyond 1 MB
    const rlimit limit = {.rlim_cur = 1000000, .rlim_max = 1000000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const Supervisor fresh;
    const ProcessResult result = fresh.run(command("head -c 3000000 /dev/zero && echo end; exit $?"));
    const bool as_it_must_be =
        result.end == End::exited && result.status == 0 && result.output_error == EFBIG &&
        !result.succeeded() && result.last_output.ends_with("end\n") && !result.output_truncated &&
        result.text == "exit status 0; what it printed could not be written: File too large";
    ::_exit(as_it_must_be ? 0 : 1);
  });
  EXPECT_EQ(limited.wait(), 0);
  EXPECT_EQ(size("out"), 1000000U);
}

}  // namespace
}  // namespace mystic
