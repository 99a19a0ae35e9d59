#pragma once

#include "mystic/core/point.hpp"
#include "mystic/core/random.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

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

/// Whether a draw from [0, 1) falls below a rate: the same answer as uniform(random) < rate, and the
/// same draw, but compared as whole numbers: u = k 2^-53 is below the rate exactly when k is below rate
/// 2^53.
class Chance {
 public:
  /// @param rate  in [0, 1]
  explicit Chance(double rate) : below_(static_cast<std::uint64_t>(std::ceil(rate * 0x1p53))) {}
  [[nodiscard]] bool operator()(Random& random) const { return (random() >> 11U) < below_; }

 private:
  std::uint64_t below_;
};

/// Binomial crossover (Storn & Price 1997): coordinate i of the trial is mutant(i) when i = `always` or
/// its draw says so; else it stays the target's, as `trial` holds it before.
/// @param draw  bool(): true with chance CR; called once per coordinate, in order
template <class Mutant, class Draw>
void cross_binomially(MutableVectorView trial, const Mutant& mutant, Index always, Draw&& draw) {
  double* const x = trial.data();
  const Index n = trial.size();
  for (Index i = 0; i < n; ++i) {
    // By bits, without a jump: at a rate of 0.9 each tenth would be predicted wrong.
    const std::uint64_t taken = std::uint64_t{0} - static_cast<std::uint64_t>(draw());
    const auto mutated = std::bit_cast<std::uint64_t>(mutant(i));
    x[i] = std::bit_cast<double>((mutated & taken) | (std::bit_cast<std::uint64_t>(x[i]) & ~taken));
  }
  x[always] = mutant(always);
}

/// Exponential crossover (Storn & Price 1995, ICSI TR-95-012, as published): the coordinates from
/// `first` on, cyclically, are the mutant's; the first always, and each further one as long as the draw
/// before it says so. Their number is 1 + a geometric one, cut at n.
/// @param draw  bool(): true with chance CR
template <class Mutant, class Draw>
void cross_exponentially(MutableVectorView trial, const Mutant& mutant, Index first, Draw&& draw) {
  double* const x = trial.data();
  const Index n = trial.size();
  Index i = first;
  for (Index changed = 1;; ++changed) {
    x[i] = mutant(i);
    if (changed == n || !draw()) return;
    i = i + 1 == n ? 0 : i + 1;
  }
}

}  // namespace mystic
