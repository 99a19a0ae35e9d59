// Nelder-Mead on Rosenbrock's valley: watched, solved, and solved again to a tighter tolerance.
// The first program of the mystic talk, in as many lines.

#include <mystic/mystic.hpp>

#include <iostream>

int main() {
  // monitors: one prints every fifth step, one keeps every evaluation
  mystic::VerboseMonitor steps(std::cout, 5);
  mystic::RecordingMonitor evaluations;

  // configure the solver, and solve
  mystic::Solver solver(mystic::nelder_mead());
  solver.start({0.8, 1.2, 0.7}).on_step(steps).on_evaluation(evaluations);
  const mystic::Result rough =
      solver.terminate(mystic::change_over_generation()).solve(mystic::rosenbrock);
  std::cout << "recorded " << evaluations.evaluations().size() << " of " << rough.evaluations << '\n';

  // the same with a tighter tolerance
  const mystic::Result fine =
      solver.terminate(mystic::change_over_generation(1e-8)).solve(mystic::rosenbrock);
  std::cout << "best " << fine.best.cost << " at " << fine.best.x.transpose() << " after "
            << fine.generations << " generations, " << fine.evaluations << " evaluations\n";
}
