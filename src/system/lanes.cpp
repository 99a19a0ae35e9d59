#include "lanes.hpp"

#include "wire.hpp"

#include <mystic/system/clock.hpp>

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace mystic::supervision {

SocketPair socket_pair() {
  int ends[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return {};
  return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

ProcessResult lost(std::string_view why, double seconds) {
  return {.end = ProcessResult::End::supervisor_lost, .text = std::string(why), .seconds = seconds};
}

Lane::~Lane() {
  // Closing would not do: a process forked from ours may have a copy of this end.
  if (socket_.open()) ::shutdown(socket_.get(), SHUT_RDWR);
}

int Lane::send(std::string_view command) {
  free_ = false;
  const std::string text = encode({.word = Word::job, .number = ++number_, .rest = command});
  int error = text.size() > message_limit ? EMSGSIZE : send_message(socket_.get(), text);
  if (error == EMSGSIZE) {  // for us, or for a system with small sockets
    const FileDescriptor file(::memfd_create("command", MFD_CLOEXEC));
    if (!file.open()) return errno;
    if (const int failed = write_whole(file.get(), command)) return failed;
    const std::array<int, 1> descriptors = {file.get()};
    error =
        send_message(socket_.get(), encode({.word = Word::job_in_file, .number = number_}), descriptors);
  }
  return error == ECONNRESET ? EPIPE : error;
}

void Lane::cancel() const {
  const int error =
      send_message(socket_.get(), encode({.word = Word::cancel, .number = number_}), {}, MSG_DONTWAIT);
  // The reaper takes the end of the line as "cancel" too; we still hear its result.
  if (error != 0) ::shutdown(socket_.get(), SHUT_WR);
}

Lane::Heard Lane::hear(int flags, ProcessResult& result) {
  Message message = receive_message(socket_.get(), flags);
  // Said once when the other end has closed before it read all of ours; its own words come after.
  if (message.error == ECONNRESET) message = receive_message(socket_.get(), flags);
  if (message.error == EAGAIN) return Heard::nothing;
  if (message.text.empty()) return Heard::end;
  const LaneMessage said = decode_lane_message(message.text);
  if (said.number != 0 && said.number != number_) return Heard::nothing;
  if (said.word == Word::not_begun) return Heard::not_begun;
  free_ = said.word == Word::result;
  result = decode_result(said.rest);
  return Heard::result;
}

std::optional<ProcessResult> Lane::wait(double deadline, const std::atomic<double>& cancelled_at) {
  const double start = steady_clock_seconds();
  for (;;) {
    ProcessResult result;
    const Heard heard = hear(0, result);  // a second at most
    if (heard == Heard::result) return result;
    if (heard == Heard::not_begun) return std::nullopt;
    const double now = steady_clock_seconds();
    if (heard == Heard::end) return lost("the supervisor has died", now - start);
    const double cancelled = cancelled_at.load();
    const double due = std::min(start + deadline, cancelled > 0.0 ? cancelled : infinity);
    if (now > due + answer_limit) {
      return lost(fmt::format("no answer from the supervisor, {} s after it was due", answer_limit),
                  now - start);
    }
  }
}

std::optional<ProcessResult> Lane::last_words() {
  ProcessResult result;
  if (hear(MSG_DONTWAIT, result) == Heard::result) return result;
  return std::nullopt;
}

Lanes::~Lanes() {
  // Only closed: in a forked copy of our process they are another's, who may be using them; in ours the
  // supervisor is gone, and its reapers with it.
  for (Lane& lane : idle_) lane.abandon();
}

std::optional<Lane> Lanes::take() {
  // A forked copy of our process shares the idle lanes with us, and perhaps a mutex locked for ever.
  if (::getpid() != owner_) return ask_for_one();
  {
    const std::scoped_lock lock(mutex_);
    if (!idle_.empty()) {
      Lane lane = std::move(idle_.back());
      idle_.pop_back();
      return lane;
    }
  }
  return ask_for_one();
}

void Lanes::give_back(Lane lane) {
  if (::getpid() != owner_) return;
  lane.is_new_ = false;
  const std::scoped_lock lock(mutex_);
  idle_.push_back(std::move(lane));
}

std::optional<Lane> Lanes::ask_for_one() const {
  SocketPair line = socket_pair();
  if (!line.ours.open()) return std::nullopt;
  const timeval second = {.tv_sec = 1, .tv_usec = 0};
  ::setsockopt(line.ours.get(), SOL_SOCKET, SO_RCVTIMEO, &second, sizeof second);
  const char word = static_cast<char>(Word::lane);
  const std::array<int, 1> descriptors = {line.theirs.get()};
  if (const int error = send_message(control_, {&word, 1}, descriptors)) {
    errno = error;
    return std::nullopt;
  }
  return Lane(std::move(line.ours), true);
}

}  // namespace mystic::supervision
