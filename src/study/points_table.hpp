#pragma once

#include "mystic/core/monitor.hpp"
#include "study/study_file.hpp"

#include <filesystem>
#include <fstream>

namespace mystic::study {

/// The value that `text` gives a variable: a number, or one of its choices (by its word, or its number).
/// Nothing, and a problem, if it does not.
[[nodiscard]] std::optional<double> read_coordinate(const Study& study, std::size_t variable,
                                                    const std::string& text, const std::string& place,
                                                    Problems& problems);

/// The points of a CSV file: a column for each variable, in any order; columns that a results table or a
/// written design has beside them are passed over.
/// @throws BadInput listing all that is wrong
[[nodiscard]] Points read_points(const Study& study, const std::filesystem::path& file);

/// The weights of these points: the column "weight", unless that is a variable or an output; none: none.
/// @throws BadInput listing all that is wrong
[[nodiscard]] Vector read_weights(const Study& study, const std::filesystem::path& file);

/// Writes results.csv: a row for each evaluation, in logical order, as it is decided.
class ResultsTable final : public Monitor {
 public:
  ResultsTable(const Study& study, const std::filesystem::path& file);

  void evaluation(const EvaluationRecord& record) override;
  /// @throws Error if it could not be written
  void stopped(const Stop&) override;

 private:
  const Study& study_;
  std::filesystem::path file_;
  std::ofstream stream_;
  std::size_t outputs_ = 0;
};

}  // namespace mystic::study
