#include "journal_fixture.hpp"
#include "tests/support/count_allocations.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

namespace mystic {
namespace {

using namespace journal_test;
using testing_support::allocations_so_far;
using namespace std::chrono_literals;

class JournalAllocations : public JournalTest {};

TEST_F(JournalAllocations, AreSeen) {
  const long before = allocations_so_far();
  const auto number = std::make_unique<int>(3);
  const long after_new = allocations_so_far();
  const Vector vector = Vector::Zero(*number);
  EXPECT_EQ(after_new - before, 1);
  EXPECT_EQ(allocations_so_far() - after_new, 1) << vector.size();
}

TEST_F(JournalAllocations, AreNoneInTheSteadyStateOfRecordAndRecall) {
  std::atomic<int> syncs = 0;
  JournalOptions options;
  options.sync = [&syncs](int) {
    ++syncs;
    return 0;
  };
  options.sync_seconds = 0.001;
  double now = 0.0;
  options.clock = [&now] { return now += 0.5; };
  Entry entry = plain_entry(0);
  entry.id = id_of({1, 2, 3}, 0);
  {
    Journal journal = Journal::create(path, "{}", options);
    // The journal's own thread has started, too, once it has synced (2 syncs belong to create()).
    const auto started = [&] { return syncs >= 5 || entry.id.k > 5'000'000; };
    for (; entry.id.k < 10 || !started(); ++entry.id.k) record(journal, entry);
    const long before = allocations_so_far();
    for (const auto end = entry.id.k + 5000; entry.id.k < end; ++entry.id.k) record(journal, entry);
    EXPECT_EQ(allocations_so_far() - before, 0);
  }
  const int before_open = syncs;
  Journal journal = Journal::open(path, options);
  for (int i = 0; i < 5000 && syncs == before_open; ++i) std::this_thread::sleep_for(1ms);
  Outcome outcome;
  entry.id.k = 0;
  ASSERT_TRUE(journal.recall(entry.id, entry.x, outcome));
  const long before = allocations_so_far();
  for (; entry.id.k < 5000; ++entry.id.k) {
    if (!journal.recall(entry.id, entry.x, outcome)) FAIL() << entry.id.k;
  }
  EXPECT_EQ(allocations_so_far() - before, 0);
}

}  // namespace
}  // namespace mystic
