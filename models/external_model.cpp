#include "mystic/models/external_model.hpp"

#include "external/attempt.hpp"
#include "external/files.hpp"
#include "external/keeper.hpp"
#include "external/work_directory.hpp"

#include "mystic/system/clock.hpp"
#include "mystic/system/slots.hpp"

#include <algorithm>

namespace mystic {

using namespace external;

namespace {

namespace fs = std::filesystem;

Plan flawless_plan(const ExternalModelOptions& options, const Surroundings& surroundings) {
  Planned planned = make_plan(options, surroundings);
  require<InvalidOptions>(planned.problems.empty(), "{}:\n  {}", ExternalModelOptions::title,
                          fmt::join(planned.problems, "\n  "));
  return std::move(planned.plan);
}

void add_note(Outcome& outcome, const std::string& text) {
  if (!outcome.note.empty()) outcome.note += "; ";
  outcome.note += text;
}

/// One evaluation at a time needs no places; several need them only if each takes several cores.
std::unique_ptr<const Slots> make_slots(const ExternalModelOptions& options,
                                        const Surroundings& surroundings) {
  if (options.cores == 1) return nullptr;
  const auto cores = static_cast<std::size_t>(options.cores);
  const std::size_t at_once = std::max<std::size_t>(1, surroundings.machine_cores / cores);
  return std::make_unique<const Slots>(surroundings.slots, at_once);
}

}  // namespace

ExternalModel::ExternalModel(const ExternalModelOptions& options, const Surroundings& surroundings,
                             const Supervisor& supervisor)
    : inputs_(options.inputs), outputs_(value_names(options.outputs)),
      plan_(std::make_unique<Plan>(flawless_plan(options, surroundings))),
      keeper_(std::make_unique<const Keeper>(options.work, fs::absolute(surroundings.kept))),
      slots_(make_slots(options, surroundings)), supervisor_(&supervisor),
      directory_(surroundings.scratch, "mystic-") {
  supervisor_->remove_at_end(directory_.path());
  share_files();
}

ExternalModel::~ExternalModel() = default;

/// Makes the read-only copies, and points the plan at them.
void ExternalModel::share_files() {
  std::size_t number = 0;
  for (Plan::GivenTree& given : plan_->files) {
    if (given.how != Plan::How::share) continue;
    const fs::path shared = directory_.path() / fmt::format("shared-{}", ++number);
    std::string error = copy_to(given.from, shared);
    if (error.empty()) error = make_read_only(shared);
    require<Error>(error.empty(), "cannot copy '{}' to share it: {}", given.from.string(), error);
    given.from = shared;
  }
}

bool ExternalModel::has_alternative() const { return !plan_->alternative.empty(); }

bool ExternalModel::approaches() const { return !plan_->state.empty(); }

void ExternalModel::evaluate(const Question& question, std::span<Outcome> outcomes) const {
  for (std::size_t j = 0; j < outcomes.size(); ++j) {
    const auto column = static_cast<Index>(j);
    const PointsMap point(&question.points.coeffRef(0, column), question.points.rows(), 1,
                          Eigen::OuterStride<>(question.points.outerStride()));
    EvaluationAccount account;
    evaluate({.first = question.id(column),
              .points = point,
              .stop = question.stop,
              .alternative = question.alternative},
             outcomes[j], account);
  }
}

void ExternalModel::evaluate(const Question& question, Outcome& outcome,
                             EvaluationAccount& account) const {
  const double asked = steady_clock_seconds();
  const auto place = slots_ ? slots_->take(question.stop) : std::nullopt;
  if (slots_) outcome.waited = steady_clock_seconds() - asked;
  if (question.stop.stop_requested()) {
    return outcome.fail(FailureKind::cancelled, "stopped before the command was started");
  }
  WorkDirectory work(directory_.path(), made_++);
  if (!work.error().empty()) return outcome.fail(FailureKind::files, work.error());
  Attempt attempt(*plan_, *supervisor_, work.path(), account);
  const EvaluationId id = question.first;
  auto failure = attempt.prepare(question.points.col(0), id);
  if (!failure) failure = attempt.run(question.alternative, question.stop, outcome.outputs);
  const bool cancelled = failure && failure->kind == FailureKind::cancelled;
  if (keeper_->wants(failure.has_value()) && !cancelled) {
    add_note(outcome, keeper_->keep(work.path(), id));
  }
  if (failure) outcome.failure = std::move(failure);
  const double start = steady_clock_seconds();
  work.remove();
  account.remove_seconds = steady_clock_seconds() - start;
}

EvaluationAccount ExternalModel::render(const VectorView& x, const EvaluationId& id,
                                        const fs::path& directory) const {
  EvaluationAccount account;
  Attempt attempt(*plan_, *supervisor_, directory, account);
  const auto failure = attempt.prepare(x, id);
  require<Error>(!failure, "{}", failure ? failure->text : "");
  attempt.note_steps();
  return account;
}

}  // namespace mystic
