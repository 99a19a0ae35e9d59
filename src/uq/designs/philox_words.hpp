#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace mystic {

/// philox_block() of counters {k, k >> 32, counter[2], counter[3]} for k = first, first + 1, ...: their
/// words, four a block, in less time than one by one.
/// @param words  room for 4 `count` words
void philox_words(std::uint64_t first, std::size_t count, const std::array<std::uint32_t, 4>& counter,
                  const std::array<std::uint32_t, 2>& key, std::uint32_t* words);

}  // namespace mystic
