#pragma once

#include "mystic/core/start.hpp"
#include "mystic/solvers/powell.hpp"

#include <Eigen/LU>

namespace mystic {

/// The n directions along which Powell's method searches: at first the axes.
class DirectionSet {
 public:
  DirectionSet(const Start& start, const PowellOptions& options);

  [[nodiscard]] auto operator[](Index i) const { return current_.col(i); }
  /// Makes them the axes again, every `reset_every` sweeps.
  void begin_sweep();
  /// `direction`, of a length, takes the place of number i and goes to the end; the axes come back if
  /// all of them together then are dependent.
  void replace(Index i, const Vector& direction);

  /// Volume of the parallelepiped that they span, each of length 1 in units of the first steps: 1 when
  /// they are at right angles there, 0 when they are dependent.
  [[nodiscard]] double independence();

 private:
  Points first_;
  Points current_;  // n x n, a direction a column
  Points unit_;     // room for independence()
  Eigen::PartialPivLU<Points> factors_;
  Index sweeps_ = 0;
  Index reset_every_;
  double reset_below_;
};

}  // namespace mystic
