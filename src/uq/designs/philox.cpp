#include "mystic/uq/philox.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace mystic {
namespace {

#if defined(__SSE2__)

constexpr std::size_t vectors = 2;  // that keep the multiplier busy; more no longer fit the registers
constexpr std::size_t blocks_at_once = 2 * vectors;

/// Of two blocks.
struct Words {
  __m128i word[4];  // NOLINT
};

// open_unit() of two draws. With the exponent of 1 in front, 52 bits are the number 1 + j 2^-52.
__m128d open_unit_of_two(__m128i low_words, __m128i high_words) {
  const __m128i low_half = _mm_set1_epi64x(0xFFFFFFFF);
  const __m128i bits = _mm_or_si128(_mm_slli_epi64(high_words, 32), _mm_and_si128(low_words, low_half));
  const __m128i one = _mm_set1_epi64x(0x3FF0000000000000);
  const __m128d number = _mm_castsi128_pd(_mm_or_si128(_mm_srli_epi64(bits, 12), one));
  return _mm_add_pd(_mm_sub_pd(number, _mm_set1_pd(1.0)), _mm_set1_pd(0x1p-53));
}

// philox_block() of pairs `pair` to `pair` + 3, a block in each half of a vector. A word is the lower
// half of 64 bits, whatever is above it: the multiplication looks at nothing else.
void units_of_pairs(std::uint64_t pair, std::array<std::uint32_t, 4> counter,
                    std::array<std::uint32_t, 2> key, double* units) {
  const __m128i first_factor = _mm_set1_epi64x(0xD2511F53);
  const __m128i second_factor = _mm_set1_epi64x(0xCD9E8D57);
  Words words[vectors];  // NOLINT: std::array loses the alignment that the type asks for
  for (std::size_t v = 0; v < vectors; ++v) {
    const auto even = static_cast<long long>(pair + 2 * v);
    words[v].word[0] = _mm_set_epi64x(even + 1, even);
    words[v].word[1] = _mm_srli_epi64(words[v].word[0], 32);
    words[v].word[2] = _mm_set1_epi64x(counter[2]);
    words[v].word[3] = _mm_set1_epi64x(counter[3]);
  }
  for (int round = 0; round < 10; ++round) {
    const __m128i first_key = _mm_set1_epi64x(key[0]);
    const __m128i second_key = _mm_set1_epi64x(key[1]);
    for (auto& [word] : words) {
      const __m128i first = _mm_mul_epu32(word[0], first_factor);
      const __m128i second = _mm_mul_epu32(word[2], second_factor);
      word[0] = _mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(second, 32), word[1]), first_key);
      word[1] = second;
      word[2] = _mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(first, 32), word[3]), second_key);
      word[3] = first;
    }
    key[0] += 0x9E3779B9U;
    key[1] += 0xBB67AE85U;
  }
  for (const auto& [word] : words) {
    const __m128d first = open_unit_of_two(word[0], word[1]);
    const __m128d second = open_unit_of_two(word[2], word[3]);
    _mm_storeu_pd(units, _mm_unpacklo_pd(first, second));
    _mm_storeu_pd(units + 2, _mm_unpackhi_pd(first, second));
    units += 4;
  }
}

#endif

}  // namespace

void Philox::open_units(std::uint64_t first, std::span<double> units) const {
  std::size_t done = 0;
  if (first % 2 == 1 && !units.empty()) units[done++] = open_unit(at(first));
#if defined(__SSE2__)
  for (; done + 2 * blocks_at_once <= units.size(); done += 2 * blocks_at_once) {
    units_of_pairs((first + done) / 2, {0, 0, coordinate_, design_}, key_, &units[done]);
  }
#endif
  for (; done + 2 <= units.size(); done += 2) {
    const auto two = pair((first + done) / 2);
    units[done] = open_unit(two[0]);
    units[done + 1] = open_unit(two[1]);
  }
  if (done < units.size()) units[done] = open_unit(at(first + done));
}

}  // namespace mystic
