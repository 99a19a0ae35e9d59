#include "mystic/core/drive.hpp"

#include <algorithm>

namespace mystic {
Start start_of(const Plan& plan) {
  const Problem& problem = *plan.problem;
  const Index n = problem.dimension();
  require(plan.start.size() == 0 || plan.start.size() == n,
          "run: the start has {} coordinates in a problem of {} variables", plan.start.size(), n);
  require(plan.start.size() == 0 || plan.start.allFinite(), "run: the start must be finite");
  Start start{plan.start, problem.lower(), problem.upper(), stream(plan.seed, plan.path)};
  if (plan.initial) {
    start.points = plan.initial->draw(start.random, start.lower, start.upper);
    start.x = start.points.col(0);
  }
  return start;
}

Drive::Drive(const Plan& plan)
    : plan_(plan), ensemble_(std::holds_alternative<Ensemble>(plan.method)),
      course_(plan.rules.termination, plan.problem != nullptr ? plan.problem->dimension() : 0) {
  require(plan_.problem != nullptr, "run: there is no problem");
  const Problem& problem = *plan_.problem;
  validate(plan_.policy);
  context_ = {
      .problem = &problem,
      .seed = plan_.seed,
      .recorder = plan_.recorder,
      .keep_evaluations = !plan_.evaluation_monitors.empty(),
      .cache = plan_.cache,
      .penalties = plan_.policy.penalises() ? &plan_.policy : nullptr,
      .keep_good = plan_.policy.continues() && problem.model().approaches(),
      .alone = !ensemble_,
      .steps_unseen = !ensemble_ && plan_.step_monitors.empty() && plan_.evaluation_monitors.empty(),
      .workers = plan_.workers};
  // Where a search asks for many points at once, the first may be enough to end the run. What is known
  // of a walk's starts must not depend on that, nor how far the members of an ensemble have come.
  if (!ensemble_ && !context_.keep_good) {
    context_.decide = [this] {
      decide();
      return over();
    };
  }
  Start start = start_of(plan_);
  if (ensemble_) {
    begin_ensemble(std::move(start));
    return;
  }
  add_member(std::get<Algorithm>(plan_.method), std::move(start), plan_.path, plan_.rules);
}

void Drive::add_member(const Algorithm& algorithm, Start start, const SearchPath& path,
                       const StrandRules& rules) {
  start.rounded = rounded_variables(plan_.problem->variables());
  Member member;
  member.strand = std::make_unique<Strand>(context_, algorithm, std::move(start), path, rules);
  member.joined = round_;
  members_.push_back(std::move(member));
  ++running_;
}

void Drive::go_on(Index steps) {
  context_.most_steps = steps;
  const std::size_t begun = next_new_;
  for (std::size_t i = 0; i < begun && !over(); ++i) run(i);
  run_those_that_may();
}

void Drive::run_in_place(const InPlace& here, Index steps) {
  context_.in_place = &here;
  context_.most_steps = steps;
  while (!over() && !context_.used_up && !withheld() && this->steps() < steps) {
    if (ensemble_ && plan_.rules.evaluations) {
      context_.allowance = *plan_.rules.evaluations - ledger_.evaluations;
    }
    const Member& member = members_[pointer_];
    if (!member.ended && member.strand->state() == Strand::State::runnable) member.strand->advance();
    decide();
  }
  if (context_.used_up) stall();
  context_.in_place = nullptr;
  context_.allowance = std::numeric_limits<Index>::max();
}

void Drive::run(std::size_t index) {
  Strand& strand = *members_[index].strand;
  if (strand.state() != Strand::State::runnable) return;
  while (!over() && !members_[index].ended && strand.state() == Strand::State::runnable) {
    if (!may_go_on(index)) return;
    strand.advance();
    // A search on its own waits for the decision on its step: monitors look at its population.
    // Members of an ensemble run ahead; the decision catches up when the members before them do.
    decide();
  }
  if (!over() && !members_[index].ended && strand.has_task()) push_ready(index);
}

void Drive::push_ready(std::size_t index) {
  ready_.push_back({members_[index].ahead_to(), index});
  if (ensemble_) std::push_heap(ready_.begin(), ready_.end());
}

Task* Drive::next_task() {
  while (!ready_.empty()) {
    const std::size_t index = ready_.front().member;
    Strand& strand = *members_[index].strand;
    Task* task = nullptr;
    if (!members_[index].ended && strand.has_task()) {
      task = &strand.deal_task();
      if (ensemble_ && beyond_limit(index, *task)) task = nullptr;
    }
    if (task != nullptr && strand.has_task()) return task;
    if (ensemble_) std::pop_heap(ready_.begin(), ready_.end());
    ready_.pop_back();
    if (task != nullptr) return task;
  }
  return nullptr;
}

void Drive::complete(const Task& task) {
  auto* const strand = static_cast<Strand*>(task.owner);
  strand->complete(task);
  if (over()) return;
  if (strand->state() == Strand::State::waiting) {
    if (context_.decide) decide();
    return;
  }
  const std::size_t index = ensemble_ ? strand->path()[0] : 0;
  decide();  // an ended search (cut at its limit) has news without being resumed
  run(index);
  run_those_that_may();
}

void Drive::decide() {
  while (!over()) {
    Member& member = members_[pointer_];
    if (!member.ended) {
      auto& pieces = member.strand->pieces();
      if (pieces.empty()) return;
      Piece& piece = pieces.front();
      if (!consume(member, piece) || !piece.closed) return;
      close_piece(member, piece);
    }
    if (++pointer_ == members_.size()) pointer_ = 0;
    if (pointer_ == 0 && !over()) end_round();
  }
}

void Drive::end_round() {
  ++round_;
  if (round_stepped_) {
    round_stepped_ = false;
    if (ensemble_) {
      end_ensemble_step();
    } else if (!plan_.step_monitors.empty()) {
      show_step(members_[0].strand->progress());
    }
    if (wish_ && !over() && running_ > 0) stop({StopKind::monitor, *wish_});
  }
  if (!over()) conduct();
  if (over()) return;
  if (running_ == 0) {
    end_all();
  } else if (ensemble_ && plan_.rules.generations && steps_ - 1 >= *plan_.rules.generations) {
    stop({StopKind::generations, fmt::format("the limit of {} generations", *plan_.rules.generations)});
  }
}

void Drive::show_step(const Progress& progress) {
  for (Monitor* monitor : plan_.step_monitors) {
    monitor->step(progress);
    if (!wish_) wish_ = monitor->wants_stop();
  }
}

// Consumes what is known of the piece, in order. False: the run is over.
bool Drive::consume(Member& member, Piece& piece) {
  const bool limited = ensemble_ && plan_.rules.evaluations.has_value();
  while (piece.consumed < piece.evaluations) {
    Index uneventful = piece.uneventful();
    if (limited) {
      const Index left = *plan_.rules.evaluations - ledger_.evaluations;
      if (left <= 0) {
        stop({StopKind::evaluations,
              fmt::format("the limit of {} evaluations", *plan_.rules.evaluations)});
        return false;
      }
      uneventful = std::min(uneventful, left);
    }
    if (uneventful > 0) ledger_.failed_in_a_row = 0;
    take(member, piece, std::max<Index>(uneventful, 1));
    if (uneventful == 0) take_event(member, piece);
    if (wish_ && !over()) stop({StopKind::monitor, *wish_});
    if (over()) return false;
  }
  return true;
}

void Drive::take(Member& member, Piece& piece, Index count) {
  if (context_.keep_evaluations) count = shown_to_monitors(piece, count);
  if (!piece.fingerprints.empty()) count_cached(piece, count);
  ledger_.evaluations += count;
  member.consumed += count;
  piece.consumed += count;
  if (piece.consumed == piece.evaluations && !piece.kept.empty()) {
    piece.kept.clear();
    piece.kept_from = piece.consumed;
  }
}

// How many of the next `count` evaluations count: all, or those up to one at which a monitor has enough.
Index Drive::shown_to_monitors(const Piece& piece, Index count) {
  for (Index i = 0; i < count; ++i) {
    const Piece::Kept& kept = piece.kept[static_cast<std::size_t>(piece.consumed - piece.kept_from + i)];
    for (Monitor* monitor : plan_.evaluation_monitors) {
      monitor->evaluation({kept.id, kept.x, kept.cost, kept.outcome});
      if (!wish_) wish_ = monitor->wants_stop();
    }
    if (wish_) return i + 1;
  }
  return count;
}

void Drive::take_event(Member& member, Piece& piece) {
  const Piece::Event& event = piece.event(piece.next_event++);
  if (event.failed) {
    ++ledger_.failed;
    ++ledger_.failed_in_a_row;
    const auto why = plan_.policy.gives_up(ledger_.evaluations, ledger_.failed, ledger_.failed_in_a_row);
    if (why) stop({StopKind::failures, *why});
    return;
  }
  ledger_.failed_in_a_row = 0;
  member.result.best_cost = event.best.cost;
  if (ledger_.best.yields_to(event.best.cost, event.best.violation)) ledger_.best = event.best;
}

// In logical order, so that it is the same number whoever computes and whatever was under way at once.
void Drive::count_cached(const Piece& piece, Index count) {
  for (Index i = piece.consumed; i < piece.consumed + count; ++i) {
    const std::uint64_t fingerprint = piece.fingerprints[static_cast<std::size_t>(i)];
    if (fingerprint != 0 && !seen_.insert(fingerprint).second) ++ledger_.cached;
  }
}

void Drive::close_piece(Member& member, Piece& piece) {
  member.result.evaluations = member.consumed;
  if (piece.stepped) {
    round_stepped_ = true;
    ++member.result.generations;
    if (ensemble_) take_step_of(pointer_, piece);
  }
  if (piece.ended) end_member(pointer_, *piece.ended);
  member.strand->retire_piece();
  ++member.rounds;
}

void Drive::stall() {
  if (over()) return;
  members_[pointer_].strand->take_in_partial();
  decide();
  if (!over()) {
    stop({StopKind::evaluations, fmt::format("the limit of {} evaluations",
                                             plan_.rules.evaluations.value_or(ledger_.evaluations))});
  }
}

void Drive::halt(const Stop& why) {
  if (over()) return;
  for (pointer_ = 0; pointer_ < members_.size(); ++pointer_) {
    Member& member = members_[pointer_];
    if (member.ended) continue;
    member.strand->take_in_partial();
    auto& pieces = member.strand->pieces();
    while (!pieces.empty() && !member.ended && !over()) {
      const bool closed = pieces.front().closed;
      if (!consume(member, pieces.front()) || !closed) break;
      close_piece(member, pieces.front());
      if (pieces.size() == 1 && pieces.front().evaluations == 0) break;
    }
    member.result.evaluations = member.consumed;
    if (!member.ended) member.result.stop = why;
  }
  if (!over()) stop(why);
}

// However a search judges itself: where nothing succeeded, nothing has converged.
void Drive::stop(Stop why) {
  const bool by_itself = why.kind == StopKind::ended || why.kind == StopKind::converged;
  if (by_itself && ledger_.evaluations > 0 && ledger_.failed == ledger_.evaluations) {
    why = {StopKind::failures,
           fmt::format("all {} evaluations failed; {}", ledger_.evaluations, why.reason)};
  }
  stop_ = std::move(why);
  if (ensemble_ && conductor_->listens()) conductor_->over(standings_);
  const auto& of_steps = plan_.step_monitors;
  for (Monitor* monitor : of_steps) monitor->stopped(*stop_);
  for (Monitor* monitor : plan_.evaluation_monitors) {
    if (std::find(of_steps.begin(), of_steps.end(), monitor) == of_steps.end()) monitor->stopped(*stop_);
  }
}

Result Drive::result() const {
  Result result;
  result.best = ledger_.best;
  result.stop = stop_.value_or(Stop{});
  const bool in_step = !ensemble_ && stop_ && stop_->kind == StopKind::monitor;
  result.generations = std::max<Index>(0, (in_step ? members_[0].result.generations : steps()) - 1);
  result.evaluations = ledger_.evaluations;
  result.failed = ledger_.failed;
  result.cached = ledger_.cached;
  if (ensemble_) {
    for (const Member& member : members_) {
      result.members.push_back(member.result);
      MemberResult& last = result.members.back();
      last.generations = std::max<Index>(0, last.generations - 1);
      last.evaluations = member.consumed;
      if (!member.ended) last.stop = result.stop;
    }
  }
  result.run.recalled = context_.recalled;
  result.run.cached = context_.cached;
  result.run.speculative = context_.made - ledger_.evaluations;
  return result;
}

}  // namespace mystic
