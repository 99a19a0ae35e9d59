#pragma once

#include "mystic/archive/journal.hpp"
#include "mystic/study/study.hpp"
#include "study/methods/collector.hpp"
#include "study/run_directory.hpp"
#include "study/study_file.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace mystic::study {

/// One session of a study on the rank that steers, from its journal to its result.
class Session {
 public:
  /// `mpi_command`: what would do the same on MPI ranks.
  Session(const Study& study, const StudyHost& host, RunDirectory directory, std::uint64_t seed,
          std::string mpi_command);

  /// @param planned  the points of a study of uncertainty; else none
  ExitCode run(Journal& journal, Map* map, const Points& planned);

 private:
  [[nodiscard]] std::string what_next(const Result& result) const;
  [[nodiscard]] std::string kept_text() const;
  void write_results(const Problem& problem, const Result& result) const;
  void write_uncertainty(const SampleCollector& collector, const Result& result) const;

  const Study& study_;
  const StudyHost& host_;
  RunDirectory directory_;
  std::uint64_t seed_;
  std::string mpi_command_;
  double start_;
};

/// A rank that only computes: the steering rank tells it when the run is over.
ExitCode compute(const Study& study, const StudyHost& host, std::uint64_t seed, Map& map);

[[nodiscard]] JournalOptions journal_options(const Study& study);

/// The map that was wished for on the command line, or the study's; null: serial.
/// @throws BadInput
[[nodiscard]] std::unique_ptr<Map> make_map(const Study& study, const std::optional<std::string>& wish,
                                            const StudyHost& host);

/// The points of a study of uncertainty, n x m; of another none. @throws BadInput
[[nodiscard]] Points planned_points(const Study& study, std::uint64_t seed);

/// Makes the study's directory and runs it there.
ExitCode begin_session(const Study& study, const StudyHost& host, const RunRequest& request,
                       const std::string& mpi_command);

/// Goes on in a directory that is there. `forget`: failures of these kinds are evaluated again (empty:
/// of all kinds); nothing: they are replayed.
ExitCode continue_session(const std::filesystem::path& path, const std::optional<std::string>& map_wish,
                          const StudyHost& host,
                          const std::optional<std::vector<FailureKind>>& forget = {});

}  // namespace mystic::study
