#include "external_fixture.hpp"

#include "mystic/system/clock.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <thread>

namespace mystic {
namespace {

/// Runs `body` in a forked child. @return its pid; the child's exit status is what `body` returns
pid_t in_child(const std::function<int()>& body) {
  const pid_t pid = fork();
  if (pid == 0) {
    int status = 99;
    try {
      status = body();
    } catch (...) {
      status = 98;
    }
    _exit(status);
  }
  return pid;
}

int status_of(pid_t pid) {
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

bool comes_true(const std::function<bool()>& condition) {
  for (int tries = 0; tries < 1000; ++tries) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

TEST_F(ExternalModelTest, FailsWithFilesWhenTheDiskIsFull) {
  const pid_t child = in_child([this] {
    // Writing beyond the limit then gives an error, as a full disk does, instead of a signal.
    std::signal(SIGXFSZ, SIG_IGN);
    const Supervisor supervisor;
    const rlimit limit{.rlim_cur = 256, .rlim_max = RLIM_INFINITY};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 1;
    // The first is found out when the file is closed, the second while it is written.
    for (const std::size_t size : {500U, 100'000U}) {
      ExternalModelOptions options = shell("echo y=1");
      options.templates[0].text += std::string(size, ' ');
      const ExternalModel tested(options, surroundings(), supervisor);
      const Outcome outcome = evaluate(tested, Points{{1}, {2}})[0];
      if (outcome.ok() || outcome.failure->kind != FailureKind::files) return 2;
      if (outcome.failure->text != "cannot write 'in.txt': File too large") return 3;
      if (entries_below(scratch()) != 1) return 4;
    }
    return 0;
  });
  EXPECT_EQ(status_of(child), 0);
}

TEST_F(ExternalModelTest, LeavesNothingBehindWhenKilled) {
  const pid_t child = in_child([this] {
    const Supervisor supervisor;
    const ExternalModel tested(shell("touch started; sleep 1000"), surroundings(), supervisor);
    evaluate(tested, Points{{1}, {2}});
    return 0;
  });
  // The model's directory, that of the evaluation, in.txt, stdout, stderr, started.
  EXPECT_TRUE(comes_true([this] { return entries_below(scratch()) == 6; }));
  kill(child, SIGKILL);
  EXPECT_EQ(status_of(child), -SIGKILL);
  EXPECT_TRUE(comes_true([this] { return std::filesystem::is_empty(scratch()); }));
}

TEST_F(ExternalModelTest, FailsWithWorkerLostWhenTheSupervisorDies) {
  const pid_t child = in_child([this] {
    const Supervisor supervisor;
    const ExternalModel tested(shell("sleep 1000"), surroundings(), supervisor);
    std::jthread killer([&supervisor] {
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      kill(supervisor.pid(), SIGKILL);
    });
    const Outcome outcome = evaluate(tested, Points{{1}, {2}})[0];
    return !outcome.ok() && outcome.failure->kind == FailureKind::worker_lost ? 0 : 1;
  });
  EXPECT_EQ(status_of(child), 0);
}

}  // namespace
}  // namespace mystic
