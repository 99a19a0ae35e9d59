#include "capture.hpp"

#include "wire.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <utility>

namespace mystic::supervision {

int Capture::begin(FileDescriptor file, std::uintmax_t cap) {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) return errno;
  pipe_ = FileDescriptor(ends[0]);
  program_end_ = FileDescriptor(ends[1]);
  // A program may open /dev/stdout to read, and take what poll had promised us.
  if (::fcntl(pipe_.get(), F_SETFL, O_NONBLOCK) != 0) return errno;
  file_ = std::move(file);
  left_ = cap;
  return 0;
}

void Capture::keep(std::span<const char> text) {
  const std::size_t written = static_cast<std::size_t>(std::min<std::uintmax_t>(text.size(), left_));
  if (written < text.size()) truncated_ = true;
  if (written > 0 && error_ == 0) error_ = write_whole(file_.get(), {text.data(), written});
  left_ -= written;
  const std::span<const char> last = text.last(std::min(text.size(), tail_limit));
  const std::size_t room = tail_limit - last.size();
  if (tail_.size() > room) tail_.erase(0, tail_.size() - room);
  tail_.append(last.data(), last.size());
}

std::size_t Capture::take_at_most(std::span<char> block) {
  const ssize_t size = ::read(pipe_.get(), block.data(), block.size());
  if (size <= 0) return 0;
  keep(block.first(static_cast<std::size_t>(size)));
  return static_cast<std::size_t>(size);
}

void Capture::take(std::span<char> block) { take_at_most(block); }

void Capture::drain(std::span<char> block) {
  int held = 0;
  if (!pipe_.open() || ::ioctl(pipe_.get(), FIONREAD, &held) != 0) return;
  for (std::size_t left = static_cast<std::size_t>(std::max(held, 0)); left > 0;) {
    const std::size_t taken = take_at_most(block.first(std::min(block.size(), left)));
    if (taken == 0) return;
    left -= taken;
  }
}

}  // namespace mystic::supervision
