#include "adversarial_map.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace mystic::testing_support {

AdversarialMap::AdversarialMap(Arrival arrival, Index workers, std::uint64_t seed)
    : arrival_(arrival), workers_(workers), random_(stream(seed, SearchPath{})) {}

void AdversarialMap::begin(const Evaluator& evaluator) {
  EXPECT_FALSE(is_open()) << "a run is open already";
  evaluator_ = &evaluator;
  stop_ = {};
}

void AdversarialMap::submit(Task& task) {
  EXPECT_TRUE(is_open());
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(task.points) % 64, 0U) << "the point is not aligned";
  EXPECT_EQ(task.stride % 8, 0);
  EXPECT_FALSE(task.outcomes.empty());
  EXPECT_EQ(std::count(under_way_.begin(), under_way_.end(), &task), 0) << "submitted twice";
  under_way_.push_back(&task);
  most_under_way_ = std::max(most_under_way_, static_cast<Index>(under_way_.size()));
}

Task* AdversarialMap::wait(std::chrono::milliseconds) {
  if (under_way_.empty()) return nullptr;
  if (arrival_ == Arrival::random && uniform_index(random_, 4) == 0) return nullptr;
  const std::size_t place = pick();
  Task* const task = under_way_[place];
  under_way_.erase(under_way_.begin() + static_cast<std::ptrdiff_t>(place));
  if (stop_.stop_requested() && uniform_index(random_, 2) == 0) {
    for (Outcome& outcome : task->outcomes) outcome.fail(FailureKind::cancelled, "dropped");
  } else {
    evaluator_->run(*task, std::stop_token());
    computed_ += task->count();
  }
  return task;
}

void AdversarialMap::cancel() { stop_.request_stop(); }

void AdversarialMap::end() {
  EXPECT_TRUE(under_way_.empty()) << under_way_.size() << " tasks are under way at the end of the run";
  evaluator_ = nullptr;
}

std::size_t AdversarialMap::pick() {
  const std::size_t count = under_way_.size();
  ++returned_;
  switch (arrival_) {
    case Arrival::first_come:
      return 0;
    case Arrival::last_come:
      return returned_ % 16 == 0 ? 0 : count - 1;
    case Arrival::random:
      return static_cast<std::size_t>(uniform_index(random_, static_cast<Index>(count)));
    case Arrival::oldest_starved:
      return count == 1 || returned_ % 64 == 0 ? 0 : 1;
    case Arrival::oldest_waits_longest:
      return count == 1 ? 0 : 1;
  }
  return 0;
}

}  // namespace mystic::testing_support
