#pragma once

#include "mystic/core/point.hpp"
#include "mystic/core/random.hpp"

#include <array>

namespace mystic {

/// Three different candidates of `size`, none of them `target`; size >= 4.
inline std::array<Index, 3> distinct_donors(Random& random, Index size, Index target) {
  std::array<Index, 3> donors{};
  do donors[0] = uniform_index(random, size);
  while (donors[0] == target);
  do donors[1] = uniform_index(random, size);
  while (donors[1] == target || donors[1] == donors[0]);
  do {
    donors[2] = uniform_index(random, size);
  } while (donors[2] == target || donors[2] == donors[0] || donors[2] == donors[1]);
  return donors;
}

/// Binomial crossover (Storn & Price): coordinate i of the trial comes from
/// base + weight * (plus - minus) when i = `always` or its draw, in [0, 1), is below `rate`; else it
/// stays the target's, as `trial` holds it before. Draws once per coordinate, in order.
template <class Draw>
void cross_binomially(MutableVectorView trial, const VectorView& base, const VectorView& plus,
                      const VectorView& minus, double weight, double rate, Index always, Draw&& draw) {
  for (Index i = 0; i < trial.size(); ++i) {
    const double u = draw();
    if (i == always || u < rate) trial[i] = base[i] + weight * (plus[i] - minus[i]);
  }
}

}  // namespace mystic
