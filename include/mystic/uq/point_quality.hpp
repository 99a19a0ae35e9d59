#pragma once

#include "mystic/core/point.hpp"

namespace mystic {

/// The centred L2 discrepancy of the points, no unit; 0 would be perfectly even:
///
///     sqrt((13/12)^n - 2/m sum_k prod_i (1 + |z_ki|/2 - z_ki^2/2)
///          + 1/m^2 sum_kl prod_i (1 + |z_ki|/2 + |z_li|/2 - |x_ki - x_li|/2)),   z = x - 1/2
///
/// Source: Hickernell (1998), doi:10.1090/S0025-5718-98-00894-1. (SciPy's "CD" is its square.)
/// A time proportional to n m^2.
///
/// @param points  n x m, each coordinate in [0, 1]
/// @throws InvalidArgument if there is no point, or one lies outside
[[nodiscard]] double centred_discrepancy(const PointsView& points);

/// The L2-star discrepancy of the points, no unit; 0 would be perfectly even:
///
///     sqrt(3^-n - 2^(1-n)/m sum_k prod_i (1 - x_ki^2) + 1/m^2 sum_kl prod_i (1 - max(x_ki, x_li)))
///
/// Source: Warnock (1972). (SciPy's "L2-star".) A time proportional to n m^2.
///
/// @param points  n x m, each coordinate in [0, 1]
/// @throws InvalidArgument if there is no point, or one lies outside
[[nodiscard]] double star_discrepancy(const PointsView& points);

/// The least Euclidean distance of two points; infinite where there are less than two.
/// @param points  n x m; finite
/// @throws InvalidArgument
[[nodiscard]] double least_distance(const PointsView& points);

/// The greatest |correlation| of two coordinates, in [0, 1]; 0 where there is one coordinate only.
/// @param points  n x m; finite; m >= 2, and no coordinate is the same in all points
/// @throws InvalidArgument
[[nodiscard]] double greatest_correlation(const PointsView& points);

}  // namespace mystic
