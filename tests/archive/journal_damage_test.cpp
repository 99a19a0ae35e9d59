#include "journal_fixture.hpp"

#include <algorithm>

namespace mystic {
namespace {

using namespace journal_test;

/// A journal of every kind of record, its bytes, and where each record ends.
class DamagedJournal : public JournalTest {
 protected:
  DamagedJournal() {
    Journal journal = Journal::create(path, identity, without_disk());
    ends.push_back(file_size());
    for (std::uint64_t k = 0; k < 2; ++k) add(journal, plain_entry(k));
    journal.record_stop({.seconds = 1.0, .reason = "time"});
    ends.push_back(file_size());
    Entry failed = plain_entry(2);
    failed.outcome.fail(FailureKind::signal, "killed by signal 11");
    add(journal, failed);
    add(journal, plain_entry(3));
    bytes = read_bytes(path);
  }

  void add(Journal& journal, const Entry& entry) {
    record(journal, entry);
    entries.push_back(entry);
    ends.push_back(file_size());
    outcome_ends.push_back(file_size());
  }

  [[nodiscard]] Bytes first(std::size_t size) const {
    return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)};
  }

  /// Exactly the first `count` entries are known, and are what they were.
  void expect_known(Journal& journal, std::size_t count) const {
    EXPECT_EQ(journal.known(), count);
    for (std::size_t i = 0; i < count; ++i) EXPECT_TRUE(knows(journal, entries[i])) << i;
  }

  const std::string identity = "{\"model\":\"beam\"}";
  std::vector<Entry> entries;
  std::vector<std::uint64_t> outcome_ends;
  std::vector<std::uint64_t> ends;  ///< of the header with its session, and of each record
  Bytes bytes;
};

TEST_F(DamagedJournal, CutAnywhereKeepsAllWholeRecordsAndGrowsOn) {
  for (std::size_t size = ends.front(); size <= bytes.size(); ++size) {
    write_bytes(path, first(size));
    const auto whole = static_cast<std::size_t>(
        std::count_if(outcome_ends.begin(), outcome_ends.end(), [&](auto end) { return end <= size; }));
    const std::uint64_t good = *(std::upper_bound(ends.begin(), ends.end(), size) - 1);
    {
      Journal journal = open();
      EXPECT_EQ(journal.identity(), identity);
      EXPECT_EQ(journal.dropped_bytes(), size - good) << size;
      expect_known(journal, whole);
      record(journal, plain_entry(50));
    }
    Journal journal = open();
    EXPECT_EQ(journal.dropped_bytes(), 0U) << size;
    EXPECT_EQ(journal.known(), whole + 1) << size;
    EXPECT_TRUE(knows(journal, plain_entry(50))) << size;
  }
}

TEST_F(DamagedJournal, CutWithinItsHeaderSaysSo) {
  // Magic 8, version 4, length 4, identity, checksum 4.
  const std::size_t header = 20 + identity.size();
  for (std::size_t size = 0; size < header; ++size) {
    write_bytes(path, first(size));
    const std::string text = error_of([&] { (void)open(); });
    EXPECT_NE(text.find("ends within its header, after " + std::to_string(size)), text.npos)
        << size << ": " << text;
    EXPECT_NE(text.find(path.string()), text.npos) << text;
    EXPECT_EQ(file_size(), size) << "a refused file is not touched";
  }
  write_bytes(path, first(header));
  EXPECT_EQ(open().identity(), identity);
}

TEST_F(DamagedJournal, IsNeverTakenForAnotherOne) {
  const std::uint64_t last = ends[ends.size() - 2];
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const unsigned flip : {0x01U, 0x80U, 0xffU}) {
      Bytes damaged = bytes;
      damaged[at] = static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ flip);
      write_bytes(path, damaged);
      const std::string text = error_of([&] {
        Journal journal = open();
        EXPECT_GE(at, last) << "only the last record may be dropped";
        EXPECT_EQ(journal.dropped_bytes(), bytes.size() - last);
        EXPECT_EQ(journal.identity(), identity);
        expect_known(journal, entries.size() - 1);
      });
      if (at >= last) {
        EXPECT_EQ(text, "");
      } else {
        EXPECT_NE(text.find(path.string()), text.npos) << at << ": " << text;
        EXPECT_EQ(read_bytes(path), damaged) << "a refused file is not touched";
      }
    }
  }
}

TEST_F(DamagedJournal, SaysWhereTheDamageIsAndWhatFollows) {
  Bytes damaged = bytes;
  damaged[ends[1] + 30] = static_cast<char>(damaged[ends[1] + 30] + 1);
  write_bytes(path, damaged);
  const std::string text = error_of([&] { (void)open(); });
  const std::string place = "byte " + std::to_string(ends[1]);
  const std::string next = "follows at byte " + std::to_string(ends[2]);
  EXPECT_NE(text.find(place), text.npos) << text;
  EXPECT_NE(text.find(next), text.npos) << text;
  EXPECT_NE(text.find("checksum 0x"), text.npos) << text;
  EXPECT_NE(text.find("truncate -s " + std::to_string(ends[1])), text.npos) << text;
}

TEST_F(DamagedJournal, WithAnyRunOfBytesTakenOutOfTheMiddleIsRefused) {
  const std::uint64_t last = ends[ends.size() - 2];
  for (std::size_t from = ends.front(); from < last; from += 7) {
    for (const std::size_t count : {1U, 4U, 64U}) {
      const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(from);
      const std::size_t taken = std::min<std::size_t>(count, last - from);
      Bytes shorter(bytes.begin(), begin);
      shorter.insert(shorter.end(), begin + static_cast<std::ptrdiff_t>(taken), bytes.end());
      write_bytes(path, shorter);
      EXPECT_THROW((void)open(), JournalError) << from << " " << count;
    }
  }
}

TEST_F(DamagedJournal, WithATailOfZerosOrNoiseDropsTheTail) {
  // What some file systems leave when the machine goes down.
  for (const std::size_t size : {1U, 15U, 16U, 20U, 4096U, 100'000U}) {
    for (const bool noise : {false, true}) {
      Bytes longer = bytes;
      for (std::size_t i = 0; i < size; ++i) longer.push_back(noise ? static_cast<char>(i * i) : '\0');
      write_bytes(path, longer);
      Journal journal = open();
      EXPECT_EQ(journal.dropped_bytes(), size);
      expect_known(journal, entries.size());
    }
  }
}

TEST_F(DamagedJournal, OfAnotherVersionOrKindIsNamed) {
  Bytes newer = bytes;
  newer[8] = 3;
  write_bytes(path, newer);
  const std::string version = error_of([&] { (void)open(); });
  EXPECT_NE(version.find("format version 3"), version.npos) << version;
  EXPECT_NE(version.find(path.string()), version.npos) << version;

  for (const std::string_view other : {"{\"inputs\": {}}\n", "\x89HDF\r\n\x1a\n", "x"}) {
    write_bytes(path, Bytes(other.begin(), other.end()));
    const std::string text = error_of([&] { (void)open(); });
    EXPECT_NE(text.find("is not a mystic journal"), text.npos) << text;
    EXPECT_NE(text.find(path.string()), text.npos) << text;
  }
}

TEST_F(DamagedJournal, IsReportedTornToAReaderThatMayNotMendIt) {
  write_bytes(path, first(bytes.size() - 5));
  Collector collector;
  const JournalSummary summary = read_journal(path, collector);
  EXPECT_EQ(collector.outcomes.size(), entries.size() - 1);
  EXPECT_EQ(summary.good_bytes, ends[ends.size() - 2]);
  EXPECT_EQ(summary.good_bytes + summary.torn_bytes, bytes.size() - 5);
  EXPECT_EQ(file_size(), bytes.size() - 5);
}

class JournalFile : public JournalTest {};

TEST_F(JournalFile, IsNeverOverwritten) {
  create();
  const Bytes before = read_bytes(path);
  const std::string text = error_of([&] { (void)create(); });
  EXPECT_NE(text.find("File exists"), text.npos) << text;
  EXPECT_NE(text.find(path.string()), text.npos) << text;
  EXPECT_EQ(read_bytes(path), before);
}

TEST_F(JournalFile, LeavesNothingElseInItsDirectory) {
  Journal journal = create();
  record(journal, plain_entry(0));
  EXPECT_THROW((void)create(), JournalError);
  for (const auto& file : std::filesystem::directory_iterator(directory)) {
    EXPECT_EQ(file.path(), path);
  }
}

TEST_F(JournalFile, ThatIsMissingOrNoFileIsNamed) {
  EXPECT_EQ(code_of([&] { (void)open(); }), ENOENT);
  EXPECT_EQ(code_of([&] { (void)Journal::create(directory / "no" / "journal", "{}"); }), ENOENT);
  EXPECT_EQ(code_of([&] { (void)Journal::open(directory); }), EISDIR);
  const std::string text = error_of([&] { (void)Journal::open("/dev/null"); });
  EXPECT_NE(text.find("'/dev/null' is not a regular file"), text.npos) << text;
}

TEST_F(JournalFile, OptionsAreChecked) {
  for (const double seconds : {-1.0, 1e9, std::numeric_limits<double>::quiet_NaN()}) {
    JournalOptions options;
    options.sync_seconds = seconds;
    EXPECT_THROW((void)Journal::create(path, "{}", options), InvalidOptions) << seconds;
    EXPECT_FALSE(std::filesystem::exists(path));
  }
}

}  // namespace
}  // namespace mystic
