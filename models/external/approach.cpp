#include "attempt.hpp"
#include "files.hpp"
#include "work_directory.hpp"

#include "mystic/system/slots.hpp"

#include <algorithm>

namespace mystic {

using namespace external;

namespace {

namespace fs = std::filesystem;

/// The part of the way below which a stretch is not halved any more.
constexpr double shortest = 1e-6;

/// Takes the files `state` over from one work directory to the next. @return why it failed, or nothing
std::string hand_on(const std::vector<std::string>& state, const fs::path& from, const fs::path& to) {
  for (const std::string& name : state) {
    std::error_code error;
    fs::remove_all(to / name, error);  // one that was given with the inputs
    const std::string wrong = copy_to(from / name, to / name);
    if (!wrong.empty()) return fmt::format("the state '{}' cannot be handed on: {}", name, wrong);
  }
  return {};
}

}  // namespace

void ExternalModel::approach(const VectorView& from, const Question& question, Index most_steps,
                             Outcome& outcome) const {
  const auto place = slots_ ? slots_->take(question.stop) : std::nullopt;
  const Vector start = from;
  const Vector whole = question.points.col(0) - start;
  const EvaluationId id = question.first;
  std::unique_ptr<WorkDirectory> good;  // of the last run that succeeded
  double reached = 0.0;                 // how far that is, from 0 to 1
  double aim = 0.0;                     // first at the start itself, to have its state
  double stretch = 1.0;
  Index runs = 0;
  bool arrived = false;
  std::optional<Failure> last;  // failure on the way
  while (!arrived && runs < most_steps && !question.stop.stop_requested()) {
    auto work = std::make_unique<WorkDirectory>(directory_.path(), made_++);
    if (!work->error().empty()) return outcome.fail(FailureKind::files, work->error());
    EvaluationAccount account;
    Attempt attempt(*plan_, *supervisor_, work->path(), account);
    const Vector x = aim == 1.0 ? Vector(question.points.col(0)) : Vector(start + aim * whole);
    std::optional<Failure> failure = attempt.prepare(x, id);
    const std::string wrong = good ? hand_on(plan_->state, good->path(), work->path()) : std::string();
    if (!wrong.empty()) failure = Failure{FailureKind::files, wrong};
    if (!failure) failure = attempt.run(false, question.stop, outcome.outputs);
    ++runs;
    if (failure) last = failure;
    if (!failure) {
      arrived = aim == 1.0;
      good = std::move(work);
      reached = aim;
      stretch = std::min(2.0 * stretch, 1.0 - reached);
    } else if (!good || stretch <= shortest) {
      break;  // the code fails where it succeeded before, or there is no way
    } else {
      stretch *= 0.5;
    }
    aim = std::min(reached + stretch, 1.0);
  }
  outcome.attempts = static_cast<std::int32_t>(runs);
  outcome.note = fmt::format("walked from [{}] in {} runs", fmt::join(start, ", "), runs);
  if (question.stop.stop_requested()) {
    outcome.fail(FailureKind::cancelled, "stopped on the way from a good point");
  } else if (!arrived) {
    outcome.fail(last ? last->kind : FailureKind::exception,
                 fmt::format("walked {:.3g} of the way from a good point in {} runs{}", reached, runs,
                             last ? ": " + last->text : std::string()));
  }
}

}  // namespace mystic
