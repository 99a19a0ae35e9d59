#pragma once

#include "mystic/core/point.hpp"
#include "mystic/core/random.hpp"

#include <algorithm>
#include <array>

namespace mystic {

enum class Crossover { binomial, exponential };

/// `count` different candidates of `size`, none of them `target`; size > count.
template <std::size_t count>
std::array<Index, count> distinct_donors(Random& random, Index size, Index target) {
  std::array<Index, count> donors{};
  for (auto donor = donors.begin(); donor != donors.end(); ++donor) {
    do *donor = uniform_index(random, size);
    while (*donor == target || std::find(donors.begin(), donor, *donor) != donor);
  }
  return donors;
}

/// Binomial crossover (Storn & Price 1997): coordinate i of the trial is mutant(i) when i = `always` or
/// its draw, in [0, 1), is below `rate`; else it stays the target's, as `trial` holds it before. Draws
/// once per coordinate, in order.
template <class Mutant, class Draw>
void cross_binomially(MutableVectorView trial, const Mutant& mutant, double rate, Index always,
                      Draw&& draw) {
  double* const x = trial.data();
  const Index n = trial.size();
  for (Index i = 0; i < n; ++i) {
    // Without a jump: at a rate of 0.9 each tenth would be predicted wrong.
    const double mutated = mutant(i);
    x[i] = draw() < rate ? mutated : x[i];
  }
  x[always] = mutant(always);
}

/// Exponential crossover (Storn & Price 1995, ICSI TR-95-012, as published): the coordinates from
/// `first` on, cyclically, are the mutant's; the first always, and each further one as long as the draw
/// before it, in [0, 1), is below `rate`. So their number is 1 + a geometric one, cut at n.
template <class Mutant, class Draw>
void cross_exponentially(MutableVectorView trial, const Mutant& mutant, double rate, Index first,
                         Draw&& draw) {
  double* const x = trial.data();
  const Index n = trial.size();
  Index i = first;
  for (Index changed = 1;; ++changed) {
    x[i] = mutant(i);
    if (changed == n || !(draw() < rate)) return;
    i = i + 1 == n ? 0 : i + 1;
  }
}

}  // namespace mystic
