// Directions of Joe & Kuo (2008). Boost 1.74's table agrees with new-joe-kuo-6.21201, as SciPy 1.10 has
// it, in all of its 3667 dimensions (compared on 2026-11-22).

#include "sobol_directions.hpp"

#include "mystic/uq/sobol_sequence.hpp"

#include <boost/random/sobol.hpp>

#include <bit>

namespace mystic {

using Table = boost::random::default_sobol_table;
static_assert(Table::max_dimension >= most_sobol_dimensions);

std::vector<std::uint32_t> sobol_directions(Index dimension) {
  std::vector<std::uint32_t> directions(static_cast<std::size_t>(dimension * sobol_digits));
  const auto direction = [&](Index bit, Index i) -> std::uint32_t& {
    return directions[static_cast<std::size_t>(bit * dimension + i)];
  };
  for (Index bit = 0; bit < sobol_digits; ++bit) direction(bit, 0) = 1U << (31 - bit);
  for (Index i = 1; i < dimension; ++i) {
    const auto row = static_cast<std::size_t>(i - 1);
    const std::uint32_t polynomial = Table::polynomial(row);
    const Index degree = std::bit_width(polynomial) - 1;
    for (Index bit = 0; bit < degree; ++bit) {
      direction(bit, i) = static_cast<std::uint32_t>(Table::minit(row, static_cast<std::size_t>(bit)))
                          << (31 - bit);
    }
    for (Index bit = degree; bit < sobol_digits; ++bit) {
      std::uint32_t sum = direction(bit - degree, i) >> degree;
      for (Index lag = 1; lag <= degree; ++lag) {  // the coefficient of x^(degree - lag)
        if ((polynomial >> (degree - lag)) & 1U) sum ^= direction(bit - lag, i);
      }
      direction(bit, i) = sum;
    }
  }
  return directions;
}

}  // namespace mystic
