#include "tests/archive/journal_fixture.hpp"

#include <optional>

namespace mystic::journal_test {
namespace {

Entry entry(std::uint64_t k, double x, std::optional<FailureKind> failed = {}) {
  Entry made{.id = id_of({}, k), .x = Vector{{x}}};
  made.outcome.outputs = Vector{{10.0 * x}};
  if (failed) made.outcome.fail(*failed, "as told");
  return made;
}

class Rerun : public JournalTest {
 protected:
  void SetUp() override {
    Journal journal = create();
    record(journal, entry(0, 1.0));
    record(journal, entry(1, 2.0, FailureKind::deadline));
    record(journal, entry(2, 3.0, FailureKind::signal));
    record(journal, entry(3, 4.0));
  }
};

TEST_F(Rerun, MakesFailuresUnknownInThisSessionAndTheNext) {
  {
    Journal journal = open();
    EXPECT_TRUE(knows(journal, entry(1, 2.0, FailureKind::deadline)));
    EXPECT_EQ(journal.forget_failures(), 2U);
    EXPECT_FALSE(knows(journal, entry(1, 2.0, FailureKind::deadline)));
    EXPECT_TRUE(knows(journal, entry(0, 1.0)));
    record(journal, entry(1, 2.0));
  }
  Journal journal = open();
  EXPECT_TRUE(knows(journal, entry(1, 2.0)));
  EXPECT_FALSE(knows(journal, entry(2, 3.0, FailureKind::signal)));
  EXPECT_EQ(journal.known(), 3U);
}

TEST_F(Rerun, CanBeForOneKindOnly) {
  Journal journal = open();
  const std::vector<FailureKind> kinds{FailureKind::signal};
  EXPECT_EQ(journal.forget_failures(kinds), 1U);
  EXPECT_TRUE(knows(journal, entry(1, 2.0, FailureKind::deadline)));
}

// What a mended failure changes in a search: the points after it.
TEST_F(Rerun, LetsALaterRecordWithAnotherPointTakeThePlaceOfAnEarlier) {
  Outcome outcome;
  {
    Journal journal = open();
    EXPECT_THROW(journal.recall(id_of({}, 3), Vector{{5.0}}, outcome), JournalError);
    journal.forget_failures();
    EXPECT_FALSE(journal.recall(id_of({}, 3), Vector{{5.0}}, outcome));
    record(journal, entry(3, 5.0));
  }
  Journal journal = open();
  EXPECT_TRUE(knows(journal, entry(3, 5.0)));
  EXPECT_FALSE(journal.recall(id_of({}, 3), Vector{{4.0}}, outcome));
}

TEST_F(Rerun, ForgetsAStopByTimeToo) {
  {
    Journal journal = open();
    journal.record_stop({.seconds = 5.0, .reason = "time"});
  }
  {
    Journal journal = open();
    EXPECT_TRUE(journal.recall_stop());
    journal.forget_failures();
    EXPECT_FALSE(journal.recall_stop());
  }
  EXPECT_FALSE(open().recall_stop());
}

}  // namespace
}  // namespace mystic::journal_test
