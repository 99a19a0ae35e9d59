// `mystic run --interactive` on a terminal of its own: Ctrl-C asks, and the answer is what happens.

#include "tests/cli/studies.hpp"

#include <gtest/gtest.h>

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>

namespace mystic::testing {
namespace {

namespace fs = std::filesystem;

// A program on a pseudo terminal, as its foreground job; killed at the end.
class Terminal {
 public:
  Terminal(const std::vector<std::string>& command, const fs::path& directory) {
    pid_ = ::forkpty(&terminal_, nullptr, nullptr, nullptr);
    if (pid_ == 0) {
      std::vector<char*> arguments;
      for (const std::string& argument : command)
        arguments.push_back(const_cast<char*>(argument.c_str()));
      arguments.push_back(nullptr);
      if (::chdir(directory.c_str()) == 0) ::execv(arguments[0], arguments.data());
      ::_exit(127);
    }
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    ::close(terminal_);
  }

  void type(const std::string& keys) const {
    EXPECT_EQ(::write(terminal_, keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
  }
  // Whether `words` are shown, behind what was waited for before, within 20 s.
  [[nodiscard]] bool shows(const std::string& words) {
    for (int i = 0; i < 400; ++i) {
      const std::size_t at = shown_.find(words, read_to_);
      if (at != std::string::npos) {
        read_to_ = at + words.size();
        return true;
      }
      if (!take()) return false;
    }
    return false;
  }
  // Its exit status, once it has closed the terminal.
  [[nodiscard]] int status() {
    while (take()) {
    }
    int raw = 0;
    ::waitpid(pid_, &raw, 0);
    return WIFEXITED(raw) ? WEXITSTATUS(raw) : -1;
  }
  [[nodiscard]] const std::string& shown() const { return shown_; }

 private:
  // What there is to read, after at most 50 ms; false: the terminal is closed.
  bool take() {
    pollfd wanted{.fd = terminal_, .events = POLLIN, .revents = 0};
    if (::poll(&wanted, 1, 50) <= 0) return true;
    char letters[4096];
    const ssize_t size = ::read(terminal_, letters, sizeof letters);
    if (size <= 0) return false;
    shown_.append(letters, static_cast<std::size_t>(size));
    return true;
  }

  pid_t pid_ = -1;
  int terminal_ = -1;
  std::string shown_;
  std::size_t read_to_ = 0;
};

const std::string ctrl_c = "\x03";

TEST(Interactive, AnInterruptThatIsContinuedChangesNothing) {
  const ScratchDirectory scratch;
  Json study = beam_study(0.02);
  study["limits"]["evaluations"] = 40;
  scratch.write("study.json", study.dump());
  ASSERT_EQ(
      run_program(mystic_command({"run", "study.json", "--quiet", "--out", "whole"}), scratch.path())
          .status,
      0);
  Terminal terminal(
      mystic_command({"run", "study.json", "--map", "threads:2", "--out", "out", "--interactive"}),
      scratch.path());
  ASSERT_TRUE(terminal.shows(", best ")) << terminal.shown();
  terminal.type(ctrl_c);
  ASSERT_TRUE(terminal.shows("[b]est, [c]ontinue, [e]xit? ")) << terminal.shown();
  terminal.type("b\n");
  ASSERT_TRUE(terminal.shows("best cost")) << terminal.shown();
  ASSERT_TRUE(terminal.shows("[e]xit? ")) << terminal.shown();
  terminal.type("c\n");
  EXPECT_EQ(terminal.status(), 0) << terminal.shown();
  EXPECT_EQ(lasting_result(scratch.path() / "out"), lasting_result(scratch.path() / "whole"));
}

TEST(Interactive, AnInterruptMayEndTheStudyWithItsResult) {
  for (const std::string& answer : {std::string("e\n"), ctrl_c}) {  // another Ctrl-C means it as well
    const ScratchDirectory scratch;
    scratch.write("study.json", beam_study(0.1).dump());
    Terminal terminal(
        mystic_command({"run", "study.json", "--map", "threads:2", "--out", "out", "--interactive"}),
        scratch.path());
    ASSERT_TRUE(terminal.shows("done of at most 90")) << terminal.shown();
    terminal.type(ctrl_c);
    ASSERT_TRUE(terminal.shows("[e]xit? ")) << terminal.shown();
    ::usleep(150'000);  // signals within 0.1 s are one
    terminal.type(answer);
    EXPECT_EQ(terminal.status(), 4) << terminal.shown();
    const Json result = Json::parse(text_of(scratch.path() / "out" / "result.json"), nullptr, false);
    EXPECT_TRUE(result.is_object() && result["stop"]["kind"] == "interrupted") << result;
  }
}

TEST(Interactive, NeedsATerminalOfItsOwn) {
  const ScratchDirectory scratch;
  scratch.write("study.json", function_study().dump());
  const Ended alone =
      run_program(mystic_command({"run", "study.json", "--interactive"}), scratch.path());
  EXPECT_EQ(alone.status, 2);
  EXPECT_NE(alone.output.find("no terminal"), std::string::npos) << alone.output;
  if (!has_mpi()) return;
  const Ended ranks =
      run_program(mpirun_command(2, {"run", "study.json", "--interactive"}), scratch.path());
  EXPECT_NE(ranks.status, 0);
  EXPECT_NE(ranks.output.find("not under mpirun"), std::string::npos) << ranks.output;
  EXPECT_FALSE(fs::exists(scratch.path() / "trial.run"));
}

}  // namespace
}  // namespace mystic::testing
