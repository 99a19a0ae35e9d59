#pragma once

#include "mystic/core/start.hpp"
#include "mystic/solvers/nelder_mead.hpp"

#include "simplex.hpp"

#include <Eigen/QR>

#include <vector>

namespace mystic {

/// When Nelder-Mead's simplex has gone wrong, and with which one it begins again.
///
/// All is measured in the extents of the first simplex, so that the units of the variables do not
/// matter. With the simplex gradient D f (V' D f = costs - best cost, V the edges from the best vertex)
/// and the mean cost f of the vertices, a step must satisfy
///
///     f(now) - f(before) < -alpha |D f(before)|^2,    alpha = 1e-4 longest edge / |D f|, of the first
///
/// The new simplex has edges of half the shortest edge along the coordinates, downhill by D f.
///
/// Source: Kelley (1999), doi:10.1137/S1052623497315203, section 2.
class OrientedRestart {
 public:
  OrientedRestart(const Start& start, const Points& first_simplex, const NelderMeadOptions& options);

  [[nodiscard]] bool is_left() const { return left_ > 0; }
  /// Whether the last step gained too little, or the simplex is degenerate. Looks at each simplex once.
  [[nodiscard]] bool is_due(const Simplex& simplex);
  /// The next simplex is not compared with the last one.
  void forget() { mean_before_ = infinity; }
  /// The n vertices that take the place of all but the best; one restart less is left.
  void place(const Simplex& simplex, Points& vertices);

 private:
  void take_edges(const Simplex& simplex);
  void solve_for_gradient();

  Vector lower_;
  Vector upper_;
  Vector scale_;  // extents of the first simplex
  Index left_;
  double degenerate_below_;
  Index free_ = 0;       // variables whose bounds do not fix them
  double alpha_ = -1.0;  // below 0: not known yet
  Vector gradient_;      // of the simplex seen last, scaled
  double shortest_ = 0.0;
  double mean_before_ = infinity;
  double slope_before_ = 0.0;  // squared norm of its gradient

  // Room for a look at a simplex.
  std::vector<Index> columns_;
  Points edges_;  // from the best vertex, scaled, a row each
  Vector rises_;  // of the cost along them
  Vector lengths_;
  Eigen::ColPivHouseholderQR<Points> factors_;
};

}  // namespace mystic
