#include "mystic/archive/journal_error.hpp"
#include "mystic/core/options.hpp"
#include "mystic/study/study.hpp"
#include "mystic/system/environment.hpp"
#include "mystic/system/signals.hpp"
#include "mystic/system/supervisor.hpp"
#if defined(MYSTIC_HAS_MPI)
#include "mystic/comm/session.hpp"
#include "mystic/maps/mpi.hpp"
#endif

#include <CLI/CLI.hpp>

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <thread>

// NOLINTNEXTLINE(readability-redundant-declaration): POSIX does not declare it
extern char** environ;

namespace {

using mystic::ExitCode;

struct Arguments {
  std::string study;
  std::string directory;
  std::string out;
  std::string map;
  std::optional<std::uint64_t> seed;
  bool quiet = false;
  std::string what;
};

// Which rank of an MPI job this is, before MPI starts; nothing when there is no launcher.
std::optional<int> rank_given_by_launcher(const mystic::Environment& environment) {
  for (const char* name : {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK"}) {
    if (const auto text = mystic::variable(environment, name)) return std::atoi(text->c_str());
  }
  return std::nullopt;
}

std::filesystem::path scratch(const mystic::Environment& environment) {
  const auto chosen = mystic::variable(environment, "TMPDIR");
  return chosen && !chosen->empty() ? std::filesystem::path(*chosen) : std::filesystem::path("/tmp");
}

int code(ExitCode exit) { return static_cast<int>(exit); }

// Says what was wrong, on the rank that speaks; the exit code for it.
int report(const std::exception& error, bool speaks) {
  ExitCode exit = ExitCode::error;
  if (dynamic_cast<const mystic::InvalidArgument*>(&error) != nullptr ||
      dynamic_cast<const mystic::BadInput*>(&error) != nullptr) {
    exit = ExitCode::bad_input;
  }
  if (const auto* journal = dynamic_cast<const mystic::JournalError*>(&error)) {
    const int why = journal->code();
    const bool given = why == 0 || why == ENOENT || why == EWOULDBLOCK || why == ENOTDIR ||
                       why == EACCES || why == EROFS;
    if (given) exit = ExitCode::bad_input;
  }
  // What is wrong with the input is wrong on every rank, and said by one; the rest is this rank's own.
  if (speaks || exit != ExitCode::bad_input) std::cerr << "mystic: " << error.what() << std::endl;
  return code(exit);
}

// Everything that a run needs from the process, in the order in which it must be made.
class Host {
 public:
  Host(const char* program, bool quiet)
      : environment_(mystic::current_environment(environ)), rank_(rank_given_by_launcher(environment_)),
        signals_(stop_, [] { ::_exit(code(ExitCode::interrupted)); }) {
    const bool speaks = rank_.value_or(0) == 0;
    host_.supervisor = &supervisor_;
    host_.environment = environment_;
    host_.scratch = scratch(environment_);
    host_.stop = stop_.get_token();
    host_.out = quiet || !speaks ? nullptr : &std::cout;
    host_.progress = quiet || !speaks ? nullptr : &std::cerr;
    host_.terminal = ::isatty(STDERR_FILENO) == 1;
    host_.program = program;
    host_.cores = std::max(1U, std::thread::hardware_concurrency());
    host_.as_root = ::geteuid() == 0;
    host_.speaks = speaks;
    if (rank_) start_mpi();
  }

  [[nodiscard]] const mystic::StudyHost& study_host() const { return host_; }
  [[nodiscard]] bool speaks() const { return host_.speaks; }

 private:
#if defined(MYSTIC_HAS_MPI)
  void start_mpi() {
    host_.mpi = [this](const mystic::MpiOptions& options) -> std::unique_ptr<mystic::Map> {
      if (!session_) {
        session_ = std::make_unique<mystic::mpi::Session>(
            [](std::string_view words) { std::cerr << "mystic: " << words << std::endl; },
            code(ExitCode::error));
      }
      return std::make_unique<mystic::MpiMap>(*session_, options, stop_.get_token());
    };
  }
#else
  void start_mpi() {
    throw mystic::BadInput(
        "this mystic was built without MPI: run it without mpirun, or build it with "
        "libopenmpi-dev and libboost-mpi-dev");
  }
#endif

  mystic::Supervisor supervisor_;  // first: it forks, and neither threads nor MPI run yet
  mystic::Environment environment_;
  std::optional<int> rank_;
  std::stop_source stop_;
  mystic::SignalWatch signals_;
#if defined(MYSTIC_HAS_MPI)
  std::unique_ptr<mystic::mpi::Session> session_;
#endif
  mystic::StudyHost host_;
};

int run(const Arguments& arguments, const char* program) {
  Host host(program, arguments.quiet);
  try {
    mystic::RunRequest request{.study = arguments.study};
    if (!arguments.out.empty()) request.out = arguments.out;
    if (!arguments.map.empty()) request.map = arguments.map;
    request.seed = arguments.seed;
    return code(mystic::run_study(request, host.study_host()));
  } catch (const std::exception& error) {
    return report(error, host.speaks());
  }
}

int resume(const Arguments& arguments, const char* program) {
  Host host(program, arguments.quiet);
  try {
    std::optional<std::string> map;
    if (!arguments.map.empty()) map = arguments.map;
    return code(mystic::resume_study(arguments.directory, map, host.study_host()));
  } catch (const std::exception& error) {
    return report(error, host.speaks());
  }
}

int check(const Arguments& arguments, const mystic::Environment& environment, bool speaks) {
  mystic::StudyHost host;
  host.environment = environment;
  host.out = speaks ? &std::cout : nullptr;
  try {
    mystic::check_study(arguments.study, host);
    return code(ExitCode::done);
  } catch (const std::exception& error) {
    return report(error, speaks);
  }
}

int list(const Arguments& arguments, bool speaks) {
  try {
    const std::string text = mystic::list_text(arguments.what);
    if (speaks) std::cout << text << std::flush;
    return code(ExitCode::done);
  } catch (const std::exception& error) {
    return report(error, speaks);
  }
}

// What CLI11 would take for a superfluous argument: a command that is none.
bool is_unknown_command(const std::string& first) {
  const std::vector<std::string> commands{"run", "resume", "check", "list"};
  if (first.empty() || first[0] == '-') return false;
  if (std::find(commands.begin(), commands.end(), first) != commands.end()) return false;
  const std::string near = mystic::nearest_name(first, commands);
  std::cerr << fmt::format("mystic: '{}' is no command{}; there are: {}\n", first,
                           near.empty() ? "" : fmt::format(" (did you mean '{}'?)", near),
                           fmt::join(commands, ", "));
  return true;
}

}  // namespace

int main(int count, char** values) {
  // A write beyond RLIMIT_FSIZE, or into a closed pipe, is an error of that write, not our death.
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);

  Arguments arguments;
  CLI::App app{"mystic optimises anything that can be called: see `mystic COMMAND --help`", "mystic"};
  app.set_version_flag("--version", "mystic " MYSTIC_VERSION);
  app.require_subcommand(1);
  app.failure_message([](const CLI::App*, const CLI::Error& error) {
    return fmt::format("mystic: {}; see `mystic --help`\n", error.what());
  });
  app.footer(
      "Exit codes: 0 done, 1 error of the machine or of mystic, 2 bad input, 3 too many evaluations\n"
      "failed, 4 interrupted (go on with `mystic resume`).");
  const std::string map_text =
      "who evaluates: serial, threads[:N], openmp[:N], mpi[:carddealer|:equalportion]; "
      "default: the study's, mpi under mpirun, else threads on all cores";

  CLI::App* run_command = app.add_subcommand("run", "run a study, in a directory of its own");
  run_command->add_option("STUDY", arguments.study, "the study's JSON file")->required();
  run_command->add_option("--out", arguments.out, "directory to make; default: NAME.run");
  run_command->add_option("--map", arguments.map, map_text);
  run_command->add_option("--seed", arguments.seed, "of every random draw; default: the study's");
  run_command->add_flag("--quiet", arguments.quiet, "print nothing but errors");

  CLI::App* resume_command =
      app.add_subcommand("resume", "go on with a study that was stopped or killed");
  resume_command->add_option("DIR", arguments.directory, "the directory that `run` made")->required();
  resume_command->add_option("--map", arguments.map, map_text);
  resume_command->add_flag("--quiet", arguments.quiet, "print nothing but errors");

  CLI::App* check_command =
      app.add_subcommand("check", "find all that is wrong with a study, without evaluating");
  check_command->add_option("STUDY", arguments.study, "the study's JSON file")->required();

  CLI::App* list_command = app.add_subcommand("list", "what there is to choose from, with all options");
  list_command->add_option("WHAT", arguments.what, "solvers, maps, models, terminations or study")
      ->required();

  if (is_unknown_command(count > 1 ? values[1] : "")) return code(ExitCode::bad_input);
  try {
    app.parse(count, values);
  } catch (const CLI::ParseError& error) {
    const int status = app.exit(error);
    return status == 0 ? code(ExitCode::done) : code(ExitCode::bad_input);
  }
  if (run_command->parsed()) return run(arguments, values[0]);
  if (resume_command->parsed()) return resume(arguments, values[0]);
  const mystic::Environment environment = mystic::current_environment(environ);
  const bool speaks = rank_given_by_launcher(environment).value_or(0) == 0;
  if (check_command->parsed()) return check(arguments, environment, speaks);
  return list(arguments, speaks);
}
