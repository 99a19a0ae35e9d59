#pragma once

#include "mystic/archive/journal.hpp"
#include "mystic/archive/read_journal.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

namespace mystic::journal_test {

/// What record() takes.
struct Entry {
  EvaluationId id;
  Vector x;
  Outcome outcome;
};

[[nodiscard]] EvaluationId id_of(std::initializer_list<std::uint32_t> path, std::uint64_t k);
/// An entry like those of a 3-D study with 2 outputs; entry k differs from all others.
[[nodiscard]] Entry plain_entry(std::uint64_t k);
/// One entry of every unusual sort: bit patterns, failures, hosts, empty and long things.
[[nodiscard]] std::vector<Entry> unusual_entries();

/// Equal by bits (a failed outcome has no outputs).
[[nodiscard]] ::testing::AssertionResult same(const Outcome& left, const Outcome& right);
[[nodiscard]] ::testing::AssertionResult same_bits(const VectorView& left, const VectorView& right);

void record(Journal& journal, const Entry& entry);
/// `journal` answers for `entry`, and rightly.
[[nodiscard]] ::testing::AssertionResult knows(Journal& journal, const Entry& entry);

using Bytes = std::vector<char>;
[[nodiscard]] Bytes read_bytes(const std::filesystem::path& path);
void write_bytes(const std::filesystem::path& path, const Bytes& bytes);

/// The text of the JournalError (or what else mystic throws) that `call` ends with; empty if none.
template <class Call>
std::string error_of(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

/// The same with its errno, 0 if none was thrown.
template <class Call>
int code_of(Call&& call) {
  try {
    call();
  } catch (const JournalError& error) {
    return error.code();
  }
  return 0;
}

/// Collects all that read_journal() tells.
struct Collector final : JournalVisitor {
  void outcome(const JournalledOutcome& entry) override { outcomes.push_back(entry); }
  void stop(const RecordedStop& stop) override { stops.push_back(stop); }
  void session(const JournalledSession& session) override { sessions.push_back(session); }

  std::vector<JournalledOutcome> outcomes;
  std::vector<RecordedStop> stops;
  std::vector<JournalledSession> sessions;
};

/// Gives each test a directory of its own, and journals that do not wait for the disk.
class JournalTest : public ::testing::Test {
 protected:
  JournalTest();
  ~JournalTest() override;

  [[nodiscard]] static JournalOptions without_disk();
  Journal create() const { return Journal::create(path, "{}", without_disk()); }
  Journal open() const { return Journal::open(path, without_disk()); }
  [[nodiscard]] std::uint64_t file_size() const { return std::filesystem::file_size(path); }

  /// By which this process has the file at `path` open; -1 if it has not.
  [[nodiscard]] int descriptor_of_journal() const;

  std::filesystem::path directory;
  std::filesystem::path path;
};

}  // namespace mystic::journal_test
