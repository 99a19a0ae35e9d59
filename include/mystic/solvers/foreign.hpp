#pragma once

#include "mystic/core/algorithm.hpp"
#include "mystic/core/options.hpp"

#include <functional>
#include <string>

namespace mystic {

/// What a foreign solver is given: where to begin, and whom to ask. Only for the thread that calls the
/// function, and only until it returns.
class ForeignProblem {
 public:
  ForeignProblem(const ForeignProblem&) = delete;
  ForeignProblem& operator=(const ForeignProblem&) = delete;

  [[nodiscard]] Index dimension() const { return start_.dimension(); }
  /// n; inside the bounds; empty where no start was given.
  [[nodiscard]] const Vector& start() const { return start_.x; }
  [[nodiscard]] const Vector& lower() const { return start_.lower; }  ///< n; -inf where there is none
  [[nodiscard]] const Vector& upper() const { return start_.upper; }  ///< n; +inf where there is none
  /// Variables that are rounded before they are evaluated (Start::rounded).
  [[nodiscard]] const std::vector<std::string>& rounded() const { return start_.rounded; }
  /// True when every variable has two finite bounds.
  [[nodiscard]] bool has_box() const { return start_.has_box(); }
  /// The search's own stream: the only source of chance that keeps runs the same everywhere.
  [[nodiscard]] Random& random() { return start_.random; }

  /// The cost of x (n doubles): +inf where it was rejected or failed; never NaN.
  /// Does not return when the search is over (a termination, a limit, an interrupt): it throws something
  /// that is no std::exception. Let it pass, or rethrow it: the function must end. A callback of a C
  /// library catches everything, tells its library to stop, and rethrows after that has returned.
  /// Neither from destructors nor from other threads.
  /// @throws InvalidArgument if x has another size
  [[nodiscard]] virtual double cost(const VectorView& x) = 0;

  /// The costs of m points, n x m: m doubles. Any map shares them out. Otherwise as cost().
  [[nodiscard]] virtual Vector costs(const Points& points) = 0;

  /// Ends a generation: monitors see it, terminations judge it. Only with ForeignOptions::reports_steps.
  /// Throws as cost() does.
  /// @param best       n; the best point by the foreign solver's own account
  /// @param best_cost  of it
  virtual void step_done(const VectorView& best, double best_cost) = 0;

 protected:
  explicit ForeignProblem(Start start) : start_(std::move(start)) {}
  ~ForeignProblem() = default;

 private:
  Start start_;
};

struct ForeignOptions {
  static constexpr std::string_view title = "foreign";

  Index stack_size = Index{1} << 20;
  bool reports_steps = false;
  Index evaluations_per_step = 0;

  [[nodiscard]] std::string broken_rules() const;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("stack_size", self.stack_size, Range{.lower = 16384, .upper = 1e15, .unit = "bytes"},
          "stack of the foreign function; memory is taken only for the part that it uses");
    field("reports_steps", self.reports_steps, Anything{},
          "the function says itself, by step_done(), when a generation ends");
    field("evaluations_per_step", self.evaluations_per_step, Range{.lower = 0, .upper = 1e9},
          "otherwise: evaluations in a generation; 0: as many as there are variables");
  }
};

/// A solver that owns its loop. What it returns is why it ended, and becomes the search's reason.
using ForeignFunction = std::function<std::string(ForeignProblem&)>;

/// A search out of a function that calls f(x): the function runs on a stack of its own and waits there
/// while the driver has its points evaluated. So it answers to the same map, bounds, limits,
/// terminations, monitors and journal as every other search, and to step(), ask() and tell().
///
/// The function is called once for each search. The members of an ensemble are under way at the same
/// time, in one thread: what it remembers must be in its own variables, not in what it has captured.
/// Whenever the search is given up, the function's stack is unwound: its destructors run.
///
/// Generation 0 ends with the first question (cost() or costs()), each later one with the question that
/// completes `evaluations_per_step` points (a batch is not divided); its best is the best point asked so
/// far. What is left when the function returns is a generation too.
///
/// An exception of the function ends the run: an Error as it is, another one as an Error that names the
/// solver and has it nested.
/// @param name  for people
/// @throws InvalidOptions, InvalidArgument if there is no function
[[nodiscard]] Algorithm foreign(std::string name, ForeignFunction function,
                                const ForeignOptions& options = {});

}  // namespace mystic
