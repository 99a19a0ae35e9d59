#pragma once

#include "mystic/core/algorithm.hpp"
#include "mystic/core/termination.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace mystic {

/// A search that an ensemble starts.
struct NewMember {
  Algorithm algorithm;
  Vector x;  ///< n, its start; empty: it draws its own points in the box
};

/// Where a member is taken to be until its first step: inside the bounds, at its start if it has one.
[[nodiscard]] inline Vector stand_in(const NewMember& member, const Start& whole) {
  const Vector x = member.x.size() > 0 ? member.x : Vector::Zero(whole.dimension());
  return x.cwiseMax(whole.lower).cwiseMin(whole.upper);
}

/// Which member speaks for an ensemble: the first with the least cost; while nobody has found a finite
/// one, the first that `has_stepped`; 0 while nobody has.
template <class Members, class HasStepped>
[[nodiscard]] Index best_of(const Vector& costs, const Members& members, HasStepped has_stepped) {
  Index best = 0;
  if (costs.minCoeff(&best) < infinity) return best;
  const auto first = std::find_if(members.begin(), members.end(), has_stepped);
  return first != members.end() ? first - members.begin() : 0;
}

/// How a member of an ensemble stands, in logical order: the same under every map.
struct MemberStanding {
  Vector best;                  ///< n, as its last step reported; empty before its first
  double best_cost = infinity;  ///< as its last step reported
  Index generations = -1;       ///< its steps after generation 0; -1 before its first
  bool ended = false;
  Stop stop;  ///< how, once it has ended
};

/// What a conductor wants done.
struct Directions {
  std::vector<NewMember> add;                            ///< their numbers follow the members there are
  std::vector<std::pair<std::size_t, std::string>> end;  ///< members that are to end, and why
  std::optional<Stop> stop;                              ///< the ensemble is over, and why

  void clear() {
    add.clear();
    end.clear();
    stop.reset();
  }
};

/// Leads the searches of one run of an ensemble: which begin, which end, when it is enough. Takes its
/// decisions between rounds, from what is the same under every map; draws only from whole.random.
class Conductor {
 public:
  virtual ~Conductor() = default;

  /// The members to begin with, one at least. `whole` has the box, the user's start (or none) and the
  /// stream of the ensemble, which is the conductor's for the whole run.
  virtual void begin(Start& whole, Directions& directions) = 0;

  /// Whether round() wants to be called.
  [[nodiscard]] virtual bool listens() const { return false; }

  /// A round is over: every member that had not ended has ended one step more, or ended by itself.
  /// Without new members the ensemble is over when all of them have ended.
  virtual void round(std::span<const MemberStanding> members, Directions& directions) {
    static_cast<void>(members);
    static_cast<void>(directions);
  }

  /// The run is over, by the conductor's word or another's: called once, if it listens.
  virtual void over(std::span<const MemberStanding> members) { static_cast<void>(members); }
};

/// Many searches driven at once over one map: what buckshot() and the others return.
struct Ensemble {
  std::string name;
  std::function<std::unique_ptr<Conductor>()> conductor;  ///< a fresh one for each run
  bool ends_by_itself = false;  ///< whatever its members' rules: no termination or limit is needed
};

}  // namespace mystic
