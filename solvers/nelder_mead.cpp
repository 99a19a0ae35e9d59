// Nelder & Mead (1965) in the form of Lagarias, Reeds, Wright & Wright (1998), section 2, which is also
// SciPy's and mystic's: strict acceptance of expansion, outside contraction accepted on a tie.
// The adaptive coefficients are those of Gao & Han (2012), (4.1).
//
// Restarts are Kelley's (oriented_restart.cpp); without them, as by default, nothing differs from
// before.
//
// What differs from mystic: vertices stay in their columns while an order of them is kept, and of two
// vertices of the same cost the older ranks first (SciPy's sort decides by chance above 16).

#include "mystic/solvers/nelder_mead.hpp"

#include "first_simplex.hpp"
#include "oriented_restart.hpp"
#include "simplex.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace mystic {
namespace {

struct Coefficients {
  double reflection;   // rho
  double expansion;    // chi
  double contraction;  // psi
  double shrink;       // sigma
};

Coefficients coefficients(const NelderMeadOptions& options, Index dimension) {
  if (!options.adaptive) return {1.0, 2.0, 0.5, 0.5};
  // One variable alone would shrink the simplex to a point (sigma = 0): the coefficients of two.
  const auto n = static_cast<double>(std::max<Index>(dimension, 2));
  return {1.0, 1.0 + 2.0 / n, 0.75 - 0.5 / n, 1.0 - 1.0 / n};
}

Search nelder_mead_search(Start start, NelderMeadOptions options) {
  require(start.x.size() > 0, "nelder-mead: give it a start");
  const Coefficients by = coefficients(options, start.dimension());
  Simplex simplex(first_simplex(start, options));
  OrientedRestart restart(start, simplex.points(), options);

  const Vector first = simplex.best();
  const double first_cost = co_await evaluate(first);
  simplex.set_first_cost(first_cost);
  co_await step_done(first, first_cost);

  std::vector<Index> columns(static_cast<std::size_t>(start.dimension()));
  std::iota(columns.begin(), columns.end(), Index{1});
  Points batch = simplex.points().rightCols(start.dimension());
  const auto other_costs = co_await evaluate(batch);
  simplex.set_costs(other_costs, columns);

  Vector trial(start.dimension());
  Vector second(start.dimension());
  for (;;) {
    co_await step_done(simplex.best(), simplex.best_cost(), simplex.points(), simplex.costs());

    if (restart.is_left() && restart.is_due(simplex)) {
      restart.place(simplex, batch);
      simplex.replace_all_but_best(batch, columns);
      const auto new_costs = co_await evaluate(batch);
      simplex.set_costs(new_costs, columns);
      continue;
    }
    simplex.place_trial(by.reflection, trial);
    const double reflected = co_await evaluate(trial);
    if (reflected < simplex.best_cost()) {
      simplex.place_trial(by.reflection * by.expansion, second);
      const double expanded = co_await evaluate(second);
      if (expanded < reflected) {
        simplex.replace_worst(second, expanded);
      } else {
        simplex.replace_worst(trial, reflected);
      }
      continue;
    }
    if (reflected < simplex.second_worst_cost()) {
      simplex.replace_worst(trial, reflected);
      continue;
    }
    const bool outside = reflected < simplex.worst_cost();
    simplex.place_trial(outside ? by.contraction * by.reflection : -by.contraction, second);
    const double contracted = co_await evaluate(second);
    if (outside ? contracted <= reflected : contracted < simplex.worst_cost()) {
      simplex.replace_worst(second, contracted);
      continue;
    }
    simplex.shrink(by.shrink, batch, columns);
    restart.forget();  // a shrink need not lower the mean
    const auto shrunk_costs = co_await evaluate(batch);
    simplex.set_costs(shrunk_costs, columns);
  }
}

}  // namespace

Algorithm nelder_mead(const NelderMeadOptions& options) {
  validate(options);
  return {std::string(NelderMeadOptions::title),
          [options](Start start) { return nelder_mead_search(std::move(start), options); }};
}

}  // namespace mystic
