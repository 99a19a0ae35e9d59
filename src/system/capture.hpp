#pragma once

#include "file_descriptor.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace mystic::supervision {

/// One stream of a program on its way into a file: a pipe that the program writes and we empty, as
/// fast as it can write, without growing memory or, beyond the cap, disk.
class Capture {
 public:
  /// So much of the end is kept, bytes.
  static constexpr std::size_t tail_limit = 2048;

  /// Makes the pipe; what comes through it goes into `file`, up to `cap` bytes. @return 0 or errno
  int begin(FileDescriptor file, std::uintmax_t cap);

  /// For poll: our end of the pipe; -1, which poll passes over, when there is none.
  int readable() const { return pipe_.get(); }
  /// For the program. We keep it open all the while, so that a program that closes its own does not
  /// wake us: the end of a stream is the end of all who can write it.
  int writable() const { return program_end_.get(); }

  /// Takes what one read gives; `block` is room for it. Never waits.
  void take(std::span<char> block);
  /// Takes what the pipe holds now, and no more: a stranger may have been handed its other end.
  void drain(std::span<char> block);

  bool truncated() const { return truncated_; }
  int error() const { return error_; }  ///< errno of the first write that failed
  const std::string& tail() const { return tail_; }

 private:
  std::size_t take_at_most(std::span<char> block);
  void keep(std::span<const char> text);

  FileDescriptor pipe_, program_end_, file_;
  std::uintmax_t left_ = 0;  ///< of the cap
  bool truncated_ = false;
  int error_ = 0;
  std::string tail_;
};

}  // namespace mystic::supervision
