#include "journal_fixture.hpp"

#include <fmt/format.h>

#include <stdlib.h>
#include <sys/stat.h>

#include <bit>
#include <cstring>
#include <iterator>

namespace mystic::journal_test {
namespace {

Entry entry_of(std::uint64_t k, Vector x, Vector outputs) {
  Entry entry;
  entry.id = id_of({7}, k);
  entry.x = std::move(x);
  entry.outcome.outputs = std::move(outputs);
  return entry;
}

Vector special_numbers() {
  const double tiny = std::numeric_limits<double>::denorm_min();
  const double payload = std::bit_cast<double>(0x7ff8'0000'dead'beefULL);
  const double signalling = std::bit_cast<double>(0xfff0'0000'0000'0001ULL);
  return Vector{{-0.0, 0.0, tiny, -tiny, payload, signalling, infinity, -infinity, 0.1,
                 std::numeric_limits<double>::max()}};
}

}  // namespace

EvaluationId id_of(std::initializer_list<std::uint32_t> path, std::uint64_t k) {
  EvaluationId id;
  for (const std::uint32_t step : path) id.path = id.path.child(step);
  id.k = k;
  return id;
}

Entry plain_entry(std::uint64_t k) {
  const auto number = static_cast<double>(k);
  Entry entry;
  entry.id = id_of({static_cast<std::uint32_t>(k % 3)}, k);
  entry.x = Vector{{number + 0.1, -number / 3.0, 1e-300 * number}};
  entry.outcome.outputs = Vector{{number * number, 1.0 / (number + 1.0)}};
  entry.outcome.seconds = 0.25 * number;
  return entry;
}

std::vector<Entry> unusual_entries() {
  std::vector<Entry> entries;
  entries.push_back(entry_of(0, special_numbers(), special_numbers()));
  entries.push_back(entry_of(1, Vector{}, Vector{}));
  entries.push_back(entry_of(2, Vector::LinSpaced(5000, -1.0, 1.0), Vector::Ones(3000)));
  for (int kind = 0; kind < static_cast<int>(FailureKind::cancelled); ++kind) {
    Entry failed = entry_of(10 + static_cast<std::uint64_t>(kind), Vector{{1.5}}, Vector{});
    failed.outcome.fail(static_cast<FailureKind>(kind), "kind " + std::to_string(kind));
    entries.push_back(failed);
  }
  Entry with_log = entry_of(30, Vector{{2.5}}, Vector{});
  with_log.outcome.fail(FailureKind::exit_status, fmt::format("{:e<100000}\n{}{}end", "", '\0', '\xff'));
  entries.push_back(with_log);
  Entry remote = entry_of(31, Vector{{3.5}}, Vector{{4.5}});
  remote.outcome.host = "node-17.cluster";
  remote.outcome.attempts = 3;
  remote.outcome.seconds = std::numeric_limits<double>::denorm_min();
  entries.push_back(remote);
  Entry root = entry_of(0, Vector{{1.0}}, Vector{{2.0}});
  root.id = EvaluationId{};
  entries.push_back(root);
  Entry deepest = entry_of(0, Vector{{1.0}}, Vector{{3.0}});
  deepest.id = id_of({1, 2, 3, 4, 5, 0xffff'ffffU}, std::numeric_limits<std::uint64_t>::max());
  entries.push_back(deepest);
  return entries;
}

::testing::AssertionResult same_bits(const VectorView& left, const VectorView& right) {
  if (left.size() != right.size()) {
    return ::testing::AssertionFailure() << left.size() << " against " << right.size() << " numbers";
  }
  for (Index i = 0; i < left.size(); ++i) {
    if (std::bit_cast<std::uint64_t>(left[i]) != std::bit_cast<std::uint64_t>(right[i])) {
      return ::testing::AssertionFailure() << "number " << i << ": " << left[i] << ", " << right[i];
    }
  }
  return ::testing::AssertionSuccess();
}

::testing::AssertionResult same(const Outcome& left, const Outcome& right) {
  if (left.ok() != right.ok()) return ::testing::AssertionFailure() << "one of the two failed";
  const bool alike =
      left.attempts == right.attempts && left.seconds == right.seconds && left.host == right.host;
  if (!alike) return ::testing::AssertionFailure() << "attempts, seconds or host differ";
  if (left.ok()) return same_bits(left.outputs, right.outputs);
  if (left.failure->kind != right.failure->kind || left.failure->text != right.failure->text) {
    return ::testing::AssertionFailure() << "the failures differ";
  }
  return ::testing::AssertionSuccess();
}

void record(Journal& journal, const Entry& entry) { journal.record(entry.id, entry.x, entry.outcome); }

::testing::AssertionResult knows(Journal& journal, const Entry& entry) {
  Outcome outcome = plain_entry(99).outcome;  // all of it must be replaced
  outcome.host = "elsewhere";
  outcome.attempts = -1;
  if (!journal.recall(entry.id, entry.x, outcome)) {
    return ::testing::AssertionFailure() << to_string(entry.id) << " is not known";
  }
  return same(outcome, entry.outcome);
}

Bytes read_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void write_bytes(const std::filesystem::path& path, const Bytes& bytes) {
  std::filesystem::remove(path);  // ext4 waits for the disk when a file is cut and written anew
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

JournalTest::JournalTest() {
  std::string name = ::testing::TempDir() + "mystic-journal-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) throw Error("no temporary directory " + name);
  directory = name;
  path = directory / "journal";
}

JournalTest::~JournalTest() { std::filesystem::remove_all(directory); }

int JournalTest::descriptor_of_journal() const {
  struct stat file{};
  if (::stat(path.c_str(), &file) != 0) return -1;
  for (int number = 3; number < 1024; ++number) {
    struct stat status{};
    if (::fstat(number, &status) != 0) continue;
    if (status.st_dev == file.st_dev && status.st_ino == file.st_ino) return number;
  }
  return -1;
}

JournalOptions JournalTest::without_disk() {
  JournalOptions options;
  options.sync = [](int) { return 0; };
  return options;
}

}  // namespace mystic::journal_test
