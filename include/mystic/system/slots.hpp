#pragma once

#include <sys/types.h>

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

namespace mystic {

/// A number of places on this machine, for all processes that name the same key: at most `count` are
/// taken at once, by whatever process and thread. A process that dies gives its places back; nothing
/// lies on a disk (each place is a name among the abstract sockets of Linux, so within one network
/// namespace).
class Slots {
 public:
  /// @param key    of those who share; empty: the threads of this process only
  /// @param count  at least 1
  Slots(std::string key, std::size_t count);

  /// A place, given back at its end.
  class Place {
   public:
    Place(Place&& other) noexcept
        : owner_(std::exchange(other.owner_, nullptr)), socket_(std::exchange(other.socket_, -1)) {}
    Place& operator=(Place&&) = delete;
    ~Place();

   private:
    friend class Slots;
    Place(const Slots* owner, int socket) : owner_(owner), socket_(socket) {}

    const Slots* owner_;
    int socket_;
  };

  /// Waits for a place. Nothing when asked to stop meanwhile.
  /// @throws Error if the system gives no socket
  [[nodiscard]] std::optional<Place> take(const std::stop_token& stop) const;

  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  [[nodiscard]] int bind_one() const;

  std::string key_;
  std::size_t count_;
  mutable std::mutex mutex_;
  mutable std::condition_variable_any freed_;
  mutable std::size_t taken_ = 0;  ///< by this process
};

}  // namespace mystic
