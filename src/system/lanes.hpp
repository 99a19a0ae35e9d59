#pragma once

#include "file_descriptor.hpp"

#include <mystic/system/command.hpp>

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

namespace mystic::supervision {

/// No answer for so long where one was due means there is nobody to answer, s.
inline constexpr double answer_limit = 15.0;

struct SocketPair {
  FileDescriptor ours, theirs;
};

/// Two ends of a line that keeps messages whole. Closed ends, and errno, when there is none.
SocketPair socket_pair();

ProcessResult lost(std::string_view why, double seconds);

/// Our end of the line to one reaper, which runs one command after the other.
class Lane {
 public:
  /// @param is_new  asked for just now, so that nobody can have spoiled it before
  Lane(FileDescriptor socket, bool is_new) : socket_(std::move(socket)), is_new_(is_new) {}
  Lane(Lane&&) noexcept = default;
  Lane& operator=(Lane&&) = delete;
  ~Lane();

  /// Hands over an encoded command. @return 0 or errno; EPIPE: nobody serves this lane
  int send(std::string_view command);

  /// Has the command under way killed. May be called from any thread, while another waits.
  void cancel() const;

  /// Waits for the result.
  /// @param cancelled_at  when cancel() was called, in steady seconds; 0: not yet
  /// @return nothing if the command was not even begun, since the reaper was killed before
  std::optional<ProcessResult> wait(double deadline, const std::atomic<double>& cancelled_at);

  /// What the other end said before it closed, if anything.
  std::optional<ProcessResult> last_words();

  bool is_new() const { return is_new_; }
  /// Whether it can take another command.
  bool is_free() const { return free_; }

 private:
  friend class Lanes;
  void abandon() { socket_.close(); }
  enum class Heard { nothing, result, not_begun, end };
  Heard hear(int flags, ProcessResult& result);

  FileDescriptor socket_;
  std::uint64_t number_ = 0;  ///< of the last command sent
  bool is_new_ = false;
  bool free_ = false;
};

/// The lanes of a supervisor: as many as were ever used at once.
class Lanes {
 public:
  /// @param control  socket of the supervisor; stays the caller's
  Lanes(int control, pid_t owner) : control_(control), owner_(owner) {}
  ~Lanes();
  Lanes(const Lanes&) = delete;
  Lanes& operator=(const Lanes&) = delete;

  /// One of which we know no harm, or a new one. @return nothing and errno, when there is none
  std::optional<Lane> take();
  void give_back(Lane lane);

 private:
  std::optional<Lane> ask_for_one() const;

  const int control_;
  const pid_t owner_;
  std::mutex mutex_;
  std::vector<Lane> idle_;  ///< the last used one last, since it is warm
};

}  // namespace mystic::supervision
