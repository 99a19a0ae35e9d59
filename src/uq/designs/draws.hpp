#pragma once

#include "mystic/core/point.hpp"
#include "mystic/core/random.hpp"
#include "mystic/uq/philox.hpp"

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace mystic {

/// What numbers are drawn for: the `design` of a Philox stream, so that no two designs with the same
/// seed share their draws. Never renumber: points would change.
enum class Draws : std::uint32_t {
  monte_carlo = 1,
  latin_cells = 2,
  latin_places = 3,
  latin_annealing = 4,
  latin_doubling = 5,
  sobol_tree = 6,
  sobol_shift = 7,
  sobol_matrix = 8,
  halton_digits = 9,
  lattice_shift = 10,
  morris = 11,
  efast = 20,
  dgsm = 21,
};

[[nodiscard]] constexpr Philox draws(std::uint64_t seed, Draws purpose, Index coordinate) {
  return Philox(seed, static_cast<std::uint32_t>(purpose), static_cast<std::uint32_t>(coordinate));
}

/// The engine for draws that come one after another (shuffles, annealing).
[[nodiscard]] inline Random engine(std::uint64_t seed, Draws purpose, Index coordinate) {
  const Philox stream = draws(seed, purpose, coordinate);
  const auto [a, b] = stream.pair(0);
  const auto [c, d] = stream.pair(1);
  return Random({a, b, c, d | 1U});  // xoshiro cannot leave the state of all zeros
}

/// Fisher and Yates: each order as likely.
template <class T>
void shuffle(Random& random, std::vector<T>& items) {
  for (std::size_t left = items.size(); left > 1; --left) {
    const auto other = static_cast<std::size_t>(uniform_index(random, static_cast<Index>(left)));
    std::swap(items[left - 1], items[other]);
  }
}

/// 0, 1, ..., count - 1 in random order.
[[nodiscard]] std::vector<Index> shuffled(Random& random, Index count);

/// Throws InvalidArgument, naming `design`, where there is no variable or no point, or more of them
/// than a matrix can have.
void require_size(std::string_view design, Index dimension, Index count);

}  // namespace mystic
