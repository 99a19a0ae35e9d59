#pragma once

#include "mystic/comm/mailbox.hpp"

#include <boost/mpi/communicator.hpp>
#include <boost/mpi/environment.hpp>
#include <boost/mpi/request.hpp>

#include <cstddef>
#include <deque>
#include <memory>
#include <span>
#include <vector>

namespace mystic::mpi {

/// The session's side of MPI: the communicator, and what has been handed to MPI but is not sent yet.
/// It belongs to the session since buffers must stay when the mailbox that filled them has gone.
/// All calls in turn.
class Session::Post {
 public:
  Post();

  /// Above all tags of mailboxes; MPI promises that 32767 is one.
  static constexpr int farewell_tag = 32767;

  [[nodiscard]] const boost::mpi::communicator& world() const { return world_; }

  /// Sends a copy of `bytes`.
  void send(int to, int tag, std::span<const std::byte> bytes);
  /// Takes back the buffers of what has been sent; true when nothing is left but what goes to lost
  /// ranks.
  bool sweep();

  void lose(int rank) { lost_.at(static_cast<std::size_t>(rank)) = true; }
  [[nodiscard]] bool lost(int rank) const { return lost_[static_cast<std::size_t>(rank)]; }
  [[nodiscard]] bool lost_any() const;

  /// Number of the mailbox now opened.
  int open_mailbox();
  void close_mailbox() { mailbox_open_ = false; }
  /// What came for mailboxes that are not open here yet.
  std::deque<Piece>& early() { return early_; }

  /// Reads rank 0's farewell if it has come; whether it has.
  bool read_farewell();
  void take_farewell(int from, std::span<const std::byte> text);
  [[nodiscard]] bool left(int rank) const { return left_[static_cast<std::size_t>(rank)]; }
  /// False if rank 0 said that somebody is lost.
  [[nodiscard]] bool whole() const { return whole_; }

  /// Ends MPI, if it is ours. Unless the job is `whole`, without MPI_Finalize.
  void finish(bool whole);

 private:
  struct Parcel {
    std::vector<std::byte> bytes;
    boost::mpi::request request;
    int to = 0;
  };

  bool is_sent(Parcel& parcel);

  std::unique_ptr<boost::mpi::environment> environment_;
  boost::mpi::communicator world_;
  std::deque<Parcel> sending_;
  std::vector<std::vector<std::byte>> spare_;  ///< buffers to fill again
  std::vector<bool> lost_;
  std::vector<bool> left_;  ///< have said farewell
  std::deque<Piece> early_;
  bool whole_ = true;  ///< what rank 0 said in its farewell: nobody is lost
  int mailboxes_ = 0;
  bool mailbox_open_ = false;
};

}  // namespace mystic::mpi
