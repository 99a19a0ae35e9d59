#pragma once

#include "mystic/uq/quantiles.hpp"

namespace mystic {

/// A staircase: from at[k] to at[k + 1] the share `shares[k]` of the values is no larger.
struct EmpiricalCdf {
  Index asked = 0;
  Index ok = 0;                   ///< n
  double half_width = not_known;  ///< of the band, before it is cut at 0 and 1
  Vector at;                      ///< values that differ, ascending; unit of x
  Vector shares;                  ///< in (0, 1], the last is 1
  Vector lower;                   ///< the band
  Vector upper;
};

/// With a band that the whole distribution function stays in, at all x at once, with probability `level`
/// or more, whatever the law and n: share +- sqrt(log(2 / (1 - level)) / 2 n).
/// Source: Dvoretzky, Kiefer & Wolfowitz (1956), with the constant of Massart (1990),
/// doi:10.1214/aop/1176990746.
/// @param level   confidence, in (0, 1)
/// @param points  of more values that differ, only about so many, as far apart in rank, least and
///                greatest among them: for a picture. 0: all
/// @throws InvalidArgument if `level` is outside or `points` is negative or 1
[[nodiscard]] EmpiricalCdf empirical_cdf(const SortedSample& sample, double level = 0.95,
                                         Index points = 0);

}  // namespace mystic
