#pragma once

#include "mystic/core/conductor.hpp"
#include "mystic/core/course.hpp"
#include "mystic/core/inner_search.hpp"
#include "mystic/core/member_rules.hpp"

namespace mystic {

/// A search within another, with the rules that end it.
class InnerMember {
 public:
  enum class State {
    wants_costs,  ///< points() are to be evaluated and answered
    at_step,      ///< step() has been reported
    ended,        ///< standing().stop says how
  };

  InnerMember(const Algorithm& algorithm, const Start& start, const MemberRules& rules);

  /// Goes on to the next of the three.
  State advance();
  /// From outside: it is over.
  void end(Stop stop);

  [[nodiscard]] const MemberStanding& standing() const { return standing_; }
  [[nodiscard]] bool ended() const { return standing_.ended; }
  /// Whether it waits for costs: wants some, and has not been answered.
  [[nodiscard]] bool waits() const { return !ended() && waits_; }
  /// n x m; fewer than it wants where its limit of evaluations does not allow all.
  [[nodiscard]] Eigen::Map<const Points> points() const;
  [[nodiscard]] const Step& step() const { return search_.step(); }
  /// @param evaluated  the points as they were evaluated; m columns
  /// @param costs      m
  void answer(const PointsView& evaluated, const VectorView& costs);

 private:
  void judge_step();

  InnerSearch search_;
  Course course_;
  MemberRules rules_;
  MemberStanding standing_;
  bool waits_ = false;
};

/// A stream of its own, split off another's.
[[nodiscard]] Random split(Random& random);

}  // namespace mystic
