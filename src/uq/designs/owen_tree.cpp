#include "owen_tree.hpp"

#include "draws.hpp"

namespace mystic {
namespace {

constexpr std::size_t words = OwenTree::block_size / 32;  // that hold a bit for each upper prefix

}  // namespace

OwenTree::OwenTree(std::uint64_t seed, Index coordinate)
    : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)},
      coordinate_(static_cast<std::uint32_t>(coordinate)) {
  // Node 1 is the root, nodes 2 h and 2 h + 1 are below h: bit h of path 0.
  std::array<std::uint32_t, words> bits{};
  for (std::size_t word = 0; word < words; word += 4) {
    const auto block = flips(static_cast<std::uint32_t>(word / 4), 0);
    for (std::size_t part = 0; part < 4; ++part) bits[word + part] = block[part];
  }
  for (std::size_t prefix = 0; prefix < block_size; ++prefix) {
    std::uint32_t scrambled = 0;
    for (int digit = 0; digit < upper_digits; ++digit) {
      const std::size_t node = (block_size + prefix) >> (upper_digits - digit);
      const auto own = static_cast<std::uint32_t>(prefix >> (upper_digits - 1 - digit)) & 1U;
      scrambled = 2 * scrambled + (own ^ ((bits[node / 32] >> (node % 32)) & 1U));
    }
    upper_[prefix] = static_cast<std::uint16_t>(scrambled);
  }
}

std::array<std::uint32_t, 4> OwenTree::flips(std::uint32_t block, std::uint32_t path) const {
  return philox_block({block, path, coordinate_, static_cast<std::uint32_t>(Draws::sobol_tree)}, key_);
}

void OwenTree::scramble(std::uint32_t lower, std::array<std::uint32_t, block_size>& numbers) const {
  // Bit s of word w is of the upper prefix 128 s + w: so the inner loop below runs over neighbours.
  std::array<std::array<std::uint32_t, words>, lower_digits> bits{};
  for (std::size_t digit = 0; digit < lower_digits; ++digit) {
    const std::uint32_t path = ((1U << lower_digits) | lower) >> (lower_digits - digit);
    for (std::size_t word = 0; word < words; word += 4) {
      const auto block = flips(static_cast<std::uint32_t>(word / 4), path);
      for (std::size_t part = 0; part < 4; ++part) bits[digit][word + part] = block[part];
    }
  }
  for (std::size_t s = 0; s < block_size / words; ++s) {
    std::array<std::uint32_t, words> low{};
    for (std::size_t digit = 0; digit < lower_digits; ++digit) {
      for (std::size_t w = 0; w < words; ++w) low[w] = 2 * low[w] + ((bits[digit][w] >> s) & 1U);
    }
    for (std::size_t w = 0; w < words; ++w) {
      const std::size_t prefix = words * s + w;
      numbers[prefix] = (std::uint32_t{upper_[prefix]} << lower_digits) | (low[w] ^ lower);
    }
  }
}

}  // namespace mystic
