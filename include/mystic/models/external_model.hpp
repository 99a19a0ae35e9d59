#pragma once

#include "mystic/core/model.hpp"
#include "mystic/models/external_options.hpp"
#include "mystic/system/environment.hpp"
#include "mystic/system/supervisor.hpp"
#include "mystic/system/temporary_directory.hpp"

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace mystic {

class Slots;

/// What a study cannot say about an external model: where it stands on this machine.
struct Surroundings {
  /// What relative paths in the options start from: the directory of the study.
  std::filesystem::path directory = ".";
  /// Where the private directories are made, "mystic-" and something: best in memory.
  std::filesystem::path scratch = ".";
  /// Where work directories that are kept go; made when the first one does.
  std::filesystem::path kept = "kept";
  /// Our own environment; the variables of an MPI launcher are left out for the commands.
  Environment environment = {};
  /// What all processes of one study on this machine have in common, so that their evaluations together
  /// take no more cores than it has (Slots); empty: only this process counts.
  std::string slots = {};
  /// Cores of this machine that evaluations may take.
  unsigned machine_cores = 1;
};

/// All that can be known to be wrong without running anything, one line each, beginning with the place
/// in the study: "model.templates[0].from: 'beam.xml' (in /studies/beam) does not exist". Reads the
/// templates, writes nothing.
std::vector<std::string> problems(const ExternalModelOptions& options, const Surroundings& surroundings);

/// What an evaluation did, for people who look at one.
struct EvaluationAccount {
  struct File {
    std::string name;
    std::uintmax_t bytes = 0;
  };
  struct StepRun {
    std::string name;
    std::vector<std::string> command;
    std::string input;
    ProcessResult result;
  };
  struct Found {
    std::string output;
    std::string file;
    std::size_t line = 0;  ///< 0: not known
    std::string text;      ///< as it stands there
    std::vector<double> values;
  };

  std::vector<File> files;
  std::vector<StepRun> steps;
  std::vector<Found> found;
  double prepare_seconds = 0.0;
  double run_seconds = 0.0;
  double extract_seconds = 0.0;
  double remove_seconds = 0.0;
};

namespace external {
struct Plan;
class Keeper;
}  // namespace external

/// Runs a simulation code, any number of times at once. Each evaluation
///   1. makes a private directory, writes the templates there and copies or links the files;
///   2. runs the steps in it, what they print in the files `stdout` and `stderr` (or NAME.stdout, ...);
///   3. reads the outputs, in their order, holds the checks against them, and removes the directory.
///
/// What goes wrong is a failure of that evaluation: `files` (1), `not_started`, `exit_status`,
/// `signal`, `deadline`, `limit`, `cancelled`, `worker_lost` (2: the supervisor is gone), `check` (2,
/// 3), `missing_output`, `unreadable_output` (3). Its text ends with the last lines of what the command
/// printed: at most 10 lines and 2 kB each of stderr and stdout. An output that reads `nan` is
/// returned as NaN.
///
/// An output must be a regular file below the work directory that the commands wrote: one that was put
/// there before and is as it was does not count. Whatever still runs then has been killed. Should our
/// process be killed, the supervisor removes the directories.
class ExternalModel : public Model {
 public:
  /// @param supervisor  starts the commands; must outlive the model
  /// @throws InvalidOptions with all of problems(); Error if no directory can be made in `scratch`
  ExternalModel(const ExternalModelOptions& options, const Surroundings& surroundings,
                const Supervisor& supervisor);
  ~ExternalModel() override;

  [[nodiscard]] const std::vector<std::string>& inputs() const override { return inputs_; }
  /// An output of size 3 called "stress" is "stress[1]", "stress[2]", "stress[3]".
  [[nodiscard]] const std::vector<std::string>& outputs() const override { return outputs_; }
  [[nodiscard]] bool has_alternative() const override;
  [[nodiscard]] bool approaches() const override;
  void evaluate(const Question& question, std::span<Outcome> outcomes) const override;

  /// Walks from a point that is known to be good: each stretch begins with the files `state` of the one
  /// before; one that fails is halved. At most `most_steps` runs.
  void approach(const VectorView& from, const Question& question, Index most_steps,
                Outcome& outcome) const override;

  /// The one column of `question`, with an account of all that was done.
  void evaluate(const Question& question, Outcome& outcome, EvaluationAccount& account) const;

  /// Writes what an evaluation would find into `directory`, which must exist, and runs nothing.
  /// @return what would be run. @throws Error if it cannot be written, InvalidArgument if a value does
  ///         not fit its format
  EvaluationAccount render(const VectorView& x, const EvaluationId& id,
                           const std::filesystem::path& directory) const;

 private:
  void share_files();

  std::vector<std::string> inputs_;
  std::vector<std::string> outputs_;
  std::unique_ptr<external::Plan> plan_;
  std::unique_ptr<const external::Keeper> keeper_;
  std::unique_ptr<const Slots> slots_;  ///< null: as many at once as are asked for
  const Supervisor* supervisor_;
  TemporaryDirectory directory_;  ///< of this model; that of each evaluation is in it
  mutable std::atomic<std::uint64_t> made_ = 0;
};

}  // namespace mystic
