#pragma once

#include "mystic/core/callable_model.hpp"
#include "mystic/core/member_rules.hpp"
#include "mystic/core/initial_points.hpp"
#include "mystic/core/runner.hpp"

#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace mystic {

/// What a user holds: a search (or an ensemble) with its settings, monitors, termination, limits
/// and map. Settings return the solver, so that they chain. Three ways to drive it:
/// solve() to the end; step() one generation at a time; ask() and tell(), where the application
/// evaluates the points itself.
///
/// Monitors, maps and recorders are not owned: they outlive the solver's runs.
class Solver {
 public:
  explicit Solver(Algorithm algorithm);
  explicit Solver(Ensemble ensemble);
  ~Solver();
  Solver(Solver&&) noexcept;
  Solver& operator=(Solver&&) noexcept;

  Solver& start(const VectorView& x);
  Solver& start(std::initializer_list<double> x);
  /// Several points to begin with; takes the place of an earlier start, and a later one takes its.
  Solver& start(InitialPoints points);
  /// For costs given as callables; a Problem has its own bounds.
  Solver& bounds(const VectorView& lower, const VectorView& upper, BoundsMode mode = BoundsMode::reject);
  Solver& seed(std::uint64_t seed);
  Solver& terminate(Termination termination);
  Solver& limits(const Limits& limits);
  Solver& members(MemberRules rules);
  /// Each member's whole search is one task of the map, computed in one piece by one worker: for models
  /// so cheap that dealing points would dominate. The same result as dealt point by point; but a
  /// termination, limits and rules of the whole are then refused, as are monitors.
  Solver& deal_whole(bool whole = true);
  Solver& policy(const FailurePolicy& policy);
  Solver& map(Map& map);
  Solver& recorder(Recorder& recorder);
  /// Points that it knows are not evaluated again; what is evaluated is added to it.
  Solver& cache(EvaluationCache& cache);
  /// No more evaluations under way at once than this, whatever the map (licences).
  Solver& at_once(Index count);
  Solver& on_step(Monitor& monitor);
  Solver& on_evaluation(Monitor& monitor);
  Solver& stop_token(std::stop_token token);
  /// While it lives, a ring of `bell` has `answer` called by the driving thread, between outcomes; the
  /// clock and the workers go on meanwhile. `bell` is not owned.
  Solver& on_interrupt(InterruptBell& bell, std::function<InterruptAnswer(const Activity&)> answer);
  Solver& clock(RunClock clock);
  Solver& watch(std::function<void(const Activity&)> watch);

  /// Runs to the end. Every call begins anew from the start. On a rank that only computes it serves
  /// the steering rank and then returns the same result.
  /// @throws InvalidArgument if nothing would ever stop it
  Result solve(const Problem& problem);

  /// The same for a callable: double(const VectorView&), in as many variables as the start or the
  /// bounds have.
  template <PointFunction Function>
  Result solve(Function function) {
    return solve(callable_problem(make_model(std::move(function))));
  }

  /// Begins a run that step(), or ask() and tell(), carry on. `problem` outlives it.
  void begin(const Problem& problem);
  /// Runs to the end of the next generation (in the calling thread or over the map); false when over.
  bool step();
  /// The points that are wanted now, in logical order: n x m. Empty when over.
  [[nodiscard]] Points ask();
  /// Their costs (first output of the model, m doubles; NaN: failed).
  void tell(const VectorView& costs);
  /// Their outcomes, m of them: for models with several outputs, or failures with a reason.
  void tell(std::span<const Outcome> outcomes);
  [[nodiscard]] bool over() const;
  /// How the run stands.
  [[nodiscard]] Result result() const;

 private:
  struct Run;
  [[nodiscard]] Result solve_whole(const Problem& problem) const;
  [[nodiscard]] Problem callable_problem(std::shared_ptr<const Model> model) const;
  [[nodiscard]] Plan plan(const Problem& problem, Index workers) const;
  [[nodiscard]] RunControls controls() const;

  std::variant<Algorithm, Ensemble> method_;
  Vector start_;
  std::optional<InitialPoints> initial_;
  Vector lower_;
  Vector upper_;
  BoundsMode bounds_mode_ = BoundsMode::reject;
  std::uint64_t seed_ = 0;
  std::optional<Termination> termination_;
  Limits limits_;
  MemberRules members_;
  bool deals_whole_ = false;
  FailurePolicy policy_;
  Map* map_ = nullptr;
  Recorder* recorder_ = nullptr;
  EvaluationCache* cache_ = nullptr;
  std::optional<Index> at_once_;
  std::vector<Monitor*> step_monitors_;
  std::vector<Monitor*> evaluation_monitors_;
  std::stop_token stop_token_;
  RunClock clock_;
  std::function<void(const Activity&)> watch_;
  InterruptBell* bell_ = nullptr;
  std::function<InterruptAnswer(const Activity&)> on_interrupt_;
  std::unique_ptr<Run> run_;
};

}  // namespace mystic
