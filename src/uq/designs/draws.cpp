#include "draws.hpp"

#include "mystic/core/require.hpp"

#include <numeric>

namespace mystic {

std::vector<Index> shuffled(Random& random, Index count) {
  std::vector<Index> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), Index{0});
  shuffle(random, order);
  return order;
}

void require_size(std::string_view design, Index dimension, Index count) {
  require(dimension >= 1 && count >= 1, "{}: {} points of {} variables; must be at least 1 of 1", design,
          count, dimension);
  constexpr Index most = Index{1} << 48U;
  require(dimension <= most / count, "{}: {} points of {} variables are more than 2^48 numbers", design,
          count, dimension);
}

}  // namespace mystic
