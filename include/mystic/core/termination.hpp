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

  [[nodiscard]] double best_cost() const { return best_costs.back(); }
};

/// "Stop, and why", or nothing.
using Verdict = std::optional<std::string>;

/// A condition that answers after each step. `window`: how many steps back it looks.
class Termination {
 public:
  Termination(Index window, std::function<Verdict(const Progress&)> condition)
      : window_(window), condition_(std::move(condition)) {
    require(window >= 0, "termination: window = {} must be at least 0", window);
  }

  [[nodiscard]] Verdict operator()(const Progress& progress) const { return condition_(progress); }
  [[nodiscard]] Index window() const { return window_; }

 private:
  Index window_;
  std::function<Verdict(const Progress&)> condition_;
};

/// Which kind of thing stopped a run.
enum class StopKind {
  converged,    ///< a termination held
  ended,        ///< the search ended by itself
  generations,  ///< limit
  evaluations,  ///< limit
  seconds,      ///< limit
  interrupted,
  failures,  ///< too large a share of the evaluations failed
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
