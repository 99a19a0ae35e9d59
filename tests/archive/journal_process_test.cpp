#include "journal_fixture.hpp"

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fcntl.h>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_int_distribution.hpp>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <functional>
#include <thread>

namespace mystic {
namespace {

using namespace journal_test;

/// A forked process that runs `body(descriptor)` and is killed at the end; what it writes to the
/// descriptor can be read here.
class Child {
 public:
  explicit Child(const std::function<void(int)>& body) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw Error("no pipe");
    process_ = ::fork();
    if (process_ == 0) {
      ::close(ends[0]);
      try {
        body(ends[1]);
      } catch (...) {
        ::_exit(1);
      }
      ::_exit(0);
    }
    ::close(ends[1]);
    reports_ = ends[0];
  }
  ~Child() {
    kill();
    ::close(reports_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void kill() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    (void)wait();
  }
  /// Its exit status; -1 when a signal ended it.
  int wait() {
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  /// The next number that it reported; nothing after its end.
  std::optional<std::uint64_t> report() const {
    std::uint64_t number = 0;
    const ssize_t got = ::read(reports_, &number, sizeof number);
    if (got != static_cast<ssize_t>(sizeof number)) return std::nullopt;
    return number;
  }

 private:
  pid_t process_ = 0;
  int reports_ = -1;
};

/// Short ones, and long ones that are written page by page.
Entry entry_of_any_length(std::uint64_t k) {
  Entry entry = plain_entry(k);
  if (k % 8 == 7) entry.outcome.fail(FailureKind::exit_status, std::string(30'000 + k % 997, 't'));
  return entry;
}

class KilledWriter : public JournalTest {};

TEST_F(KilledWriter, LeavesEveryRecordThatHadReturned) {
  boost::random::mt19937 random(20240607);
  boost::random::uniform_int_distribution<int> microseconds(200, 5'000);
  std::uint64_t recorded = 0;  // at least so many are in the file
  int torn = 0;
  for (int session = 0; session < 20; ++session) {
    if (session % 4 == 0) {  // a new journal, so that reading them does not grow too long
      std::filesystem::remove(path);
      create();
      recorded = 0;
    }
    Child writer([&](int reports) {
      Journal journal = open();
      for (std::uint64_t k = journal.known();; ++k) {
        record(journal, entry_of_any_length(k));
        (void)!::write(reports, &k, sizeof k);
      }
    });
    if (const auto first = writer.report()) recorded = std::max(recorded, *first + 1);
    std::this_thread::sleep_for(std::chrono::microseconds(microseconds(random)));
    std::thread killer([&] { writer.kill(); });
    while (const auto k = writer.report()) recorded = *k + 1;
    killer.join();

    Journal journal = open();
    torn += journal.dropped_bytes() > 0 ? 1 : 0;
    ASSERT_GE(journal.known(), recorded) << "session " << session;
    ASSERT_LE(journal.known(), recorded + 1) << "session " << session;
    recorded = journal.known();
    for (std::uint64_t k = 0; k < recorded; ++k) {
      ASSERT_TRUE(knows(journal, entry_of_any_length(k))) << k << " in session " << session;
    }
  }
  EXPECT_GT(recorded, 4U);
  RecordProperty("torn_ends", torn);
}

TEST_F(KilledWriter, LeavesAWholeJournalOrNoneWhenKilledWhileCreatingIt) {
  const int unnamed = ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
  if (unnamed < 0) GTEST_SKIP() << "no O_TMPFILE in " << directory;
  ::close(unnamed);
  boost::random::mt19937 random(5);
  boost::random::uniform_int_distribution<int> microseconds(0, 600);
  for (int round = 0; round < 60; ++round) {
    {
      Child writer([&](int) { (void)Journal::create(path, std::string(100'000, 'i'), without_disk()); });
      std::this_thread::sleep_for(std::chrono::microseconds(microseconds(random)));
    }
    if (std::filesystem::exists(path)) {
      EXPECT_EQ(open().identity().size(), 100'000U);
      std::filesystem::remove(path);
    }
    EXPECT_TRUE(std::filesystem::is_empty(directory));
  }
}

class JournalLock : public JournalTest {};

TEST_F(JournalLock, RefusesASecondOpenerOfAnyProcess) {
  Journal journal = create();
  ASSERT_TRUE(journal.locked());
  const std::string text = error_of([&] { (void)open(); });
  EXPECT_NE(text.find("is in use"), text.npos) << text;
  EXPECT_NE(text.find(path.string()), text.npos) << text;
  Child other([&](int) { ::_exit(code_of([&] { (void)open(); }) == EWOULDBLOCK ? 42 : 43); });
  EXPECT_EQ(other.wait(), 42);
}

TEST_F(JournalLock, IsLostWithTheJournal) {
  create();
  {
    const Journal journal = open();
  }
  Journal first = open();
  first = Journal::create(directory / "other", "{}", without_disk());
  EXPECT_NO_THROW((void)open());
}

TEST_F(JournalLock, IsLostWithTheProcessHoweverItEnds) {
  create();
  Child holder([&](int reports) {
    const Journal journal = open();
    const std::uint64_t ready = 1;
    (void)!::write(reports, &ready, sizeof ready);
    ::pause();
  });
  ASSERT_TRUE(holder.report().has_value());
  EXPECT_EQ(code_of([&] { (void)open(); }), EWOULDBLOCK);
  holder.kill();
  EXPECT_NO_THROW((void)open());
}

TEST_F(JournalLock, IsNotHeldByPrograms) {
  // A model's process must not keep the journal locked when it outlives us.
  Journal journal = create();
  const int number = descriptor_of_journal();
  ASSERT_GE(number, 0);
  EXPECT_NE(::fcntl(number, F_GETFD) & FD_CLOEXEC, 0);
}

}  // namespace
}  // namespace mystic
