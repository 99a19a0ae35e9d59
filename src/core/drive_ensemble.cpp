// What the drive does for an ensemble only: its members and their turns.

#include "mystic/core/drive.hpp"

#include <algorithm>

namespace mystic {
namespace {

// How many steps a member may be ahead of the step that is being decided: bounds the memory for
// decisions to come while one member waits long for an outcome.
constexpr Index most_ahead = 1000;

}  // namespace

void Drive::begin_ensemble(Start whole) {
  const auto& ensemble = std::get<Ensemble>(plan_.method);
  whole_ = std::move(whole);
  conductor_ = ensemble.conductor();
  conductor_->begin(whole_, directions_);
  require(!directions_.add.empty(), "{}: no member has a start", ensemble.name);
  add_members(directions_.add);
}

void Drive::add_members(const std::vector<NewMember>& wanted) {
  const Index n = whole_.dimension();
  for (const NewMember& member : wanted) {
    require(member.x.size() == 0 || member.x.size() == n,
            "{}: a member's start has {} coordinates in a problem of {} variables",
            std::get<Ensemble>(plan_.method).name, member.x.size(), n);
    const SearchPath path = SearchPath{}.child(static_cast<std::uint32_t>(members_.size()));
    add_member(member.algorithm, {member.x, whole_.lower, whole_.upper, stream(plan_.seed, path)}, path,
               plan_.member_rules);
  }
  const Index before = population_.cols();
  const auto count = static_cast<Index>(members_.size());
  population_.conservativeResize(n, count);
  for (Index i = before; i < count; ++i) {
    population_.col(i) = stand_in(wanted[static_cast<std::size_t>(i - before)], whole_);
  }
  population_costs_.conservativeResize(count);
  population_costs_.tail(count - before).setConstant(infinity);
  if (conductor_->listens()) standings_.resize(members_.size());
}

// Members that have been added and not run yet, and those that waited for the others.
void Drive::run_those_that_may() {
  for (Index before = -1; before != round_ && !over();) {
    before = round_;
    while (next_new_ < members_.size() && !over()) run(next_new_++);
    if (!held_.empty()) release_held();
  }
}

void Drive::take_step_of(std::size_t index, const Piece& piece) {
  const auto column = static_cast<Index>(index);
  population_.col(column) = piece.step_best;
  population_costs_[column] = piece.step_cost;
  if (standings_.empty()) return;
  MemberStanding& standing = standings_[index];
  standing.best = piece.step_best;
  standing.best_cost = piece.step_cost;
  ++standing.generations;
}

void Drive::end_member(std::size_t index, Stop why) {
  Member& member = members_[index];
  if (member.ended) return;
  member.ended = true;
  member.result.stop = std::move(why);
  --running_;
  if (!standings_.empty()) {
    standings_[index].ended = true;
    standings_[index].stop = member.result.stop;
  }
}

// Asks the conductor what is to be done after this round, and does it.
void Drive::conduct() {
  if (!ensemble_ || !conductor_->listens()) return;
  directions_.clear();
  conductor_->round(standings_, directions_);
  for (auto& [index, why] : directions_.end) {
    require(index < members_.size(), "{}: there is no member {} to end",
            std::get<Ensemble>(plan_.method).name, index);
    end_member(index, {StopKind::ended, std::move(why)});
  }
  if (directions_.stop) {
    stop(std::move(*directions_.stop));
  } else if (!directions_.add.empty()) {
    add_members(directions_.add);
  }
}

// The generation of the ensemble that the next step of a member would be part of. Exactly: until then it
// ends a step in each round, so all these rounds are steps of the ensemble.
Index Drive::step_ahead(const Member& member) const { return steps_ + member.ahead_to() - round_; }

bool Drive::may_go_on(std::size_t index) {
  if (!ensemble_) return steps() < context_.most_steps;
  Member& member = members_[index];
  if (plan_.rules.generations && step_ahead(member) > *plan_.rules.generations) return false;
  if (member.ahead_to() - round_ < most_ahead) return true;
  if (!member.held) held_.push_back(index);
  member.held = true;
  return false;
}

void Drive::release_held() {
  std::size_t released = 0;
  for (; released < held_.size() && !over(); ++released) {
    Member& member = members_[held_[released]];
    if (!member.ended && member.ahead_to() - round_ >= most_ahead) break;
    member.held = false;
    run(held_[released]);
  }
  held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(released));
}

// Whether the ensemble's limit of evaluations is used up before this task's turn in logical order.
// Then it is never dealt: it cannot be needed, now or later. What others have ahead of this round is
// certain only if nobody can end them between rounds.
bool Drive::beyond_limit(std::size_t index, const Task& task) const {
  if (!plan_.rules.evaluations || context_.made < *plan_.rules.evaluations) return false;
  const Member& mine = members_[index];
  const Index my_round = mine.ahead_to();
  const Index certain = conductor_->listens() ? round_ : my_round;
  Index before = ledger_.evaluations + static_cast<Index>(task.first.k) - mine.consumed;
  for (std::size_t other = 0; other < members_.size(); ++other) {
    if (other == index || members_[other].ended) continue;
    Index round = members_[other].joined + members_[other].rounds;
    Index known = 0;
    for (const Piece& piece : members_[other].strand->pieces()) {
      if (round > certain || (round == my_round && other > index)) break;
      known += piece.evaluations - piece.consumed;
      ++round;
    }
    before += known;
  }
  return before >= *plan_.rules.evaluations;
}

// A round in which a member ended a step is a step of the ensemble.
void Drive::end_ensemble_step() {
  ++steps_;
  const Index best = best_member();
  course_.add(population_costs_[best]);
  course_.add_point(population_.col(best).data());
  const Progress progress = ensemble_progress();
  show_step(progress);
  auto why = context_.heed(course_.judge(progress, context_.look_outside()));
  if (why) stop(std::move(*why));
}

// Every search has ended by itself: the run ended as the best of them did.
void Drive::end_all() {
  if (!ensemble_) {
    stop(members_[0].result.stop);
    return;
  }
  const std::size_t best = ledger_.best.exists() ? ledger_.best.id.path[0] : 0;
  const Stop& how = members_[best].result.stop;
  stop({how.kind, fmt::format("all {} members stopped; the best, member {}: {}", members_.size(), best,
                              how.reason)});
}

Index Drive::best_member() const {
  return best_of(population_costs_, members_,
                 [](const Member& member) { return member.result.generations > 0; });
}

Progress Drive::ensemble_progress() const {
  const Index best = best_member();
  return {.generations = steps_ - 1,
          .evaluations = ledger_.evaluations,
          .failed = ledger_.failed,
          .best_costs = course_.best_costs(),
          .best = population_.col(best),
          .population = population_,
          .population_costs = population_costs_,
          .best_points = course_.best_points()};
}

}  // namespace mystic
