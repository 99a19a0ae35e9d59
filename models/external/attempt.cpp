#include "attempt.hpp"

#include "files.hpp"
#include "printable.hpp"

#include "mystic/system/clock.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cmath>

namespace mystic::external {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t tail_lines = 10;
constexpr std::size_t tail_bytes = 2048;

FailureKind failure_kind(ProcessResult::End end) {
  switch (end) {
    case ProcessResult::End::exited:
      return FailureKind::exit_status;
    case ProcessResult::End::signalled:
      return FailureKind::signal;
    case ProcessResult::End::deadline:
      return FailureKind::deadline;
    case ProcessResult::End::limit:
      return FailureKind::limit;
    case ProcessResult::End::cancelled:
      return FailureKind::cancelled;
    case ProcessResult::End::not_started:
      return FailureKind::not_started;
    case ProcessResult::End::supervisor_lost:
      return FailureKind::worker_lost;
  }
  return FailureKind::exception;
}

/// What the step printed last, for the end of a failure's text.
std::string last_words(const PlannedStep& step, const ProcessResult& result) {
  std::string words;
  const auto add = [&](const std::string& file, const std::string& printed) {
    const std::string tail = printable(last_lines(printed, tail_lines, tail_bytes));
    if (!tail.empty()) words += fmt::format("\nlast lines of {}:\n{}", file, tail);
  };
  add(step.error, result.last_error);
  add(step.output, result.last_output);
  return words;
}

}  // namespace

std::string Attempt::write(const fs::path& to, std::string_view text) {
  account_.files.push_back({to.string(), text.size()});
  return write_file(directory_ / to, text);
}

std::optional<Failure> Attempt::prepare(const VectorView& x, const EvaluationId& id) {
  const double start = steady_clock_seconds();
  try {
    values_ = plan_.inputs.values(x, id);
    for (const Plan::WrittenFile& file : plan_.templates) {
      const std::string error = write(file.to, file.content.fill(values_));
      if (!error.empty()) {
        return Failure{FailureKind::files,
                       fmt::format("cannot write '{}': {}", file.to.string(), error)};
      }
    }
    if (!plan_.inputs_json.empty()) {
      const std::string error = write(plan_.inputs_json, json_of(plan_.inputs.names(), values_));
      if (!error.empty()) {
        return Failure{FailureKind::files,
                       fmt::format("cannot write '{}': {}", plan_.inputs_json, error)};
      }
    }
  } catch (const InvalidArgument& error) {  // a value that does not fit its format, or has none
    return Failure{FailureKind::files, error.what()};
  }
  auto failure = put_files();
  account_.prepare_seconds += steady_clock_seconds() - start;
  return failure;
}

std::optional<Failure> Attempt::put_files() {
  for (const Plan::GivenTree& given : plan_.files) {
    const fs::path to = directory_ / given.to;
    const std::string error =
        given.how == Plan::How::copy ? copy_to(given.from, to) : link_to(given.from, to);
    if (!error.empty()) {
      return Failure{FailureKind::files,
                     fmt::format("cannot {} '{}': {}", given.how == Plan::How::copy ? "copy" : "link",
                                 given.from.string(), error)};
    }
    std::error_code unknown;
    const std::uintmax_t bytes = fs::is_regular_file(to, unknown) ? fs::file_size(to, unknown) : 0;
    account_.files.push_back({given.to.string(), bytes});
  }
  return std::nullopt;
}

std::optional<Attempt::Fingerprint> Attempt::fingerprint(const std::string& file) const {
  struct stat status = {};
  if (::stat((directory_ / file).c_str(), &status) != 0) return std::nullopt;
  return Fingerprint{.size = static_cast<std::uintmax_t>(status.st_size),
                     .changed = status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec,
                     .inode = status.st_ino};
}

Command Attempt::command_for(const PlannedStep& step) const {
  Command command{.arguments = {step.program},
                  .directory = directory_,
                  .environment = plan_.environment,
                  .input = step.input,
                  .output = step.output,
                  .error = step.error,
                  .output_cap = plan_.output_cap,
                  .deadline = step.deadline,
                  .limits = plan_.limits};
  for (const Template& argument : step.arguments) command.arguments.push_back(argument.fill(values_));
  for (const Plan::Setting& setting : plan_.settings) {
    command.environment = with_variable(command.environment, setting.name, setting.value.fill(values_));
  }
  return command;
}

/// What is there before the run, so that it is not taken for what the run wrote.
void Attempt::note_files() {
  const auto note = [this](const std::string& file) {
    if (const auto there = fingerprint(file)) before_[file] = *there;
  };
  for (const Extraction& extraction : plan_.extractions) note(extraction.rule().file);
  for (const auto* steps : {&plan_.steps, &plan_.alternative}) {
    for (const PlannedStep& step : *steps) {
      for (const std::string& file : step.produces) note(file);
    }
  }
}

bool Attempt::is_as_before(const std::string& file) const {
  const auto before = before_.find(file);
  return before != before_.end() && fingerprint(file) == before->second;
}

void Attempt::note_steps() {
  for (const PlannedStep& step : plan_.steps) {
    account_.steps.push_back({step.title, command_for(step).arguments, step.input, {}});
  }
}

std::optional<Failure> Attempt::run(bool alternative, const std::stop_token& stop, Vector& outputs) {
  const double start = steady_clock_seconds();
  note_files();
  double left = plan_.deadline;
  const std::vector<PlannedStep>& steps = alternative ? plan_.alternative : plan_.steps;
  for (const PlannedStep& step : steps) {
    auto failure = run_step(step, left, stop);
    account_.run_seconds = steady_clock_seconds() - start;
    if (failure) return failure;
    left = std::ceil(1e3 * (plan_.deadline - account_.run_seconds)) * 1e-3;
  }
  const double ran = steady_clock_seconds();
  auto failure = read_outputs(steps.back(), outputs);
  if (!failure) failure = hold_checks(outputs);
  account_.extract_seconds = steady_clock_seconds() - ran;
  return failure;
}

std::optional<Failure> Attempt::run_step(const PlannedStep& step, double left,
                                         const std::stop_token& stop) {
  ProcessResult result;
  try {
    Command command = command_for(step);
    if (!(left > 0.0)) {
      return Failure{
          FailureKind::deadline,
          fmt::format("{}: not started: the {} s of the attempt are over", step.title, plan_.deadline)};
    }
    command.deadline = std::min(step.deadline, left);
    result = supervisor_.run(command, stop);
    truncated_[step.output] = result.output_truncated;
    truncated_[step.error] = result.error_truncated;
    account_.steps.push_back({step.title, std::move(command.arguments), step.input, result});
  } catch (const InvalidArgument& error) {  // a value that does not fit its format; a NUL byte
    return Failure{FailureKind::files, fmt::format("{}: {}", step.title, error.what())};
  }
  auto failure = judge(step, result);
  if (failure) failure->text += last_words(step, result);
  return failure;
}

std::optional<Failure> Attempt::judge(const PlannedStep& step, const ProcessResult& result) const {
  const auto fail = [&](FailureKind kind, std::string_view text) {
    return Failure{kind, fmt::format("{}: {}", step.title, text)};
  };
  const bool wanted =
      std::find(step.success.begin(), step.success.end(), result.status) != step.success.end();
  if (result.end != ProcessResult::End::exited || !wanted) {
    std::string text = printable(result.text);
    if (result.end == ProcessResult::End::exited && result.status == 0)
      text += ", which means failure here";
    if (plan_.limits.memory != unlimited && result.end != ProcessResult::End::deadline) {
      text += fmt::format(" (may take {} MiB of memory; took {} MiB)", plan_.limits.memory >> 20U,
                          result.peak_memory >> 20U);
    }
    return fail(failure_kind(result.end), text);
  }
  if (result.output_error != 0) {
    return fail(FailureKind::files, fmt::format("what it printed could not be written: {}",
                                                std::generic_category().message(result.output_error)));
  }
  for (const std::string& file : step.produces) {
    const auto there = fingerprint(file);
    if (!there) return fail(FailureKind::missing_output, fmt::format("'{}' does not exist", file));
    if (there->size == 0) return fail(FailureKind::missing_output, fmt::format("'{}' is empty", file));
    if (is_as_before(file)) {
      return fail(FailureKind::missing_output, fmt::format("'{}' is as it was before the run", file));
    }
  }
  return look_for_words(step);
}

std::optional<Failure> Attempt::look_for_words(const PlannedStep& step) const {
  if (step.must_say.empty() && step.must_not_say.empty()) return std::nullopt;
  bool said = false;
  std::string unknown;  // why not all that it said can be looked at
  for (const std::string& name : {step.output, step.error}) {
    const FileText printed = read_file(directory_ / name, plan_.output_cap + 1);
    if (!step.must_not_say.empty() && printed.text.find(step.must_not_say) != std::string::npos) {
      return Failure{FailureKind::check,
                     fmt::format("{}: {} says {}", step.title, name, in_quotes(step.must_not_say))};
    }
    said = said || printed.text.find(step.must_say) != std::string::npos;
    const auto cut = truncated_.find(name);
    if (cut != truncated_.end() && cut->second)
      unknown = fmt::format("{} was cut at `output_cap`", name);
    if (!printed.error.empty()) unknown = fmt::format("{} {}", name, printed.error);
  }
  const bool undecided = !step.must_not_say.empty() || !said;
  if (undecided && !unknown.empty()) {
    return Failure{FailureKind::unreadable_output,
                   fmt::format("{}: what it said cannot be judged: {}", step.title, unknown)};
  }
  if (said || step.must_say.empty()) return std::nullopt;
  return Failure{FailureKind::check,
                 fmt::format("{}: does not say {}", step.title, in_quotes(step.must_say))};
}

/// Each file is read once.
std::optional<Failure> Attempt::read_file_of(const OutputRule& rule, const std::string** text) {
  const auto known = read_.find(rule.file);
  if (known != read_.end()) {
    *text = &known->second;
    return std::nullopt;
  }
  const auto fail = [&](FailureKind kind, const std::string& why) {
    return Failure{kind, fmt::format("output '{}': its file '{}' {}", rule.name, rule.file, why)};
  };
  if (const auto truncated = truncated_.find(rule.file);
      truncated != truncated_.end() && truncated->second) {
    return fail(FailureKind::unreadable_output,
                fmt::format("was cut at {} bytes, the `output_cap`: what follows is not known",
                            plan_.output_cap));
  }
  FileText file = read_file(directory_ / rule.file, plan_.largest_output);
  if (!file.error.empty()) {
    return fail(file.exists ? FailureKind::unreadable_output : FailureKind::missing_output, file.error);
  }
  if (is_as_before(rule.file)) {
    return fail(FailureKind::missing_output, "is as it was before the run: nothing wrote it");
  }
  *text = &read_.emplace(rule.file, std::move(file.text)).first->second;
  return std::nullopt;
}

/// Up to the first failure, which ends with what the last step printed.
std::optional<Failure> Attempt::read_outputs(const PlannedStep& last_step, Vector& outputs) {
  Index next = 0;
  for (const Extraction& extraction : plan_.extractions) {
    const OutputRule& rule = extraction.rule();
    const std::string* text = nullptr;
    auto failure = read_file_of(rule, &text);
    Extracted extracted;
    if (!failure) {
      extracted = extraction.from(*text);
      failure = std::move(extracted.failure);
    }
    if (failure) {
      failure->text += last_words(last_step, account_.steps.back().result);
      return failure;
    }
    for (const double value : extracted.values) outputs[next++] = value;
    account_.found.push_back(
        {rule.name, rule.file, extracted.line, std::move(extracted.found), std::move(extracted.values)});
  }
  return std::nullopt;
}

std::optional<Failure> Attempt::hold_checks(const Vector& outputs) const {
  if (plan_.checks.empty() || outputs.hasNaN()) return std::nullopt;  // NaN has failed by itself
  std::vector<double> numbers(outputs.data(), outputs.data() + outputs.size());
  const std::vector<double> inputs = Inputs::numbers(values_);
  numbers.insert(numbers.end(), inputs.begin(), inputs.end());
  for (const Expression& check : plan_.checks) {
    const double holds = check.value(numbers);
    if (holds != 0.0 && !std::isnan(holds)) continue;
    std::string with;
    for (std::size_t i = 0; i < plan_.output_names.size(); ++i) {
      if (!check.uses(static_cast<Index>(i))) continue;
      with += fmt::format("{}{} = {}", with.empty() ? "" : ", ", plan_.output_names[i], numbers[i]);
    }
    return Failure{FailureKind::check,
                   fmt::format("the check {} does not hold{}", in_quotes(check.text()),
                               with.empty() ? "" : ": " + with)};
  }
  return std::nullopt;
}

}  // namespace mystic::external
