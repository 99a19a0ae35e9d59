#include "sharing.hpp"

#include "mystic/core/require.hpp"

#include <algorithm>
#include <vector>

namespace mystic {

void share(Map* map, std::span<std::byte> bytes) {
  if (map == nullptr) return;
  std::vector<std::byte> travelling;
  if (map->steers()) travelling.assign(bytes.begin(), bytes.end());
  map->share(travelling);
  if (map->steers()) return;
  require<Error>(travelling.size() == bytes.size(), "{} bytes came from the steering rank, not {}",
                 travelling.size(), bytes.size());
  std::copy(travelling.begin(), travelling.end(), bytes.begin());
}

}  // namespace mystic
