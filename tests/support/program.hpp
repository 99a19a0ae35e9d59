#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace mystic::testing {

/// How a program ended.
struct Ended {
  int status = -1;     ///< exit status, or 128 + signal, or -1: killed because it took too long
  std::string output;  ///< standard output and standard error, as they came
  double seconds = 0.0;
};

/// A program under test in a process group of its own, which dies with this object.
class Program {
 public:
  /// `environment`: "NAME=value" beside ours. `largest_file`: RLIMIT_FSIZE in bytes; 0: none.
  Program(const std::vector<std::string>& command, const std::filesystem::path& directory,
          const std::vector<std::string>& environment = {}, long largest_file = 0);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }
  void signal(int number) const;
  /// Whether it has not ended yet.
  [[nodiscard]] bool running();
  /// Its end, within `seconds`.
  Ended wait(double seconds = 60.0);

 private:
  pid_t pid_ = -1;
  bool reaped_ = false;
  int raw_status_ = 0;
  double start_ = 0.0;
  std::filesystem::path output_;
};

/// Runs it to its end.
Ended run_program(const std::vector<std::string>& command, const std::filesystem::path& directory,
                  const std::vector<std::string>& environment = {}, long largest_file = 0);

/// The processes (other than this one) that have `mark` in their environment: what a run left behind.
std::vector<pid_t> processes_with(const std::string& mark);

/// Waits until there are none, or `seconds` have passed; those that are left.
std::vector<pid_t> processes_left(const std::string& mark, double seconds = 5.0);

/// What they are, for the message of a failed test: command, state, parent; empty when there are none.
std::string describe(const std::vector<pid_t>& processes);

/// A directory of this test that is removed at its end.
class ScratchDirectory {
 public:
  ScratchDirectory();
  ~ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  std::filesystem::path write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

std::string text_of(const std::filesystem::path& file);

}  // namespace mystic::testing
