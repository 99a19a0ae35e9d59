#include "journal_fixture.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <fcntl.h>

#include <cerrno>
#include <csignal>

namespace mystic {
namespace {

using namespace journal_test;

/// No file grows beyond `bytes` while it lives. As the command line program does, it ignores
/// SIGXFSZ.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(std::uint64_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  void (*handler_)(int);
  rlimit before_{};
};

class FullDisk : public JournalTest {};

TEST_F(FullDisk, KeepsAGoodFileWhereverTheRecordIsCutAndGoesOnWhenThereIsRoom) {
  Journal journal = create();
  record(journal, plain_entry(0));
  std::uint64_t k = 1;
  const std::uint64_t before = file_size();
  record(journal, plain_entry(k++));
  const std::uint64_t length = file_size() - before;
  for (std::uint64_t room = 0; room < length; ++room) {
    const std::uint64_t good = file_size();
    {
      const FileSizeLimit limit(good + room);
      EXPECT_EQ(code_of([&] { record(journal, plain_entry(k)); }), EFBIG) << room;
      EXPECT_EQ(code_of([&] { journal.record_stop({1.0, std::string(length, 's')}); }), EFBIG);
    }
    ASSERT_EQ(file_size(), good) << room;
    Collector collector;
    EXPECT_EQ(read_journal(path, collector).torn_bytes, 0U);
    EXPECT_EQ(collector.outcomes.size(), k);
    record(journal, plain_entry(k++));
  }
  {
    const Journal gone = std::move(journal);
  }
  Journal again = open();
  EXPECT_EQ(again.known(), k);
  EXPECT_EQ(again.dropped_bytes(), 0U);
  for (std::uint64_t i = 0; i < k; ++i) EXPECT_TRUE(knows(again, plain_entry(i))) << i;
}

TEST_F(FullDisk, IsSaidWithTheFileTheReasonAndTheRemedy) {
  Journal journal = create();
  const FileSizeLimit limit(file_size() + 10);
  const std::string text = error_of([&] { record(journal, plain_entry(0)); });
  EXPECT_NE(text.find(path.string()), text.npos) << text;
  EXPECT_NE(text.find("File too large"), text.npos) << text;
  EXPECT_NE(text.find("ulimit -f"), text.npos) << text;
  EXPECT_NE(text.find("`mystic resume`"), text.npos) << text;
}

TEST_F(FullDisk, WhileOpeningDropsNothingAndALaterOpenSucceeds) {
  {
    Journal journal = create();
    record(journal, plain_entry(0));
  }
  {
    const FileSizeLimit limit(file_size());
    EXPECT_EQ(code_of([&] { (void)open(); }), EFBIG);  // no room for the session's record
  }
  Journal journal = open();
  EXPECT_EQ(journal.known(), 1U);
  EXPECT_EQ(journal.dropped_bytes(), 0U);
}

TEST_F(FullDisk, WhileCreatingLeavesNoFile) {
  const FileSizeLimit limit(10);
  EXPECT_EQ(code_of([&] { (void)create(); }), EFBIG);
  EXPECT_TRUE(std::filesystem::is_empty(directory));
}

TEST_F(FullDisk, ThatCannotEvenBeCutBackIsSurvived) {
  // /dev/full refuses writing (ENOSPC) and cutting (EINVAL); it takes the journal's place for a
  // while.
  Journal journal = create();
  record(journal, plain_entry(0));
  const int number = descriptor_of_journal();
  ASSERT_GE(number, 0);
  const int kept = ::dup(number);
  const int full = ::open("/dev/full", O_RDWR | O_CLOEXEC);
  ASSERT_EQ(::dup2(full, number), number);

  const std::string text = error_of([&] { record(journal, plain_entry(1)); });
  EXPECT_NE(text.find("No space left on device"), text.npos) << text;
  EXPECT_NE(text.find("free space, then `mystic resume`"), text.npos) << text;
  EXPECT_EQ(code_of([&] { record(journal, plain_entry(1)); }), ENOSPC);

  ASSERT_EQ(::dup2(kept, number), number);
  ::close(kept);
  ::close(full);
  // As if a part of the record had been written: longer than the one that comes next.
  Bytes bytes = read_bytes(path);
  for (int i = 0; i < 300; ++i) bytes.push_back(static_cast<char>(i));
  std::ofstream(path, std::ios::binary | std::ios::in).write(bytes.data(), std::ssize(bytes));
  record(journal, plain_entry(2));
  {
    const Journal gone = std::move(journal);
  }

  Journal again = open();
  EXPECT_EQ(again.known(), 2U);
  EXPECT_GT(again.dropped_bytes(), 0U);
  EXPECT_TRUE(knows(again, plain_entry(0)));
  EXPECT_TRUE(knows(again, plain_entry(2)));
}

}  // namespace
}  // namespace mystic
