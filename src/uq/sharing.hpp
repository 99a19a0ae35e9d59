#pragma once

#include "mystic/core/map.hpp"

#include <span>
#include <type_traits>

namespace mystic {

/// What the steering rank has in `bytes`, on every rank of a map; nothing to do without one.
void share(Map* map, std::span<std::byte> bytes);

template <class T>
void share_items(Map* map, T* items, std::size_t count) {
  static_assert(std::is_trivially_copyable_v<T>);
  share(map, std::as_writable_bytes(std::span(items, count)));
}

}  // namespace mystic
