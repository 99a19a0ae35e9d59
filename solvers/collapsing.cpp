// mystic's collapse loop (Solve, Collapsed, Collapse), as a search around a search. What differs: mystic
// adds constraints that hold the parameters and goes on with the same solver in all dimensions, and
// never looks back; here the dimensions are gone, and what was frozen wrongly is found out and released.

#include "mystic/solvers/collapsing.hpp"

#include "reduction.hpp"

#include "mystic/core/inner_search.hpp"

#include <cmath>
#include <utility>

namespace mystic {
namespace {

/// The best points of a stage, as many as the window asks for, newest last.
class History {
 public:
  History(Index dimension, Index window) : points_(dimension, window + 1) {}

  void add(const VectorView& best) {
    if (seen_ == points_.cols()) {
      for (Index j = 0; j + 1 < seen_; ++j) points_.col(j) = points_.col(j + 1);
      --seen_;
    }
    points_.col(seen_++) = best;
  }
  [[nodiscard]] bool full() const { return seen_ == points_.cols(); }
  [[nodiscard]] const Points& points() const { return points_; }

 private:
  Points points_;
  Index seen_ = 0;
};

/// What is frozen, and when that changes.
class Collapser {
 public:
  enum class Next {
    go_on,
    begin_anew,  ///< the dimension has changed
    over,
  };

  Collapser(const Start& whole, const CollapsingOptions& options,
            std::shared_ptr<std::vector<CollapseEvent>> events)
      : whole_(whole), options_(options), events_(std::move(events)), reduction_(whole.dimension()),
        history_(whole.dimension(), options.window), best_(whole.x), population_(whole.points) {}

  [[nodiscard]] const Reduction& reduction() const { return reduction_; }
  [[nodiscard]] const Vector& best() const { return best_; }
  [[nodiscard]] double best_cost() const { return best_cost_; }

  /// Where the next search begins: at the best point and, if there is one, with the population.
  Start begin() {
    history_ = History(whole_.dimension(), options_.window);
    cost_before_ = best_cost_;
    steps_since_ = 0;
    Start start = reduction_.restrict(whole_);
    Random& random = whole_.random;
    start.random = Random({random(), random(), random(), random()});
    if (best_.size() > 0) start.x = reduction_.reduced(best_);
    if (population_.cols() > whole_.dimension() + 1) {
      start.points = reduction_.reduced(population_);
      start.points.col(0) = start.x;
    }
    return start;
  }

  void take(const Step& step) {
    ++steps_;
    const Index n = reduction_.free_count();
    if (step.best_cost < best_cost_ || best_.size() == 0) {
      best_ = reduction_.expanded(Eigen::Map<const Points>(step.best, n, 1)).col(0);
      best_cost_ = step.best_cost;
    }
    population_ = Points(whole_.dimension(), 0);
    if (step.population_size > 0) {
      population_ =
          reduction_.expanded(Eigen::Map<const Points>(step.population, n, step.population_size));
    }
    history_.add(best_);
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
    testing_ = true;
    return Next::begin_anew;
  }

  /// Why it is over; `own` is the inner search's reason.
  [[nodiscard]] std::string reason(const std::string& own) const {
    if (!testing_) return own;
    return fmt::format("frozen: {}; released, nothing improved", to_string(released_));
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
    if (wrong.empty()) return;
    if (events_) events_->push_back({steps_, true, wrong});
    testing_ = false;
  }

  bool freeze() {
    if (!history_.full() || reduction_.free_count() <= 1) return false;
    Collapse found;
    found.at = collapsed_at(history_.points(), {.target = options_.target,
                                                .tolerance = options_.tolerance,
                                                .window = options_.window,
                                                .mask = reduction_.not_to_freeze()});
    if (options_.pairs) {
      found.as = collapsed_as(history_.points(), {.tolerance = options_.tolerance,
                                                  .window = options_.window,
                                                  .mask = reduction_.not_to_tie(found.at)});
    }
    const Collapse frozen = reduction_.apply(found, best_);
    if (frozen.empty()) return false;
    if (events_) events_->push_back({steps_, false, frozen});
    return true;
  }

  Start whole_;
  CollapsingOptions options_;
  std::shared_ptr<std::vector<CollapseEvent>> events_;
  Reduction reduction_;
  History history_;
  Vector best_;
  double best_cost_ = infinity;
  Points population_;  // as last reported, in all dimensions
  double cost_before_ = infinity;
  Index steps_since_ = 0;  // that one, or the beginning
  Index steps_ = 0;
  bool testing_ = false;  // all has been released to see whether that improves anything
  Vector released_at_;
  Collapse released_;
};

Search collapsing_search(Start whole, std::shared_ptr<const Algorithm> algorithm,
                         CollapsingOptions options, std::shared_ptr<std::vector<CollapseEvent>> events) {
  Collapser collapser(whole, options, std::move(events));
  for (;;) {
    InnerSearch inner(algorithm->begin(collapser.begin()));
    auto next = Collapser::Next::go_on;
    while (next == Collapser::Next::go_on) {
      inner.resume();
      if (inner.ended()) {
        next = collapser.give_way();
      } else if (inner.wants_costs()) {
        Points points = collapser.reduction().expanded(inner.points());
        const auto costs = co_await evaluate_repaired(points);
        inner.answer(collapser.reduction().reduced(points), costs);
      } else {
        collapser.take(inner.step());
        co_await step_done(collapser.best(), collapser.best_cost());
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
  return {name, [shared = std::make_shared<const Algorithm>(std::move(inner)), options,
                 events = std::move(events)](Start start) {
            return collapsing_search(std::move(start), shared, options, events);
          }};
}

}  // namespace mystic
