#include <mystic/mystic.hpp>

#include <cstdio>

// Started without mpirun: a job of one rank, which computes itself.
int main() {
  mystic::mpi::Session session;
  mystic::MpiMap map(session);
  mystic::Solver solver(mystic::powell());
  solver.start({0.8, 1.2})
      .terminate(mystic::value_to_reach(0.0, 1e-8))
      .limits({.evaluations = 10000})
      .map(map);
  const mystic::Result result = solver.solve(mystic::rosenbrock);
  std::printf("%g by %s on %d rank\n", result.best.cost, result.run.map.c_str(), session.size());
  return result.best.cost < 1e-8 ? 0 : 1;
}
