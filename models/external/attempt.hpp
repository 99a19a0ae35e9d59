#pragma once

#include "plan.hpp"

#include <map>
#include <optional>
#include <stop_token>

namespace mystic::external {

/// One run of a code in a directory that exists and is its own.
class Attempt {
 public:
  /// All outlive the attempt.
  Attempt(const Plan& plan, const Supervisor& supervisor, const std::filesystem::path& directory,
          EvaluationAccount& account)
      : plan_(plan), supervisor_(supervisor), directory_(directory), account_(account) {}

  /// Puts all files there. @return why it failed, or nothing
  [[nodiscard]] std::optional<Failure> prepare(const VectorView& x, const EvaluationId& id);

  /// Runs the steps, or those of the alternative, and reads the outputs.
  [[nodiscard]] std::optional<Failure> run(bool alternative, const std::stop_token& stop,
                                           Vector& outputs);

  /// Notes what run() would do.
  void note_steps();

 private:
  struct Fingerprint {
    std::uintmax_t size = 0;
    std::int64_t changed = 0;  ///< ns
    std::uint64_t inode = 0;
    bool operator==(const Fingerprint&) const = default;
  };

  [[nodiscard]] std::optional<Fingerprint> fingerprint(const std::string& file) const;
  void note_files();
  [[nodiscard]] bool is_as_before(const std::string& file) const;
  [[nodiscard]] std::string write(const std::filesystem::path& to, std::string_view text);
  [[nodiscard]] std::optional<Failure> put_files();
  [[nodiscard]] Command command_for(const PlannedStep& step) const;
  [[nodiscard]] std::optional<Failure> run_step(const PlannedStep& step, double deadline,
                                                const std::stop_token& stop);
  [[nodiscard]] std::optional<Failure> judge(const PlannedStep& step, const ProcessResult& result) const;
  [[nodiscard]] std::optional<Failure> look_for_words(const PlannedStep& step) const;
  [[nodiscard]] std::optional<Failure> read_outputs(const PlannedStep& last_step, Vector& outputs);
  [[nodiscard]] std::optional<Failure> read_file_of(const OutputRule& rule, const std::string** text);
  [[nodiscard]] std::optional<Failure> hold_checks(const Vector& outputs) const;

  const Plan& plan_;
  const Supervisor& supervisor_;
  const std::filesystem::path& directory_;
  EvaluationAccount& account_;
  std::vector<Value> values_;
  std::map<std::string, Fingerprint>
      before_;  ///< outputs' and products' files that were there before the run
  std::map<std::string, std::string> read_;  ///< outputs' files that were read
  std::map<std::string, bool> truncated_;    ///< what was printed and passed the cap
};

}  // namespace mystic::external
