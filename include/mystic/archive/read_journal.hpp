#pragma once

#include "mystic/archive/journal_error.hpp"
#include "mystic/core/evaluation_id.hpp"
#include "mystic/core/outcome.hpp"
#include "mystic/core/point.hpp"
#include "mystic/core/recorder.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace mystic {

/// One evaluation as a journal holds it.
struct JournalledOutcome {
  EvaluationId id;
  Vector x;  ///< where it was made
  Outcome outcome;
  double elapsed = 0.0;      ///< running time when it was recorded, all sessions together; s
  std::uint64_t offset = 0;  ///< where its record begins in the file; bytes
};

/// From here on, failures of these kinds that stand before are as if they had never been.
struct JournalledRerun {
  std::vector<FailureKind> kinds;  ///< empty: all
};

/// The beginning of a session: the creation of the journal, or a resume.
struct JournalledSession {
  double time = 0.0;  ///< wall clock, s since 1970 UTC; 0 when none was given
  std::string text;   ///< what the session wanted to say of itself
};

/// Is told every record of a journal, in the order of the file.
class JournalVisitor {
 public:
  virtual ~JournalVisitor() = default;

  virtual void outcome(const JournalledOutcome&) {}
  virtual void stop(const RecordedStop&) {}
  virtual void session(const JournalledSession&) {}
  virtual void rerun(const JournalledRerun&) {}
};

struct JournalSummary {
  std::string identity;          ///< the text given when the journal was created
  std::uint64_t good_bytes = 0;  ///< header and whole records
  std::uint64_t torn_bytes = 0;  ///< what follows them: a record that was never finished
};

/// Reads a journal without locking or changing it: it may be growing meanwhile (then its last
/// record may look torn).
/// @throws JournalError if it cannot be read, is no journal, or has a bad record before a good one
JournalSummary read_journal(const std::filesystem::path& path, JournalVisitor& visitor);

}  // namespace mystic
