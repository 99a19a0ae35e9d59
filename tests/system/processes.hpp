#pragma once

#include <mystic/system/process.hpp>
#include <mystic/system/supervisor.hpp>
#include <mystic/system/temporary_directory.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <thread>
#include <vector>

/// What the tests of this room share: commands that bear a mark, and a look into /proc for who bears
/// it still. Waits poll up to a bound; no test sleeps for a fixed time and hopes.
namespace mystic::testing {

inline std::string unique_mark() {
  static int count = 0;
  return fmt::format("{}-{}", ::getpid(), ++count);
}

inline std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A shell script as a command whose processes, all of them, bear `mark` in their environment.
inline Command shell(const std::string& mark, const std::string& script) {
  Command command;
  command.arguments = {"/bin/sh", "-c", script};
  command.environment = {"PATH=/usr/bin:/bin", "MYSTIC_TEST_MARK=" + mark};
  return command;
}

inline std::set<pid_t> all_pids() {
  std::set<pid_t> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") == std::string::npos) found.insert(std::stoi(name));
  }
  return found;
}

/// Living processes started with `mark`.
inline std::set<pid_t> marked(const std::string& mark) {
  const std::string wanted = "MYSTIC_TEST_MARK=" + mark + '\0';
  std::set<pid_t> found;
  for (const pid_t pid : all_pids()) {
    const std::string environment = text_of(fmt::format("/proc/{}/environ", pid));
    if (environment.find(wanted) != std::string::npos && is_alive(pid)) found.insert(pid);
  }
  return found;
}

inline pid_t parent_of(pid_t pid) {
  std::ifstream file(fmt::format("/proc/{}/status", pid));
  for (std::string word; file >> word;) {
    if (word == "PPid:" && file >> word) return std::stoi(word);
  }
  return 0;
}

inline std::set<pid_t> children_of(pid_t parent) {
  std::set<pid_t> found;
  for (const pid_t pid : all_pids()) {
    if (parent_of(pid) == parent) found.insert(pid);
  }
  return found;
}

/// Whether the supervisor `pid` has nothing but idle reapers: no zombie, and nobody below them.
inline bool only_idle_reapers(pid_t pid) {
  for (const pid_t reaper : children_of(pid)) {
    if (!is_alive(reaper) || !children_of(reaper).empty()) return false;
  }
  return true;
}

inline bool eventually(const std::function<bool()>& holds, double seconds = 5.0) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

inline bool none_left(const std::string& mark) {
  return eventually([&] { return marked(mark).empty(); });
}

/// A process of ours that runs `body` and ends; killed at the end of the scope if it lives.
class Fork {
 public:
  explicit Fork(const std::function<void()>& body) : pid_(::fork()) {
    if (pid_ == 0) {
      body();
      ::_exit(0);
    }
  }
  ~Fork() {
    if (!waited_) {
      ::kill(pid_, SIGKILL);
      wait();
    }
  }
  Fork(const Fork&) = delete;
  Fork& operator=(const Fork&) = delete;

  pid_t pid() const { return pid_; }

  /// @return as from waitpid
  int wait() {
    int status = 0;
    waited_ = ::waitpid(pid_, &status, 0) == pid_;
    return status;
  }

 private:
  pid_t pid_ = -1;
  bool waited_ = false;
};

/// A supervisor of each test's own, under which nothing may be left.
class SupervisorFixture : public ::testing::Test {
 protected:
  void TearDown() override {
    EXPECT_TRUE(none_left(mark_));
    EXPECT_TRUE(eventually([&] { return only_idle_reapers(supervisor_.pid()); }))
        << "a reaper at work or a zombie is left";
  }

  const Supervisor supervisor_;
  const TemporaryDirectory directory_{"/tmp", "mystic-system-"};
  const std::string mark_ = unique_mark();
};

}  // namespace mystic::testing
