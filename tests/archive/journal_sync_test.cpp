#include "journal_fixture.hpp"

#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <functional>
#include <mutex>
#include <thread>

namespace mystic {
namespace {

using namespace journal_test;
using namespace std::chrono_literals;

/// A disk that counts, and can fail.
class Disk {
 public:
  int sync(int descriptor) {
    struct stat status{};
    ::fstat(descriptor, &status);
    if (S_ISDIR(status.st_mode)) {
      ++directories;
      return 0;
    }
    if (fails) {
      errno = EIO;
      return -1;
    }
    const auto size = static_cast<std::uint64_t>(status.st_size);
    is_busy = true;
    while (is_slow) std::this_thread::sleep_for(1ms);
    is_busy = false;
    synced_size = size;
    ++files;
    return 0;
  }

  std::atomic<int> files = 0;
  std::atomic<int> directories = 0;
  std::atomic<std::uint64_t> synced_size = 0;
  std::atomic<bool> fails = false;
  std::atomic<bool> is_slow = false;  ///< then a sync lasts until it is not
  std::atomic<bool> is_busy = false;
};

/// Waits until `holds`, at most 5 s.
bool soon(const std::function<bool()>& holds) {
  for (int i = 0; i < 5000 && !holds(); ++i) std::this_thread::sleep_for(1ms);
  return holds();
}

class JournalSync : public JournalTest {
 protected:
  [[nodiscard]] JournalOptions every(double seconds) {
    JournalOptions options;
    options.sync_seconds = seconds;
    options.sync = [this](int descriptor) { return disk.sync(descriptor); };
    return options;
  }

  Disk disk;
};

TEST_F(JournalSync, OfTheFileAndItsDirectoryPrecedesTheFirstRecord) {
  const Journal journal = Journal::create(path, "{}", every(3600));
  EXPECT_EQ(disk.files, 1);
  EXPECT_EQ(disk.directories, 1);
  EXPECT_EQ(disk.synced_size, file_size());
}

TEST_F(JournalSync, FollowsARecordWithinTheInterval) {
  Journal journal = Journal::create(path, "{}", every(0.02));
  for (std::uint64_t k = 0; k < 3; ++k) {
    record(journal, plain_entry(k));
    EXPECT_TRUE(soon([&] { return disk.synced_size == file_size(); })) << k;
  }
}

TEST_F(JournalSync, IsNotPutOffByRecordsThatKeepComing) {
  Journal journal = Journal::create(path, "{}", every(0.02));
  const auto end = std::chrono::steady_clock::now() + 400ms;
  std::uint64_t k = 0;
  while (std::chrono::steady_clock::now() < end) {
    record(journal, plain_entry(k++));
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_GE(disk.files, 4);   // of about 20
  EXPECT_LE(disk.files, 30);  // and not after each of about 400 records
}

TEST_F(JournalSync, CoversRecordsMadeWhileAnotherOneRuns) {
  Journal journal = Journal::create(path, "{}", every(0.005));
  disk.is_slow = true;
  record(journal, plain_entry(0));
  ASSERT_TRUE(soon([&] { return disk.is_busy.load(); }));
  record(journal, plain_entry(1));
  disk.is_slow = false;
  EXPECT_TRUE(soon([&] { return disk.synced_size == file_size(); }));
}

TEST_F(JournalSync, SleepsWhenThereIsNothingToBring) {
  Journal journal = Journal::create(path, "{}", every(0.005));
  record(journal, plain_entry(0));
  ASSERT_TRUE(soon([&] { return disk.synced_size == file_size(); }));
  std::this_thread::sleep_for(50ms);
  const int before = disk.files;
  std::this_thread::sleep_for(100ms);
  EXPECT_EQ(disk.files, before);
}

TEST_F(JournalSync, WithAnIntervalOfZeroPrecedesTheReturnOfEachRecord) {
  Journal journal = Journal::create(path, "{}", every(0.0));
  for (std::uint64_t k = 0; k < 5; ++k) {
    record(journal, plain_entry(k));
    EXPECT_EQ(disk.synced_size, file_size()) << k;
  }
  journal.record_stop({1.0, "time"});
  EXPECT_EQ(disk.synced_size, file_size());
}

TEST_F(JournalSync, IsDoneOnRequestAndAtTheEnd) {
  {
    Journal journal = Journal::create(path, "{}", every(3600));
    record(journal, plain_entry(0));
    EXPECT_LT(disk.synced_size, file_size());
    journal.sync();
    EXPECT_EQ(disk.synced_size, file_size());
    record(journal, plain_entry(1));
    EXPECT_LT(disk.synced_size, file_size());
  }
  EXPECT_EQ(disk.synced_size, file_size());
  const int before = disk.files;
  {
    const Journal journal = Journal::open(path, every(3600));
  }
  EXPECT_EQ(disk.files, before + 1) << "the record of the session";
}

TEST_F(JournalSync, ThatFailsIsSaidAtTheNextRecordAndStaysSaid) {
  Journal journal = Journal::create(path, "{}", every(0.005));
  disk.fails = true;
  std::string text;
  std::uint64_t k = 0;
  EXPECT_TRUE(soon([&] {
    text = error_of([&] { record(journal, plain_entry(k++)); });
    return !text.empty();
  }));
  EXPECT_NE(text.find("Input/output error"), text.npos) << text;
  EXPECT_NE(text.find(path.string()), text.npos) << text;
  // A sync that succeeds after one that failed says nothing about what was to be synced then.
  disk.fails = false;
  EXPECT_EQ(code_of([&] { journal.sync(); }), EIO);
  const std::uint64_t before = file_size();
  EXPECT_EQ(code_of([&] { record(journal, plain_entry(k)); }), EIO);
  EXPECT_EQ(file_size(), before);
}

TEST_F(JournalSync, ThatFailsWithAnIntervalOfZeroIsSaidAtOnce) {
  Journal journal = Journal::create(path, "{}", every(0.0));
  disk.fails = true;
  EXPECT_EQ(code_of([&] { record(journal, plain_entry(0)); }), EIO);
}

TEST_F(JournalSync, ThatFailsAtCreationLeavesNoJournal) {
  disk.fails = true;
  EXPECT_EQ(code_of([&] { (void)Journal::create(path, "{}", every(1.0)); }), EIO);
  EXPECT_FALSE(std::filesystem::exists(path));
}

volatile sig_atomic_t signals_seen = 0;

TEST_F(JournalSync, ThreadLeavesSignalsToTheProgram) {
  signals_seen = 0;
  auto* const before = ::signal(SIGUSR1, [](int) { signals_seen = signals_seen + 1; });
  const Journal journal = Journal::create(path, "{}", every(0.005));
  sigset_t user;
  sigemptyset(&user);
  sigaddset(&user, SIGUSR1);
  ::pthread_sigmask(SIG_BLOCK, &user, nullptr);
  ::kill(::getpid(), SIGUSR1);
  std::this_thread::sleep_for(20ms);
  EXPECT_EQ(signals_seen, 0);  // only the journal's thread could have taken it
  ::pthread_sigmask(SIG_UNBLOCK, &user, nullptr);
  EXPECT_EQ(signals_seen, 1);
  ::signal(SIGUSR1, before);
}

}  // namespace
}  // namespace mystic
