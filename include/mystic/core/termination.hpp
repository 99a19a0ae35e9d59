#pragma once

#include "mystic/core/point.hpp"
#include "mystic/core/require.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace mystic {

/// What comes from outside of a search, for the conditions that ask for it. As it stands here, nothing:
/// so it is while journalled outcomes are replayed, since the run did go on there.
struct Outside {
  double seconds = 0.0;     ///< running time by the run's clock, all sessions together; s, >= 0
  bool interrupts = false;  ///< whether a condition may look at its stop token
};

/// How a search (or an ensemble) stands at the end of a step: what terminations and monitors see.
struct Progress {
  Index generations = 0;               ///< steps after generation 0 (the start)
  Index evaluations = 0;               ///< calls of the model so far
  Index failed = 0;                    ///< how many of them failed
  std::span<const double> best_costs;  ///< best cost after each step, newest last; as many as the
                                       ///< termination's window asked for, fewer at the beginning
  VectorView best;                     ///< n: the best point as the search reports it
  PointsView population;               ///< n x m; m = 0 where the search has none.
                                       ///< An ensemble's: the best point of each member
  VectorView population_costs;         ///< m
  PointsView best_points =
      PointsMap(nullptr, 0, 0,
                Eigen::OuterStride<>(0));  ///< n x k: the best
                                           ///< point after each step, newest last; as many as the
                                           ///< termination asked for, fewer at the beginning; else k = 0
  Outside outside = {};

  [[nodiscard]] double best_cost() const { return best_costs.back(); }
};

/// "Stop, and why", or nothing.
using Verdict = std::optional<std::string>;

/// A condition that answers after each step.
class Termination {
 public:
  /// What it looks at beside the newest step.
  struct Needs {
    Index costs = 0;                     ///< how many steps back it looks at best costs
    Index points = 0;                    ///< how many steps back it looks at best points; 0: at none
    std::optional<double> seconds = {};  ///< the least running time at which time alone may decide
    bool interrupts = false;             ///< whether it looks at a stop token

    [[nodiscard]] bool from_outside() const { return seconds.has_value() || interrupts; }
  };

  /// `window`: how many steps back it looks at best costs.
  Termination(Index window, std::function<Verdict(const Progress&)> condition)
      : Termination(Needs{.costs = window}, std::move(condition)) {}
  /// `text`: what holds when it holds, for the reasons of compositions.
  Termination(const Needs& needs, std::function<Verdict(const Progress&)> condition,
              std::string text = "its condition holds")
      : needs_(needs), condition_(std::move(condition)), text_(std::move(text)) {
    require(needs.costs >= 0, "termination: window = {} must be at least 0", needs.costs);
    require(needs.points >= 0, "termination: window of points = {} must be at least 0", needs.points);
    require(static_cast<bool>(condition_), "termination: there is no function");
  }

  [[nodiscard]] Verdict operator()(const Progress& progress) const { return condition_(progress); }
  [[nodiscard]] Index window() const { return needs_.costs; }
  [[nodiscard]] const Needs& needs() const { return needs_; }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  Needs needs_;
  std::function<Verdict(const Progress&)> condition_;
  std::string text_;
};

/// Which kind of thing stopped a run.
enum class StopKind {
  converged,    ///< a termination held
  ended,        ///< the search ended by itself
  generations,  ///< limit
  evaluations,  ///< limit
  seconds,      ///< limit, or a termination that held because of the time
  interrupted,
  failures,  ///< too large a share of the evaluations failed
  monitor,   ///< a monitor asked for it
};

[[nodiscard]] std::string_view name_of(StopKind kind);

struct Stop {
  StopKind kind = StopKind::ended;
  std::string reason;
};

/// Bounds on a run that are no judgement on its quality.
struct Limits {
  std::optional<Index> generations = {};
  std::optional<Index> evaluations = {};  ///< never exceeded: a batch is cut where it would be
  std::optional<double> seconds = {};     ///< needs a clock (RunControls)
};

}  // namespace mystic
