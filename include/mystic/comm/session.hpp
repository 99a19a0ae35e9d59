#pragma once

#include "mystic/core/require.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace mystic::mpi {

/// The right to speak to MPI. MPI runs at level "serialized": any thread may call it, one at a time.
using Turn = std::unique_lock<std::mutex>;

/// MPI in this process, from its start to its end. Make one near the top of main(), before whatever
/// uses it; it outlives maps and mailboxes.
///
/// If an exception unwinds the session, the whole job is aborted: a rank that ends quietly while
/// others wait for it would hang them. An exception that is caught inside does not.
///
/// It ends when rank 0's ends: the others wait for that. If ranks were lost, MPI is not finalized.
///
/// A program that started MPI itself keeps it: the session joins in and leaves without finalizing.
class Session {
 public:
  /// Takes a line of text, for the operator: the reason of an abort.
  using Sink = std::function<void(std::string_view)>;

  /// @param last_words     gets the reason before an abort; may be empty
  /// @param failed_status  exit status of the job after an abort
  /// @throws Error if MPI has been started without threads, or refuses to start
  explicit Session(Sink last_words = {}, int failed_status = 1);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  [[nodiscard]] int rank() const { return rank_; }
  [[nodiscard]] int size() const { return size_; }
  [[nodiscard]] bool root() const { return rank_ == 0; }

  /// Waits for the right to speak to MPI.
  [[nodiscard]] Turn turn() { return Turn(mutex_); }

  /// Rank `rank` has died, or is taken for dead: nothing is sent to it any more, and nobody waits
  /// for what was sent. To be called in turn.
  void lose(const Turn& turn, int rank);
  /// Called when another rank has died, before anything is concluded from it: where the whole job is
  /// coming to an end, this process may end there and then.
  void on_loss(std::function<void()> on_loss) { on_loss_ = std::move(on_loss); }
  [[nodiscard]] bool lost(const Turn& turn, int rank) const;
  /// Whether the session of `rank` has ended, as far as a mailbox here has heard.
  [[nodiscard]] bool left(const Turn& turn, int rank) const;

  /// Tells the session how to see, without MPI, that the process of `rank` has ended; called from then
  /// on whenever the session waits for that rank, and before it ends.
  void watch(const Turn& turn, int rank, std::function<bool()> ended);

  class Post;  ///< what is on its way out; for this room only
  [[nodiscard]] Post& post() { return *post_; }

 private:
  void say_farewell(bool whole);
  void look_for_the_dead();
  bool job_is_whole();
  void flush();

  Sink last_words_;
  std::function<void()> on_loss_;
  int failed_status_;
  int exceptions_at_start_;
  std::mutex mutex_;
  std::unique_ptr<Post> post_;
  std::vector<std::function<bool()>> ended_;  ///< by rank; empty where nobody can tell
  int rank_ = 0;
  int size_ = 1;
};

}  // namespace mystic::mpi
