#include <mystic/system/slots.hpp>

#include <mystic/core/require.hpp>

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <functional>
#include <system_error>

namespace mystic {

Slots::Slots(std::string key, std::size_t count) : key_(std::move(key)), count_(count) {
  require(count >= 1, "Slots: count = {} must be at least 1", count);
}

Slots::Place::~Place() {
  if (owner_ == nullptr) return;
  if (socket_ >= 0) ::close(socket_);
  const std::lock_guard lock(owner_->mutex_);
  --owner_->taken_;
  owner_->freed_.notify_all();  // who waits for other processes may be among them
}

/// A socket bound to the name of a place that nobody holds; -1: all are held.
int Slots::bind_one() const {
  const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  require<Error>(socket >= 0, "Slots: no socket: {}", std::generic_category().message(errno));
  const std::size_t name_of_key = std::hash<std::string>{}(key_);
  for (std::size_t place = 0; place < count_; ++place) {
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    const std::string name = fmt::format("mystic-{}-{:x}-{}", ::getuid(), name_of_key, place);
    std::memcpy(address.sun_path + 1, name.data(), name.size());  // behind a NUL: no file
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
    if (::bind(socket, reinterpret_cast<const sockaddr*>(&address), size) == 0) return socket;
    const int error = errno;
    if (error == EADDRINUSE) continue;
    ::close(socket);
    throw Error(
        fmt::format("Slots: cannot bind '{}': {}", name, std::generic_category().message(error)));
  }
  ::close(socket);
  return -1;
}

std::optional<Slots::Place> Slots::take(const std::stop_token& stop) const {
  {
    std::unique_lock lock(mutex_);
    if (!freed_.wait(lock, stop, [this] { return taken_ < count_; })) return std::nullopt;
    ++taken_;
  }
  Place place(this, -1);
  if (key_.empty()) return place;
  // Others' places become free without a word: looked at ever more seldom, up to 20 times a second.
  for (auto pause = std::chrono::milliseconds(1); !stop.stop_requested();
       pause = std::min(2 * pause, std::chrono::milliseconds(50))) {
    place.socket_ = bind_one();
    if (place.socket_ >= 0) return place;
    std::unique_lock lock(mutex_);
    freed_.wait_for(lock, stop, pause, [] { return false; });
  }
  return std::nullopt;
}

}  // namespace mystic
