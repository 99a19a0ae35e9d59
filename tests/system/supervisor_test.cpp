// What a command gets and what its caller is told, when nothing has to be killed.

#include "processes.hpp"

#include <mystic/system/environment.hpp>
#include <mystic/system/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <limits>

namespace mystic {
namespace {

using End = ProcessResult::End;
using testing::shell;
using testing::text_of;

class SupervisorTest : public ::testing::Test {
 protected:
  ProcessResult run(const std::string& script) {
    Command command = shell(mark_, script);
    command.directory = directory_.path();
    command.output = "out";
    command.error = "err";
    return supervisor_.run(command);
  }
  std::string output() const { return text_of(directory_.path() / "out"); }
  std::filesystem::path write(const std::string& name, const std::string& text, mode_t mode) {
    const std::filesystem::path path = directory_.path() / name;
    std::ofstream(path) << text;
    ::chmod(path.c_str(), mode);
    return path;
  }
  void TearDown() override { EXPECT_TRUE(testing::none_left(mark_)); }

  const Supervisor supervisor_;
  const TemporaryDirectory directory_{"/tmp", "mystic-system-"};
  const std::string mark_ = testing::unique_mark();
};

TEST_F(SupervisorTest, ReportsTheExitStatus) {
  for (const int status : {0, 1, 3, 255}) {
    const ProcessResult result = run(fmt::format("exit {}", status));
    EXPECT_EQ(result.end, End::exited) << result.text;
    EXPECT_EQ(result.status, status);
    EXPECT_EQ(result.text, fmt::format("exit status {}", status));
    EXPECT_EQ(result.succeeded(), status == 0);
    EXPECT_EQ(result.descendants_killed, 0);
  }
}

TEST_F(SupervisorTest, ReportsTheSignalThatEndedTheProgram) {
  const ProcessResult crash = run("ulimit -c 0; kill -SEGV $$");
  EXPECT_EQ(crash.end, End::signalled);
  EXPECT_EQ(crash.status, SIGSEGV);
  EXPECT_EQ(crash.text, "killed by SIGSEGV");
  const ProcessResult real_time = run("kill -40 $$");
  EXPECT_EQ(real_time.status, 40);
  EXPECT_EQ(real_time.text, "killed by signal 40");
}

TEST_F(SupervisorTest, MeasuresTheWallClockTime) {
  const ProcessResult result = run("sleep 0.2");
  EXPECT_GE(result.seconds, 0.2);
  EXPECT_LT(result.seconds, 2.0);
}

TEST_F(SupervisorTest, KeepsOutputAndErrorApart) {
  EXPECT_TRUE(run("echo to output; echo to error >&2").succeeded());
  EXPECT_EQ(output(), "to output\n");
  EXPECT_EQ(text_of(directory_.path() / "err"), "to error\n");
}

TEST_F(SupervisorTest, WritesOutputAndErrorIntoOneFileInTheirOrder) {
  Command command = shell(mark_, "echo 1; echo 2 >&2; echo 3");
  command.directory = directory_.path();
  command.output = "both";
  command.error = "./both";
  EXPECT_TRUE(supervisor_.run(command).succeeded());
  EXPECT_EQ(text_of(directory_.path() / "both"), "1\n2\n3\n");
}

TEST_F(SupervisorTest, EmptiesAnOldOutputFile) {
  write("out", "something much longer from an earlier attempt", 0644);
  EXPECT_TRUE(run("echo new").succeeded());
  EXPECT_EQ(output(), "new\n");
}

TEST_F(SupervisorTest, ReadsStandardInputFromAFile) {
  write("in", "line\n", 0644);
  Command command = shell(mark_, "cat");
  command.directory = directory_.path();
  command.input = "in";
  command.output = "out";
  EXPECT_TRUE(supervisor_.run(command).succeeded());
  EXPECT_EQ(output(), "line\n");
}

TEST_F(SupervisorTest, StreamsNotNamedAreDevNull) {
  Command command = shell(mark_,
                          "test \"$(readlink /proc/$$/fd/0)$(readlink /proc/$$/fd/1)"
                          "$(readlink /proc/$$/fd/2)\" = /dev/null/dev/null/dev/null");
  EXPECT_TRUE(supervisor_.run(command).succeeded());
}

TEST_F(SupervisorTest, HandsDownNoOtherDescriptor) {
  const int ours = ::open("/dev/null", O_RDONLY);  // without CLOEXEC, as a careless library opens it
  EXPECT_TRUE(run("ls /proc/$$/fd").succeeded());
  ::close(ours);
  EXPECT_EQ(output(), "0\n1\n2\n");
}

TEST_F(SupervisorTest, AFullDeviceIsTheProgramsOwnFailure) {
  Command command = shell(mark_, "echo text; exit $?");
  command.output = "/dev/full";
  const ProcessResult result = supervisor_.run(command);
  EXPECT_EQ(result.end, End::exited);
  EXPECT_NE(result.status, 0);
}

TEST_F(SupervisorTest, RunsInTheGivenDirectory) {
  EXPECT_TRUE(run("pwd").succeeded());
  EXPECT_EQ(output(), std::filesystem::canonical(directory_.path()).string() + "\n");
}

TEST_F(SupervisorTest, AnEmptyOrRelativeDirectoryIsOursAtTheTimeOfTheCall) {
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::create_directory(directory_.path() / "sub");
  std::filesystem::current_path(directory_.path());
  Command command = shell(mark_, "pwd");
  command.output = "here";
  EXPECT_TRUE(supervisor_.run(command).succeeded());
  command.directory = "sub";
  EXPECT_TRUE(supervisor_.run(command).succeeded());
  std::filesystem::current_path(before);
  const std::string place = std::filesystem::canonical(directory_.path()).string();
  EXPECT_EQ(text_of(directory_.path() / "here"), place + "\n");
  EXPECT_EQ(text_of(directory_.path() / "sub/here"), place + "/sub\n");
}

TEST_F(SupervisorTest, TheEnvironmentIsExactlyTheGivenOne) {
  Command command;
  command.arguments = {"/usr/bin/env"};
  command.environment = {"B=2", "A=1", "EMPTY=", "ODD=a=b c"};
  command.output = directory_.path() / "out";
  EXPECT_TRUE(supervisor_.run(command).succeeded());
  EXPECT_EQ(output(), "B=2\nA=1\nEMPTY=\nODD=a=b c\n");
}

TEST_F(SupervisorTest, ArgumentsArriveUnchanged) {
  Command command = shell(mark_, "printf '<%s>' \"$@\"");
  for (const char* argument : {"sh", "", "a b", "$HOME", "'\"\\", "*", "\n"}) {
    command.arguments.emplace_back(argument);
  }
  command.output = directory_.path() / "out";
  EXPECT_TRUE(supervisor_.run(command).succeeded());
  EXPECT_EQ(output(), "<><a b><$HOME><'\"\\><*><\n>");
}

TEST_F(SupervisorTest, CarriesAsMuchTextAsTheSystemTakes) {
  Command command = shell(mark_, "printf '%s %s' $# ${#BIG_999}; exit 5");
  command.arguments.emplace_back("sh");
  for (int i = 0; i < 20000; ++i) command.arguments.push_back(fmt::format("argument-{}", i));
  for (int i = 0; i < 1000; ++i) {
    command.environment.push_back(fmt::format("BIG_{}={}", i, std::string(1000, 'x')));
  }
  command.output = directory_.path() / "out";
  const ProcessResult result = supervisor_.run(command);
  EXPECT_EQ(result.text, "exit status 5");
  EXPECT_EQ(output(), "20000 1000");
}

TEST_F(SupervisorTest, MoreTextThanTheSystemTakesIsNotStarted) {
  Command command = shell(mark_, "true");
  command.arguments.push_back(std::string(300000, 'x'));
  const ProcessResult result = supervisor_.run(command);
  EXPECT_EQ(result.end, End::not_started);
  EXPECT_EQ(result.status, E2BIG);
  EXPECT_EQ(result.text, "cannot start '/bin/sh': Argument list too long");
}

TEST_F(SupervisorTest, LooksTheProgramUpOnThePathOfItsOwnEnvironment) {
  write("simulate", "#!/bin/sh\necho found\n", 0755);
  Command command;
  command.arguments = {"simulate"};
  command.environment = {"PATH=/nowhere:" + directory_.path().string()};
  command.output = directory_.path() / "out";
  EXPECT_TRUE(supervisor_.run(command).succeeded());
  EXPECT_EQ(output(), "found\n");
}

TEST_F(SupervisorTest, AProgramWithASlashIsRelativeToTheDirectory) {
  write("simulate", "#!/bin/sh\necho found\n", 0755);
  Command command;
  command.arguments = {"./simulate"};
  command.directory = directory_.path();
  command.output = "out";
  EXPECT_TRUE(supervisor_.run(command).succeeded());
  EXPECT_EQ(output(), "found\n");
}

TEST_F(SupervisorTest, SignalsAreAsAFreshShellWouldHaveThem) {
  sigset_t terminate, before;
  ::sigemptyset(&terminate);
  ::sigaddset(&terminate, SIGTERM);
  ::sigprocmask(SIG_BLOCK, &terminate, &before);
  const auto old = ::signal(SIGPIPE, SIG_IGN);
  Command command = shell(mark_, "grep -E '^Sig(Blk|Ign)' /proc/self/status");
  command.output = directory_.path() / "out";
  const Supervisor fresh;  // forked from a process with a mask and an ignored signal
  const ProcessResult result = fresh.run(command);
  ::signal(SIGPIPE, old);
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
  EXPECT_TRUE(result.succeeded());
  EXPECT_EQ(output(), "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
}

struct NotStarted {
  std::string program;
  int error;
  std::string text;  ///< that the message must hold
};

TEST_F(SupervisorTest, WhatCannotBeStartedIsSaidWithItsReason) {
  write("plain", "#!/bin/sh\n", 0644);
  write("headless", "echo\n", 0755);
  write("broken", "#!/no/such/interpreter\n", 0755);
  const std::string place = directory_.path();
  const std::vector<NotStarted> cases = {
      {"ccxx", ENOENT, "'ccxx': No such file or directory (not found on PATH=/usr/bin:"},
      {"", ENOENT, "'': No such file or directory"},
      {"/no/such/program", ENOENT, "'/no/such/program': No such file or directory"},
      {"plain", EACCES, "'plain': Permission denied (found on PATH, but not executable)"},
      {"./plain", EACCES, "'./plain': Permission denied (is it executable?)"},
      {"/tmp", EACCES, "'/tmp': Permission denied (it is a directory)"},
      {"./headless", ENOEXEC, "'./headless': Exec format error (not a program; does a script"},
      {"./broken", ENOENT, "'./broken': No such file or directory (the file is there; is the"},
  };
  for (const NotStarted& wanted : cases) {
    Command command;
    command.arguments = {wanted.program, "argument"};
    command.directory = place;
    command.environment = {"PATH=/usr/bin:" + place, "MYSTIC_TEST_MARK=" + mark_};
    const ProcessResult result = supervisor_.run(command);
    EXPECT_EQ(result.end, End::not_started) << result.text;
    EXPECT_EQ(result.status, wanted.error) << result.text;
    EXPECT_NE(result.text.find("cannot start " + wanted.text), std::string::npos) << result.text;
    EXPECT_EQ(result.seconds, 0.0);
  }
}

TEST_F(SupervisorTest, AMissingDirectoryOrStreamIsSaidWithItsName) {
  Command command = shell(mark_, "true");
  command.directory = "/no/such/place";
  EXPECT_EQ(supervisor_.run(command).text,
            "cannot start '/bin/sh': cannot enter directory '/no/such/place': "
            "No such file or directory");
  command.directory = directory_.path();
  command.output = "no/out";
  EXPECT_EQ(supervisor_.run(command).text,
            "cannot start '/bin/sh': cannot open 'no/out' for standard output: "
            "No such file or directory");
  command.output.clear();
  command.input = "in";
  const ProcessResult result = supervisor_.run(command);
  EXPECT_EQ(result.end, End::not_started);
  EXPECT_EQ(result.status, ENOENT);
  EXPECT_EQ(result.text,
            "cannot start '/bin/sh': cannot open 'in' for standard input: "
            "No such file or directory");
}

TEST_F(SupervisorTest, AFifoWithNobodyAtItsOtherEndHoldsNothingUp) {
  ASSERT_EQ(::mkfifo((directory_.path() / "fifo").c_str(), 0600), 0);
  Command command = shell(mark_, "cat");
  command.directory = directory_.path();
  command.input = "fifo";
  EXPECT_TRUE(supervisor_.run(command).succeeded());
  command.input.clear();
  command.output = "fifo";
  EXPECT_EQ(supervisor_.run(command).status, ENXIO);
}

TEST_F(SupervisorTest, ACommandThatMakesNoSenseIsRefused) {
  EXPECT_THROW(supervisor_.run(Command{}), InvalidArgument);
  for (const double deadline : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
    Command command = shell(mark_, "true");
    command.deadline = deadline;
    EXPECT_THROW(supervisor_.run(command), InvalidArgument) << deadline;
  }
  Command command = shell(mark_, std::string("true\0false", 10));
  EXPECT_THROW(supervisor_.run(command), InvalidArgument);
}

TEST_F(SupervisorTest, KeepsNobodysPipeOpen) {
  int ends[2] = {-1, -1};
  ASSERT_EQ(::pipe(ends), 0);
  const Supervisor fresh;
  ::close(ends[1]);
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  char byte = 0;
  EXPECT_EQ(::read(ends[0], &byte, 1), 0) << "no end of file: somebody holds the other end";
  ::close(ends[0]);
}

TEST_F(SupervisorTest, WorksInAProcessWithoutStandardStreams) {
  testing::Fork without([&] {
    for (const int standard : {0, 1, 2}) ::close(standard);
    const Supervisor fresh;
    Command command = shell(mark_, "cat && echo text && echo text >&2");
    ::_exit(fresh.run(command).succeeded() ? 0 : 1);
  });
  EXPECT_EQ(without.wait(), 0);
}

}  // namespace
}  // namespace mystic
