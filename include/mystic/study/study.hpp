#pragma once

#include "mystic/core/map.hpp"
#include "mystic/core/require.hpp"
#include "mystic/maps/mpi_options.hpp"
#include "mystic/system/environment.hpp"
#include "mystic/system/supervisor.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace mystic {

/// How the program ends. Documented in docs/commands.md; scripts rely on the numbers.
enum class ExitCode {
  done = 0,
  error = 1,  ///< of the machine (a full disk, ...) or of mystic itself
  bad_input = 2,
  failures = 3,     ///< too many evaluations failed
  interrupted = 4,  ///< SIGINT or SIGTERM; `mystic resume` goes on
};

/// What a user gave is wrong; the text names file, place, value, and what would be right.
class BadInput : public Error {
 public:
  using Error::Error;
};

/// What a study needs to know of the process that it runs in. The command line program fills it.
struct StudyHost {
  const Supervisor* supervisor = nullptr;
  Environment environment;
  std::filesystem::path scratch;  ///< where the private directories of evaluations are made
  std::stop_token stop;
  std::ostream* out = nullptr;       ///< the report; null: silent
  std::ostream* progress = nullptr;  ///< the display; null: none
  bool terminal = false;             ///< `progress` is a terminal: one line, rewritten
  std::string program = "mystic";    ///< how the user called it: for "what to run next"
  unsigned cores = 1;
  bool as_root = false;  ///< then mpirun wants to be told so
  /// Makes the MPI map; empty where this process is not a rank of an MPI job.
  std::function<std::unique_ptr<Map>(const MpiOptions&)> mpi;
  bool speaks = true;  ///< false on ranks that only compute
};

struct RunRequest {
  std::filesystem::path study;               ///< the JSON file
  std::optional<std::filesystem::path> out;  ///< directory to make; default: name of the study + ".run"
  std::optional<std::string> map;            ///< "serial", "threads:2", ...; overrides the study's
  std::optional<std::uint64_t> seed;         ///< overrides the study's
};

/// Runs a study from its beginning in a directory of its own.
/// @throws BadInput, JournalError, Error
ExitCode run_study(const RunRequest& request, const StudyHost& host);

/// Goes on with the study in `directory`, whose study.json may have been edited in its limits, map,
/// policies and deadlines; also makes the report of one that has ended.
ExitCode resume_study(const std::filesystem::path& directory, const std::optional<std::string>& map,
                      const StudyHost& host);

/// Finds all that is wrong without evaluating, and prints what the study would do.
/// @throws BadInput
void check_study(const std::filesystem::path& study, const StudyHost& host);

/// What there is to choose from: `what` is "solvers", "maps", "models", "terminations", or "study" for
/// its other keys.
[[nodiscard]] std::string list_text(const std::string& what);

}  // namespace mystic
