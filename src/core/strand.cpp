#include "mystic/core/strand.hpp"

#include <algorithm>
#include <cmath>

namespace mystic {
namespace {

// A search that is rejected so often in a row has left the bounds for good, and no limit of evaluations
// would ever stop it. Far more than unlucky trials of a population.
constexpr Index most_rejected = 100'000;

Search begin(const Algorithm& algorithm, Start start, FrameArena& arena) {
  start.arena = &arena;
  return algorithm.begin(std::move(start));
}

}  // namespace

std::optional<Stop> StrandContext::heed(std::optional<Stop> judged) {
  if (!judged || judged->kind == StopKind::converged) return judged;
  if (!called_off) called_off = std::move(judged);
  withheld = true;
  return std::nullopt;
}

Strand::Strand(StrandContext& context, const Algorithm& algorithm, Start start, const SearchPath& path,
               const StrandRules& rules)
    : context_(&context), arena_(std::make_unique<FrameArena>()), path_(path),
      search_(begin(algorithm, std::move(start), *arena_)),
      course_(rules.termination, context.problem->dimension()), rules_(rules) {
  grow(1);
}

void Strand::advance() {
  search_.channel().attendant = this;
  failed_before_ = failed_;
  room_ = room_for_plain();
  quiet_steps_ = quiet_steps();
  while (state_ == State::runnable && failed_ == failed_before_) {
    attended_ = false;
    search_.resume();
    if (search_.done()) {
      end({StopKind::ended, search_.reason()});
    } else if (!attended_) {
      prepare();
      room_ = room_for_plain();
    } else if (open_ == nullptr) {
      return;
    }
  }
}

void Strand::assess_column(Piece& piece, Index column, const double* point) {
  const Eigen::Map<const Vector> x(point, context_->problem->dimension());
  const auto j = static_cast<std::size_t>(column);
  costs_[j] = infinity;
  const Outcome& outcome = outcomes_[j];
  if (outcome.ok()) {
    const Problem& problem = *context_->problem;
    const Assessment worth =
        problem.plain() ? Assessment{outcome.outputs[0], 0.0} : problem.assess(x, outcome.outputs);
    if (!std::isnan(worth.cost)) costs_[j] = worth.cost;
    if (standing_.yields_to(worth.cost, worth.violation)) note_best(piece, column, x, worth);
  } else {
    if (context_->penalties != nullptr)
      costs_[j] = context_->penalties->rule(outcome.failure->kind).cost;
    note_failure(piece);
  }
  if (context_->keep_evaluations) {
    piece.kept.push_back({ids_[j], x, costs_[j], outcome});
  }
  ++piece.evaluations;
  ++evaluations_;
}

void Strand::grow(Index count) {
  if (points_.capacity() >= count) return;
  points_ = PaddedPoints(context_->problem->dimension(), count);
  const auto size = static_cast<std::size_t>(count);
  outcomes_.resize(size);
  costs_.resize(size);
  answers_.resize(size);
  twins_.resize(size);
  ids_.resize(size);
  tasks_.reserve(size);
  for (EvaluationId& id : ids_) id.path = path_;
}

void Strand::prepare() {
  Channel& wants = search_.channel();
  require(wants.dimension == context_->problem->dimension(),
          "the search asked for points of {} coordinates in a problem of {}", wants.dimension,
          context_->problem->dimension());
  grow(wants.count);
  wanted_ = wants.count;
  cut_ = false;
  outstanding_ = 0;
  taken_ = 0;
  awaited_points_.clear();
  for (Index column = 0; column < wanted_; ++column) {
    prepare_column(column);
    if (context_->used_up) return;
    const bool awaited = answers_[static_cast<std::size_t>(column)] == Answer::awaited;
    if (awaited && context_->in_place != nullptr && !context_->withheld) evaluate_here(column);
    if (take_in_known(column + 1) && context_->decide()) {
      lose_from(column + 1);
      return;
    }
  }
  if (outstanding_ == 0) {
    take_in();
    return;
  }
  make_tasks();
  state_ = State::waiting;
}

// In place, the evaluation of `column` is due but the run has none left: the rest of the batch is lost.
void Strand::give_up_from(Index column) {
  context_->used_up = true;
  lose_from(column);
}

// Nobody will ask for the rest of the batch.
void Strand::lose_from(Index column) {
  for (Index j = column; j < wanted_; ++j) answers_[static_cast<std::size_t>(j)] = Answer::lost;
  state_ = State::waiting;
}

void Strand::evaluate_here(Index column) {
  const auto j = static_cast<std::size_t>(column);
  const InPlace& here = *context_->in_place;
  Task task = task_of(column);
  here.evaluator->run(task, here.stop);
  const Outcome& outcome = outcomes_[j];
  if (!outcome.ok() && outcome.failure->kind == FailureKind::cancelled) {
    context_->withheld = true;
    return;
  }
  answers_[j] = Answer::known;
  --outstanding_;
  note_outcome(column);
  context_->busy_seconds += outcome.seconds;
  if (here.halted && here.halted()) context_->withheld = true;
}

Task Strand::task_of(Index column) {
  const auto j = static_cast<std::size_t>(column);
  return {.first = ids_[j],
          .points = points_.column(column),
          .dimension = context_->problem->dimension(),
          .stride = points_.stride(),
          .outcomes = {&outcomes_[j], 1},
          .position = column,
          .of = wanted_,
          .nearest = context_->keep_good ? nearest_good(points_.view(column)) : nullptr,
          .owner = this};
}

void Strand::prepare_column(Index column) {
  const auto j = static_cast<std::size_t>(column);
  const Channel& wants = search_.channel();
  const Problem& problem = *context_->problem;
  double* const x = points_.column(column);
  std::copy_n(wants.points + column * wants.dimension, wants.dimension, x);
  const EvaluationId id{path_, next_k_};
  if (problem.restricts() &&
      !problem.prepare(Eigen::Map<Vector>(x, wants.dimension), id, context_->seed)) {
    answers_[j] = Answer::rejected;
    ++rejected_in_a_row_;
    return;
  }
  rejected_in_a_row_ = 0;
  if (rules_.evaluations && static_cast<Index>(next_k_) >= *rules_.evaluations) {
    answers_[j] = Answer::lost;
    cut_ = true;
    return;
  }
  if (context_->allowance <= 0) {
    give_up_from(column);
    return;
  }
  --context_->allowance;
  ++next_k_;
  ids_[j] = id;
  if (context_->recorder != nullptr &&
      context_->recorder->recall(id, points_.view(column), outcomes_[j])) {
    answers_[j] = Answer::known;
    if (context_->cache != nullptr) static_cast<void>(is_twin(column));  // others may be its twins
    ++context_->recalled;
    ++context_->made;
    return;
  }
  if (context_->cache != nullptr && answer_from_cache(column)) return;
  answers_[j] = Answer::awaited;
  ++outstanding_;
}

// One task per point; for models that want batches, shares of neighbours as even as the workers.
void Strand::make_tasks() {
  tasks_.clear();
  next_task_ = 0;
  const Index share = context_->problem->model().wants_batches()
                          ? (outstanding_ + context_->workers - 1) / context_->workers
                          : 1;
  for (Index column = 0; column < wanted_; ++column) {
    const auto j = static_cast<std::size_t>(column);
    if (answers_[j] != Answer::awaited) continue;
    const bool joins = !tasks_.empty() && tasks_.back().count() < share &&
                       tasks_.back().outcomes.data() + tasks_.back().outcomes.size() == &outcomes_[j];
    if (joins) {
      tasks_.back().outcomes = {tasks_.back().outcomes.data(), tasks_.back().outcomes.size() + 1};
      continue;
    }
    tasks_.push_back(task_of(column));
  }
}

void Strand::complete(const Task& task) {
  const Index first = (task.points - points_.column(0)) / points_.stride();
  for (Index column = first; column < first + task.count(); ++column) {
    const auto j = static_cast<std::size_t>(column);
    const Outcome& outcome = outcomes_[j];
    if (!outcome.ok() && outcome.failure->kind == FailureKind::cancelled) continue;
    answers_[j] = Answer::known;
    --outstanding_;
    note_outcome(column);
  }
  static_cast<void>(take_in_known(wanted_));
  if (outstanding_ == 0) take_in();
}

// What is known of the batch, as far as nothing before it is awaited, so that decisions on it need not
// wait for the rest. True: there was something, and somebody decides.
bool Strand::take_in_known(Index end) {
  if (!context_->decide) return false;
  const Index before = taken_;
  while (taken_ < end && answers_[static_cast<std::size_t>(taken_)] != Answer::awaited) {
    take_in_column(taken_++);
  }
  return taken_ > before;
}

void Strand::take_in() {
  while (taken_ < wanted_) take_in_column(taken_++);
  Channel& wants = search_.channel();
  wants.costs = costs_.data();
  tell_rejected(wants);
  if (wants.repaired != nullptr) {
    for (Index column = 0; column < wanted_; ++column) {
      if (answers_[static_cast<std::size_t>(column)] == Answer::known) {
        std::copy_n(points_.column(column), wants.dimension, wants.repaired + column * wants.dimension);
      }
    }
  }
  state_ = State::runnable;
  if (cut_) {
    end({StopKind::evaluations, fmt::format("the limit of {} evaluations", *rules_.evaluations)});
  } else if (rejected_in_a_row_ >= most_rejected) {
    end({StopKind::ended,
         fmt::format("the last {} points that it proposed lie outside the bounds", rejected_in_a_row_)});
  }
}

void Strand::tell_rejected(Channel& wants) {
  wants.rejected = nullptr;
  const auto first = answers_.begin();
  const auto last = first + wanted_;
  if (std::find(first, last, Answer::rejected) == last) return;
  rejected_.resize(answers_.size());
  std::transform(first, last, rejected_.begin(),
                 [](Answer answer) { return answer == Answer::rejected ? 1 : 0; });
  wants.rejected = rejected_.data();
}

void Strand::take_in_partial() {
  if (state_ != State::waiting) return;
  while (taken_ < wanted_) take_in_column(taken_++);
}

void Strand::note_failure(Piece& piece) {
  Piece::Event& event = piece.add_event();
  event.at = piece.evaluations;
  event.failed = true;
  ++failed_;
}

void Strand::note_best(Piece& piece, Index column, const Eigen::Map<const Vector>& x,
                       const Assessment& worth) {
  const auto j = static_cast<std::size_t>(column);
  Piece::Event& event = best_event(piece, column);
  event.at = piece.evaluations;
  event.failed = false;
  if (event.best.x.size() != x.size()) event.best.x.resize(x.size());
  std::copy_n(x.data(), x.size(), event.best.x.data());
  event.best.cost = standing_.cost = worth.cost;
  event.best.violation = standing_.violation = worth.violation;
  event.best.outputs = outcomes_[j].outputs;
  event.best.id = ids_[j];
  event.best.round = steps_;
  if (!standing_.exists()) standing_.x = event.best.x;
}

void Strand::end_step() {
  const Step& step = search_.channel().step;
  Piece& piece = open_piece();
  ++steps_;
  course_.add(step.best_cost, step.began_at);
  course_.add_point(step.best);
  std::optional<Stop> why = judge_step();
  // A step that nobody looks at, and that ends nothing, need not be decided by itself.
  const bool quiet = context_->steps_unseen && !context_->called_off;
  if (quiet && !why && steps_ < context_->most_steps) return;
  close(piece);
  piece.stepped = true;
  piece.step_cost = step.best_cost;
  piece.step_best = Eigen::Map<const Vector>(step.best, context_->problem->dimension());
  if (!why) return;
  piece.ended = std::move(why);
  state_ = State::ended;
}

std::optional<Stop> Strand::judge_step() {
  if (rules_.termination) {
    if (auto stop = context_->heed(course_.judge(progress(), context_->look_outside()))) return stop;
  }
  if (rules_.generations && course_.generations() >= *rules_.generations) {
    return Stop{StopKind::generations, fmt::format("the limit of {} generations", *rules_.generations)};
  }
  return std::nullopt;
}

// Of a search on its own, a best of an earlier batch is of no more consequence: all that batch can
// decide has been decided (advance() returns when an evaluation fails). Unless a monitor may stop at it.
Piece::Event& Strand::best_event(Piece& piece, Index column) {
  if (context_->alone && !context_->keep_evaluations && piece.next_event < piece.event_count()) {
    Piece::Event& last = piece.last_event();
    if (!last.failed && last.at < piece.evaluations - column) return last;
  }
  return piece.add_event();
}

void Strand::end(Stop stop) {
  Piece& piece = open_piece();
  close(piece);
  piece.ended = std::move(stop);
  state_ = State::ended;
}

Piece& Strand::next_piece() {
  if (spare_.empty()) {
    pieces_.emplace_back();
  } else {
    pieces_.push_back(std::move(spare_.back()));
    spare_.pop_back();
  }
  open_ = &pieces_.back();
  open_->clear();
  return *open_;
}

void Strand::close(Piece& piece) {
  piece.closed = true;
  open_ = nullptr;
}

void Strand::retire_piece() {
  Piece& first = pieces_.front();
  if (&first == &pieces_.back()) {  // the common case, a search on its own: nothing moves
    first.clear();
    open_ = &first;
    return;
  }
  spare_.push_back(std::move(pieces_.front()));
  pieces_.pop_front();
}

Progress Strand::progress() {
  const Step& step = search_.channel().step;
  const Index n = context_->problem->dimension();
  const Index m = step.population_size;
  return {.generations = course_.generations(),
          .evaluations = evaluations_,
          .failed = failed_,
          .best_costs = course_.best_costs(),
          .best = Eigen::Map<const Vector>(step.best, n),
          .population = Eigen::Map<const Points>(step.population, n, m),
          .population_costs = Eigen::Map<const Vector>(step.population_costs, m),
          .best_points = course_.best_points()};
}

}  // namespace mystic
