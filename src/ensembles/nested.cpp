// Searches built out of searches: an ensemble as a member of another, and two after each other.

#include "mystic/ensembles/nested.hpp"

#include "member.hpp"

#include <algorithm>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

namespace mystic {
namespace {

/// The members of an ensemble within one search.
class Lockstep {
 public:
  Lockstep(Start& whole, const Ensemble& ensemble, MemberRules rules)
      : whole_(&whole), conductor_(ensemble.conductor()), rules_(std::move(rules)),
        bests_(whole.dimension(), 0) {
    conductor_->begin(whole, directions_);
    require(!directions_.add.empty(), "{}: no member has a start", ensemble.name);
    add_members();
  }

  /// Lets every member that does not wait go on until it does, or, if the conductor listens, has ended a
  /// step of this round. @return whether one ended a step
  bool advance();
  /// Whether every member has ended a step of this round, or ended; if the conductor listens.
  [[nodiscard]] bool round_is_over() const;
  /// Asks the conductor after a round. @return false: the ensemble is over
  bool conduct();
  /// What all of them want: n x m; m = 0 while none has gone on since it was added.
  [[nodiscard]] Points wanted() const;
  [[nodiscard]] bool waits() const;
  void answer(const Points& evaluated, const Answers& answers);

  /// The first with the least cost; while none is finite, the first that has ended a step.
  [[nodiscard]] Index best() const;
  [[nodiscard]] const Points& bests() const { return bests_; }
  [[nodiscard]] const Vector& costs() const { return costs_; }
  /// Tells the conductor that it is over. @return why
  std::string end();

 private:
  void add_members();

  Start* whole_;
  std::unique_ptr<Conductor> conductor_;
  MemberRules rules_;
  Directions directions_;
  std::deque<InnerMember> members_;  // where they are they stay
  std::vector<MemberStanding> standings_;
  std::vector<bool> stepped_;  // in this round, by member; if the conductor listens
  Points bests_;
  Vector costs_;
  std::optional<Stop> stopped_;
};

void Lockstep::add_members() {
  for (const NewMember& member : directions_.add) {
    Start start{member.x, whole_->lower, whole_->upper, split(whole_->random), whole_->arena};
    start.rounded = whole_->rounded;
    members_.emplace_back(member.algorithm, start, rules_);
  }
  const auto count = static_cast<Index>(members_.size());
  const Index added = count - bests_.cols();
  bests_.conservativeResize(Eigen::NoChange, count);
  for (Index i = 0; i < added; ++i) {
    bests_.col(count - added + i) = stand_in(directions_.add[static_cast<std::size_t>(i)], *whole_);
  }
  stepped_.resize(members_.size(), false);
  costs_.conservativeResize(count);
  costs_.tail(added).setConstant(infinity);
  directions_.clear();
}

bool Lockstep::advance() {
  bool stepped = false;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    InnerMember& member = members_[i];
    if (member.ended() || member.waits()) continue;
    while (!stepped_[i] && member.advance() == InnerMember::State::at_step) {
      stepped = true;
      stepped_[i] = conductor_->listens();
      const auto column = static_cast<Index>(i);
      bests_.col(column) = member.standing().best;
      costs_[column] = member.standing().best_cost;
    }
  }
  return stepped;
}

bool Lockstep::round_is_over() const {
  if (!conductor_->listens()) return true;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    if (!stepped_[i] && !members_[i].ended()) return false;
  }
  return true;
}

bool Lockstep::conduct() {
  if (conductor_->listens()) {
    stepped_.assign(members_.size(), false);
    standings_.clear();
    for (const InnerMember& member : members_) standings_.push_back(member.standing());
    conductor_->round(standings_, directions_);
    for (auto& [index, why] : directions_.end) {
      members_.at(index).end({StopKind::ended, std::move(why)});
    }
    stopped_ = directions_.stop;
    if (stopped_) return false;
    add_members();
  }
  for (const InnerMember& member : members_) {
    if (!member.ended()) return true;
  }
  return false;
}

Points Lockstep::wanted() const {
  Index count = 0;
  for (const InnerMember& member : members_) count += member.waits() ? member.points().cols() : 0;
  Points all(whole_->dimension(), count);
  Index first = 0;
  for (const InnerMember& member : members_) {
    if (!member.waits()) continue;
    const auto points = member.points();
    all.middleCols(first, points.cols()) = points;
    first += points.cols();
  }
  return all;
}

bool Lockstep::waits() const {
  return std::any_of(members_.begin(), members_.end(),
                     [](const auto& member) { return member.waits(); });
}

Index Lockstep::best() const {
  return best_of(costs_, members_,
                 [](const auto& member) { return member.standing().generations >= 0; });
}

void Lockstep::answer(const Points& evaluated, const Answers& answers) {
  Index first = 0;
  for (InnerMember& member : members_) {
    if (!member.waits()) continue;
    const Index count = member.points().cols();
    member.answer(evaluated.middleCols(first, count), answers.costs.segment(first, count),
                  answers.rejected != nullptr ? answers.rejected + first : nullptr);
    first += count;
  }
}

std::string Lockstep::end() {
  if (conductor_->listens()) conductor_->over(standings_);
  if (stopped_) return stopped_->reason;
  const auto index = static_cast<std::size_t>(best());
  return fmt::format("all {} members stopped; the best, member {}: {}", members_.size(), index,
                     members_[index].standing().stop.reason);
}

Search lockstep_search(Start start, std::shared_ptr<const Ensemble> ensemble, MemberRules rules) {
  Lockstep members(start, *ensemble, std::move(rules));
  for (bool stepped = false;;) {
    stepped = members.advance() || stepped;
    if (members.round_is_over()) {
      const bool goes_on = members.conduct();
      if (stepped) {
        const Vector best = members.bests().col(members.best());
        co_await step_done(best, members.costs()[members.best()], members.bests(), members.costs());
        stepped = false;
      }
      if (!goes_on) co_return members.end();
    }
    if (!members.waits()) continue;
    Points points = members.wanted();
    const Answers answers = co_await evaluate_noting(points);
    members.answer(points, answers);
  }
}

Search turns_search(Start start, std::shared_ptr<const Algorithm> first, MemberRules rules,
                    std::shared_ptr<const Algorithm> second, MemberRules rules_of_second) {
  Vector best = start.x;
  Points points_to_begin_with = std::move(start.points);
  for (bool last = false;; last = true) {
    const Algorithm& algorithm = last ? *second : *first;
    Start from{best,        start.lower,          start.upper,  split(start.random),
               start.arena, points_to_begin_with, start.rounded};
    InnerMember member(algorithm, from, last ? rules_of_second : rules);
    for (auto state = member.advance(); state != InnerMember::State::ended; state = member.advance()) {
      if (state == InnerMember::State::at_step) {
        const Step step = member.step();
        co_await step;
        continue;
      }
      Points points = member.points();
      const Answers answers = co_await evaluate_noting(points);
      member.answer(points, answers.costs, answers.rejected);
    }
    if (last) co_return member.standing().stop.reason;
    if (member.found().size() > 0) best = member.found();
    if (best.size() == 0) {
      co_return fmt::format("{} found no point with a finite cost, where {} could begin", first->name,
                            second->name);
    }
    points_to_begin_with = Points();
  }
}

}  // namespace

Algorithm as_search(Ensemble ensemble, MemberRules rules) {
  require(rules.stop(), "{}: nothing would ever end a member; give it a termination or a limit",
          ensemble.name);
  auto shared = std::make_shared<const Ensemble>(std::move(ensemble));
  return {shared->name, [shared, rules = std::move(rules)](Start start) {
            return lockstep_search(std::move(start), shared, rules);
          }};
}

Algorithm in_turn(Algorithm first, MemberRules rules, Algorithm second, MemberRules rules_of_second) {
  require(rules.stop(), "{}: nothing would ever end it; give it a termination or a limit", first.name);
  const std::string name = fmt::format("{}, then {}", first.name, second.name);
  return {name, [first = std::make_shared<const Algorithm>(std::move(first)), rules = std::move(rules),
                 second = std::make_shared<const Algorithm>(std::move(second)),
                 rules_of_second = std::move(rules_of_second)](Start start) {
            return turns_search(std::move(start), first, rules, second, rules_of_second);
          }};
}

}  // namespace mystic
