#pragma once

#include "mystic/core/evaluation_id.hpp"
#include "mystic/core/require.hpp"

#include <string>
#include <utility>

namespace mystic {

/// A journal's file could not be created, read, locked or written, or is not what it should be.
/// The text names the file and says what would be right.
class JournalError : public Error {
 public:
  explicit JournalError(const std::string& text, int code = 0) : Error(text), code_(code) {}

  /// errno when the system refused (ENOSPC, EIO, EWOULDBLOCK for a journal in use, ...); 0 when the
  /// file itself is wrong (not a journal, damaged, of another search).
  [[nodiscard]] int code() const { return code_; }

 private:
  int code_;
};

/// The search asks for an evaluation at another point than the journal holds it at: it is not the one
/// that was recorded, or what steers it has changed.
class OtherPoint : public JournalError {
 public:
  /// `difference`: "coordinate 2 is 0.5 here and 0.25 in the journal".
  OtherPoint(const std::string& text, EvaluationId id, std::string difference)
      : JournalError(text), id_(std::move(id)), difference_(std::move(difference)) {}

  [[nodiscard]] const EvaluationId& id() const { return id_; }
  [[nodiscard]] const std::string& difference() const { return difference_; }

 private:
  EvaluationId id_;
  std::string difference_;
};

}  // namespace mystic
