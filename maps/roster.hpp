#pragma once

#include "mystic/core/bytes.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace mystic {

/// How a process makes itself known to the other ranks.
struct Introduction {
  std::int32_t process = 0;
  std::uint64_t started = 0;  ///< of the process: process ids are used again
  std::string machine;        ///< equal: process ids mean the same; empty: unknown
  std::string host;           ///< for people
};

/// This process's own.
[[nodiscard]] Introduction introduce_myself();

/// Whether that process of this machine has ended.
[[nodiscard]] bool has_ended(const Introduction& introduction);

void put_introduction(ByteWriter& writer, const Introduction& introduction);
[[nodiscard]] Introduction get_introduction(ByteReader& reader);

/// What is known of the ranks of the job, seen from one of them: where they are, and whether they are
/// still there.
class Roster {
 public:
  /// @param liveness  seconds of silence after which a rank counts as dead; 20 times as long before
  ///                  its first word
  /// @param watch_processes  whether those of this machine are looked after through their process
  Roster(int ranks, double liveness, bool watch_processes);

  [[nodiscard]] const Introduction& mine() const { return mine_; }
  void introduce(int rank, const Introduction& introduction);
  /// How to see that the process of `rank` has ended; empty unless it is watched.
  [[nodiscard]] std::function<bool()> ended(int rank) const;
  /// Empty if it is on this host.
  [[nodiscard]] const std::string& host_elsewhere(int rank) const;

  /// True when the process of `rank` can be looked after, so that no signs of life are needed.
  [[nodiscard]] bool watched(int rank) const;

  void heard(int rank) { at(rank).silence = 0.0; }
  /// To be called often, with the seconds since the last call; returns why `rank` counts as dead, if
  /// it does. Of long gaps between the calls only a little counts: somebody who did not listen cannot
  /// say that the other was silent.
  [[nodiscard]] std::optional<std::string> why_dead(int rank, double seconds);

 private:
  struct Entry {
    std::optional<Introduction> introduction;
    std::string host_elsewhere;
    double silence = 0.0;
  };

  Entry& at(int rank) { return entries_[static_cast<std::size_t>(rank)]; }
  [[nodiscard]] const Entry& at(int rank) const { return entries_[static_cast<std::size_t>(rank)]; }

  double liveness_;
  bool watch_processes_;
  Introduction mine_;
  std::vector<Entry> entries_;
};

}  // namespace mystic
