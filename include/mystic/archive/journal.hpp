#pragma once

#include "mystic/archive/journal_error.hpp"
#include "mystic/core/options.hpp"
#include "mystic/core/recorder.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mystic {

struct JournalOptions {
  static constexpr std::string_view title = "JournalOptions";

  double sync_seconds = 1.0;

  /// Seconds since this session's start, for the running time kept with each record; none: 0.
  std::function<double()> clock = {};
  /// Written into the session's own record: wall clock in s since 1970 UTC, and any text (host,
  /// version, arguments).
  double session_time = 0.0;
  std::string session_text = {};
  /// Brings a file or a directory to the disk: 0, or -1 with errno. Called from a thread of the
  /// journal as well; must not throw. None: fdatasync.
  std::function<int(int descriptor)> sync = {};

  /// What a user may set; the rest is the caller's.
  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("sync_seconds", self.sync_seconds, Range{.lower = 0, .upper = 3600, .unit = "s"},
          "longest time until a record is on the disk and survives the machine; 0: each record is "
          "there before the search goes on");
  }
};

/// The append-only, checksummed record of every outcome of a study (format: src/archive/
/// journal_format.hpp). Whoever opens it holds a lock on the file until death or destruction.
///
/// record() and record_stop() return when write(2) has returned: the record survives the death of
/// the process. It survives the machine at most `sync_seconds` later. When one throws, the file
/// ends with the last whole record; the call may be repeated when there is room again.
///
/// A file that reaches RLIMIT_FSIZE raises SIGXFSZ, which kills: the program (not the library)
/// ignores that signal, and gets a JournalError instead.
///
/// One thread at a time, as Recorder says. Nothing is allocated per record once the buffer has
/// grown to the longest one.
class Journal final : public Recorder {
 public:
  /// `identity`: what may not change on resume, as text; not looked into.
  /// A kill never leaves a journal without its header where the file system has O_TMPFILE.
  /// @throws JournalError if `path` exists or cannot be written
  static Journal create(const std::filesystem::path& path, std::string_view identity,
                        const JournalOptions& options = {});

  /// Reads all there is, drops a torn last record, begins a session.
  /// @throws JournalError if it cannot be read or written, is in use, is no journal, or is damaged
  ///         anywhere but at its end (nothing is dropped then)
  static Journal open(const std::filesystem::path& path, const JournalOptions& options = {});

  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;
  /// Syncs what is not yet on the disk; an error of that is lost: call sync() to hear of it.
  ~Journal() override;

  /// Knows what earlier sessions recorded, by bits: -0.0 is not 0.0, and a NaN is itself.
  /// @throws OtherPoint if it knows the evaluation at another x
  bool recall(const EvaluationId& id, const VectorView& x, Outcome& outcome) override;
  /// @throws JournalError if it cannot be written, or if an earlier sync failed
  /// @throws InvalidArgument if the outcome is `cancelled`, which is none
  void record(const EvaluationId& id, const VectorView& x, const Outcome& outcome) override;

  /// The last stop found when the journal was opened, unless a later session recorded outcomes.
  [[nodiscard]] std::optional<RecordedStop> recall_stop() const override;
  void record_stop(const RecordedStop& stop) override;
  /// The longest running time found when the journal was opened.
  [[nodiscard]] double earlier_seconds() const override;

  /// Makes failures of these kinds (none: of all kinds) unknown, for this session and those to come:
  /// they will be evaluated again, and what follows from them too. From here on recall() takes an
  /// evaluation with another x for one that is not known, and the running time is counted anew. @return
  /// how many are forgotten
  std::uint64_t forget_failures(std::span<const FailureKind> kinds = {});

  /// Whether forget_failures() was ever called for this file.
  [[nodiscard]] bool has_reruns() const;

  /// Returns when all records are on the disk. @throws JournalError if they are not
  void sync();

  [[nodiscard]] const std::string& identity() const;
  /// Outcomes found when the journal was opened.
  [[nodiscard]] std::uint64_t known() const;
  /// Calls of recall() that were answered.
  [[nodiscard]] std::uint64_t replayed() const;
  /// Length of the torn end that open() cut off.
  [[nodiscard]] std::uint64_t dropped_bytes() const;
  /// False where the file system knows no locks (Lustre without `-o flock`): there a second writer
  /// is not noticed.
  [[nodiscard]] bool locked() const;

 private:
  struct State;
  explicit Journal(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace mystic
