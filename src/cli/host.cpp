#include "cli/host.hpp"

#include "mystic/archive/journal_error.hpp"
#if defined(MYSTIC_HAS_MPI)
#include "mystic/maps/mpi.hpp"
#endif

#include "mystic/control/interrupt_prompt.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
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

// A line typed at the terminal, without its end; nothing when it is closed, or a stop was requested.
std::optional<std::string> typed_line(const std::stop_token& stop) {
  std::string line;
  for (;;) {
    pollfd wanted{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    const int ready = ::poll(&wanted, 1, 50);
    if (stop.stop_requested()) return std::nullopt;
    if (ready <= 0) continue;
    char letter = 0;
    if (::read(STDIN_FILENO, &letter, 1) <= 0) return std::nullopt;
    if (letter == '\n') return line;
    line.push_back(letter);
  }
}

}  // namespace

Host::Host(const char* program, bool quiet, bool interactive)
    : environment_(current_environment(environ)), rank_(rank_given_by_launcher(environment_)),
      signals_(
          stop_, [] { ::_exit(code(ExitCode::interrupted)); },
          interactive ? [this] { return bell_.ring(); } : std::function<bool()>()) {
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
  if (interactive) answer_interrupts();
  if (rank_) {
    launcher_.emplace([] { ::_exit(code(ExitCode::interrupted)); });
    start_mpi();
  }
}

void Host::answer_interrupts() {
  if (rank_) throw BadInput("--interactive: not under mpirun, where no terminal is anybody's");
  if (::isatty(STDIN_FILENO) != 1) {
    throw BadInput("--interactive: standard input is no terminal on which to answer");
  }
  host_.bell = &bell_;
  host_.on_interrupt =
      interrupt_prompt([stop = stop_.get_token()] { return typed_line(stop); }, std::cerr);
}

#if defined(MYSTIC_HAS_MPI)
// When the launcher is killed all ranks end, each at its own moment: none may take the others' ends for
// failures of evaluations and write that down. The launcher's connections close a moment before it is
// gone.
void Host::end_if_orphaned() const {
  for (int looks = 0; looks < 20; ++looks) {
    if (launcher_->orphaned()) ::_exit(code(ExitCode::interrupted));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

void Host::start_mpi() {
  host_.mpi = [this](const MpiOptions& options) -> std::unique_ptr<Map> {
    if (!session_) {
      session_ = std::make_unique<mpi::Session>(
          [](std::string_view words) { std::cerr << "mystic: " << words << std::endl; },
          code(ExitCode::error));
      session_->on_loss([this] { end_if_orphaned(); });
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
