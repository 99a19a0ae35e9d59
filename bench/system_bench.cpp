// What it costs to start a program: through the supervisor, and with nothing but the system.
//
//   system_bench --benchmark_repetitions=9 --benchmark_min_time=0.05
//
// 2026-11-20, two cores of a virtual machine, GCC 12 -O2, medians per command: posix_spawn and waitpid
// 0.68 ms; supervised 1.2 ms by one thread, 0.68 ms by two, 0.57 ms by four.

#include <mystic/system/environment.hpp>
#include <mystic/system/supervisor.hpp>

#include <benchmark/benchmark.h>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

/// Forked before any thread, as every program of mystic does it.
const mystic::Supervisor supervisor;

void posix_spawn_true(benchmark::State& state) {
  const char* arguments[] = {"/bin/true", nullptr};
  for (auto _ : state) {
    pid_t child = -1;
    int status = 0;
    if (::posix_spawn(&child, "/bin/true", nullptr, nullptr, const_cast<char**>(arguments), environ) !=
            0 ||
        ::waitpid(child, &status, 0) != child || status != 0) {
      state.SkipWithError("posix_spawn failed");
    }
  }
}

void supervised_true(benchmark::State& state) {
  mystic::Command command;
  command.arguments = {"/bin/true"};
  command.environment = mystic::current_environment(environ);
  command.directory = "/tmp";
  command.deadline = 60.0;
  for (auto _ : state) {
    const mystic::ProcessResult result = supervisor.run(command);
    if (!result.succeeded()) state.SkipWithError(result.text.c_str());
  }
}

}  // namespace

BENCHMARK(posix_spawn_true)->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(supervised_true)->UseRealTime()->Unit(benchmark::kMicrosecond)->ThreadRange(1, 4);
