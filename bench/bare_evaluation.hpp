#pragma once

// An evaluation of a program with nothing but the system, and ways to compare another with it in turns:
// for system_bench and models_bench.

#include <mystic/system/clock.hpp>

#include <benchmark/benchmark.h>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <barrier>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mystic::bench {

using Arguments = std::vector<std::string>;

/// Of one thread: a directory, its files, and the program to run there.
struct Evaluation {
  explicit Evaluation(const Arguments& program, int thread)
      : arguments(program), directory(fmt::format("/tmp/mystic-bench-{}-{}", ::getpid(), thread)),
        input(directory + "/input"), output(directory + "/stdout"), error(directory + "/stderr") {}

  const Arguments& arguments;
  std::string directory, input, output, error;
};

inline bool write_file(const std::string& path) {
  constexpr std::string_view text = "length = 1.25\nwidth = 0.75\nload = 1000\n";
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  const bool written = ::write(file, text.data(), text.size()) == ssize_t{text.size()};
  ::close(file);
  return written;
}

inline bool read_file(const std::string& path) {
  std::array<char, 4096> text = {};
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool read = ::read(file, text.data(), text.size()) >= 0;
  ::close(file);
  return read;
}

inline bool run_bare(const Evaluation& evaluation) {
  std::vector<char*> arguments;
  for (const std::string& argument : evaluation.arguments) {
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addchdir_np(&actions, evaluation.directory.c_str());
  ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, 1, "stdout", O_WRONLY | O_CREAT | O_TRUNC, 0666);
  ::posix_spawn_file_actions_addopen(&actions, 2, "stderr", O_WRONLY | O_CREAT | O_TRUNC, 0666);
  pid_t child = -1;
  int status = 0;
  const int error =
      ::posix_spawn(&child, arguments.front(), &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  return error == 0 && ::waitpid(child, &status, 0) == child && status == 0;
}

/// Makes the directory and its input, has `run` run the program there, reads what it printed, and
/// removes all.
inline bool evaluate(const Evaluation& evaluation, bool (*run)(const Evaluation&)) {
  const bool fine = ::mkdir(evaluation.directory.c_str(), 0700) == 0 && write_file(evaluation.input) &&
                    run(evaluation) && read_file(evaluation.output) && read_file(evaluation.error);
  for (const std::string& file : {evaluation.input, evaluation.output, evaluation.error}) {
    ::unlink(file.c_str());
  }
  return ::rmdir(evaluation.directory.c_str()) == 0 && fine;
}

inline double median(std::vector<double> values) {
  if (values.empty()) return 0.0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

/// Microseconds per evaluation, of `count`.
inline double timed(const std::function<bool()>& evaluation, int count, bool& fine) {
  const double start = steady_clock_seconds();
  for (int i = 0; i < count; ++i) fine = evaluation() && fine;
  return (steady_clock_seconds() - start) / count * 1e6;
}

/// Rounds of `per_round` evaluations, the bare way and then the other, all threads changing over
/// together. Counters: medians over the rounds, microseconds per evaluation of a thread; `ratio` is the
/// median of the rounds' ratios.
inline void compare(benchmark::State& state, int per_round, const std::function<bool()>& bare_way,
                    const std::function<bool()>& other_way, const char* name) {
  static std::barrier<> alone(1);
  static std::barrier<> both(2);
  std::barrier<>& together = state.threads() == 2 ? both : alone;
  std::vector<double> bare, other, ratio;
  bool fine = true;
  for (auto _ : state) {
    together.arrive_and_wait();
    bare.push_back(timed(bare_way, per_round, fine));
    together.arrive_and_wait();
    other.push_back(timed(other_way, per_round, fine));
    ratio.push_back(other.back() / bare.back());
  }
  if (!fine) state.SkipWithError("an evaluation failed");
  using benchmark::Counter;
  state.counters["bare_us"] = Counter(median(bare), Counter::kAvgThreads);
  state.counters[name] = Counter(median(other), Counter::kAvgThreads);
  state.counters["ratio"] = Counter(median(ratio), Counter::kAvgThreads);
}

}  // namespace mystic::bench
