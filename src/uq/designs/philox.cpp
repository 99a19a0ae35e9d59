#include "mystic/uq/philox.hpp"

#include "../vector_units.hpp"
#include "philox_words.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace mystic {
namespace {

#if defined(__x86_64__)

// philox_block() of several pairs, and their open_unit(). A block is in each 64 bits of a vector, a word
// the lower half of them whatever is above: the multiplication looks at nothing else. Twice as many
// blocks as a vector has, since a multiplication takes several cycles.

using Counter = std::array<std::uint32_t, 4>;
using Key = std::array<std::uint32_t, 2>;

constexpr std::size_t wide_pairs = 8;
constexpr std::size_t narrow_pairs = 4;

MYSTIC_WIDE inline __m256d open_units_wide(__m256i low_words, __m256i high_words) {
  const __m256i low_half = _mm256_set1_epi64x(0xFFFFFFFF);
  const __m256i bits =
      _mm256_or_si256(_mm256_slli_epi64(high_words, 32), _mm256_and_si256(low_words, low_half));
  // With the exponent of 1 in front, 52 bits are the number 1 + j 2^-52.
  const __m256i one = _mm256_set1_epi64x(0x3FF0000000000000);
  const __m256d number = _mm256_castsi256_pd(_mm256_or_si256(_mm256_srli_epi64(bits, 12), one));
  return _mm256_add_pd(_mm256_sub_pd(number, _mm256_set1_pd(1.0)), _mm256_set1_pd(0x1p-53));
}

/// Eight blocks: word w of blocks 4 v to 4 v + 3.
struct WideBlocks {
  __m256i word[2][4];  // NOLINT: std::array would lose the alignment
};

MYSTIC_WIDE MYSTIC_INLINED void fill(WideBlocks& blocks, std::uint64_t pair, const Counter& counter,
                                     Key key) {
  auto& words = blocks.word;
  const __m256i first_factor = _mm256_set1_epi64x(0xD2511F53);
  const __m256i second_factor = _mm256_set1_epi64x(0xCD9E8D57);
  for (std::size_t v = 0; v < 2; ++v) {
    const __m256i offsets = _mm256_set_epi64x(3, 2, 1, 0);
    words[v][0] = _mm256_add_epi64(_mm256_set1_epi64x(static_cast<long long>(pair + 4 * v)), offsets);
    words[v][1] = _mm256_srli_epi64(words[v][0], 32);
    words[v][2] = _mm256_set1_epi64x(counter[2]);
    words[v][3] = _mm256_set1_epi64x(counter[3]);
  }
  for (int round = 0; round < 10; ++round) {
    const __m256i first_key = _mm256_set1_epi64x(key[0]);
    const __m256i second_key = _mm256_set1_epi64x(key[1]);
    for (auto& word : words) {
      const __m256i first = _mm256_mul_epu32(word[0], first_factor);
      const __m256i second = _mm256_mul_epu32(word[2], second_factor);
      word[0] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(second, 32), word[1]), first_key);
      word[1] = second;
      word[2] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(first, 32), word[3]), second_key);
      word[3] = first;
    }
    key[0] += 0x9E3779B9U;
    key[1] += 0xBB67AE85U;
  }
}

MYSTIC_WIDE void pairs_wide(std::uint64_t pair, const Counter& counter, const Key& key, double* units) {
  WideBlocks blocks;
  fill(blocks, pair, counter, key);
  for (const auto& word : blocks.word) {
    const __m256d first = open_units_wide(word[0], word[1]);
    const __m256d second = open_units_wide(word[2], word[3]);
    const __m256d even = _mm256_unpacklo_pd(first, second);  // of pairs 0 and 2
    const __m256d odd = _mm256_unpackhi_pd(first, second);
    _mm256_storeu_pd(units, _mm256_permute2f128_pd(even, odd, 0x20));
    _mm256_storeu_pd(units + 4, _mm256_permute2f128_pd(even, odd, 0x31));
    units += 8;
  }
}

MYSTIC_WIDE void words_wide(std::uint64_t pair, const Counter& counter, const Key& key,
                            std::uint32_t* words) {
  WideBlocks blocks;
  fill(blocks, pair, counter, key);
  const __m256i low_half = _mm256_set1_epi64x(0xFFFFFFFF);
  for (const auto& word : blocks.word) {
    const __m256i first =
        _mm256_or_si256(_mm256_and_si256(word[0], low_half), _mm256_slli_epi64(word[1], 32));
    const __m256i second =
        _mm256_or_si256(_mm256_and_si256(word[2], low_half), _mm256_slli_epi64(word[3], 32));
    const __m256i even = _mm256_unpacklo_epi64(first, second);  // blocks 0 and 2
    const __m256i odd = _mm256_unpackhi_epi64(first, second);
    auto* const to = reinterpret_cast<__m256i*>(words);
    _mm256_storeu_si256(to, _mm256_permute2x128_si256(even, odd, 0x20));
    _mm256_storeu_si256(to + 1, _mm256_permute2x128_si256(even, odd, 0x31));
    words += 16;
  }
}

inline __m128d open_units_narrow(__m128i low_words, __m128i high_words) {
  const __m128i low_half = _mm_set1_epi64x(0xFFFFFFFF);
  const __m128i bits = _mm_or_si128(_mm_slli_epi64(high_words, 32), _mm_and_si128(low_words, low_half));
  const __m128i one = _mm_set1_epi64x(0x3FF0000000000000);
  const __m128d number = _mm_castsi128_pd(_mm_or_si128(_mm_srli_epi64(bits, 12), one));
  return _mm_add_pd(_mm_sub_pd(number, _mm_set1_pd(1.0)), _mm_set1_pd(0x1p-53));
}

void pairs_narrow(std::uint64_t pair, const Counter& counter, Key key, double* units) {
  __m128i words[2][4];  // NOLINT: std::array would lose the alignment
  const __m128i first_factor = _mm_set1_epi64x(0xD2511F53);
  const __m128i second_factor = _mm_set1_epi64x(0xCD9E8D57);
  for (std::size_t v = 0; v < 2; ++v) {
    const auto even = static_cast<long long>(pair + 2 * v);
    words[v][0] = _mm_set_epi64x(even + 1, even);
    words[v][1] = _mm_srli_epi64(words[v][0], 32);
    words[v][2] = _mm_set1_epi64x(counter[2]);
    words[v][3] = _mm_set1_epi64x(counter[3]);
  }
  for (int round = 0; round < 10; ++round) {
    const __m128i first_key = _mm_set1_epi64x(key[0]);
    const __m128i second_key = _mm_set1_epi64x(key[1]);
    for (auto& word : words) {
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
  for (const auto& word : words) {
    const __m128d first = open_units_narrow(word[0], word[1]);
    const __m128d second = open_units_narrow(word[2], word[3]);
    _mm_storeu_pd(units, _mm_unpacklo_pd(first, second));
    _mm_storeu_pd(units + 2, _mm_unpackhi_pd(first, second));
    units += 4;
  }
}

// How many of the pairs it did, from the first.
std::size_t many_pairs(std::uint64_t pair, std::size_t count, const Counter& counter, const Key& key,
                       double* units) {
  std::size_t done = 0;
  if (has_wide_vectors()) {
    for (; done + wide_pairs <= count; done += wide_pairs)
      pairs_wide(pair + done, counter, key, units + 2 * done);
  }
  for (; done + narrow_pairs <= count; done += narrow_pairs) {
    pairs_narrow(pair + done, counter, key, units + 2 * done);
  }
  return done;
}

std::size_t many_words(std::uint64_t pair, std::size_t count, const Counter& counter, const Key& key,
                       std::uint32_t* words) {
  std::size_t done = 0;
  if (!has_wide_vectors()) return done;
  for (; done + wide_pairs <= count; done += wide_pairs) {
    words_wide(pair + done, counter, key, words + 4 * done);
  }
  return done;
}

#else

std::size_t many_words(std::uint64_t, std::size_t, const std::array<std::uint32_t, 4>&,
                       const std::array<std::uint32_t, 2>&, std::uint32_t*) {
  return 0;
}

std::size_t many_pairs(std::uint64_t, std::size_t, const std::array<std::uint32_t, 4>&,
                       const std::array<std::uint32_t, 2>&, double*) {
  return 0;
}

#endif

}  // namespace

void philox_words(std::uint64_t first, std::size_t count, const std::array<std::uint32_t, 4>& counter,
                  const std::array<std::uint32_t, 2>& key, std::uint32_t* words) {
  for (std::size_t k = many_words(first, count, counter, key, words); k < count; ++k) {
    const std::uint64_t number = first + k;
    const auto block = philox_block({static_cast<std::uint32_t>(number),
                                     static_cast<std::uint32_t>(number >> 32U), counter[2], counter[3]},
                                    key);
    for (std::size_t word = 0; word < 4; ++word) words[4 * k + word] = block[word];
  }
}

void Philox::open_units(std::uint64_t first, std::span<double> units) const {
  std::size_t done = 0;
  if (first % 2 == 1 && !units.empty()) units[done++] = open_unit(at(first));
  done += 2 * many_pairs((first + done) / 2, (units.size() - done) / 2, {0, 0, coordinate_, design_},
                         key_, units.data() + done);
  for (; done + 2 <= units.size(); done += 2) {
    const auto two = pair((first + done) / 2);
    units[done] = open_unit(two[0]);
    units[done + 1] = open_unit(two[1]);
  }
  if (done < units.size()) units[done] = open_unit(at(first + done));
}

}  // namespace mystic
