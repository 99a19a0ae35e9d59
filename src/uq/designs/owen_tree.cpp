#include "owen_tree.hpp"

#include "draws.hpp"
#include "philox_words.hpp"

namespace mystic {
namespace {

constexpr std::size_t words = OwenTree::block_size / 32;  // that hold a bit for each upper prefix

// Matrix w has its row r in entry [r][w], column 0 in the highest bit.
using BitMatrices = std::array<std::array<std::uint32_t, words>, 32>;

// All 128 matrices at once, so that the compiler works on neighbours together. Warren, "Hacker's
// Delight" (2nd ed., 2012), section 7-3: exchanges blocks of 16 x 16 bits, then within them of 8 x 8,
// and so on.
void transpose(BitMatrices& matrices) {
  std::uint32_t mask = 0x0000ffffU;
  for (std::size_t size = 16; size != 0; size /= 2, mask ^= mask << size) {
    for (std::size_t row = 0; row < 32; row = ((row | size) + 1) & ~size) {
      auto& upper = matrices[row];
      auto& lower = matrices[row | size];
      for (std::size_t w = 0; w < words; ++w) {
        const std::uint32_t change = (upper[w] ^ (lower[w] >> size)) & mask;
        upper[w] ^= change;
        lower[w] ^= change << size;
      }
    }
  }
}

}  // namespace

OwenTree::OwenTree(std::uint64_t seed, Index coordinate)
    : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)},
      coordinate_(static_cast<std::uint32_t>(coordinate)) {
  // Node 1 is the root, nodes 2 h and 2 h + 1 are below h: bit h of path 0.
  std::array<std::uint32_t, words> bits{};
  flips(0, bits.data());
  // From a digit to the next: prefix h becomes 2 h and 2 h + 1. Downwards, so that none is overwritten
  // before it is read.
  for (int digit = 0; digit < upper_digits; ++digit) {
    const std::size_t prefixes = std::size_t{1} << digit;
    for (std::size_t prefix = prefixes; prefix-- > 0;) {
      const std::size_t node = prefixes + prefix;
      const auto flip = static_cast<unsigned>((bits[node / 32] >> (node % 32)) & 1U);
      const unsigned scrambled = 2U * upper_[prefix] + flip;
      upper_[2 * prefix] = static_cast<std::uint16_t>(scrambled);
      upper_[2 * prefix + 1] = static_cast<std::uint16_t>(scrambled ^ 1U);
    }
  }
}

void OwenTree::flips(std::uint32_t path, std::uint32_t* bits) const {
  philox_words(std::uint64_t{path} << 32U, words / 4,
               {0, 0, coordinate_, static_cast<std::uint32_t>(Draws::sobol_tree)}, key_, bits);
}

void OwenTree::scramble(std::uint32_t lower, std::array<std::uint32_t, block_size>& numbers) const {
  BitMatrices flipped{};
  for (std::size_t digit = 0; digit < lower_digits; ++digit) {
    const std::uint32_t path = ((1U << lower_digits) | lower) >> (lower_digits - digit);
    flips(path, flipped[digit].data());
  }
  // Upper prefix 128 r + w has its flips in column r of matrix w; transposed, as the upper bits of row
  // r.
  transpose(flipped);
  for (std::size_t prefix = 0; prefix < block_size; ++prefix) {
    const std::uint32_t low = flipped[prefix / words][prefix % words] >> (32 - lower_digits);
    numbers[prefix] = (std::uint32_t{upper_[prefix]} << lower_digits) | (low ^ lower);
  }
}

}  // namespace mystic
