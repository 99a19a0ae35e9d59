// Searches built out of searches: an ensemble as a member of another, and two after each other.

#include "mystic/ensembles/nested.hpp"

#include "member.hpp"

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

  /// Lets every member that does not wait go on until it does. @return whether one ended a step
  bool advance();
  /// Asks the conductor. @return false: the ensemble is over
  bool conduct();
  /// What all of them want: n x m; m = 0 while none has gone on since it was added.
  [[nodiscard]] Points wanted() const;
  void answer(const Points& evaluated, const VectorView& costs);

  [[nodiscard]] Index best() const {
    Index index = 0;
    costs_.minCoeff(&index);
    return index;
  }
  [[nodiscard]] const Points& bests() const { return bests_; }
  [[nodiscard]] const Vector& costs() const { return costs_; }
  [[nodiscard]] std::string reason() const;

 private:
  void add_members();

  Start* whole_;
  std::unique_ptr<Conductor> conductor_;
  MemberRules rules_;
  Directions directions_;
  std::deque<InnerMember> members_;  // where they are they stay
  std::vector<MemberStanding> standings_;
  Points bests_;
  Vector costs_;
  std::optional<std::string> stopped_;
};

void Lockstep::add_members() {
  for (const NewMember& member : directions_.add) {
    members_.emplace_back(
        member.algorithm,
        Start{member.x, whole_->lower, whole_->upper, split(whole_->random), whole_->arena}, rules_);
  }
  const auto count = static_cast<Index>(members_.size());
  const Index added = count - bests_.cols();
  bests_.conservativeResize(Eigen::NoChange, count);
  bests_.rightCols(added).setZero();
  costs_.conservativeResize(count);
  costs_.tail(added).setConstant(infinity);
  directions_.clear();
}

bool Lockstep::advance() {
  bool stepped = false;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    InnerMember& member = members_[i];
    if (member.ended() || member.waits()) continue;
    while (member.advance() == InnerMember::State::at_step) {
      stepped = true;
      const auto column = static_cast<Index>(i);
      bests_.col(column) = member.standing().best;
      costs_[column] = member.standing().best_cost;
    }
  }
  return stepped;
}

bool Lockstep::conduct() {
  if (conductor_->listens()) {
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

void Lockstep::answer(const Points& evaluated, const VectorView& costs) {
  Index first = 0;
  for (InnerMember& member : members_) {
    if (!member.waits()) continue;
    const Index count = member.points().cols();
    member.answer(evaluated.middleCols(first, count), costs.segment(first, count));
    first += count;
  }
}

std::string Lockstep::reason() const {
  if (stopped_) return *stopped_;
  const auto index = static_cast<std::size_t>(best());
  return fmt::format("all {} members stopped; the best, member {}: {}", members_.size(), index,
                     members_[index].standing().stop.reason);
}

Search lockstep_search(Start start, std::shared_ptr<const Ensemble> ensemble, MemberRules rules) {
  Lockstep members(start, *ensemble, std::move(rules));
  for (;;) {
    const bool stepped = members.advance();
    const bool goes_on = members.conduct();
    if (stepped) {
      const Vector best = members.bests().col(members.best());
      co_await step_done(best, members.costs()[members.best()], members.bests(), members.costs());
    }
    if (!goes_on) co_return members.reason();
    Points points = members.wanted();
    if (points.cols() == 0) continue;
    const auto costs = co_await evaluate_repaired(points);
    members.answer(points, costs);
  }
}

Search turns_search(Start start, std::shared_ptr<const Algorithm> first, MemberRules rules,
                    std::shared_ptr<const Algorithm> second, MemberRules rules_of_second) {
  Vector best = start.x;
  for (bool last = false;; last = true) {
    const Algorithm& algorithm = last ? *second : *first;
    Start from{best, start.lower, start.upper, split(start.random), start.arena};
    InnerMember member(algorithm, from, last ? rules_of_second : rules);
    for (auto state = member.advance(); state != InnerMember::State::ended; state = member.advance()) {
      if (state == InnerMember::State::at_step) {
        const Step step = member.step();
        co_await step;
        continue;
      }
      Points points = member.points();
      const auto costs = co_await evaluate_repaired(points);
      member.answer(points, costs);
    }
    if (last) co_return member.standing().stop.reason;
    if (member.standing().best_cost < infinity) best = member.standing().best;
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
