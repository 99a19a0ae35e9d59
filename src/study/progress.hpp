#pragma once

#include "mystic/core/runner.hpp"
#include "study/json_text.hpp"

#include <filesystem>
#include <fstream>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>

namespace mystic::study {

/// An estimate on its way.
struct StandingEstimate {
  std::string name;  ///< "mean of y"
  std::string text;  ///< "13.8 [13.5, 14.1]"
  Json json;
};

/// What is shown while a study runs: one line on a terminal, rewritten; plain lines in a log, ever
/// more seldom; and a line of JSON a second in progress.jsonl.
class ProgressDisplay {
 public:
  /// @param out        null: shows nothing
  /// @param most       limit of evaluations, for the time left
  /// @param file       progress.jsonl; appended to
  ProgressDisplay(std::ostream* out, bool terminal, std::optional<Index> most,
                  std::optional<double> seconds, const std::filesystem::path& file);

  /// What is shown in place of generations and the best: how an estimate stands.
  void estimates(std::function<std::optional<StandingEstimate>()> standing);

  void show(const Activity& activity);
  /// Others write to the terminal: they begin with a line of their own.
  void leave_line();
  /// The last state, whatever the time; leaves the terminal's line.
  void finish(const Activity& activity);

 private:
  [[nodiscard]] std::string line(const Activity& activity) const;
  [[nodiscard]] std::optional<double> seconds_left(const Activity& activity) const;
  void write_json(const Activity& activity);
  void write_line(const Json& json);

  std::ostream* out_;
  bool terminal_;
  std::optional<Index> most_;
  std::optional<double> seconds_;
  std::ofstream file_;
  std::function<std::optional<StandingEstimate>()> standing_;
  double next_shown_ = 0.0;
  double pause_ = 0.0;
  double next_written_ = 0.0;
  bool line_open_ = false;
};

}  // namespace mystic::study
