#pragma once

#include "mystic/core/require.hpp"

#include <string>

namespace mystic {

/// A journal's file could not be created, read, locked or written, or is not what it should be.
/// The text names the file and says what would be right.
class JournalError : public Error {
 public:
  explicit JournalError(const std::string& text, int code = 0) : Error(text), code_(code) {}

  /// errno when the system refused (ENOSPC, EIO, EWOULDBLOCK for a journal in use, ...); 0 when the
  /// file itself is wrong (not a journal, damaged, of another study).
  [[nodiscard]] int code() const { return code_; }

 private:
  int code_;
};

}  // namespace mystic
