#include "cli/host.hpp"

#include "mystic/archive/journal_error.hpp"
#if defined(MYSTIC_HAS_MPI)
#include "mystic/maps/mpi.hpp"
#endif

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <thread>

// NOLINTNEXTLINE(readability-redundant-declaration): POSIX does not declare it
extern char** environ;

namespace mystic::cli {

int code(ExitCode exit) { return static_cast<int>(exit); }

// Which rank of an MPI job this is, before MPI starts; nothing when there is no launcher.
std::optional<int> rank_given_by_launcher(const Environment& environment) {
  for (const char* name : {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK"}) {
    if (const auto text = variable(environment, name)) return std::atoi(text->c_str());
  }
  return std::nullopt;
}

int report(const std::exception& error, bool speaks) {
  ExitCode exit = ExitCode::error;
  if (dynamic_cast<const InvalidArgument*>(&error) != nullptr ||
      dynamic_cast<const BadInput*>(&error) != nullptr) {
    exit = ExitCode::bad_input;
  }
  if (const auto* journal = dynamic_cast<const JournalError*>(&error)) {
    const int why = journal->code();
    const bool given = why == 0 || why == ENOENT || why == EWOULDBLOCK || why == ENOTDIR ||
                       why == EACCES || why == EROFS;
    if (given) exit = ExitCode::bad_input;
  }
  // What is wrong with the input is wrong on every rank, and said by one; the rest is this rank's own.
  if (speaks || exit != ExitCode::bad_input) std::cerr << "mystic: " << error.what() << std::endl;
  return code(exit);
}

namespace {

// Where the user wants temporary files; empty: nowhere in particular.
std::filesystem::path temporary_directory(const Environment& environment) {
  return variable(environment, "TMPDIR").value_or("");
}

}  // namespace

Host::Host(const char* program, bool quiet)
    : environment_(current_environment(environ)), rank_(rank_given_by_launcher(environment_)),
      signals_(stop_, [] { ::_exit(code(ExitCode::interrupted)); }) {
  const bool speaks = rank_.value_or(0) == 0;
  host_.supervisor = &supervisor_;
  host_.environment = environment_;
  host_.scratch = temporary_directory(environment_);
  host_.stop = stop_.get_token();
  host_.out = quiet || !speaks ? nullptr : &std::cout;
  host_.progress = quiet || !speaks ? nullptr : &std::cerr;
  host_.terminal = ::isatty(STDERR_FILENO) == 1;
  host_.program = program;
  host_.cores = std::max(1U, std::thread::hardware_concurrency());
  host_.as_root = ::geteuid() == 0;
  host_.speaks = speaks;
  if (rank_) {
    launcher_.emplace([] { ::_exit(code(ExitCode::interrupted)); });
    start_mpi();
  }
}

#if defined(MYSTIC_HAS_MPI)
void Host::start_mpi() {
  host_.mpi = [this](const MpiOptions& options) -> std::unique_ptr<Map> {
    if (!session_) {
      session_ = std::make_unique<mpi::Session>(
          [](std::string_view words) { std::cerr << "mystic: " << words << std::endl; },
          code(ExitCode::error));
    }
    return std::make_unique<MpiMap>(*session_, options, stop_.get_token());
  };
}
#else
void Host::start_mpi() {
  throw BadInput(
      "this mystic was built without MPI: run it without mpirun, or build it with "
      "libopenmpi-dev and libboost-mpi-dev");
}
#endif

}  // namespace mystic::cli
