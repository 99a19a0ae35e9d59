// NLopt 2.7 (S. G. Johnson) under the driver: see foreign.cpp for how its loop is made to wait.
//
// What differs from NLopt called directly: its random numbers (one generator per thread, shared by all
// that run there) are reseeded from the search's stream after each question; costs of failed points are
// finite for the algorithms that compute with them. All else is NLopt's own path, to the last bit.
//
// Tried with 2.7.1 on 2026-11-21: told +inf, LN_COBYLA and LN_NEWUOA_BOUND loop for ever without another
// evaluation, LN_BOBYQA stops at once; told finite costs, the first two still may where x_tolerance is 0
// (COBYLA without bounds in 20 of 30 runs with failing points, in none of 540 at 1e-15 to 1e-8). Hence
// told() and NloptOptions::broken_rules().

#include "mystic/solvers/nlopt.hpp"

#include "mystic/core/variable.hpp"
#include "mystic/solvers/foreign.hpp"

#include <nlopt.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <memory>
#include <type_traits>

namespace mystic {
namespace {

struct Method {
  std::string_view name;
  nlopt_algorithm id;
  bool only_compares = false;  // costs, so that +inf does no harm
  bool draws = false;
  Index least_dimension = 1;
};

constexpr std::array<Method, 13> methods{{
    {"LN_SBPLX", NLOPT_LN_SBPLX, true},
    {"LN_NELDERMEAD", NLOPT_LN_NELDERMEAD, true},
    {"LN_BOBYQA", NLOPT_LN_BOBYQA},
    {"LN_COBYLA", NLOPT_LN_COBYLA},
    {"LN_PRAXIS", NLOPT_LN_PRAXIS, false, true, 2},
    {"LN_NEWUOA_BOUND", NLOPT_LN_NEWUOA_BOUND, false, false, 2},
    {"GN_DIRECT_L", NLOPT_GN_DIRECT_L},
    {"GN_CRS2_LM", NLOPT_GN_CRS2_LM, true, true},
    {"GN_ISRES", NLOPT_GN_ISRES, true, true},
    {"GN_ESCH", NLOPT_GN_ESCH, true, true},
    {"LD_LBFGS", NLOPT_LD_LBFGS},
    {"LD_SLSQP", NLOPT_LD_SLSQP},
    {"LD_MMA", NLOPT_LD_MMA},
}};

const Method& method_called(std::string_view name) {
  return *std::find_if(methods.begin(), methods.end(),
                       [name](const Method& method) { return method.name == name; });
}

struct Destroy {
  void operator()(nlopt_opt solver) const { nlopt_destroy(solver); }
};

// One run of NLopt. Its callback catches everything: NLopt is C, and frees its memory only when it ends
// by itself.
class Run {
 public:
  Run(ForeignProblem& problem, const NloptOptions& options)
      : problem_(problem), options_(options), method_(method_called(options.algorithm)),
        solver_(nlopt_create(method_.id, static_cast<unsigned>(problem.dimension()))) {
    require<Error>(solver_ != nullptr, "nlopt: {} cannot be set up", options.algorithm);
    const double usual = options.differences == "central" ? 6e-6 : 1.5e-8;
    difference_ = options.difference_step > 0 ? options.difference_step : usual;
  }

  std::string operator()() {
    set_up();
    Vector x = problem_.start().size() > 0
                   ? problem_.start()
                   : uniform(problem_.random(), problem_.lower(), problem_.upper());
    reseed();
    double cost = infinity;
    const nlopt_result result = nlopt_optimize(solver_.get(), x.data(), &cost);
    if (caught_) std::rethrow_exception(caught_);
    return reason(result);
  }

 private:
  using Solver = std::unique_ptr<std::remove_pointer_t<nlopt_opt>, Destroy>;

  void set_up() {
    require(problem_.has_box() || !options_.algorithm.starts_with("GN_"),
            "nlopt: {} needs two finite bounds for every variable", options_.algorithm);
    require(problem_.has_box() || problem_.start().size() > 0,
            "nlopt: give it a start, or two finite bounds for every variable");
    require_variables();
    require(problem_.rounded().empty() || !options_.algorithm.starts_with("LD_"), "nlopt: {}: {}",
            options_.algorithm, no_differences_along(problem_.rounded()));
    nlopt_opt solver = solver_.get();
    check(nlopt_set_min_objective(solver, called, this));
    check(nlopt_set_lower_bounds(solver, problem_.lower().data()));
    check(nlopt_set_upper_bounds(solver, problem_.upper().data()));
    check(nlopt_set_xtol_rel(solver, options_.x_tolerance));
    check(nlopt_set_ftol_rel(solver, options_.cost_tolerance));
    check(nlopt_set_population(solver, static_cast<unsigned>(options_.population)));
    if (options_.initial_step > 0) check(nlopt_set_initial_step1(solver, options_.initial_step));
  }

  // NLopt takes variables whose bounds are one out before it begins.
  void require_variables() const {
    const Index n = problem_.dimension();
    const Index fixed = (problem_.lower().array() == problem_.upper().array()).count();
    require(n - fixed >= method_.least_dimension || method_.least_dimension == 1,
            "nlopt: {} needs at least {} variables, not {}{}", options_.algorithm,
            method_.least_dimension, n - fixed,
            fixed > 0 ? fmt::format(": the bounds fix {} of {}", fixed, n) : "");
  }

  void check(nlopt_result result) const {
    const char* const text = nlopt_get_errmsg(solver_.get());
    require(result >= 0, "nlopt: {}: {}: {}", options_.algorithm, nlopt_result_to_string(result),
            text != nullptr ? text : "it says no more");
  }

  static double called(unsigned n, const double* x, double* gradient, void* self) noexcept {
    Run& run = *static_cast<Run*>(self);
    if (run.caught_) return run.told(infinity);
    try {
      const Eigen::Map<const Vector> point(x, static_cast<Index>(n));
      const double cost =
          gradient != nullptr ? run.cost_and_gradient(point, gradient) : run.problem_.cost(point);
      run.note(cost);
      run.reseed();
      return run.told(cost);
    } catch (...) {
      run.caught_ = std::current_exception();
      nlopt_force_stop(run.solver_.get());
      return run.told(infinity);
    }
  }

  void reseed() {
    if (method_.draws) nlopt_srand(static_cast<unsigned long>(problem_.random()() >> 32U));
  }

  void note(double cost) {
    if (!std::isfinite(cost)) return;
    worst_ = std::max(worst_, cost);
    best_ = std::min(best_, cost);
  }

  // What NLopt is told of a cost.
  [[nodiscard]] double told(double cost) const {
    if (method_.only_compares || cost < infinity) return cost;
    if (best_ == infinity) return 1e30;
    return worst_ + std::max({worst_ - best_, std::abs(worst_), 1.0});
  }

  // Where the neighbours of a coordinate lie; equal to it where there is none.
  struct Neighbours {
    double below;
    double above;
  };
  [[nodiscard]] Neighbours neighbours(Index i, double x) const {
    const double step = difference_ * std::max(std::abs(x), 1.0);
    const double above = x + step <= problem_.upper()[i] ? x + step : x;
    const bool is_below_wanted = above == x || options_.differences == "central";
    return {is_below_wanted && x - step >= problem_.lower()[i] ? x - step : x, above};
  }

  // f(x) and the slope along each variable, all points at once.
  double cost_and_gradient(const Eigen::Map<const Vector>& x, double* gradient) {
    const Index n = x.size();
    points_.resize(n, 2 * n + 1);
    points_.colwise() = x;
    Index count = 1;
    for (Index i = 0; i < n; ++i) {
      const auto [below, above] = neighbours(i, x[i]);
      if (below != x[i]) points_(i, count++) = below;
      if (above != x[i]) points_(i, count++) = above;
    }
    points_.conservativeResize(n, count);
    const Vector costs = problem_.costs(points_);
    Index next = 1;
    for (Index i = 0; i < n; ++i) {
      const auto [below, above] = neighbours(i, x[i]);
      const double cost_below = below != x[i] ? costs[next++] : infinity;
      const double cost_above = above != x[i] ? costs[next++] : infinity;
      const bool has_below = cost_below < infinity;
      const bool has_above = cost_above < infinity;
      const bool has_slope = costs[0] < infinity && (has_below || has_above);
      gradient[i] = has_slope
                        ? ((has_above ? cost_above : costs[0]) - (has_below ? cost_below : costs[0])) /
                              ((has_above ? above : x[i]) - (has_below ? below : x[i]))
                        : 0.0;
    }
    return costs[0];
  }

  [[nodiscard]] std::string reason(nlopt_result result) const {
    switch (result) {
      case NLOPT_FTOL_REACHED:
        return fmt::format("{}: the cost changes by no more than {} of itself", options_.algorithm,
                           options_.cost_tolerance);
      case NLOPT_XTOL_REACHED:
        return fmt::format("{}: no coordinate changes by more than {} of itself", options_.algorithm,
                           options_.x_tolerance);
      case NLOPT_ROUNDOFF_LIMITED:
        return fmt::format("{}: rounding errors leave no progress", options_.algorithm);
      case NLOPT_FAILURE:  // of a line search, say; what it has found is as good as before
        return fmt::format("{}: it has given up", options_.algorithm);
      default:
        check(result);
        return fmt::format("{}: it has converged", options_.algorithm);
    }
  }

  ForeignProblem& problem_;
  const NloptOptions& options_;
  const Method& method_;
  Solver solver_;
  double difference_ = 0.0;
  double worst_ = -infinity;
  double best_ = infinity;
  Points points_;
  std::exception_ptr caught_;
};

}  // namespace

bool nlopt_is_there() { return true; }

Algorithm nlopt(const NloptOptions& options) {
  validate(options);
  return foreign(std::string(NloptOptions::title),
                 [options](ForeignProblem& problem) { return Run(problem, options)(); });
}

}  // namespace mystic
