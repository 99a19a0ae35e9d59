#include <mystic/mystic.hpp>

#include <cmath>
#include <cstdio>

// A function that mystic does not know: least where x = (1/2, 3, -2), with the value 7.
double my_function(const mystic::VectorView& x) {
  const mystic::Vector away = x - mystic::Vector{{0.5, 3.0, -2.0}};
  return 7.0 + away.squaredNorm() + 0.1 * std::pow(away.sum(), 4);
}

int main() {
  mystic::RecordingMonitor steps;
  mystic::Solver solver(mystic::nelder_mead());
  solver.start({1.0, 1.0, 1.0}).on_step(steps).terminate(mystic::change_over_generation(1e-12));
  const mystic::Result result = solver.solve(my_function);
  std::printf("%.9f at (%.6f, %.6f, %.6f), %zu steps seen\n", result.best.cost, result.best.x[0],
              result.best.x[1], result.best.x[2], steps.steps().size());
  const bool found = (result.best.x - mystic::Vector{{0.5, 3.0, -2.0}}).norm() < 1e-4;
  return found && std::abs(result.best.cost - 7.0) < 1e-8 && steps.steps().size() > 10 ? 0 : 1;
}
