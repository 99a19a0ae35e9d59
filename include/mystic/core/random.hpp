#pragma once

#include "mystic/core/evaluation_id.hpp"
#include "mystic/core/point.hpp"

#include <array>
#include <cstdint>
#include <limits>

namespace mystic {

/// The engine of every random draw: xoshiro256++ 1.0 of Blackman & Vigna (2021), doi:10.1145/3460772.
/// A UniformRandomBitGenerator for Boost's distributions, which give the same numbers on every platform
/// (the standard's do not). Ours because Boost 1.74 has no small engine: 32 bytes instead of 2.5 kB
/// make a stream per search and per evaluation cheap, and a draw takes a third of the time.
class Random {
 public:
  using result_type = std::uint64_t;

  explicit Random(const std::array<std::uint64_t, 4>& state = {1, 2, 3, 4}) : state_(state) {}

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  result_type operator()() {
    const std::uint64_t result = rotated(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t shifted = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = rotated(state_[3], 45);
    return result;
  }

 private:
  static std::uint64_t rotated(std::uint64_t x, unsigned by) { return (x << by) | (x >> (64U - by)); }

  std::array<std::uint64_t, 4> state_;
};

/// The stream of the search at `path`: depends on the study's seed and the path, on nothing else.
[[nodiscard]] Random stream(std::uint64_t seed, const SearchPath& path);

/// The stream of one evaluation (redrawn coordinates, stochastic models).
[[nodiscard]] Random stream(std::uint64_t seed, const EvaluationId& id);

/// A draw from [0, 1): a multiple of 2^-53.
[[nodiscard]] inline double uniform(Random& random) {
  return static_cast<double>(random() >> 11U) * 0x1p-53;
}

/// A draw from [lower, upper] for each coordinate; both finite and of the same size.
[[nodiscard]] Vector uniform(Random& random, const VectorView& lower, const VectorView& upper);

/// A whole number from 0 to `count` - 1, each as likely; 1 <= count <= 2^32.
/// Source: Lemire (2019), doi:10.1145/3230636.
[[nodiscard]] inline Index uniform_index(Random& random, Index count) {
  const auto range = static_cast<std::uint64_t>(count);
  std::uint64_t product = (random() >> 32U) * range;
  if ((product & 0xffffffffU) < range) [[unlikely]] {
    const std::uint64_t biased = (std::uint64_t{1} << 32U) % range;
    while ((product & 0xffffffffU) < biased) product = (random() >> 32U) * range;
  }
  return static_cast<Index>(product >> 32U);
}

}  // namespace mystic
