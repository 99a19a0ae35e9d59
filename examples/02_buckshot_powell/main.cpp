// Twenty Powell searches from random starts, their evaluations dealt out over MPI. Run it under mpirun.
// The second program of the mystic talk, in as many lines.

#include <mystic/mystic.hpp>

#include <iostream>

int main() {
  // the parallel map: rank 0 steers, each other rank gets the next task when it is free
  mystic::mpi::Session session;
  mystic::MpiMap map(session);
  mystic::LoggingMonitor log(1, "log.txt");

  // the bounds, the nested searches and the ensemble
  mystic::Solver solver(mystic::buckshot(mystic::powell(), {.starts = 20}));
  solver.bounds(mystic::Vector{{0.0, 0.0, 0.0}}, mystic::Vector{{2.0, 2.0, 2.0}});
  solver.members({.generations = 50}).terminate(mystic::change_over_generation());
  const mystic::Result result = solver.map(map).on_step(log).solve(mystic::rosenbrock);
  if (session.root())
    std::cout << "best " << result.best.cost << " at " << result.best.x.transpose() << '\n';
}
