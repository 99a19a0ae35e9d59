#include "nlopt_direct.hpp"

#include <nlopt.h>

#include <algorithm>
#include <cmath>

namespace mystic::testing_support {
namespace {

struct Caller {
  const DirectRun& run;
  const std::function<double(const Vector&)>& cost;
  nlopt_opt solver;
  Random random;
  bool compares;
  Trace trace = {};
  double worst = -infinity;
  double best = infinity;

  [[nodiscard]] bool is_exhausted() const { return trace.points.size() >= run.evaluations; }

  double ask(const Vector& x) {
    if (is_exhausted()) {
      nlopt_force_stop(solver);
      return 1e30;
    }
    trace.points.push_back(x);
    trace.costs.push_back(cost(x));
    return trace.costs.back();
  }

  void reseed() { nlopt_srand(static_cast<unsigned long>(random() >> 32U)); }

  void differentiate(const Vector& x, double at_x, double* gradient) {
    const bool is_central = run.options.differences == "central";
    const double relative =
        run.options.difference_step > 0 ? run.options.difference_step : (is_central ? 6e-6 : 1.5e-8);
    for (Index i = 0; i < x.size(); ++i) {
      const double step = relative * std::max(1.0, std::abs(x[i]));
      Vector below = x;
      Vector above = x;
      const bool has_above = x[i] + step <= run.upper[i];
      const bool has_below = x[i] - step >= run.lower[i] && (is_central || !has_above);
      double cost_below = at_x;
      double cost_above = at_x;
      if (has_below) {
        below[i] -= step;
        cost_below = ask(below);
      }
      if (has_above) {
        above[i] += step;
        cost_above = ask(above);
      }
      gradient[i] = has_below || has_above ? (cost_above - cost_below) / (above[i] - below[i]) : 0.0;
    }
  }

  double answer(const Vector& x, double* gradient) {
    const double at_x = ask(x);
    if (gradient != nullptr) differentiate(x, at_x, gradient);
    reseed();
    if (std::isfinite(at_x)) {
      worst = std::max(worst, at_x);
      best = std::min(best, at_x);
    }
    if (compares || at_x < infinity) return at_x;
    if (best == infinity) return 1e30;
    return worst + std::max({worst - best, std::abs(worst), 1.0});
  }
};

double called(unsigned n, const double* x, double* gradient, void* caller) {
  return static_cast<Caller*>(caller)->answer(Eigen::Map<const Vector>(x, n), gradient);
}

}  // namespace

Trace call_nlopt_directly(const DirectRun& run, const std::function<double(const Vector&)>& cost) {
  const NloptOptions& options = run.options;
  const auto n = static_cast<unsigned>(run.start.size());
  const nlopt_opt solver = nlopt_create(nlopt_algorithm_from_string(options.algorithm.c_str()), n);
  const bool compares = options.algorithm == "LN_SBPLX" || options.algorithm == "LN_NELDERMEAD" ||
                        options.algorithm == "GN_CRS2_LM" || options.algorithm == "GN_ISRES" ||
                        options.algorithm == "GN_ESCH";
  Caller caller{run, cost, solver, run.random, compares};
  nlopt_set_min_objective(solver, called, &caller);
  nlopt_set_lower_bounds(solver, run.lower.data());
  nlopt_set_upper_bounds(solver, run.upper.data());
  nlopt_set_xtol_rel(solver, options.x_tolerance);
  nlopt_set_ftol_rel(solver, options.cost_tolerance);
  nlopt_set_population(solver, static_cast<unsigned>(options.population));
  if (options.initial_step > 0) nlopt_set_initial_step1(solver, options.initial_step);
  Vector x = run.start;
  double least = 0.0;
  caller.reseed();
  nlopt_optimize(solver, x.data(), &least);
  nlopt_destroy(solver);
  return caller.trace;
}

}  // namespace mystic::testing_support
