#pragma once

#include "mystic/comm/session.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

namespace mystic::mpi {

/// What has arrived and whom it is for, before it is looked into.
struct Piece {
  int from = 0;
  int tag = 0;
  std::vector<std::byte> bytes;
};

/// A message as it arrived. `bytes` stay until the next receive().
struct Letter {
  int from = 0;
  std::uint8_t kind = 0;  ///< what the sender said, below Mailbox::kinds; or Mailbox::farewell
  std::span<const std::byte> bytes;
};

/// Bytes from rank to rank, of any length, in order between each two ranks. Nothing here waits.
///
/// Long messages travel in pieces that every MPI sends eagerly, i.e. that are complete once sent. So
/// the death of a rank never leaves a transfer half done inside MPI, where it could not be given up.
///
/// Open one on every rank, in the same order: letters from one mailbox arrive in its counterpart, and
/// what comes for one that is closed is thrown away. One at a time per session.
class Mailbox {
 public:
  static constexpr std::uint8_t kinds = 16;
  /// The kind of the letter by which a session tells that it ends: rank 0's to all, the others' to
  /// rank 0. Nothing comes after it. Who waits for that rank waits in vain.
  static constexpr std::uint8_t farewell = 255;

  explicit Mailbox(Session& session);
  ~Mailbox();
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  /// Copies `bytes` and sends them. To a lost rank: does nothing.
  void send(const Turn& turn, int to, std::uint8_t kind, std::span<const std::byte> bytes);
  /// The next complete letter from anyone, if one is there.
  std::optional<Letter> receive(const Turn& turn);

 private:
  std::optional<Letter> sort(int from, int tag);

  Session* session_;
  int channel_ = 0;
  std::deque<Piece> early_;                        ///< came before this mailbox was opened
  std::vector<std::byte> single_;                  ///< what came last
  std::vector<std::vector<std::byte>> in_pieces_;  ///< by rank: what has come of a long letter
  int finished_ = -1;                              ///< rank whose long letter was handed out last
};

}  // namespace mystic::mpi
