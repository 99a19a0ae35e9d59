#include "mystic/comm/session.hpp"

#include "post.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <thread>
#include <utility>

namespace mystic::mpi {

using Clock = std::chrono::steady_clock;

Session::Session(Sink last_words, int failed_status)
    : last_words_(std::move(last_words)), failed_status_(failed_status),
      exceptions_at_start_(std::uncaught_exceptions()), post_(std::make_unique<Post>()),
      rank_(post_->world().rank()), size_(post_->world().size()) {
  ended_.resize(static_cast<std::size_t>(size_));
}

// Open MPI 4.1 under mpirun --enable-recovery, 2026-11, 2 to 4 ranks:
// - MPI_Finalize after a death mostly returns (0.05 to 0.7 s) but hung in 2 of 25 jobs on a busy machine
//   when ranks had died some 40 ms before: the barrier inside of it races with mpirun's noticing. So
//   it is called only if nobody died, and all ranks must agree on that: rank 0 decides;
// - processes that end without it do so in peace, mpirun returns 0;
// - MPI_Abort ends the caller only.
Session::~Session() {
  const bool unwinding = std::uncaught_exceptions() > exceptions_at_start_;
  if (boost::mpi::environment::finalized()) return;  // the program was faster
  const Turn turn = this->turn();
  if (unwinding) {
    if (last_words_) {
      last_words_(fmt::format("rank {} of {} ends by an exception: the job is aborted", rank_, size_));
    }
    say_farewell(false);  // where the abort ends this rank only
    boost::mpi::environment::abort(failed_status_);
  }
  look_for_the_dead();
  if (rank_ == 0) {
    const bool whole = job_is_whole();
    say_farewell(whole);
    flush();
    post_->finish(whole);
  } else {
    say_farewell(true);
    flush();
    post_->finish(job_is_whole());
  }
}

void Session::lose(const Turn&, int rank) {
  if (on_loss_) on_loss_();
  post_->lose(rank);
}

bool Session::lost(const Turn&, int rank) const { return post_->lost(rank); }

bool Session::left(const Turn&, int rank) const { return post_->left(rank); }

void Session::watch(const Turn&, int rank, std::function<bool()> ended) {
  ended_.at(static_cast<std::size_t>(rank)) = std::move(ended);
}

// Who waits for us would otherwise wait while we wait for him. Rank 0 also says how to end.
void Session::say_farewell(bool whole) {
  const std::array<std::byte, 1> text{static_cast<std::byte>(whole ? 1 : 0)};
  if (rank_ > 0) {
    post_->send(0, Post::farewell_tag, text);
    return;
  }
  for (int rank = 1; rank < size_; ++rank) post_->send(rank, Post::farewell_tag, text);
}

void Session::look_for_the_dead() {
  for (int rank = 0; rank < size_; ++rank) {
    const auto& ended = ended_[static_cast<std::size_t>(rank)];
    if (ended && !post_->lost(rank) && ended()) post_->lose(rank);
  }
}

// Rank 0 knows; the others wait until it tells, or is dead.
bool Session::job_is_whole() {
  auto pause = std::chrono::microseconds(50);
  const auto long_after = Clock::now() + std::chrono::minutes(1);
  while (rank_ > 0 && !post_->lost_any() && !post_->read_farewell()) {
    std::this_thread::sleep_for(pause);
    pause = std::min(2 * pause, std::chrono::microseconds(20000));
    look_for_the_dead();
    // Where rank 0 cannot be watched: MPI_Finalize waits as well as we do, and may learn of a death.
    if (!ended_[0] && Clock::now() > long_after) break;
  }
  return !post_->lost_any() && post_->whole();
}

// Waits until what was sent has gone out; not for long: MPI may know better than we that somebody died.
void Session::flush() {
  const auto deadline = Clock::now() + std::chrono::seconds(5);
  while (!post_->sweep() && Clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
}

}  // namespace mystic::mpi
