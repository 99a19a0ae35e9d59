// The conductor of all ensembles of equal searches: EnsembleRules, taken word by word.

#include "pack.hpp"

#include "point_list.hpp"

#include <algorithm>
#include <utility>

namespace mystic {
namespace {

// How often searches are compared with each other: each time costs the square of their number.
constexpr Index rounds_between_looks = 5;

class Pack final : public Conductor {
 public:
  Pack(std::string name, Algorithm member, std::function<Starts(Start&)> starts, EnsembleRules rules,
       bool replaces_first)
      : name_(std::move(name)), member_(std::move(member)), make_starts_(std::move(starts)),
        rules_(std::move(rules)), replaces_first_(replaces_first) {}

  void begin(Start& whole, Directions& directions) override {
    whole_ = &whole;
    starts_ = make_starts_(whole);
    taken_ = PointList(whole.dimension());
    given_ = whole.points;
    if (given_.cols() == 0 && whole.x.size() > 0) given_ = whole.x;
    total_ = starts_.count + (replaces_first_ ? 0 : given_.cols());
    require(given_.cols() <= total_, "{} of {}: {} initial points for {} members", name_, member_.name,
            given_.cols(), total_);
    const Index at_once = rules_.together > 0 ? std::min(rules_.together, total_) : total_;
    for (Index i = 0; i < at_once; ++i) add_next(directions);
  }

  [[nodiscard]] bool listens() const override {
    return rules_.together > 0 || rules_.until != "all" || looks_at_others();
  }

  void round(std::span<const MemberStanding> members, Directions& directions) override {
    ++rounds_;
    known_ended_.resize(members.size(), false);
    Index running = 0;
    for (std::size_t i = 0; i < members.size() && !directions.stop; ++i) {
      if (!members[i].ended) {
        ++running;
      } else if (!known_ended_[i]) {
        known_ended_[i] = true;
        take_end(i, members[i], directions);
      }
    }
    if (directions.stop) return;
    if (rules_.near_better != "go-on" && rounds_ % rounds_between_looks == 0) {
      running -= keep_apart(members, directions);
    }
    if (rules_.share_every > 0 && rounds_ % rules_.share_every == 0) share(members, directions);
    const Index at_once = rules_.together > 0 ? rules_.together : total_;
    while (running < at_once && started_ < total_) {
      add_next(directions);
      ++running;
    }
  }

 private:
  [[nodiscard]] bool looks_at_others() const {
    return rules_.near_better != "go-on" || rules_.share_every > 0;
  }

  void add(Vector x, Directions& directions) {
    taken_.add(x);
    directions.add.push_back({member_, std::move(x)});
  }

  void add_next(Directions& directions) {
    const bool given = started_ < given_.cols();
    Vector x = given && !replaces_first_ ? Vector() : starts_.next(*whole_, taken_.view());
    if (given) x = given_.col(started_);
    add(std::move(x), directions);
    ++started_;
  }

  // A member has ended by itself or by its own rules: is it enough?
  void take_end(std::size_t index, const MemberStanding& member, Directions& directions) {
    const bool gave = member.best.size() > 0 && member.best_cost < infinity;
    const bool converged =
        gave && (member.stop.kind == StopKind::converged || member.stop.kind == StopKind::ended);
    if (rules_.until == "first" && converged) {
      directions.stop = {StopKind::converged,
                         fmt::format("member {} has converged: {}", index, member.stop.reason)};
    }
    if (!converged || rules_.until != "nothing-new") return;
    const bool known = std::ranges::any_of(minima_, [&](const Vector& minimum) {
      return distance_in_box(*whole_, minimum, member.best) <= rules_.distance;
    });
    if (!known) {
      minima_.push_back(member.best);
      taken_.add(member.best);
    }
    in_a_row_ = known ? in_a_row_ + 1 : 0;
    if (in_a_row_ >= rules_.patience) {
      directions.stop = {StopKind::converged,
                         fmt::format("{} members in a row found no minimum beside the {} known",
                                     in_a_row_, minima_.size())};
    }
  }

  // Ends each running search that has come near a better one. Returns how many.
  Index keep_apart(std::span<const MemberStanding> members, Directions& directions) {
    Index ended = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (members[i].ended || members[i].best.size() == 0) continue;
      for (std::size_t better = 0; better < members.size(); ++better) {
        if (better == i || !is_better(members, better, i)) continue;
        if (distance_in_box(*whole_, members[better].best, members[i].best) > rules_.distance) continue;
        directions.end.emplace_back(i, fmt::format("near the better member {}", better));
        known_ended_[i] = true;
        ++ended;
        if (rules_.near_better == "restart" && restarts_ < starts_.count) {
          ++restarts_;
          ++total_;
        }
        break;
      }
    }
    return ended;
  }

  static bool is_better(std::span<const MemberStanding> members, std::size_t a, std::size_t b) {
    if (members[a].best.size() == 0) return false;
    return members[a].best_cost < members[b].best_cost ||
           (members[a].best_cost == members[b].best_cost && a < b);
  }

  // The worst running search ends; one from the best point takes its place.
  void share(std::span<const MemberStanding> members, Directions& directions) {
    std::size_t best = members.size();
    std::size_t worst = members.size();
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (members[i].best.size() == 0) continue;
      if (best == members.size() || is_better(members, i, best)) best = i;
      const bool leaves = members[i].ended || known_ended_[i];
      if (!leaves && (worst == members.size() || is_better(members, worst, i))) worst = i;
    }
    if (worst == members.size() || worst == best || shares_ >= starts_.count) return;
    if (distance_in_box(*whole_, members[best].best, members[worst].best) <= rules_.distance) return;
    ++shares_;
    directions.end.emplace_back(worst, fmt::format("the worst; one from the best point of member {} "
                                                   "takes its place",
                                                   best));
    known_ended_[worst] = true;
    add(members[best].best, directions);
  }

  const std::string name_;
  const Algorithm member_;
  const std::function<Starts(Start&)> make_starts_;
  const EnsembleRules rules_;
  const bool replaces_first_;
  Start* whole_ = nullptr;
  Starts starts_;
  Points given_;  // by the user
  PointList taken_;
  Index total_ = 0;    // of members that begin at starts of their own
  Index started_ = 0;  // of them
  Index restarts_ = 0;
  Index shares_ = 0;
  Index rounds_ = 0;
  std::vector<bool> known_ended_;
  std::vector<Vector> minima_;
  Index in_a_row_ = 0;
};

}  // namespace

Ensemble ensemble_of(const std::string& name, Algorithm member,
                     std::function<Starts(Start& whole)> starts, const EnsembleRules& rules,
                     bool replaces_first) {
  return {fmt::format("{} of {}", name, member.name),
          [name, member = std::move(member), starts = std::move(starts), rules, replaces_first] {
            return std::make_unique<Pack>(name, member, starts, rules, replaces_first);
          },
          false};
}

void require_box(const Start& whole, std::string_view ensemble) {
  require(whole.has_box(), "{}: give every variable two finite bounds, in which to place starts",
          ensemble);
}

double distance_in_box(const Start& whole, const VectorView& a, const VectorView& b) {
  double largest = 0.0;
  for (Index i = 0; i < a.size(); ++i) {
    const double width = whole.upper[i] - whole.lower[i];
    const double apart = std::abs(a[i] - b[i]);
    largest = std::max(largest, width > 0.0 ? apart / width : apart);
  }
  return largest;
}

}  // namespace mystic
