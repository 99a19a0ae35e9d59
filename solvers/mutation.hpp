#pragma once

#include "mystic/core/point.hpp"

#include <array>
#include <cstddef>

namespace mystic {

/// How differential evolution makes a mutant. x: the target; best: the best candidate, or (p-best) one
/// of the best; a, b, c, d, e: the donors, in this order; F: the weight.
///
/// Source: Storn & Price (1997), and Storn's programs of 1996 for rand-to-best; current-to-p-best: Zhang
/// & Sanderson (2009), doi:10.1109/TEVC.2009.2014613, eq. 6, the form without an archive.
enum class Mutation {
  best1,              ///< best + F (a - b)
  rand1,              ///< a + F (b - c)
  rand_to_best1,      ///< x + F (best - x) + F (a - b)
  best2,              ///< best + F (a + b - c - d)
  rand2,              ///< a + F (b + c - d - e)
  current_to_pbest1,  ///< x + F (p-best - x) + F (a - b)
};

/// How many donors there are beside the target.
[[nodiscard]] constexpr std::size_t donors_of(Mutation mutation) {
  if (mutation == Mutation::rand1) return 3;
  if (mutation == Mutation::best2) return 4;
  if (mutation == Mutation::rand2) return 5;
  return 2;
}

/// Whose coordinate i is what the formula gives: n doubles each.
template <Mutation mutation>
struct Mutant {
  const double* target;
  const double* best;
  std::array<const double*, donors_of(mutation)> donors;
  double weight;

  double operator()(Index i) const {
    const auto& by = donors;
    if constexpr (mutation == Mutation::best1) return best[i] + weight * (by[0][i] - by[1][i]);
    if constexpr (mutation == Mutation::rand1) return by[0][i] + weight * (by[1][i] - by[2][i]);
    if constexpr (mutation == Mutation::best2) {
      return best[i] + weight * (by[0][i] + by[1][i] - by[2][i] - by[3][i]);
    }
    if constexpr (mutation == Mutation::rand2) {
      return by[0][i] + weight * (by[1][i] + by[2][i] - by[3][i] - by[4][i]);
    }
    return target[i] + weight * (best[i] - target[i]) + weight * (by[0][i] - by[1][i]);
  }
};

}  // namespace mystic
