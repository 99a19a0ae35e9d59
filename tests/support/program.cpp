#include "tests/support/program.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace mystic::testing {
namespace {

namespace fs = std::filesystem;

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void nap() { std::this_thread::sleep_for(std::chrono::milliseconds(2)); }

[[noreturn]] void become(const std::vector<std::string>& command, const fs::path& directory,
                         const std::vector<std::string>& environment, long largest_file,
                         const fs::path& output) {
  setpgid(0, 0);
  const int file = open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
  const int nothing = open("/dev/null", O_RDONLY);
  dup2(nothing, 0);
  dup2(file, 1);
  dup2(file, 2);
  if (chdir(directory.c_str()) != 0) _exit(126);
  for (const std::string& entry : environment) {
    const std::size_t equals = entry.find('=');
    setenv(entry.substr(0, equals).c_str(), entry.substr(equals + 1).c_str(), 1);
  }
  if (largest_file > 0) {
    const rlimit limit{static_cast<rlim_t>(largest_file), static_cast<rlim_t>(largest_file)};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

}  // namespace

Program::Program(const std::vector<std::string>& command, const fs::path& directory,
                 const std::vector<std::string>& environment, long largest_file)
    : start_(now()) {
  std::string name = (fs::temp_directory_path() / "mystic-output-XXXXXX").string();
  const int file = mkstemp(name.data());
  if (file < 0) throw std::runtime_error("no file for the output of a program");
  close(file);
  output_ = name;
  pid_ = fork();
  if (pid_ == 0) become(command, directory, environment, largest_file, output_);
  setpgid(pid_, pid_);
}

Program::~Program() {
  if (!reaped_) {
    kill(-pid_, SIGKILL);
    waitpid(pid_, &raw_status_, 0);
  }
  fs::remove(output_);
}

void Program::signal(int number) const { kill(pid_, number); }

bool Program::running() {
  if (!reaped_ && waitpid(pid_, &raw_status_, WNOHANG) == pid_) reaped_ = true;
  return !reaped_;
}

Ended Program::wait(double seconds) {
  const double until = now() + seconds;
  while (running() && now() < until) nap();
  Ended ended;
  ended.seconds = now() - start_;
  if (running()) {
    kill(-pid_, SIGKILL);
    waitpid(pid_, &raw_status_, 0);
    reaped_ = true;
    ended.status = -1;
  } else {
    ended.status = WIFEXITED(raw_status_) ? WEXITSTATUS(raw_status_) : 128 + WTERMSIG(raw_status_);
  }
  ended.output = text_of(output_);
  return ended;
}

Ended run_program(const std::vector<std::string>& command, const fs::path& directory,
                  const std::vector<std::string>& environment, long largest_file) {
  Program program(command, directory, environment, largest_file);
  return program.wait();
}

std::vector<pid_t> processes_with(const std::string& mark) {
  std::vector<pid_t> found;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const auto pid = static_cast<pid_t>(std::stol(name));
    if (pid == getpid()) continue;
    if (text_of(entry.path() / "environ").find(mark) != std::string::npos) found.push_back(pid);
  }
  return found;
}

std::vector<pid_t> processes_left(const std::string& mark, double seconds) {
  const double until = now() + seconds;
  std::vector<pid_t> left = processes_with(mark);
  while (!left.empty() && now() < until) {
    nap();
    left = processes_with(mark);
  }
  return left;
}

std::string describe(const std::vector<pid_t>& processes) {
  std::string text;
  for (const pid_t pid : processes) {
    const fs::path directory = fs::path("/proc") / std::to_string(pid);
    std::string command = text_of(directory / "cmdline");
    std::ranges::replace(command, '\0', ' ');
    text += fmt::format("{}: {}\n  stat {}  waits in {}\n", pid, command, text_of(directory / "stat"),
                        text_of(directory / "wchan"));
  }
  return text;
}

ScratchDirectory::ScratchDirectory() {
  std::string name = (fs::temp_directory_path() / "mystic-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch directory");
  path_ = name;
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

fs::path ScratchDirectory::write(const std::string& name, const std::string& text) const {
  std::ofstream(path_ / name, std::ios::binary) << text;
  return path_ / name;
}

std::string text_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

}  // namespace mystic::testing
