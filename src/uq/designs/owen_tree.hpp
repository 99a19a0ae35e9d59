#pragma once

#include "mystic/core/point.hpp"

#include <array>
#include <cstdint>

namespace mystic {

/// Owen's nested uniform scrambling of one coordinate, for 4096 numbers at once.
///
/// A flip for each node of the binary tree of prefixes: node (d digits) decides on digit d + 1. Numbers
/// of a Sobol' block, points 4096 j to 4096 j + 4095, have all prefixes of 12 digits, each once, and
/// the same lower 20 digits. So the flips of the upper tree are a table, the same for all blocks; and
/// for a lower digit, 4096 flips are needed, one for each upper prefix on the path of the block's lower
/// digits: they are the bits of 32 Philox blocks. No node is drawn twice with other results: the counter
/// names coordinate, path, and upper prefix.
class OwenTree {
 public:
  static constexpr int upper_digits = 12;
  static constexpr std::size_t block_size = std::size_t{1} << upper_digits;
  static constexpr int lower_digits = 32 - upper_digits;

  OwenTree(std::uint64_t seed, Index coordinate);

  /// Sets entry p to the scrambled number whose upper digits are p and whose lower are `lower`.
  void scramble(std::uint32_t lower, std::array<std::uint32_t, block_size>& numbers) const;

 private:
  // A bit for each upper prefix: block_size / 32 words.
  void flips(std::uint32_t path, std::uint32_t* bits) const;

  std::array<std::uint32_t, 2> key_;
  std::uint32_t coordinate_;
  std::array<std::uint16_t, block_size> upper_{};
};

}  // namespace mystic
