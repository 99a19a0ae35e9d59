#pragma once

#include "mystic/core/model.hpp"
#include "mystic/models/extraction.hpp"
#include "mystic/models/template.hpp"
#include "mystic/system/environment.hpp"
#include "mystic/system/supervisor.hpp"
#include "mystic/system/temporary_directory.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace mystic {

/// One file that is written for each evaluation: a template with the values filled in.
struct TemplateFile {
  static constexpr std::string_view title = "template";

  std::string from = {};
  std::string text = {};
  std::string to = {};
  std::string open = "@";
  std::string close = "@";

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("from", self.from, Anything{}, "file that holds the template; read once, before the run");
    field("text", self.text, Anything{}, "the template itself, instead of `from`");
    field("to", self.to, Anything{}, "file to write, relative to the work directory");
    field("open", self.open, Anything{}, "what a placeholder begins with");
    field("close", self.close, Anything{}, "what a placeholder ends with");
  }

  /// The rules across fields: for validate().
  [[nodiscard]] std::string broken_rules() const;
};

/// A simulation code as a model: templates with placeholders -> a command -> numbers in what it wrote.
struct ExternalModelOptions {
  static constexpr std::string_view title = "external model";

  /// Names of the inputs in order: what placeholders refer to.
  std::vector<std::string> inputs = {};
  std::vector<TemplateFile> templates = {};
  /// Files that are copied into the work directory of each evaluation, under their own names.
  std::vector<std::string> files = {};
  /// The program and its arguments, in which `@name@` is a placeholder too. There is no shell. A
  /// program without '/' is looked up on the PATH; one with '/' is relative to Surroundings::directory.
  std::vector<std::string> command = {};
  /// Variables that the command gets beside those of Surroundings::environment, or instead.
  std::map<std::string, std::string> environment = {};
  std::vector<OutputRule> outputs = {};

  double deadline = 3600.0;
  bool allow_unused_inputs = false;
  Index largest_output = Index{1} << 30;

  /// The fields that are one value each.
  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("deadline", self.deadline,
          Range{.lower = 0, .open_below = true, .open_above = true, .unit = "s"},
          "time that one run of the command may take; then it is killed with all its descendants");
    field("allow_unused_inputs", self.allow_unused_inputs, Anything{},
          "whether an input may appear in no template and no argument");
    field("largest_output", self.largest_output, Range{.lower = 1, .unit = "bytes"},
          "size above which a file is not read for its numbers; it is read into memory");
  }
};

/// What a study cannot say about an external model: where it stands on this machine.
struct Surroundings {
  /// What relative paths in the options start from: the directory of the study.
  std::filesystem::path directory = ".";
  /// Where the private directories are made, "mystic-" and something: best a local disk.
  std::filesystem::path scratch = ".";
  /// Our own environment; the variables of an MPI launcher are left out for the command.
  Environment environment = {};
};

/// All that can be known to be wrong without running anything, one line each, beginning with the place
/// in the study: "model.templates[0].from: 'beam.xml' (in /studies/beam) does not exist". Reads the
/// templates, writes nothing.
std::vector<std::string> problems(const ExternalModelOptions& options, const Surroundings& surroundings);

namespace external {
struct Plan;
}

/// Runs a simulation code, any number of times at once. Each evaluation
///   1. makes a private directory, writes the templates there and copies the files;
///   2. runs the command in it, with nothing to read and its output in the files `stdout` and `stderr`;
///   3. reads the outputs, in their order, and removes the directory.
///
/// What goes wrong is a failure of that evaluation: `files` (1), `not_started`, `exit_status`,
/// `signal`, `deadline`, `cancelled`, `worker_lost` (2: the supervisor is gone), `missing_output`,
/// `unreadable_output` (3). Its text ends with the last lines of what the command printed: at most 10
/// lines and 2 kB each of stderr and stdout. An output that reads `nan` is returned as NaN.
///
/// An output must be a regular file below the work directory at the end of the command; whatever still
/// runs then has been killed. Should our process be killed, the supervisor removes the directories.
class ExternalModel : public Model {
 public:
  /// @param supervisor  starts the commands; must outlive the model
  /// @throws InvalidOptions with all of problems(); Error if no directory can be made in `scratch`
  ExternalModel(const ExternalModelOptions& options, const Surroundings& surroundings,
                const Supervisor& supervisor);
  ~ExternalModel() override;

  [[nodiscard]] const std::vector<std::string>& inputs() const override { return inputs_; }
  [[nodiscard]] const std::vector<std::string>& outputs() const override { return outputs_; }
  void evaluate(const Question& question, std::span<Outcome> outcomes) const override;

 private:
  void evaluate_one(const VectorView& x, const std::stop_token& stop, Outcome& outcome) const;

  std::vector<std::string> inputs_;
  std::vector<std::string> outputs_;
  std::unique_ptr<const external::Plan> plan_;
  const Supervisor* supervisor_;
  TemporaryDirectory directory_;  ///< of this model; that of each evaluation is in it
};

}  // namespace mystic
