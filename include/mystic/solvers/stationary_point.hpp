#pragma once

#include "mystic/core/algorithm.hpp"
#include "mystic/core/options.hpp"

#include <memory>

namespace mystic {

struct StationaryPointOptions {
  static constexpr std::string_view title = "stationary-point";

  Index uphill = 0;
  Index first_mode = 0;
  double trust_radius = 0.05;
  double difference = 1e-4;
  double gradient_tolerance = 1e-6;
  double step_tolerance = 1e-9;
  Index iterations = 200;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("uphill", self.uphill, Range{.lower = 0},
          "in how many directions the surface falls off from the point sought: 0 a minimum, as many as "
          "there are variables a maximum, between them a saddle (transition point)");
    field(
        "first_mode", self.first_mode, Range{.lower = 0},
        "which modes of the Hessian, the lowest being 0, are climbed from the start; they are followed, "
        "as they turn, until the Hessian is that of the kind sought");
    field("trust_radius", self.trust_radius, Range{.lower = 0, .upper = 1, .open_below = true},
          "longest step, as a share of the width of the bounds; without bounds, of 1");
    field("difference", self.difference, Range{.lower = 1e-9, .upper = 0.1},
          "step of the central differences, as a share of the width of the bounds; without, of 1");
    field("gradient_tolerance", self.gradient_tolerance, Range{.lower = 0, .open_below = true},
          "largest component of the gradient at the end, in units of the cost per width of the bounds, "
          "relative to 1 + |cost|");
    field("step_tolerance", self.step_tolerance, Range{.lower = 0, .open_below = true},
          "largest coordinate of the last step, as a share of the width of the bounds");
    field("iterations", self.iterations, Range{.lower = 1, .upper = 1e6}, "most steps");
  }
};

/// Where the gradient vanishes, and what the surface is like there.
struct StationaryPoint {
  bool found = false;  ///< false: none; then `x` is where the search stood at its end
  Vector x;            ///< n
  double cost = infinity;
  /// Of the Hessian in the variables that the bounds leave free, ascending; unit of the cost per square
  /// of a variable's unit.
  Vector eigenvalues;
  double gradient = infinity;  ///< largest component, in units of the cost per width of the bounds
  /// Directions in which it falls off: 0 a minimum, all a maximum, else a saddle.
  [[nodiscard]] Index negative() const { return (eigenvalues.array() < 0.0).count(); }
};

/// Follows the surface uphill along `uphill` modes (the lowest, near the end) and downhill along all
/// others to a point where the gradient vanishes: with uphill = 0 to a minimum, = n to a maximum, else
/// to a saddle. Gradient and Hessian are central differences of the cost, all points of a step being one
/// batch: n^2 + n + 1 evaluations for n variables, so meant for few. Smooth costs only. Needs a start.
/// Ends by itself; does not leave the bounds. Variables that their bounds fix are left out.
///
/// Source: the partitioned rational-function step of Banerjee, Adams, Simons & Shepard, J. Phys. Chem.
/// 89 (1985) 52, doi:10.1021/j100247a015; Baker, J. Comput. Chem. 7 (1986) 385,
/// doi:10.1002/jcc.540070402.
///
/// @param found  takes the result; may be null
/// @throws InvalidOptions; at the start InvalidArgument if `uphill` exceeds the number of free
/// variables,
///         there is none, or one of them is rounded (Start::rounded)
[[nodiscard]] Algorithm stationary_point(const StationaryPointOptions& options = {},
                                         std::shared_ptr<StationaryPoint> found = nullptr);

}  // namespace mystic
