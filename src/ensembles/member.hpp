#pragma once

#include "mystic/core/conductor.hpp"
#include "mystic/core/course.hpp"
#include "mystic/core/inner_search.hpp"
#include "mystic/core/member_rules.hpp"

#include <cstdint>
#include <vector>

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
  /// n x m: what it wants, as far as its limit of evaluations allows; the rest, if rejected points leave
  /// room, after the answer.
  [[nodiscard]] Eigen::Map<const Points> points() const;
  [[nodiscard]] const Step& step() const { return search_.step(); }
  /// @param evaluated  the points as they were evaluated; m columns
  /// @param costs      m
  /// @param rejected   m, not 0 where a point was not evaluated; or null: all were
  void answer(const PointsView& evaluated, const VectorView& costs, const std::uint8_t* rejected);

  /// The best point evaluated so far, whether a step has reported it or not; empty: none had a finite
  /// cost.
  [[nodiscard]] const Vector& found() const { return found_; }

 private:
  void judge_step();
  void note_found(const PointsView& evaluated, const VectorView& costs);

  InnerSearch search_;
  Course course_;
  MemberRules rules_;
  MemberStanding standing_;
  bool waits_ = false;
  Index evaluations_ = 0;
  Vector found_;
  double found_cost_ = infinity;

  // What is known of the batch that it wants.
  Index answered_ = 0;
  Points evaluated_;
  Vector costs_;
  std::vector<std::uint8_t> rejected_;
};

/// A stream of its own, split off another's.
[[nodiscard]] Random split(Random& random);

}  // namespace mystic
