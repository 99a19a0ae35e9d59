#include "mystic/comm/mailbox.hpp"

#include "post.hpp"

#include <utility>

namespace mystic::mpi {
namespace {

// Below the eager limit of Open MPI's shared memory (4096 bytes, headers included), the smallest of
// the transports in use.
constexpr std::size_t piece_size = 3584;

// A tag says: which mailbox (modulo), which kind, whether the letter ends here.
constexpr int channels = 512;
constexpr int tags_per_channel = 2 * Mailbox::kinds;
static_assert(channels * tags_per_channel <= 32767, "MPI promises tags up to 32767 only");

static_assert(channels * tags_per_channel <= Session::Post::farewell_tag);

int tag_of(int channel, std::uint8_t kind, bool last) {
  return channel * tags_per_channel + 2 * kind + (last ? 1 : 0);
}

int channel_of(int tag) { return tag / tags_per_channel; }
std::uint8_t kind_of(int tag) { return static_cast<std::uint8_t>(tag % tags_per_channel / 2); }
bool is_last(int tag) { return tag % 2 == 1; }

// Whether `other` was opened after `channel`, rather than before.
bool is_later(int other, int channel) {
  const int ahead = (other - channel + channels) % channels;
  return ahead > 0 && ahead < channels / 2;
}

}  // namespace

Mailbox::Mailbox(Session& session)
    : session_(&session), in_pieces_(static_cast<std::size_t>(session.size())) {
  single_.reserve(piece_size);  // Boost.MPI wants an address even for no bytes
  const Turn turn = session.turn();
  channel_ = session.post().open_mailbox() % channels;
  for (Piece& piece : std::exchange(session.post().early(), {})) {
    const bool mine = channel_of(piece.tag) == channel_;
    (mine ? early_ : session.post().early()).push_back(std::move(piece));
  }
}

Mailbox::~Mailbox() {
  const Turn turn = session_->turn();
  session_->post().close_mailbox();
}

void Mailbox::send(const Turn&, int to, std::uint8_t kind, std::span<const std::byte> bytes) {
  require(kind < kinds, "mailbox: kind = {} must be below {}", kind, kinds);
  while (bytes.size() > piece_size) {
    session_->post().send(to, tag_of(channel_, kind, false), bytes.first(piece_size));
    bytes = bytes.subspan(piece_size);
  }
  session_->post().send(to, tag_of(channel_, kind, true), bytes);
}

std::optional<Letter> Mailbox::receive(const Turn&) {
  if (finished_ >= 0) in_pieces_[static_cast<std::size_t>(finished_)].clear();
  finished_ = -1;
  while (!early_.empty()) {
    single_.assign(early_.front().bytes.begin(), early_.front().bytes.end());
    const auto [from, tag] = std::pair(early_.front().from, early_.front().tag);
    early_.pop_front();
    if (auto letter = sort(from, tag)) return letter;
  }
  auto& post = session_->post();
  post.sweep();
  while (auto status = post.world().iprobe()) {
    int size = 0;
    MPI_Get_count(&static_cast<MPI_Status&>(*status), MPI_CHAR, &size);
    single_.resize(static_cast<std::size_t>(size));
    post.world().recv(status->source(), status->tag(), reinterpret_cast<char*>(single_.data()), size);
    if (auto letter = sort(status->source(), status->tag())) return letter;
  }
  return std::nullopt;
}

// Says what becomes of the piece that has come in `single_`: a letter if it completes one.
std::optional<Letter> Mailbox::sort(int from, int tag) {
  if (tag == Session::Post::farewell_tag) {
    session_->post().take_farewell(from, single_);
    return Letter{from, farewell, {}};
  }
  const int channel = channel_of(tag);
  if (channel != channel_) {
    // The sender may be ahead of us: what it says there is for the next mailbox here.
    if (is_later(channel, channel_)) session_->post().early().push_back({from, tag, single_});
    return std::nullopt;
  }
  auto& pieces = in_pieces_[static_cast<std::size_t>(from)];
  if (is_last(tag) && pieces.empty()) return Letter{from, kind_of(tag), single_};
  pieces.insert(pieces.end(), single_.begin(), single_.end());
  if (!is_last(tag)) return std::nullopt;
  finished_ = from;
  return Letter{from, kind_of(tag), pieces};
}

}  // namespace mystic::mpi
