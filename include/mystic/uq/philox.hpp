#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

namespace mystic {

/// Philox4x32-10: for each key a bijection of 128 bits, here four words, that looks random.
///
/// Source: Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC'11),
/// doi:10.1145/2063384.2063405, section 3.3; constants as in their Random123.
[[nodiscard]] constexpr std::array<std::uint32_t, 4> philox_block(std::array<std::uint32_t, 4> counter,
                                                                  std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t first = std::uint64_t{0xD2511F53U} * counter[0];
    const std::uint64_t second = std::uint64_t{0xCD9E8D57U} * counter[2];
    counter = {static_cast<std::uint32_t>(second >> 32U) ^ counter[1] ^ key[0],
               static_cast<std::uint32_t>(second),
               static_cast<std::uint32_t>(first >> 32U) ^ counter[3] ^ key[1],
               static_cast<std::uint32_t>(first)};
    key[0] += 0x9E3779B9U;
    key[1] += 0xBB67AE85U;
  }
  return counter;
}

/// A stream of random draws of which each has a number: draw k can be had without those before it, so
/// that it depends neither on how many are asked nor on who asks. The seed is the key; k, coordinate
/// and design are the counter. Streams that differ in seed, design or coordinate are unrelated.
/// Also a UniformRandomBitGenerator, beginning at draw 0.
class Philox {
 public:
  using result_type = std::uint64_t;

  explicit constexpr Philox(std::uint64_t seed = 0, std::uint32_t design = 0,
                            std::uint32_t coordinate = 0)
      : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)}, design_(design),
        coordinate_(coordinate) {}

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  /// Draws 2 `pair` and 2 `pair` + 1, for the price of one.
  [[nodiscard]] constexpr std::array<std::uint64_t, 2> pair(std::uint64_t pair) const {
    const auto block = philox_block({static_cast<std::uint32_t>(pair),
                                     static_cast<std::uint32_t>(pair >> 32U), coordinate_, design_},
                                    key_);
    return {(std::uint64_t{block[1]} << 32U) | block[0], (std::uint64_t{block[3]} << 32U) | block[2]};
  }

  /// Draw k.
  [[nodiscard]] constexpr std::uint64_t at(std::uint64_t k) const {
    return pair(k >> 1U)[static_cast<std::size_t>(k & 1U)];
  }

  /// Draws first, first + 1, ... as numbers of open_unit(): faster than one by one.
  void open_units(std::uint64_t first, std::span<double> units) const;

  constexpr result_type operator()() {
    if (next_ % 2 == 0 || !has_pair_) pair_ = pair(next_ >> 1U);
    has_pair_ = true;
    return pair_[static_cast<std::size_t>(next_++ & 1U)];
  }

  constexpr void discard(std::uint64_t draws) {
    next_ += draws;
    has_pair_ = false;
  }

 private:
  std::array<std::uint32_t, 2> key_;
  std::uint32_t design_;
  std::uint32_t coordinate_;
  std::uint64_t next_ = 0;
  bool has_pair_ = false;
  std::array<std::uint64_t, 2> pair_{};
};

/// (j + 1/2) 2^-52 with j the upper 52 bits: in (0, 1), neither end ever, exact, symmetric about 1/2.
[[nodiscard]] constexpr double open_unit(std::uint64_t bits) {
  return (static_cast<double>(bits >> 12U) + 0.5) * 0x1p-52;
}

}  // namespace mystic
