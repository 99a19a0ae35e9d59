#include "random_descent.hpp"

#include "mystic/solvers/foreign.hpp"

namespace mystic::testing_support {

void random_descent(Vector x, const Questions& ask) {
  double least = ask.cost(x);
  double reach = 0.8;
  for (;;) {
    for (int attempt = 0; attempt < 13; ++attempt) {
      Vector near = x;
      for (double& coordinate : near) coordinate += reach * (2.0 * ask.draw() - 1.0);
      const double cost = ask.cost(near);
      if (cost < least) {
        x = near;
        least = cost;
      }
    }
    Points neighbours = x.replicate(1, 2 * x.size());
    for (Index i = 0; i < x.size(); ++i) {
      neighbours(i, 2 * i) += 0.1 * reach;
      neighbours(i, 2 * i + 1) -= 0.1 * reach;
    }
    const Vector costs = ask.costs(neighbours);
    Index best = 0;
    if (costs.minCoeff(&best) < least) {
      x = neighbours.col(best);
      least = costs[best];
    } else {
      reach = reach > 1e-6 ? 0.7 * reach : 0.8;
    }
  }
}

Algorithm foreign_random_descent() {
  return foreign("random-descent", [](ForeignProblem& problem) -> std::string {
    random_descent(problem.start(), {[&](const Vector& x) { return problem.cost(x); },
                                     [&](const Points& points) { return problem.costs(points); },
                                     [&] { return uniform(problem.random()); }});
  });
}

}  // namespace mystic::testing_support
