#include "member.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace mystic {

InnerMember::InnerMember(const Algorithm& algorithm, const Start& start, const MemberRules& rules)
    : search_(algorithm.begin(start)), course_(rules.termination, start.dimension()), rules_(rules) {}

InnerMember::State InnerMember::advance() {
  if (ended()) return State::ended;
  if (answered_ == 0) {
    search_.resume();
    if (search_.ended()) {
      end({StopKind::ended, search_.reason()});
    } else if (search_.at_step()) {
      judge_step();
      return State::at_step;
    }
  }
  if (!ended() && rules_.evaluations && evaluations_ >= *rules_.evaluations) {
    end({StopKind::evaluations, fmt::format("the limit of {} evaluations", *rules_.evaluations)});
  }
  waits_ = !ended();
  return ended() ? State::ended : State::wants_costs;
}

void InnerMember::end(Stop stop) {
  standing_.ended = true;
  standing_.stop = std::move(stop);
}

Eigen::Map<const Points> InnerMember::points() const {
  const auto wanted = search_.points();
  const Index open = wanted.cols() - answered_;
  const Index left = rules_.evaluations ? *rules_.evaluations - evaluations_ : open;
  return {wanted.data() + answered_ * wanted.rows(), wanted.rows(), std::min(open, left)};
}

void InnerMember::answer(const PointsView& evaluated, const VectorView& costs,
                         const std::uint8_t* rejected) {
  waits_ = false;
  const Index count = costs.size();
  const auto none = rejected != nullptr ? std::count(rejected, rejected + count, 0) : count;
  evaluations_ += none;
  note_found(evaluated, costs);
  const Index wanted = search_.points().cols();
  if (answered_ == 0) {
    evaluated_.resize(evaluated.rows(), wanted);
    costs_.resize(wanted);
    rejected_.assign(static_cast<std::size_t>(wanted), 0);
  }
  evaluated_.middleCols(answered_, count) = evaluated;
  costs_.segment(answered_, count) = costs;
  if (rejected != nullptr) std::copy_n(rejected, count, rejected_.begin() + answered_);
  answered_ += count;
  if (answered_ < wanted) return;
  search_.answer(evaluated_, costs_, rejected_.data());
  answered_ = 0;
}

void InnerMember::note_found(const PointsView& evaluated, const VectorView& costs) {
  for (Index i = 0; i < costs.size(); ++i) {
    if (!(costs[i] < found_cost_)) continue;
    found_cost_ = costs[i];
    found_ = evaluated.col(i);
  }
}

void InnerMember::judge_step() {
  const Step& step = search_.step();
  const Index n = search_.points().rows();
  standing_.best = Eigen::Map<const Vector>(step.best, n);
  standing_.best_cost = step.best_cost;
  ++standing_.generations;
  course_.add(step.best_cost, step.began_at);
  course_.add_point(step.best);
  const Index m = step.population_size;
  const Progress progress{.generations = course_.generations(),
                          .evaluations = evaluations_,
                          .best_costs = course_.best_costs(),
                          .best = standing_.best,
                          .population = Eigen::Map<const Points>(step.population, n, m),
                          .population_costs = Eigen::Map<const Vector>(step.population_costs, m),
                          .best_points = course_.best_points()};
  if (auto stop = course_.judge(progress)) {
    end(std::move(*stop));
  } else if (rules_.generations && course_.generations() >= *rules_.generations) {
    end({StopKind::generations, fmt::format("the limit of {} generations", *rules_.generations)});
  }
}

Random split(Random& random) {
  std::array<std::uint64_t, 4> state{};
  for (std::uint64_t& word : state) word = random();
  return Random(state);
}

}  // namespace mystic
