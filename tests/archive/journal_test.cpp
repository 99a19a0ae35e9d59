#include "journal_fixture.hpp"

#include "mystic/core/bytes.hpp"

namespace mystic {
namespace {

using namespace journal_test;

class JournalRecords : public JournalTest {};

TEST_F(JournalRecords, ComeBackBitForBit) {
  const std::vector<Entry> entries = unusual_entries();
  {
    Journal journal = create();
    for (const Entry& entry : entries) record(journal, entry);
  }
  Journal journal = open();
  EXPECT_EQ(journal.known(), entries.size());
  EXPECT_EQ(journal.dropped_bytes(), 0U);
  for (const Entry& entry : entries) EXPECT_TRUE(knows(journal, entry)) << to_string(entry.id);
  EXPECT_EQ(journal.replayed(), entries.size());
}

TEST_F(JournalRecords, OfManySessionsAddUp) {
  std::uint64_t made = 0;
  create();
  for (int session = 0; session < 5; ++session) {
    Journal journal = open();
    EXPECT_EQ(journal.known(), made);
    for (std::uint64_t k = 0; k < made; ++k) EXPECT_TRUE(knows(journal, plain_entry(k))) << k;
    for (int more = 0; more < 3; ++more) record(journal, plain_entry(made++));
  }
}

TEST_F(JournalRecords, OfThisSessionAreNotRecalledInIt) {
  Journal journal = create();
  record(journal, plain_entry(0));
  Outcome outcome;
  EXPECT_FALSE(journal.recall(plain_entry(0).id, plain_entry(0).x, outcome));
  EXPECT_EQ(journal.known(), 0U);
  EXPECT_EQ(journal.replayed(), 0U);
}

TEST_F(JournalRecords, AreToldInOrderWithoutOpeningForWriting) {
  JournalOptions options = without_disk();
  options.session_time = 1.7e9;
  options.session_text = "on a laptop";
  Journal journal = Journal::create(path, "{\"seed\":3}", options);
  for (std::uint64_t k = 0; k < 4; ++k) record(journal, plain_entry(k));
  journal.record_stop({.seconds = 2.5, .reason = "time is up"});
  record(journal, plain_entry(4));
  const Bytes before = read_bytes(path);

  Collector collector;
  const JournalSummary summary = read_journal(path, collector);  // while `journal` has the lock

  EXPECT_EQ(summary.identity, "{\"seed\":3}");
  EXPECT_EQ(summary.good_bytes, file_size());
  EXPECT_EQ(summary.torn_bytes, 0U);
  ASSERT_EQ(collector.outcomes.size(), 5U);
  for (std::uint64_t k = 0; k < 5; ++k) {
    EXPECT_EQ(collector.outcomes[k].id, plain_entry(k).id);
    EXPECT_TRUE(same_bits(collector.outcomes[k].x, plain_entry(k).x));
    EXPECT_TRUE(same(collector.outcomes[k].outcome, plain_entry(k).outcome));
  }
  ASSERT_EQ(collector.stops.size(), 1U);
  EXPECT_EQ(collector.stops[0].reason, "time is up");
  ASSERT_EQ(collector.sessions.size(), 1U);
  EXPECT_EQ(collector.sessions[0].time, 1.7e9);
  EXPECT_EQ(collector.sessions[0].text, "on a laptop");
  EXPECT_EQ(read_bytes(path), before);
}

TEST_F(JournalRecords, CountTheRunningTimeOfAllSessions) {
  double now = 0.0;
  JournalOptions options = without_disk();
  options.clock = [&now] { return now; };
  {
    Journal journal = Journal::create(path, "{}", options);
    EXPECT_EQ(journal.earlier_seconds(), 0.0);
    now = 5.0;
    record(journal, plain_entry(0));
    now = 4.0;  // a record that comes late does not turn the time back
    record(journal, plain_entry(1));
    EXPECT_EQ(journal.earlier_seconds(), 0.0);
  }
  {
    Journal journal = Journal::open(path, options);
    EXPECT_EQ(journal.earlier_seconds(), 5.0);
    now = 2.0;
    record(journal, plain_entry(2));
  }
  {
    Journal journal = Journal::open(path, options);
    EXPECT_EQ(journal.earlier_seconds(), 7.0);
    journal.record_stop({.seconds = 9.5, .reason = "time"});
  }
  EXPECT_EQ(Journal::open(path, options).earlier_seconds(), 9.5);
}

TEST_F(JournalRecords, OfCancelledEvaluationsAreRefused) {
  Journal journal = create();
  const std::uint64_t before = file_size();
  Entry entry = plain_entry(0);
  entry.outcome.fail(FailureKind::cancelled, "");
  EXPECT_THROW(record(journal, entry), InvalidArgument);
  EXPECT_EQ(file_size(), before);
}

class JournalledStop : public JournalTest {};

TEST_F(JournalledStop, IsThereForTheNextSessionOnly) {
  {
    Journal journal = create();
    record(journal, plain_entry(0));
    journal.record_stop({.seconds = 60.0, .reason = "limit of 60 s"});
    EXPECT_FALSE(journal.recall_stop().has_value());
  }
  const auto stop = open().recall_stop();
  ASSERT_TRUE(stop.has_value());
  EXPECT_EQ(stop->seconds, 60.0);
  EXPECT_EQ(stop->reason, "limit of 60 s");
}

TEST_F(JournalledStop, SurvivesSessionsThatOnlyReplay) {
  create().record_stop({.seconds = 60.0, .reason = "limit of 60 s"});
  EXPECT_TRUE(open().recall_stop().has_value());
  EXPECT_TRUE(open().recall_stop().has_value());
}

TEST_F(JournalledStop, SurvivesTheSpeculativeOutcomesThatArriveAfterIt) {
  {
    Journal journal = create();
    journal.record_stop({.seconds = 60.0, .reason = "limit of 60 s"});
    record(journal, plain_entry(0));
  }
  EXPECT_TRUE(open().recall_stop().has_value());
}

TEST_F(JournalledStop, IsOverWhenALaterSessionWentOn) {
  create().record_stop({.seconds = 60.0, .reason = "limit of 60 s"});
  {
    Journal journal = open();
    record(journal, plain_entry(0));
  }
  EXPECT_FALSE(open().recall_stop().has_value());
  open().record_stop({.seconds = 90.0, .reason = "limit of 90 s"});
  EXPECT_EQ(open().recall_stop()->reason, "limit of 90 s");
}

class JournalOfAnotherStudy : public JournalTest {};

TEST_F(JournalOfAnotherStudy, IsRefusedAtTheFirstPointThatDiffers) {
  Entry entry = plain_entry(4);
  {
    Journal journal = create();
    record(journal, entry);
  }
  Journal journal = open();
  Outcome outcome;
  Vector other = entry.x;
  other[1] = 0.625;
  const std::string text = error_of([&] { (void)journal.recall(entry.id, other, outcome); });
  EXPECT_NE(text.find(path.string()), text.npos) << text;
  EXPECT_NE(text.find("of another search"), text.npos) << text;
  EXPECT_NE(text.find("evaluation 1#4"), text.npos) << text;
  EXPECT_NE(text.find("coordinate 1 is 0.625 here and -1.3333333333333333 in the journal"), text.npos)
      << text;
  EXPECT_EQ(journal.replayed(), 0U);
  EXPECT_TRUE(knows(journal, entry));
}

TEST_F(JournalOfAnotherStudy, DiffersByBitsAndByTheNumberOfCoordinates) {
  Entry entry = plain_entry(0);
  entry.x = Vector{{1.0, 0.0, std::numeric_limits<double>::quiet_NaN()}};
  {
    Journal journal = create();
    record(journal, entry);
  }
  Journal journal = open();
  Outcome outcome;
  const auto with = [&](Index i, double value) {
    Vector x = entry.x;
    x[i] = value;
    return error_of([&] { (void)journal.recall(entry.id, x, outcome); });
  };
  EXPECT_NE(with(1, -0.0).find("coordinate 1 is -0 (0x8000000000000000) here and 0 (0x00"),
            std::string::npos)
      << with(1, -0.0);
  EXPECT_NE(with(2, -entry.x[2]).find("coordinate 2 is -nan (0xfff8"), std::string::npos)
      << with(2, -entry.x[2]);
  EXPECT_NE(with(0, 1.0 + 1e-15).find("coordinate 0 is 1.00000000000000"), std::string::npos);
  const Vector shorter = entry.x.head(2);
  EXPECT_THROW((void)journal.recall(entry.id, shorter, outcome), JournalError);
  EXPECT_TRUE(knows(journal, entry));
}

TEST_F(JournalOfAnotherStudy, IsNotMixedIntoThisOne) {
  Entry first = plain_entry(0);
  Entry again = first;
  again.outcome.outputs[0] = 77.0;
  {
    Journal journal = create();
    record(journal, first);
    record(journal, again);  // same x: the first one counts
  }
  {
    Journal journal = open();
    EXPECT_EQ(journal.known(), 1U);
    EXPECT_TRUE(knows(journal, first));
    again.x[2] = 5.0;
    record(journal, again);
  }
  const std::string text = error_of([&] { (void)open(); });
  EXPECT_NE(text.find("both of evaluation 0#0"), text.npos) << text;
  EXPECT_NE(text.find("coordinate 2"), text.npos) << text;
}

}  // namespace
}  // namespace mystic
