#include "mystic/models/external_model.hpp"

#include "external/plan.hpp"
#include "external/files.hpp"
#include "external/printable.hpp"

#include <map>

namespace mystic {

using namespace external;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t tail_lines = 10;
constexpr std::size_t tail_bytes = 2048;

FailureKind failure_kind(ProcessResult::End end) {
  switch (end) {
    case ProcessResult::End::exited:
      return FailureKind::exit_status;
    case ProcessResult::End::signalled:
    case ProcessResult::End::limit:
      return FailureKind::signal;
    case ProcessResult::End::deadline:
      return FailureKind::deadline;
    case ProcessResult::End::cancelled:
      return FailureKind::cancelled;
    case ProcessResult::End::not_started:
      return FailureKind::not_started;
    case ProcessResult::End::supervisor_lost:
      return FailureKind::worker_lost;
  }
  return FailureKind::exception;
}

/// What the command printed last, for the end of a failure's text.
std::string last_words(const fs::path& directory) {
  std::string words;
  for (const char* name : {"stderr", "stdout"}) {
    const std::string printed = read_tail(directory / name, tail_bytes);
    const std::string tail = printable(last_lines(printed, tail_lines, tail_bytes));
    if (!tail.empty()) words += fmt::format("\nlast lines of {}:\n{}", name, tail);
  }
  return words;
}

/// Puts all files of an evaluation into its directory. @return why it failed, or nothing
std::string prepare(const fs::path& directory, const Plan& plan, const VectorView& x) {
  for (const Plan::WrittenFile& file : plan.templates) {
    const std::string error = write_file(directory / file.to, file.content.fill(x));
    if (!error.empty()) return fmt::format("cannot write '{}': {}", file.to.string(), error);
  }
  for (const fs::path& file : plan.files) {
    const std::string error = copy_to(file, directory / file.filename());
    if (!error.empty()) return fmt::format("cannot copy '{}': {}", file.string(), error);
  }
  return {};
}

Command command_for(const fs::path& directory, const Plan& plan, const VectorView& x) {
  Command command{.arguments = {plan.program},
                  .directory = directory,
                  .environment = plan.environment,
                  .output = "stdout",
                  .error = "stderr",
                  .deadline = plan.deadline};
  for (const Template& argument : plan.arguments) command.arguments.push_back(argument.fill(x));
  return command;
}

/// Reads the outputs, each file once, up to the first failure.
std::optional<Failure> read_outputs(const fs::path& directory, const Plan& plan, Vector& outputs) {
  std::map<std::string, FileText> files;
  for (std::size_t i = 0; i < plan.extractions.size(); ++i) {
    const OutputRule& rule = plan.extractions[i].rule();
    const auto [entry, is_new] = files.try_emplace(rule.file);
    FileText& file = entry->second;
    if (is_new) file = read_file(directory / rule.file, plan.largest_output);
    if (!file.error.empty()) {
      return Failure{file.exists ? FailureKind::unreadable_output : FailureKind::missing_output,
                     fmt::format("output '{}': its file '{}' {}", rule.name, rule.file, file.error)};
    }
    const Extracted extracted = plan.extractions[i].from(file.text);
    if (extracted.failure) return extracted.failure;
    outputs[static_cast<Index>(i)] = extracted.values.front();
  }
  return std::nullopt;
}

std::vector<std::string> names_of(const std::vector<OutputRule>& rules) {
  std::vector<std::string> names;
  for (const OutputRule& rule : rules) names.push_back(rule.name);
  return names;
}

Plan flawless_plan(const ExternalModelOptions& options, const Surroundings& surroundings) {
  Planned planned = make_plan(options, surroundings);
  require<InvalidOptions>(planned.problems.empty(), "{}:\n  {}", ExternalModelOptions::title,
                          fmt::join(planned.problems, "\n  "));
  return std::move(planned.plan);
}

}  // namespace

ExternalModel::ExternalModel(const ExternalModelOptions& options, const Surroundings& surroundings,
                             const Supervisor& supervisor)
    : inputs_(options.inputs), outputs_(names_of(options.outputs)),
      plan_(std::make_unique<const Plan>(flawless_plan(options, surroundings))),
      supervisor_(&supervisor), directory_(surroundings.scratch, "mystic-") {
  supervisor_->remove_at_end(directory_.path());
}

ExternalModel::~ExternalModel() = default;

void ExternalModel::evaluate(const Question& question, std::span<Outcome> outcomes) const {
  for (std::size_t j = 0; j < outcomes.size(); ++j) {
    evaluate_one(question.points.col(static_cast<Index>(j)), question.stop, outcomes[j]);
  }
}

void ExternalModel::evaluate_one(const VectorView& x, const std::stop_token& stop,
                                 Outcome& outcome) const {
  if (stop.stop_requested()) {
    return outcome.fail(FailureKind::cancelled, "stopped before the command was started");
  }
  std::optional<TemporaryDirectory> work;
  try {
    work.emplace(directory_.path(), "evaluation-");
  } catch (const Error& error) {
    return outcome.fail(FailureKind::files, error.what());
  }
  const fs::path& directory = work->path();
  const std::string unprepared = prepare(directory, *plan_, x);
  if (!unprepared.empty()) return outcome.fail(FailureKind::files, unprepared);

  const ProcessResult result = supervisor_->run(command_for(directory, *plan_, x), stop);
  if (!result.succeeded()) {
    return outcome.fail(failure_kind(result.end),
                        fmt::format("{}: {}{}", fs::path(plan_->program).filename().string(),
                                    printable(result.text), last_words(directory)));
  }
  if (const auto failure = read_outputs(directory, *plan_, outcome.outputs)) {
    outcome.fail(failure->kind, failure->text + last_words(directory));
  }
}

}  // namespace mystic
