// Who gets which task, and what a death does: without messages.

#include "../../maps/dealer.hpp"

#include "mystic/core/layout.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace mystic {
namespace {

// A dealer with `workers` workers who are all there, and tasks for it.
class Table {
 public:
  Table(Deal deal, std::size_t workers, Index prefetch, Index tasks)
      : dealer(deal, workers, prefetch), tasks_(static_cast<std::size_t>(tasks)) {
    for (std::size_t worker = 0; worker < workers; ++worker) dealer.join(worker);
    for (Index i = 0; i < tasks; ++i) {
      tasks_[static_cast<std::size_t>(i)].position = i;
      tasks_[static_cast<std::size_t>(i)].of = tasks;
      dealer.add(tasks_[static_cast<std::size_t>(i)]);
    }
  }

  // All deals that can be made now.
  std::vector<Dealer::Dealt> deal_out() {
    std::vector<Dealer::Dealt> all;
    while (const auto dealt = dealer.deal()) all.push_back(*dealt);
    return all;
  }

  [[nodiscard]] Index number(const Task* task) const { return task - tasks_.data(); }

  Dealer dealer;

 private:
  std::vector<Task> tasks_;
};

constexpr std::size_t one_after_another = 1;

// Answers every deal at once until nothing is left; who computed what.
std::map<Index, std::size_t> play(Table& table) {
  std::map<Index, std::size_t> computed;
  for (auto dealt = table.deal_out(); !dealt.empty(); dealt = table.deal_out()) {
    for (const auto& one : dealt) {
      EXPECT_EQ(table.dealer.answered(one.worker, one.serial), one.task);
      computed[table.number(one.task)] += one.worker + one_after_another;
    }
  }
  return computed;
}

TEST(Carddealer, GivesTheNextTaskToWhoeverIsFree) {
  Table table(Deal::carddealer, 2, 1, 4);
  const auto first = table.deal_out();
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(table.number(first[0].task), 0);
  EXPECT_EQ(table.number(first[1].task), 1);
  table.dealer.answered(first[1].worker, first[1].serial);
  const auto second = table.deal_out();
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(table.number(second[0].task), 2);
  EXPECT_EQ(second[0].worker, first[1].worker);
}

TEST(Carddealer, FillsNoHandWhileAnotherIsEmpty) {
  Table table(Deal::carddealer, 3, 2, 6);
  const auto dealt = table.deal_out();
  ASSERT_EQ(dealt.size(), 6U);
  std::set<std::size_t> first_round;
  for (std::size_t i = 0; i < 3; ++i) first_round.insert(dealt[i].worker);
  EXPECT_EQ(first_round.size(), 3U);
}

TEST(Carddealer, GivesNoStockBeforeAllAreThere) {
  std::vector<Task> tasks(3);
  Dealer dealer(Deal::carddealer, 2, 3);
  for (Task& task : tasks) dealer.add(task);
  dealer.join(1);
  EXPECT_TRUE(dealer.deal());
  EXPECT_FALSE(dealer.deal()) << "worker 1 took more than it can compute now";
  dealer.join(0);
  EXPECT_EQ(dealer.deal()->worker, 0U);
  EXPECT_TRUE(dealer.deal());
}

TEST(Carddealer, GivesStockWhenTheLastAbsentWorkerIsLost) {
  std::vector<Task> tasks(3);
  Dealer dealer(Deal::carddealer, 2, 3);
  for (Task& task : tasks) dealer.add(task);
  dealer.join(1);
  dealer.lose(0);
  EXPECT_TRUE(dealer.deal() && dealer.deal() && dealer.deal());
}

TEST(Equalportion, GivesEveryWorkerItsBalancedShare) {
  for (const Index tasks : {1, 7, 10}) {
    for (const std::size_t workers : {1U, 3U, 4U}) {
      Table table(Deal::equalportion, workers, 1, tasks);
      const BalancedLayout layout(tasks, static_cast<Index>(workers));
      const auto computed = play(table);
      EXPECT_EQ(computed.size(), static_cast<std::size_t>(tasks));
      for (const auto& [task, worker] : computed) {
        EXPECT_EQ(static_cast<Index>(worker - one_after_another), layout.owner(task)) << task;
      }
    }
  }
}

TEST(Equalportion, LeavesAWorkerIdleRatherThanGivingItAnothersShare) {
  Table table(Deal::equalportion, 2, 1, 4);
  auto dealt = table.deal_out();
  for (int i = 0; i < 2; ++i) {  // worker 1 finishes its share
    table.dealer.answered(1, dealt.back().serial);
    dealt = table.deal_out();
    if (i == 0) {
      ASSERT_EQ(dealt.size(), 1U);
    }
  }
  EXPECT_TRUE(dealt.empty());
}

TEST(Equalportion, GivesTheShareOfTheDeadToTheLiving) {
  Table table(Deal::equalportion, 3, 1, 9);
  auto dealt = table.deal_out();
  table.dealer.lose(1);
  std::set<Index> computed;
  while (!dealt.empty()) {
    for (const auto& one : dealt) {
      if (table.dealer.answered(one.worker, one.serial) == nullptr) continue;
      EXPECT_NE(one.worker, 1U);
      computed.insert(table.number(one.task));
    }
    dealt = table.deal_out();
  }
  EXPECT_EQ(computed.size(), 9U);
}

class BothDeals : public testing::TestWithParam<Deal> {};

TEST_P(BothDeals, DealEveryTaskOnceWhenNobodyDies) {
  for (const Index prefetch : {1, 3}) {
    Table table(GetParam(), 3, prefetch, 20);
    EXPECT_EQ(play(table).size(), 20U);
    EXPECT_EQ(table.dealer.drop(), nullptr);
  }
}

TEST_P(BothDeals, DealWhatTheDeadHeldAgainBeforeAllElse) {
  Table table(GetParam(), 2, 2, 12);
  const auto dealt = table.deal_out();
  std::vector<Index> held;
  std::uint64_t serial_of_0 = 0;
  for (const auto& one : dealt) {
    if (one.worker == 1) held.push_back(table.number(one.task));
    if (one.worker == 0) serial_of_0 = one.serial;
  }
  ASSERT_EQ(held.size(), 2U);
  EXPECT_EQ(table.dealer.lose(1), nullptr);
  EXPECT_EQ(table.dealer.left(), 1U);
  std::set<Index> computed;
  table.dealer.answered(0, serial_of_0);
  auto next = table.deal_out();
  ASSERT_EQ(next.size(), 1U);
  if (GetParam() == Deal::carddealer) {
    EXPECT_EQ(table.number(next[0].task), held[0]);
  }
  for (; !next.empty(); next = table.deal_out()) {
    EXPECT_EQ(next[0].worker, 0U);
    computed.insert(table.number(next[0].task));
    table.dealer.answered(0, next[0].serial);
  }
  for (const Index task : held) EXPECT_TRUE(computed.contains(task)) << task;
}

TEST_P(BothDeals, FailATaskOverWhichTwoWorkersDied) {
  Table table(GetParam(), 3, 1, 1);
  for (int deaths = 1; deaths <= 2; ++deaths) {
    const auto dealt = table.deal_out();
    ASSERT_EQ(dealt.size(), 1U);
    Task* const failed = table.dealer.lose(dealt[0].worker);
    EXPECT_EQ(failed, deaths == 2 ? dealt[0].task : nullptr);
  }
  EXPECT_TRUE(table.deal_out().empty());
}

TEST_P(BothDeals, BlameOnlyTheTaskThatWasComputedNotThoseInStock) {
  Table table(GetParam(), 4, 2, 8);
  std::map<std::size_t, std::vector<Dealer::Dealt>> hands;
  for (const auto& one : table.deal_out()) hands[one.worker].push_back(one);
  ASSERT_EQ(hands[0].size(), 2U);
  Task* const deadly = hands[0][0].task;
  Task* const in_stock = hands[0][1].task;
  EXPECT_EQ(table.dealer.lose(0), nullptr);
  const auto hand_over = [&](std::size_t worker) {  // to one that finishes what it has
    for (const auto& one : hands[worker]) table.dealer.answered(worker, one.serial);
    std::vector<Task*> now;
    for (const auto& one : table.deal_out()) now.push_back(one.task);
    return now;
  };
  EXPECT_EQ(hand_over(1), (std::vector<Task*>{deadly, in_stock}));
  EXPECT_EQ(table.dealer.lose(1), deadly);
  EXPECT_EQ(hand_over(2), std::vector<Task*>{in_stock});
  EXPECT_EQ(table.dealer.lose(2), nullptr) << "the first death over it";
  EXPECT_EQ(hand_over(3), std::vector<Task*>{in_stock});
  EXPECT_EQ(table.dealer.lose(3), in_stock);
}

TEST_P(BothDeals, IgnoreAnswersNobodyWaitsFor) {
  Table table(GetParam(), 2, 1, 2);
  const auto dealt = table.deal_out();
  ASSERT_EQ(dealt.size(), 2U);
  EXPECT_EQ(table.dealer.answered(dealt[0].worker, 77), nullptr) << "no such deal";
  EXPECT_EQ(table.dealer.answered(dealt[1].worker, dealt[0].serial), nullptr) << "another's deal";
  table.dealer.lose(dealt[0].worker);
  EXPECT_EQ(table.dealer.answered(dealt[0].worker, dealt[0].serial), nullptr) << "of the dead";
  EXPECT_EQ(table.dealer.answered(dealt[1].worker, dealt[1].serial), dealt[1].task);
  EXPECT_EQ(table.dealer.answered(dealt[1].worker, dealt[1].serial), nullptr) << "twice";
}

TEST_P(BothDeals, KeepThePlaceOfAForgottenTaskUntilItsAnswerComes) {
  Table table(GetParam(), 1, 1, 2);
  const auto dealt = table.deal_out();
  ASSERT_EQ(dealt.size(), 1U);
  EXPECT_TRUE(table.dealer.busy(0));
  EXPECT_EQ(table.dealer.forget(), std::vector<Task*>{dealt[0].task});
  EXPECT_FALSE(table.dealer.busy(0));
  EXPECT_TRUE(table.deal_out().empty()) << "the worker is still at it";
  EXPECT_EQ(table.dealer.answered(0, dealt[0].serial), nullptr);
  EXPECT_EQ(table.deal_out().size(), 1U);
}

TEST_P(BothDeals, GiveOutWhatWaitsOnRequest) {
  Table table(GetParam(), 2, 1, 5);
  EXPECT_EQ(table.deal_out().size(), 2U);
  std::set<Task*> dropped;
  while (Task* const task = table.dealer.drop()) dropped.insert(task);
  EXPECT_EQ(dropped.size(), 3U);
}

INSTANTIATE_TEST_SUITE_P(Deals, BothDeals, testing::Values(Deal::carddealer, Deal::equalportion),
                         [](const auto& tested) {
                           return tested.param == Deal::carddealer ? "carddealer" : "equalportion";
                         });

}  // namespace
}  // namespace mystic
