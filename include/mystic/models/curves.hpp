#pragma once

#include "mystic/models/fit.hpp"

namespace mystic {

/// p(t) = c_0 t^d + c_1 t^(d-1) + ... + c_d: parameters c_0 ... c_d, that of the highest power first.
/// @param degree  d >= 0. @throws InvalidArgument
[[nodiscard]] Curve polynomial(Index degree);

/// A resonance over a quadratic background, at the energy E:
///
///     y(E) = b_0 + b_1 E + b_2 E^2 + A (w / 2 pi) / ((E - c)^2 + (w / 2)^2)
///
/// Parameters b0, b1, b2, area (A: of the peak), centre (c), width (w: full width at half height, in the
/// unit of E). Where w is negative so is the peak. Source: Bevington & Robinson, Data Reduction and
/// Error Analysis (1992), section 8 and eq. 2.32.
[[nodiscard]] Curve lorentzian();

/// Two decays over a background, at the time t:
///
///     y(t) = a_1 + a_2 exp(-t / a_4) + a_3 exp(-t / a_5)
///
/// Parameters a1 (background), a2, a3 (amplitudes, in the unit of y), a4, a5 (lifetimes, in the unit of
/// t). Source: Bevington & Robinson (1992), eq. 8.1.
[[nodiscard]] Curve two_decays();

/// Counts of radioactive silver every 15 s: 59 places (time, s), values (counts), sigmas (their square
/// roots). The book's fit of two_decays(): (10.4, 958.3, 131.4, 33.9, 205.0), chi squared 66.1.
/// Source: Bevington & Robinson (1992), table 8.1.
[[nodiscard]] Observations bevington_counts();

/// Mogi's source: a small sphere that swells within an elastic half-space. What the surface at (x, y)
/// does:
///
///     (u_x, u_y, u_z) = C dV (x - x_0, y - y_0, d) / R^3,  R^2 = (x - x_0)^2 + (y - y_0)^2 + d^2
///
/// with C = (1 - nu) / pi. Parameters x0, y0, depth (d > 0 below the surface), volume (dV), all in
/// powers of one unit of length, which is that of u. u_z counts upwards. A place is (x, y), a prediction
/// (u_x, u_y, u_z). Source: Mogi, Bulletin of the Earthquake Research Institute 36 (1958) 99; in this
/// form Segall, Earthquake and Volcano Deformation (2010), eq. 7.14.
/// @param poisson  nu in (-1, 0.5]: 0.25 is rock, and C = 3 / (4 pi). @throws InvalidArgument
[[nodiscard]] Curve mogi(double poisson = 0.25);

/// Mogi's source as the original mystic has it, C = 3 pi / 4 for 3 / (4 pi): volumes are too small by
/// pi^2. For comparing with its runs.
[[nodiscard]] Curve mogi_of_the_original();

/// How far a place (x, y) lies outside a circle: sqrt((x - x_0)^2 + (y - y_0)^2) - r. Parameters x0, y0,
/// r. Fitted to zeros it is the geometric fit of a circle.
[[nodiscard]] Curve circle_distance();

/// The sum of curves of equal coordinates and values, as of two sources. Parameters: those of each,
/// called NAME_1 for the first, NAME_2 for the second, ... @throws InvalidArgument if there is none, or
/// they differ
[[nodiscard]] Curve sum_of(std::vector<Curve> curves);

/// What an observer sees of a curve with several values: their sum, weighted by `direction` (as it is,
/// it is not made a unit vector). (0, 0, 1) of mogi(): the uplift. @throws InvalidArgument for another
/// size
[[nodiscard]] Curve seen_along(Curve curve, const VectorView& direction);

/// The radius of the smallest circle (ball) around a centre that holds all points: max_j |p_j - centre|,
/// a convex function of the centre. Its minimum is the smallest enclosing circle, its place that
/// circle's centre; it has a kink there. Source: Sylvester, Quarterly J. Mathematics 1 (1857) 79.
class EnclosingRadius {
 public:
  /// @param points  n x m, m >= 1, finite. @throws InvalidArgument
  explicit EnclosingRadius(Points points);
  /// @param centre  n numbers. @throws InvalidArgument
  double operator()(const VectorView& centre) const;

 private:
  Points points_;
};

}  // namespace mystic
