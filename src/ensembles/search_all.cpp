// As mystic's Searcher: ensembles are repeated until no search finds anything new. What differs: it
// turns the surface over for maxima and has no saddles; here each search follows the modes that its kind
// asks for (solvers/stationary_point.cpp), and starts are spread by the gaps that are left.

#include "mystic/ensembles/search_all.hpp"

#include "mystic/ensembles/sparsity.hpp"

#include "pack.hpp"
#include "point_list.hpp"

#include <algorithm>
#include <utility>

namespace mystic {
namespace {

class Sweeps final : public Conductor {
 public:
  Sweeps(std::shared_ptr<StationaryPoints> found, const StationaryPoints& known,
         const SearchAllOptions& options)
      : options_(options), found_(std::move(found)) {
    *found_ = known;
  }

  void begin(Start& whole, Directions& directions) override {
    require_box(whole, SearchAllOptions::title);
    require((whole.lower.array() < whole.upper.array()).any(),
            "search-all: the bounds fix every variable");
    whole_ = &whole;
    looked_at_ = PointList(whole.dimension());
    for (const FoundPoint& known : found_->points) {
      require(known.point.x.size() == whole.dimension(),
              "search-all: a known point has {} coordinates in a problem of {} variables",
              known.point.x.size(), whole.dimension());
      looked_at_.add(known.point.x);
    }
    sweep(directions);
  }

  [[nodiscard]] bool listens() const override { return true; }

  void round(std::span<const MemberStanding> members, Directions& directions) override {
    bool all_ended = true;
    for (std::size_t i = taken_; i < members.size(); ++i) {
      Sought& sought = sought_[i];
      const MemberStanding& member = members[i];
      if (member.generations + 1 > sought.trajectory.cols()) {
        sought.trajectory.conservativeResize(whole_->dimension(), member.generations + 1);
        sought.trajectory.rightCols(1) = member.best;
      }
      all_ended = all_ended && member.ended;
    }
    if (!all_ended) return;
    const bool anything_new = take_sweep(members);
    ++found_->sweeps;
    ++sweeps_;
    dry_ = anything_new ? 0 : dry_ + 1;
    if (dry_ >= options_.patience && least_hits() >= options_.hits) {
      const std::size_t known = found_->points.size();
      directions.stop = {StopKind::converged, fmt::format("{} {} found nothing beside the {} {} known",
                                                          dry_, dry_ == 1 ? "sweep" : "sweeps in a row",
                                                          known, known == 1 ? "point" : "points")};
    } else if (sweeps_ >= options_.rounds) {
      directions.stop = {StopKind::ended, fmt::format("the limit of {} sweeps", options_.rounds)};
    } else {
      sweep(directions);
    }
  }

  void over(std::span<const MemberStanding> members) override { take_sweep(members); }

 private:
  struct Sought {
    std::shared_ptr<StationaryPoint> point;
    Points trajectory;
    bool blind = true;  // began without regard to what is known
  };

  void sweep(Directions& directions) {
    taken_ = sought_.size();
    const Index n = (whole_->lower.array() < whole_->upper.array()).count();
    for (Index start = 0; start < options_.starts; ++start) {
      for (Index uphill = 0; uphill <= n; ++uphill) {
        const bool extreme = uphill == 0 || uphill == n;
        const bool wanted =
            uphill == 0 ? options_.minima : (extreme ? options_.maxima : options_.saddles);
        if (!wanted) continue;
        const Vector x = next_start(start);
        looked_at_.add(x);
        auto slot = std::make_shared<StationaryPoint>();
        directions.add.push_back({stationary_point({.uphill = uphill,
                                                    .first_mode = (start / 4 + sweeps_) % n,
                                                    .trust_radius = options_.trust_radius,
                                                    .difference = options_.difference},
                                                   slot),
                                  x});
        sought_.push_back({std::move(slot), Points(whole_->dimension(), 0), start % 2 == 0});
      }
    }
  }

  // Even ones without regard to what is known, odd ones by it. Gaps lead to what nobody has looked at,
  // and mostly lie at the sides of the box; chance does not care; and between two stationary points
  // there mostly is a third.
  Vector next_start(Index start) {
    if (sweeps_ == 0 && start < whole_->points.cols()) return whole_->points.col(start);
    if (start == 0 && sweeps_ == 0 && whole_->x.size() > 0) return whole_->x;
    const auto known = static_cast<Index>(found_->points.size());
    if (start % 4 == 3 && known >= 2) {
      const Vector& from = known_point(uniform_index(whole_->random, known));
      const Vector& to = known_point(uniform_index(whole_->random, known));
      return from + uniform(whole_->random) * (to - from);
    }
    if (start % 4 == 1 && known >= 1) return beside(known_point(uniform_index(whole_->random, known)));
    if (start % 4 == 2) return uniform(whole_->random, whole_->lower, whole_->upper);
    return largest_gap(whole_->random, whole_->lower, whole_->upper, looked_at_.view(),
                       options_.candidates);
  }

  // Whether one of the searches of this sweep, those that have ended, found something new.
  bool take_sweep(std::span<const MemberStanding> members) {
    bool anything_new = false;
    for (; taken_ < members.size(); ++taken_) {
      Sought& sought = sought_[taken_];
      if (!members[taken_].ended || !sought.point->found) continue;
      if (FoundPoint* known = find(*sought.point)) {
        known->hits += sought.blind ? 1 : 0;
        continue;
      }
      anything_new = true;
      looked_at_.add(sought.point->x);
      found_->points.push_back({.point = *sought.point,
                                .hits = sought.blind ? 1 : 0,
                                .by = SearchPath{}.child(static_cast<std::uint32_t>(taken_)),
                                .trajectory = std::move(sought.trajectory)});
    }
    return anything_new;
  }

  // A trust radius away, in a random direction.
  Vector beside(const Vector& known) {
    const Vector ones = Vector::Ones(known.size());
    Vector way = uniform(whole_->random, -ones, ones);
    way *= options_.trust_radius / way.norm();
    const Vector x = known + way.cwiseProduct(whole_->upper - whole_->lower);
    return x.cwiseMax(whole_->lower).cwiseMin(whole_->upper);
  }

  // Points found once hint at others not found yet (Good 1953, doi:10.1093/biomet/40.3-4.237).
  [[nodiscard]] Index least_hits() const {
    Index least = options_.hits;
    for (const FoundPoint& known : found_->points) least = std::min(least, known.hits);
    return least;
  }

  [[nodiscard]] const Vector& known_point(Index number) const {
    return found_->points[static_cast<std::size_t>(number)].point.x;
  }

  FoundPoint* find(const StationaryPoint& point) {
    for (FoundPoint& known : found_->points) {
      if (distance_in_box(*whole_, known.point.x, point.x) <= options_.distance) return &known;
    }
    return nullptr;
  }

  const SearchAllOptions options_;
  const std::shared_ptr<StationaryPoints> found_;
  Start* whole_ = nullptr;
  PointList looked_at_;         // starts and finds
  std::vector<Sought> sought_;  // by member
  std::size_t taken_ = 0;       // first of this sweep
  Index sweeps_ = 0;
  Index dry_ = 0;
};

}  // namespace

std::string kind_of(const StationaryPoint& point) {
  const Index negative = point.negative();
  if (negative == 0) return "minimum";
  if (negative == point.eigenvalues.size()) return "maximum";
  return fmt::format("saddle of index {}", negative);
}

Ensemble search_all(std::shared_ptr<StationaryPoints> found, const SearchAllOptions& options) {
  validate(options);
  require<InvalidOptions>(options.minima || options.maxima || options.saddles,
                          "search-all: neither minima, maxima nor saddles are sought");
  require(found != nullptr, "search-all: found must take what is found");
  return {.name = std::string(SearchAllOptions::title),
          .conductor = [found, known = *found,
                        options] { return std::make_unique<Sweeps>(found, known, options); },
          .ends_by_itself = true};
}

}  // namespace mystic
