// What a command may take, what it took, and how its caller tells a limit from a crash.

#include "processes.hpp"

#include <mystic/system/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sys/resource.h>

#include <cmath>
#include <limits>

namespace mystic {
namespace {

using End = ProcessResult::End;
using testing::shell;

constexpr std::uintmax_t megabyte = 1 << 20;

/// Below this no peak can be seen: the supervisor is forked from us.
std::uintmax_t our_peak() {
  rusage used = {};
  ::getrusage(RUSAGE_SELF, &used);
  return static_cast<std::uintmax_t>(used.ru_maxrss) * 1024;
}

class SupervisorLimitsTest : public testing::SupervisorFixture {
 protected:
  ProcessResult run(const std::string& script, const ResourceLimits& limits = {}) const {
    Command command = shell(mark_, script);
    command.directory = directory_.path();
    command.output = "out";
    command.error = "err";
    command.limits = limits;
    command.deadline = 60.0;
    return supervisor_.run(command);
  }
};

constexpr const char* hog = "exec perl -e '$hog = \"x\" x (200 << 20); exit 3'";

TEST_F(SupervisorLimitsTest, MemoryBeyondTheLimitIsRefusedToTheProgram) {
  const ProcessResult result = run(hog, {.memory = 100 * megabyte});
  EXPECT_NE(result.status, 3) << result.text;
  EXPECT_NE(result.last_error.find("ut of memory"), std::string::npos) << result.last_error;
  EXPECT_LT(result.peak_memory, 150 * megabyte + our_peak());
  EXPECT_EQ(run(hog, {.memory = 1000 * megabyte}).status, 3);
}

TEST_F(SupervisorLimitsTest, TheNextCommandHasNotTheLimitsOfTheLast) {
  EXPECT_NE(run(hog, {.memory = 100 * megabyte}).status, 3);
  EXPECT_EQ(run(hog).status, 3);
}

#if defined(__x86_64__)  // where system call 9 is mmap
TEST_F(SupervisorLimitsTest, ReservedMemoryIsNotCounted) {
  // PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS: as allocators and runtimes reserve address space.
  const ProcessResult result =
      run("exec perl -e 'my $at = syscall(9, 0, 8 << 30, 0, 0x22, -1, 0); "
          "exit($at == -1 ? 1 : 0)'",
          {.memory = 100 * megabyte});
  EXPECT_TRUE(result.succeeded()) << result.text << result.last_error;
}
#endif

TEST_F(SupervisorLimitsTest, ProcessorTimeBeyondTheLimitEndsTheProgram) {
  const ProcessResult result = run("while :; do :; done", {.cpu_seconds = 0.5});
  EXPECT_EQ(result.end, End::limit) << result.text;
  EXPECT_EQ(result.status, SIGXCPU);
  EXPECT_EQ(result.text, "killed by SIGXCPU (used more than the 0.5 s of processor time it may)");
  // A whole second, by the ticks that the kernel counts for this; they differ from the true time where
  // others use the processor too.
  EXPECT_GE(result.cpu_seconds, 0.4);
  EXPECT_LT(result.cpu_seconds, 1.9);
}

TEST_F(SupervisorLimitsTest, WhoIgnoresTheSignalOfALimitIsKilledSoonAndItStaysALimit) {
  const ProcessResult result = run("trap '' XCPU; while :; do :; done", {.cpu_seconds = 1.0});
  EXPECT_EQ(result.end, End::limit) << result.text;
  EXPECT_EQ(result.status, SIGKILL);
  EXPECT_EQ(result.text, "killed by SIGKILL (used more than the 1 s of processor time it may)");
}

TEST_F(SupervisorLimitsTest, TheSameSignalsFromElsewhereAreNoLimit) {
  for (const char* name : {"XCPU", "XFSZ", "KILL"}) {
    EXPECT_EQ(run(fmt::format("ulimit -c 0; kill -{} $$", name)).end, End::signalled) << name;
  }
  // Its children used the time and died of it; the shell itself is then killed by another.
  const ProcessResult result =
      run("ulimit -c 0; for i in 1 2; do sh -c 'while :; do :; done'; done; kill -KILL $$",
          {.cpu_seconds = 1.0});
  EXPECT_EQ(result.end, End::signalled) << result.text;
  EXPECT_GE(result.cpu_seconds, 1.0);
}

TEST_F(SupervisorLimitsTest, AFileBeyondTheLimitEndsTheProgram) {
  const ProcessResult result =
      run("ulimit -c 0; exec head -c 1000000 /dev/zero > file", {.file_size = 12345});
  EXPECT_EQ(result.end, End::limit) << result.text;
  EXPECT_EQ(result.status, SIGXFSZ);
  EXPECT_EQ(result.text, "killed by SIGXFSZ (wrote more than the 12345 bytes a file may have)");
  EXPECT_EQ(std::filesystem::file_size(directory_.path() / "file"), 12345U);
}

TEST_F(SupervisorLimitsTest, AFloodIntoAFileStopsAtTheLimitOfItsDescendantsToo) {
  const ProcessResult result = run(
      "ulimit -c 0; sh -c 'yes > flood'; setsid sh -c 'yes > other'; exit 5", {.file_size = megabyte});
  EXPECT_EQ(result.text, "exit status 5");
  EXPECT_EQ(std::filesystem::file_size(directory_.path() / "flood"), megabyte);
  EXPECT_EQ(std::filesystem::file_size(directory_.path() / "other"), megabyte);
}

TEST_F(SupervisorLimitsTest, WhatIsPrintedIsNoFileOfTheProgram) {
  const ProcessResult result = run("head -c 1000000 /dev/zero", {.file_size = 1000});
  EXPECT_TRUE(result.succeeded()) << result.text;
  EXPECT_EQ(std::filesystem::file_size(directory_.path() / "out"), 1000000U);
}

TEST_F(SupervisorLimitsTest, PeakMemoryIsThatOfTheLargestDescendant) {
  EXPECT_LT(run("true").peak_memory, 50 * megabyte + our_peak());
  EXPECT_GT(run("true").peak_memory, 0U);
  for (const char* script : {"{}", "sh -c '{}; true'",
                             "(sh -c '{}; touch done' &) ; while ! test -e done; do sleep 0.02; done"}) {
    std::string whole = script;
    whole.replace(whole.find("{}"), 2, "perl -e \"\\$hog = 0 x (200 << 20);\"");
    EXPECT_GE(run(whole).peak_memory, 200 * megabyte) << whole;
  }
}

TEST_F(SupervisorLimitsTest, ProcessorTimeIsThatOfAllDescendants) {
  EXPECT_LT(run("sleep 0.3").cpu_seconds, 0.2);
  Command command = shell(mark_, "setsid sh -c 'while :; do :; done' & while :; do :; done");
  command.deadline = 1.0;
  const ProcessResult result = supervisor_.run(command);
  EXPECT_GT(result.cpu_seconds, 0.5);
  EXPECT_LT(result.cpu_seconds, 2.5);
}

TEST_F(SupervisorLimitsTest, LimitsThatMakeNoSenseAreRefused) {
  for (const double seconds : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THROW(run("true", {.cpu_seconds = seconds}), InvalidArgument) << seconds;
  }
  EXPECT_THROW(run("true", {.memory = 0}), InvalidArgument);
  EXPECT_TRUE(run("true", {.cpu_seconds = 1e300, .file_size = 0}).succeeded());
}

}  // namespace
}  // namespace mystic
