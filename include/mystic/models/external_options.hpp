#pragma once

#include "mystic/core/options.hpp"
#include "mystic/models/extraction.hpp"
#include "mystic/models/value.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// What a user says of an external code. How it is run: external_model.hpp.
namespace mystic {

/// One file that is written for each evaluation: a template with the values filled in.
struct TemplateFile {
  static constexpr std::string_view title = "template";

  std::string from = {};
  std::string text = {};
  std::string to = {};
  std::string open = "@";
  std::string close = "@";
  std::string format = {};

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("from", self.from, Anything{}, "file that holds the template; read once, before the run");
    field("text", self.text, Anything{}, "the template itself, instead of `from`");
    field("to", self.to, Anything{}, "file to write, relative to the work directory");
    field("open", self.open, Anything{}, "what a placeholder begins with");
    field("close", self.close, Anything{}, "what a placeholder ends with");
    field("format", self.format, Anything{},
          "of placeholders without one of their own: %12.4e, or a width in characters; empty: as many "
          "digits as the value needs, 17 at most");
  }

  /// The rules across fields: for validate().
  [[nodiscard]] std::string broken_rules() const;
};

/// A file or a folder that each work directory gets.
struct GivenFile {
  static constexpr std::string_view title = "file";

  std::string from = {};
  std::string to = {};
  std::string how = "copy";

  GivenFile() = default;
  /// A copy under its own name.
  GivenFile(std::string name) : from(std::move(name)) {}  // NOLINT(google-explicit-constructor)
  GivenFile(const char* name) : from(name) {}             // NOLINT(google-explicit-constructor)

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("from", self.from, Anything{}, "file or folder, relative to the study");
    field("to", self.to, Anything{}, "its name in the work directory; none: its own");
    field(
        "how", self.how, Choices{{"copy", "link", "share"}},
        "copy: one of its own for each evaluation; link: a symbolic link to the original; share: a link "
        "to one read-only copy that is made before the run");
  }
};

/// One command of an evaluation.
struct CommandStep {
  static constexpr std::string_view title = "step";

  std::string name = {};
  std::string input = {};
  double deadline = infinity;
  std::string must_say = {};
  std::string must_not_say = {};

  /// The program and its arguments, in which `@name@` is a placeholder too. There is no shell. A program
  /// without '/' is looked up on the PATH; one with '/' is relative to the study.
  std::vector<std::string> command = {};
  /// Exit statuses that mean success.
  std::vector<Index> success = {0};
  /// Files that must be there afterwards, and not be empty.
  std::vector<std::string> produces = {};

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("name", self.name, Anything{}, "what it prints is in NAME.stdout and NAME.stderr");
    field("input", self.input, Anything{},
          "file in the work directory that it reads as its standard input; none: nothing");
    field("deadline", self.deadline, Range{.lower = 0, .open_below = true, .unit = "s"},
          "time that this step may take");
    field("must_say", self.must_say, Anything{}, "text without which, in what it prints, it has failed");
    field("must_not_say", self.must_not_say, Anything{},
          "text with which, in what it prints, it has failed");
  }
};

/// Where evaluations work, and what stays of them.
struct WorkOptions {
  static constexpr std::string_view title = "work directories";

  std::string base = {};
  std::string keep = "never";
  std::string keep_in = {};
  bool archive = true;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("base", self.base, Anything{},
          "where they are made; none: $TMPDIR if set, else in memory (/dev/shm) where there is room for "
          "the largest file of each core, else /tmp");
    field("keep", self.keep, Choices{{"never", "on-failure", "always"}},
          "which of them stay after their evaluation");
    field("keep_in", self.keep_in, Anything{},
          "where they stay, relative to the current directory; none: NAME.kept");
    field("archive", self.archive, Anything{},
          "whether each is packed into one file, EVALUATION.tar.gz, for file systems that hate small "
          "files");
  }
};

/// A simulation code as a model: templates with placeholders -> commands -> numbers in what they wrote.
struct ExternalModelOptions {
  static constexpr std::string_view title = "external model";

  /// Names of the inputs in order: what placeholders refer to.
  std::vector<std::string> inputs = {};
  /// Inputs whose values are places, from 0, among choices: words or numbers.
  std::map<std::string, std::vector<Value>> choices = {};
  /// Constants that placeholders and expressions may name.
  std::vector<std::pair<std::string, Value>> fixed = {};
  /// Names for expressions of inputs, constants and the derived ones before.
  std::vector<std::pair<std::string, std::string>> derived = {};

  std::vector<TemplateFile> templates = {};
  std::vector<GivenFile> files = {};
  /// The one command; or `steps`, in order.
  std::vector<std::string> command = {};
  std::vector<CommandStep> steps = {};
  /// What is run instead when all else failed: one command or steps.
  std::vector<std::string> alternative = {};
  std::vector<CommandStep> alternative_steps = {};
  /// Variables that the commands get beside those of Surroundings::environment, or instead.
  /// Placeholders in their values are filled in.
  std::map<std::string, std::string> environment = {};
  std::vector<OutputRule> outputs = {};
  /// Expressions of outputs, inputs, constants and derived ones that must not be 0.
  std::vector<std::string> checks = {};
  /// Files that a step leaves for the next run nearby: for continuation (FailurePolicy).
  std::vector<std::string> state = {};
  WorkOptions work = {};

  std::string input = {};
  std::string inputs_json = {};
  std::string seed_input = {};
  double deadline = 3600.0;
  std::optional<double> memory = {};
  std::optional<double> cpu_seconds = {};
  double largest_file = 1024.0;
  double output_cap = 16.0;
  Index cores = 1;
  Index at_once = 0;
  bool cache = true;
  bool allow_unused_inputs = false;
  Index largest_output = Index{1} << 30;
  /// Of the draws for `seed_input`.
  std::uint64_t seed = 0;

  /// The fields that are one value each.
  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    const Range seconds{.lower = 0, .open_below = true, .open_above = true, .unit = "s"};
    const Range mebibytes{.lower = 0, .upper = 1e9, .open_below = true, .unit = "MiB"};
    field("input", self.input, Anything{},
          "file in the work directory that the command reads as its standard input; none: nothing");
    field("inputs_json", self.inputs_json, Anything{},
          "file to write with all inputs, constants and derived ones as one JSON object");
    field("seed_input", self.seed_input, Anything{},
          "name for a whole number in [0, 2^31) that is drawn anew for each evaluation");
    field("deadline", self.deadline, seconds,
          "time that one attempt may take, all its steps; then all is killed with all descendants");
    field("memory", self.memory, mebibytes, "memory that each process may take");
    field("cpu_seconds", self.cpu_seconds, seconds, "processor time that each process may take");
    field("largest_file", self.largest_file, mebibytes, "size that a file may grow to");
    field("output_cap", self.output_cap, mebibytes,
          "how much of stdout, and of stderr, is kept; the rest is dropped");
    field("cores", self.cores, Range{.lower = 1, .upper = 65536},
          "cores that one evaluation uses (threads, or its own MPI ranks): no more run at once on a "
          "machine "
          "than it has cores for; OMP_NUM_THREADS is set to it unless `environment` does");
    field("at_once", self.at_once, Range{.lower = 0},
          "how many evaluations may run at once in the whole study (licences); 0: as many as workers");
    field("cache", self.cache, Anything{},
          "whether a point that was evaluated before is not run again; false for a code with chance in "
          "it");
    field("allow_unused_inputs", self.allow_unused_inputs, Anything{},
          "whether an input may appear nowhere");
    field("largest_output", self.largest_output, Range{.lower = 1, .unit = "bytes"},
          "size above which a file is not read for its numbers; it is read into memory");
  }
};

}  // namespace mystic
