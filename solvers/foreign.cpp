// No algorithm of its own: the search says what a function on another stack wants.
//
// The function never suspends the search itself: Fiber::pause() brings it back to foreign_search(),
// which awaits in its stead, on the stack of whoever drives. So models and monitors run on the driver's
// stack, and what they throw never meets foreign code.

#include "mystic/solvers/foreign.hpp"

#include "fiber.hpp"

#include <exception>
#include <memory>
#include <utility>

namespace mystic {
namespace {

// Ends a foreign function whose search is over. Not an std::exception, so that it is not taken for a
// failed evaluation by those who catch these.
struct SearchIsOver {};

struct Foreign {
  std::string name;
  ForeignFunction function;
  ForeignOptions options;
};

Start inside_bounds(Start start) {
  if (start.x.size() > 0) start.x = start.x.cwiseMax(start.lower).cwiseMin(start.upper);
  return start;
}

// One call of the function. Its upper half runs on the function's stack, its lower half on the driver's.
class Call final : public ForeignProblem {
 public:
  enum class Wants { nothing, cost, costs, step };

  Call(Start start, const Foreign& by)
      : ForeignProblem(inside_bounds(std::move(start))), by_(by), point_(dimension()),
        best_(dimension()),
        step_length_(by.options.evaluations_per_step > 0 ? by.options.evaluations_per_step
                                                         : dimension()),
        fiber_(static_cast<std::size_t>(by.options.stack_size), [this] { run(); }) {}
  ~Call() {
    is_over_ = true;
    if (fiber_.is_paused()) fiber_.resume();
  }
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  double cost(const VectorView& x) override {
    require(x.size() == dimension(), "{}: asked for a point of {} coordinates in a problem of {}",
            by_.name, x.size(), dimension());
    point_ = x;
    ask(Wants::cost);
    return cost_;
  }

  Vector costs(const Points& points) override {
    require(points.rows() == dimension() || points.cols() == 0,
            "{}: asked for points of {} coordinates in a problem of {}", by_.name, points.rows(),
            dimension());
    if (points.cols() == 0) return {};
    points_ = &points;
    ask(Wants::costs);
    return std::move(costs_);
  }

  void step_done(const VectorView& best, double best_cost) override {
    require(by_.options.reports_steps, "{}: to call step_done(), set ForeignOptions::reports_steps",
            by_.name);
    require(best.size() == dimension(), "{}: the best point has {} coordinates in a problem of {}",
            by_.name, best.size(), dimension());
    best_ = best;
    best_cost_ = best_cost;
    ask(Wants::step);
  }

  // Runs the function until it wants something; nothing: it has returned, and reason() says why.
  Wants go_on() {
    wants_ = Wants::nothing;
    fiber_.resume();
    if (error_) rethrow();
    return wants_;
  }

  [[nodiscard]] const Vector& point() const { return point_; }
  [[nodiscard]] const Points& points() const { return *points_; }
  [[nodiscard]] const Vector& best() const { return best_; }
  [[nodiscard]] double best_cost() const { return best_cost_; }
  [[nodiscard]] const std::string& reason() const { return reason_; }

  void take(double cost) {
    cost_ = cost;
    note(point_, cost);
  }
  void take(const VectorView& costs) {
    costs_ = costs;
    for (Index j = 0; j < costs.size(); ++j) note(points_->col(j), costs[j]);
  }

  // Whether a generation ends with what has just been taken.
  [[nodiscard]] bool ends_a_step() const {
    return !by_.options.reports_steps && (is_first_step_ || in_step_ >= step_length_);
  }
  [[nodiscard]] bool leaves_a_step() const { return !by_.options.reports_steps && in_step_ > 0; }
  void begin_step() {
    is_first_step_ = false;
    in_step_ = 0;
  }

 private:
  void run() {
    try {
      reason_ = by_.function(*this);
    } catch (...) {
      if (!is_over_) error_ = std::current_exception();
    }
  }

  void ask(Wants wants) {
    if (is_over_) throw SearchIsOver();
    wants_ = wants;
    fiber_.pause();
    if (is_over_) throw SearchIsOver();
  }

  void note(const VectorView& x, double cost) {
    ++in_step_;
    ++evaluations_;
    if (by_.options.reports_steps) return;  // the best is the function's own affair
    if (evaluations_ > 1 && !(cost < best_cost_)) return;
    best_ = x;
    best_cost_ = cost;
  }

  [[noreturn]] void rethrow() {
    try {
      std::rethrow_exception(std::exchange(error_, nullptr));
    } catch (const Error&) {
      throw;
    } catch (const std::exception& error) {
      std::throw_with_nested(Error(
          fmt::format("{} failed after {} evaluations: {}", by_.name, evaluations_, error.what())));
    } catch (...) {
      std::throw_with_nested(
          Error(fmt::format("{} failed after {} evaluations with an exception that is no "
                            "std::exception",
                            by_.name, evaluations_)));
    }
  }

  const Foreign& by_;
  Wants wants_ = Wants::nothing;
  Vector point_;
  const Points* points_ = nullptr;
  double cost_ = infinity;
  Vector costs_;
  Vector best_;
  double best_cost_ = infinity;
  std::string reason_;
  std::exception_ptr error_;
  bool is_over_ = false;
  bool is_first_step_ = true;
  Index step_length_;
  Index in_step_ = 0;  // evaluations since the last step
  Index evaluations_ = 0;
  Fiber fiber_;
};

Search foreign_search(Start start, std::shared_ptr<const Foreign> by) {
  Call call(std::move(start), *by);
  for (;;) {
    const Call::Wants wants = call.go_on();
    if (wants == Call::Wants::cost) {
      const double cost = co_await evaluate(call.point());
      call.take(cost);
    } else if (wants == Call::Wants::costs) {
      const auto costs = co_await evaluate(call.points());
      call.take(costs);
    }
    const bool has_ended = wants == Call::Wants::nothing;
    if (wants == Call::Wants::step || (has_ended ? call.leaves_a_step() : call.ends_a_step())) {
      call.begin_step();
      co_await step_done(call.best(), call.best_cost());
    }
    if (has_ended) co_return call.reason();
  }
}

}  // namespace

std::string ForeignOptions::broken_rules() const {
  if (!reports_steps || evaluations_per_step == 0) return {};
  return fmt::format("\n  evaluations_per_step = {} means nothing where the function reports its steps",
                     evaluations_per_step);
}

Algorithm foreign(std::string name, ForeignFunction function, const ForeignOptions& options) {
  validate(options);
  require(static_cast<bool>(function), "{}: there is no function", name);
  auto by = std::make_shared<const Foreign>(Foreign{name, std::move(function), options});
  return {std::move(name),
          [by = std::move(by)](Start start) { return foreign_search(std::move(start), by); }};
}

}  // namespace mystic
