#pragma once

#include "mystic/core/point.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mystic {

/// Why an evaluation gave no outputs. The numbers are written to journals: never renumber.
enum class FailureKind : std::uint8_t {
  exception = 0,          ///< the model threw
  not_a_number = 1,       ///< an output is NaN
  not_started = 2,        ///< the command could not be started
  exit_status = 3,        ///< the command ended with a status other than 0
  signal = 4,             ///< the command was killed by a signal (a crash)
  deadline = 5,           ///< the attempt took longer than its deadline
  missing_output = 6,     ///< an output's file, token, match, line or column is not there
  unreadable_output = 7,  ///< what stands there is not a number
  files = 8,              ///< the work directory could not be prepared
  worker_lost = 9,        ///< the workers that had the task died
  cancelled = 10,         ///< the run was told to stop: this outcome is neither journalled nor counted
  limit = 11,             ///< the command passed a limit: memory, processor time, size of a file
  check = 12,             ///< a check on what it wrote does not hold
};

/// "deadline", "exit_status", ...
[[nodiscard]] std::string_view name_of(FailureKind kind);
/// The kind of that name, if there is one.
[[nodiscard]] std::optional<FailureKind> failure_kind(std::string_view name);
/// All names, in the order of the kinds.
[[nodiscard]] std::span<const std::string_view> failure_kind_names();

struct Failure {
  FailureKind kind = FailureKind::exception;
  std::string text;  ///< one line: what was wrong, with the value; more lines only for a log's tail
};

/// What one evaluation gave: the outputs, or a failure. A failure is never a number.
struct Outcome {
  Vector outputs;                  ///< one per output of the model, in its order; meaningless on failure
  std::optional<Failure> failure;  ///< set when there are no outputs
  std::int32_t attempts = 1;
  double seconds = 0.0;  ///< all attempts together; 0 when nobody timed it
  double waited = 0.0;   ///< for a place to run, s; set by the model, and not in `seconds`
  std::string host;      ///< empty: this host
  std::string note;  ///< what happened on the way: retries, the alternative, a directory kept; or empty

  [[nodiscard]] bool ok() const { return !failure.has_value(); }

  void fail(FailureKind kind, std::string text) { failure = Failure{kind, std::move(text)}; }
};

}  // namespace mystic
