#pragma once

#include "mystic/core/map.hpp"
#include "mystic/core/runner.hpp"
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
#include <vector>

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
  InterruptBell* bell = nullptr;  ///< an interrupt that `on_interrupt` answers; null: none is
  std::function<InterruptAnswer(const Activity&)> on_interrupt;
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

/// More samples (rows, trajectories) for a study with a method.
struct ExtendRequest {
  std::filesystem::path directory;  ///< that `run` made
  Index samples = 0;                ///< how many there shall be, with those that there are
  std::optional<std::string> map;
};

/// Goes on with a study of uncertainty, as resume_study() does, with more samples: those that there are
/// count, and are not evaluated again.
/// @throws BadInput if the directory holds no such study, or its points do not allow it
ExitCode extend_study(const ExtendRequest& request, const StudyHost& host);

/// Evaluates points of a study's model, without a search.
struct EvaluateRequest {
  std::filesystem::path study;
  std::vector<std::string> point;               ///< one: "x=1", "y=2", ...
  std::optional<std::filesystem::path> points;  ///< or those of a CSV file
  std::optional<Index> random;                  ///< or so many drawn in the box
  std::optional<std::filesystem::path> out;     ///< directory to make
  std::optional<std::string> map;
  std::optional<std::uint64_t> seed;
  std::optional<std::string> keep;  ///< never, on-failure, always; overrides the study's
};

/// One point: with an account of all that was done. Many: in a directory of their own, with results.csv;
/// resume_study() goes on with it.
/// @throws BadInput, JournalError, Error
ExitCode evaluate_study(const EvaluateRequest& request, const StudyHost& host);

/// Writes the work directory of one point into `out` (default: NAME.rendered), and runs nothing.
/// @throws BadInput, Error
void render_study(const std::filesystem::path& study, const std::vector<std::string>& point,
                  const std::optional<std::filesystem::path>& out, const StudyHost& host);

/// Lists the failed evaluations of a run by kind. `kinds`: these only; empty: all.
/// @throws BadInput, JournalError
void list_failures(const std::filesystem::path& directory, const std::vector<std::string>& kinds,
                   const StudyHost& host);

/// Goes on with a study, and evaluates again what failed (of these kinds; empty: of all).
ExitCode rerun_study(const std::filesystem::path& directory, const std::vector<std::string>& kinds,
                     const std::optional<std::string>& map, const StudyHost& host);

/// A study to begin with, with comments, for a template file and a command.
/// @throws BadInput if the file cannot be read, has no placeholder, or `command` is empty
[[nodiscard]] std::string new_study_text(const std::filesystem::path& template_file,
                                         const std::vector<std::string>& command,
                                         const std::filesystem::path& directory);

/// Finds all that is wrong without evaluating, and prints what the study would do.
/// @throws BadInput
void check_study(const std::filesystem::path& study, const StudyHost& host);

/// Which numbers shall be looked at, and how.
struct FitRequest {
  std::filesystem::path file;                ///< a table (CSV)
  std::optional<std::string> column;         ///< its header; none: the table has one column
  std::vector<std::string> families = {};    ///< empty: all continuous ones that can be fitted
  std::string criterion = "bic";             ///< what ranks them: "bic" or "aic"
  Index replicates = 99;                     ///< of the parametric bootstrap, for each family
  std::optional<std::filesystem::path> out;  ///< of the picture: a directory, or a file *.svg
};

/// Prints the families of laws that numbers can come from, the best first, with parameters, intervals
/// and tests; and draws the best beside the numbers.
/// @throws BadInput, Error
void fit_data(const FitRequest& request, const StudyHost& host);

/// What there is to choose from: `what` is "solvers", "maps", "models", "terminations", or "study" for
/// its other keys.
[[nodiscard]] std::string list_text(const std::string& what);

}  // namespace mystic
