// mystic's collapse loop (Solve, Collapsed, Collapse), as a search around a search. What differs: mystic
// adds constraints that hold the parameters and goes on with the same solver in all dimensions, and
// never looks back; here the dimensions are gone, and what was frozen wrongly is found out and released.

#include "mystic/solvers/collapsing.hpp"

#include "reduction.hpp"

#include "mystic/core/inner_search.hpp"
#include "mystic/core/recent_points.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mystic {
namespace {

/// What is frozen, and when that changes.
class Collapser {
 public:
  enum class Next {
    go_on,
    begin_anew,  ///< the dimension has changed
    over,
  };

  Collapser(const Start& whole, const Algorithm& inner, const CollapsingOptions& options,
            std::shared_ptr<std::vector<CollapseEvent>> events)
      : whole_(whole), takes_population_(inner.takes_population), options_(options),
        events_(std::move(events)), reduction_(whole.dimension()),
        recent_(whole.dimension(), options.window + 1), best_(whole.x) {}

  [[nodiscard]] const Reduction& reduction() const { return reduction_; }

  /// Where the next search begins: the first where the whole was told to; others at the best point and,
  /// if they take one, with the population.
  Start begin() {
    recent_.clear();
    cost_before_ = best_cost_;
    steps_since_ = 0;
    Start start = reduction_.restrict(whole_);
    Random& random = whole_.random;
    start.random = Random({random(), random(), random(), random()});
    if (std::exchange(first_, false)) {
      start.x = whole_.x;
      start.points = whole_.points;
      return start;
    }
    if (best_.size() > 0) start.x = reduction_.reduced(best_);
    if (takes_population_ && population_.cols() > 0) {
      Index cheapest = 0;
      population_costs_.minCoeff(&cheapest);
      start.points = reduction_.reduced(population_);
      start.points.col(cheapest) = start.points.col(0);
      start.points.col(0) = start.x;
    }
    return start;
  }

  /// Takes a step of the inner search. @return that step in all dimensions
  Step take(const Step& step) {
    ++steps_;
    const Index n = reduction_.free_count();
    if (step.best_cost < best_cost_ || best_.size() == 0) {
      best_ = reduction_.expanded(Eigen::Map<const Points>(step.best, n, 1)).col(0);
      best_cost_ = step.best_cost;
    }
    // Where nothing has been found, the best point rests for want of anything better.
    if (std::isfinite(best_cost_)) recent_.add(best_.data());
    population_.resize(whole_.dimension(), step.population_size);
    if (step.population_size > 0) {
      population_ =
          reduction_.expanded(Eigen::Map<const Points>(step.population, n, step.population_size));
      population_costs_ = Eigen::Map<const Vector>(step.population_costs, step.population_size);
    }
    // Candidates that all stand where a parameter was frozen are not close together for having
    // converged.
    return reduction_.whole() && step.population_size > 0
               ? step_done(best_, best_cost_, population_, population_costs_, step.began_at)
               : step_done(best_, best_cost_, step.began_at);
  }

  /// After a step.
  Next judge() {
    const bool better = improved();
    if (testing_ && better) undo();
    if (!testing_ && freeze()) return Next::begin_anew;
    if (steps_since_ < options_.patience) return Next::go_on;
    // When a search in all dimensions is over is its user's affair.
    if (!testing_ && reduction_.whole()) return Next::go_on;
    return give_way();
  }

  /// The search ended by itself, or improves no more.
  Next give_way() {
    if (testing_ || reduction_.whole()) return Next::over;
    released_ = reduction_.release();
    released_at_ = best_;
    spread_released();
    testing_ = true;
    none_moved_ = false;
    return Next::begin_anew;
  }

  /// Why it is over; `own` is the inner search's reason.
  [[nodiscard]] std::string reason(const std::string& own) const {
    if (!testing_) return own;
    return fmt::format("frozen: {}; released, {}", to_string(released_),
                       none_moved_ ? "none moved far" : "nothing improved");
  }

 private:
  bool improved() {
    if (best_cost_ < cost_before_ - options_.improvement * (1.0 + std::abs(best_cost_))) {
      cost_before_ = best_cost_;
      steps_since_ = 0;
      return true;
    }
    ++steps_since_;
    return false;
  }

  // The test has improved the cost: what moved was frozen wrongly.
  void undo() {
    const Collapse wrong = reduction_.forbid_moved(released_, released_at_, best_, options_.tolerance);
    none_moved_ = wrong.empty();
    if (none_moved_) return;
    if (events_) events_->push_back({steps_, true, wrong});
    testing_ = false;
  }

  // The candidates of a population all stand where a parameter was frozen: differences of them would
  // never move it, and the test would find nothing.
  void spread_released() {
    if (!takes_population_) return;
    for (const CollapsedAt& at : released_.at) spread(at.parameter);
    for (const CollapsedAs& as : released_.as) spread(as.second);
  }

  void spread(Index i) {
    const double lower = whole_.lower[i];
    const double upper = whole_.upper[i];
    const bool boxed = std::isfinite(lower) && std::isfinite(upper);
    const double reach = best_[i] != 0.0 ? std::abs(best_[i]) : 1.0;
    for (Index j = 0; j < population_.cols(); ++j) {
      const double share = uniform(whole_.random);
      population_(i, j) = boxed ? lower + share * (upper - lower)
                                : std::clamp(best_[i] + reach * (2.0 * share - 1.0), lower, upper);
    }
  }

  bool freeze() {
    if (!recent_.full() || reduction_.free_count() <= 1) return false;
    Collapse found;
    found.at = collapsed_at(recent_.view(), {.target = options_.target,
                                             .tolerance = options_.tolerance,
                                             .window = options_.window,
                                             .mask = reduction_.not_to_freeze()});
    if (options_.pairs) found.as = pairs_among(reduction_.free_to_tie(found.at));
    const Collapse frozen = reduction_.apply(found, best_);
    if (frozen.empty()) return false;
    if (events_) events_->push_back({steps_, false, frozen});
    return true;
  }

  [[nodiscard]] std::vector<CollapsedAs> pairs_among(const std::vector<Index>& parameters) const {
    if (parameters.size() < 2) return {};
    const Points history = recent_.view()(parameters, Eigen::all);
    std::vector<CollapsedAs> pairs =
        collapsed_as(history, {.tolerance = options_.tolerance, .window = options_.window});
    for (CollapsedAs& pair : pairs) {
      pair.first = parameters[static_cast<std::size_t>(pair.first)];
      pair.second = parameters[static_cast<std::size_t>(pair.second)];
    }
    return pairs;
  }

  Start whole_;
  bool takes_population_;
  CollapsingOptions options_;
  std::shared_ptr<std::vector<CollapseEvent>> events_;
  Reduction reduction_;
  RecentPoints recent_;  // best ones of this stage
  bool first_ = true;    // nothing has begun yet
  Vector best_;
  double best_cost_ = infinity;
  Points population_;  // as last reported, in all dimensions
  Vector population_costs_;
  double cost_before_ = infinity;
  Index steps_since_ = 0;  // that one, or the beginning
  Index steps_ = 0;
  bool testing_ = false;     // all has been released to see whether that improves anything
  bool none_moved_ = false;  // of what was released, though the cost improved
  Vector released_at_;
  Collapse released_;
};

Search collapsing_search(Start whole, std::shared_ptr<const Algorithm> algorithm,
                         CollapsingOptions options, std::shared_ptr<std::vector<CollapseEvent>> events) {
  Collapser collapser(whole, *algorithm, options, std::move(events));
  for (;;) {
    InnerSearch inner(algorithm->begin(collapser.begin()));
    auto next = Collapser::Next::go_on;
    while (next == Collapser::Next::go_on) {
      inner.resume();
      if (inner.ended()) {
        next = collapser.give_way();
      } else if (inner.wants_costs()) {
        Points points = collapser.reduction().expanded(inner.points());
        const Answers answers = co_await evaluate_noting(points);
        inner.answer(collapser.reduction().reduced(points), answers.costs, answers.rejected);
      } else {
        const Step step = collapser.take(inner.step());
        co_await step;
        next = collapser.judge();
      }
    }
    if (next == Collapser::Next::over) {
      co_return collapser.reason(inner.ended() ? inner.reason() : std::string());
    }
  }
}

}  // namespace

Algorithm collapsing(Algorithm inner, const CollapsingOptions& options,
                     std::shared_ptr<std::vector<CollapseEvent>> events) {
  validate(options);
  const std::string name = fmt::format("collapsing {}", inner.name);
  const bool takes_population = inner.takes_population;
  return {name,
          [shared = std::make_shared<const Algorithm>(std::move(inner)), options,
           events = std::move(events)](Start start) {
            return collapsing_search(std::move(start), shared, options, events);
          },
          takes_population};
}

}  // namespace mystic
