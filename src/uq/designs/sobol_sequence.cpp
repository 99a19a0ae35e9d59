// The Sobol' sequence by Antonov & Saleev (1979): from a point to the next one direction changes, that
// of the lowest bit of the next number. Random access: a number's Gray code says which directions.

#include "mystic/uq/sobol_sequence.hpp"

#include "draws.hpp"
#include "large_points.hpp"
#include "mystic/core/require.hpp"
#include "owen_tree.hpp"
#include "sobol_directions.hpp"

#include <algorithm>
#include <bit>
#include <memory>

namespace mystic {
namespace {

constexpr Index most_numbers = Index{1} << 32U;

std::uint32_t gray_code(Index k) {
  const auto number = static_cast<std::uint32_t>(k);
  return number ^ (number >> 1U);
}

// The bit of the Gray code that changes from k to k + 1; 31 behind the last point.
Index changing_bit(Index k) {
  return std::min<Index>(std::countr_one(static_cast<std::uint32_t>(k)), sobol_digits - 1);
}

// Coordinate i of point k, before scrambling.
std::uint32_t sobol_number(const std::vector<std::uint32_t>& directions, Index dimension, Index k,
                           Index i) {
  std::uint32_t number = 0;
  for (std::uint32_t code = gray_code(k); code != 0; code &= code - 1) {
    number ^= directions[static_cast<std::size_t>(std::countr_zero(code) * dimension + i)];
  }
  return number;
}

// Each direction times a random lower triangular matrix with ones on its diagonal: digit r of the
// result is digit r plus a random choice of those before it.
void scramble_linearly(std::vector<std::uint32_t>& directions, Index dimension, std::uint64_t seed) {
  for (Index i = 0; i < dimension; ++i) {
    const Philox philox = draws(seed, Draws::sobol_matrix, i);
    for (Index bit = 0; bit < sobol_digits; ++bit) {
      std::uint32_t& direction = directions[static_cast<std::size_t>(bit * dimension + i)];
      std::uint32_t scrambled = 0;
      for (unsigned row = 0; row < 32; ++row) {
        const std::uint32_t diagonal = 0x80000000U >> row;
        const std::uint32_t before = ~(0xffffffffU >> row);
        const auto random = static_cast<std::uint32_t>(philox.at(row));
        const std::uint32_t matrix_row = (random & before) | diagonal;
        if (std::popcount(direction & matrix_row) % 2 == 1) scrambled |= diagonal;
      }
      direction = scrambled;
    }
  }
}

// All but owen: a point differs from the last by a direction.
Points plain_points(const std::vector<std::uint32_t>& directions, Index dimension, Index count,
                    const SobolOptions& options) {
  std::vector<std::uint32_t> state(static_cast<std::size_t>(dimension));
  for (Index i = 0; i < dimension; ++i) {
    auto& number = state[static_cast<std::size_t>(i)];
    number = sobol_number(directions, dimension, options.skip, i);
    if (options.scramble == "none") continue;
    number ^= static_cast<std::uint32_t>(draws(options.seed, Draws::sobol_shift, i).at(0));
  }
  const double middle = options.scramble == "none" ? 0.0 : 0x1p-33;
  Points points = large_points(dimension, count);
  for (Index k = 0; k < count; ++k) {
    const std::uint32_t* const direction =
        &directions[static_cast<std::size_t>(changing_bit(options.skip + k) * dimension)];
    double* const point = points.col(k).data();
    std::uint32_t* const number = state.data();
    for (Index i = 0; i < dimension; ++i) {
      // Signed numbers convert faster: those from 2^31 on count as negative, which the half undoes.
      const auto signed_number = static_cast<std::int32_t>(number[i] ^ 0x80000000U);
      point[i] = static_cast<double>(signed_number) * 0x1p-32 + (0.5 + middle);
      number[i] ^= direction[i];
    }
  }
  return points;
}

Points owen_points(const std::vector<std::uint32_t>& directions, Index dimension, Index count,
                   const SobolOptions& options) {
  constexpr Index block_size = OwenTree::block_size;
  std::vector<OwenTree> trees;
  trees.reserve(static_cast<std::size_t>(dimension));
  for (Index i = 0; i < dimension; ++i) trees.emplace_back(options.seed, i);
  const auto scrambled = std::make_unique<std::array<std::uint32_t, OwenTree::block_size>>();
  constexpr std::uint32_t lower_mask = (1U << OwenTree::lower_digits) - 1;
  Points points = large_points(dimension, count);
  const Index end = options.skip + count;
  for (Index from = options.skip; from < end;) {
    const Index until = std::min(end, from - from % block_size + block_size);
    for (Index i = 0; i < dimension; ++i) {
      std::uint32_t number = sobol_number(directions, dimension, from, i);
      trees[static_cast<std::size_t>(i)].scramble(number & lower_mask, *scrambled);
      for (Index k = from; k < until; ++k) {
        const auto digits = static_cast<std::int32_t>(
            (*scrambled)[number >> static_cast<unsigned>(OwenTree::lower_digits)] ^ 0x80000000U);
        points(i, k - options.skip) = static_cast<double>(digits) * 0x1p-32 + (0.5 + 0x1p-33);
        number ^= directions[static_cast<std::size_t>(changing_bit(k) * dimension + i)];
      }
    }
    from = until;
  }
  return points;
}

}  // namespace

std::string SobolOptions::broken_rules() const {
  if (scramble != "none" || skip >= 1) return {};
  return fmt::format(
      "\n  skip = {}: without scramble point 0 is the origin, which is not in the open "
      "cube; must be at least 1",
      skip);
}

Points sobol_points(Index dimension, Index count, const SobolOptions& options) {
  validate(options);
  require(dimension >= 1 && dimension <= most_sobol_dimensions,
          "sobol_points: dimension = {} is not in [1, {}], those that Joe and Kuo's directions are "
          "there for",
          dimension, most_sobol_dimensions);
  require_size("sobol_points", dimension, count);
  require(options.skip <= most_numbers - count,
          "sobol_points: points {} to {}: the sequence ends after 2^32 points", options.skip,
          options.skip + count - 1);
  std::vector<std::uint32_t> directions = sobol_directions(dimension);
  if (options.scramble == "owen") return owen_points(directions, dimension, count, options);
  if (options.scramble == "linear") scramble_linearly(directions, dimension, options.seed);
  return plain_points(directions, dimension, count, options);
}

}  // namespace mystic
