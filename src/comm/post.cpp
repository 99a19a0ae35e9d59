#include "post.hpp"

#include <boost/mpi/exception.hpp>

#include <algorithm>
#include <utility>

namespace mystic::mpi {
namespace {

namespace bmpi = boost::mpi;

std::unique_ptr<bmpi::environment> start_mpi() {
  if (bmpi::environment::initialized()) return nullptr;
  // Aborting is the session's decision, hence false.
  return std::make_unique<bmpi::environment>(bmpi::threading::serialized, false);
}

// A world of our own: a program that sends messages on MPI_COMM_WORLD must not get ours. It is never
// freed, since MPI_Comm_free is collective, and after a death no collective call returns.
bmpi::communicator own_world() {
  MPI_Comm world = MPI_COMM_NULL;
  MPI_Comm_dup(MPI_COMM_WORLD, &world);
  MPI_Comm_set_errhandler(world, MPI_ERRORS_RETURN);
  return {world, bmpi::comm_attach};
}

}  // namespace

Session::Post::Post() : environment_(start_mpi()) {
  require<Error>(bmpi::environment::thread_level() >= bmpi::threading::serialized,
                 "MPI was started without threads: MPI_THREAD_SERIALIZED is needed (mpi maps send "
                 "signs of life from a second thread)");
  world_ = own_world();
  lost_.resize(static_cast<std::size_t>(world_.size()), false);
  left_.resize(static_cast<std::size_t>(world_.size()), false);
}

void Session::Post::send(int to, int tag, std::span<const std::byte> bytes) {
  if (lost(to)) return;
  Parcel parcel;
  if (!spare_.empty()) {
    parcel.bytes = std::move(spare_.back());
    spare_.pop_back();
  }
  parcel.bytes.reserve(1);  // Boost.MPI wants an address even for no bytes
  parcel.bytes.assign(bytes.begin(), bytes.end());
  parcel.to = to;
  try {
    parcel.request = world_.isend(to, tag, reinterpret_cast<const char*>(parcel.bytes.data()),
                                  static_cast<int>(parcel.bytes.size()));
  } catch (const bmpi::exception&) {  // MPI knows by itself that the rank is gone
    lose(to);
    return;
  }
  if (is_sent(parcel)) {
    spare_.push_back(std::move(parcel.bytes));
  } else {
    sending_.push_back(std::move(parcel));
  }
}

bool Session::Post::is_sent(Parcel& parcel) {
  if (lost(parcel.to)) return false;  // MPI may still read the buffer: it stays
  try {
    return parcel.request.test().has_value();
  } catch (const bmpi::exception&) {
    lose(parcel.to);
    return false;
  }
}

bool Session::Post::sweep() {
  bool all_gone = true;
  std::erase_if(sending_, [&](Parcel& parcel) {
    if (!is_sent(parcel)) {
      all_gone = all_gone && lost(parcel.to);
      return false;
    }
    spare_.push_back(std::move(parcel.bytes));
    return true;
  });
  return all_gone;
}

bool Session::Post::lost_any() const {
  return std::find(lost_.begin(), lost_.end(), true) != lost_.end();
}

bool Session::Post::read_farewell() {
  if (left(0)) return true;
  const auto status = world_.iprobe(0, farewell_tag);
  if (!status) return false;
  char text = 0;
  world_.recv(0, farewell_tag, &text, 1);
  left_[0] = true;
  whole_ = text != 0;
  return true;
}

void Session::Post::take_farewell(int from, std::span<const std::byte> text) {
  left_[static_cast<std::size_t>(from)] = true;
  if (from == 0) whole_ = !text.empty() && text.front() != std::byte{0};
}

void Session::Post::finish(bool whole) {
  if (whole) {
    environment_.reset();
  } else {
    static_cast<void>(environment_.release());  // its destructor would call MPI_Finalize
  }
}

int Session::Post::open_mailbox() {
  require(!mailbox_open_, "mailbox: this session has one open already");
  mailbox_open_ = true;
  return mailboxes_++;
}

}  // namespace mystic::mpi
