#include "mystic/core/runner.hpp"

#include <algorithm>
#include <chrono>

namespace mystic {
namespace {

// How long a wait for outcomes may last before interrupts, the clock and the display are looked at.
constexpr std::chrono::milliseconds patience{50};

// With these words begins the reason of a stop by the limit of seconds, and no termination's.
constexpr std::string_view limit_words = "the limit of ";

bool was_cancelled(const Task& task) {
  return std::any_of(task.outcomes.begin(), task.outcomes.end(), [](const Outcome& outcome) {
    return !outcome.ok() && outcome.failure->kind == FailureKind::cancelled;
  });
}

}  // namespace

Runner::Runner(Drive& drive, Map* map, const Evaluator& evaluator, Recorder* recorder,
               RunControls controls)
    : drive_(drive), map_(map), recorder_(recorder), controls_(std::move(controls)) {
  require(!controls_.seconds || controls_.clock, "run: a limit of seconds needs a clock");
  require(!drive_.needs().seconds || controls_.clock, "run: a termination by time needs a clock");
  require(controls_.bell == nullptr || controls_.on_interrupt, "run: nobody answers interrupts");
  if (controls_.clock) began_ = controls_.clock();
  // Twice the workers, so that a free worker never waits for the search to think; but one at a time
  // where there is one: the serial order is the logical order.
  if (map_ != nullptr && map_->workers() > 1) capacity_ = 2 * map_->workers();
  if (controls_.at_once) capacity_ = std::min(capacity_, *controls_.at_once);
  if (recorder_ != nullptr) {
    earlier_seconds_ = recorder_->earlier_seconds();
    repeated_stop_ = recorder_->recall_stop();
    if (repeated_stop_ && !repeats(*repeated_stop_)) repeated_stop_.reset();
    if (repeated_stop_) drive_.recorder_only();
  }
  in_place_ = {.evaluator = &evaluator, .stop = controls_.stop, .halted = nullptr};
  in_place_.plain = recorder_ == nullptr && evaluator.plain() && drive_.plain();
  if (drive_.needs().from_outside()) {
    drive_.outside([this] { return Outside{.seconds = elapsed(), .interrupts = true}; });
  }
  if (controls_.stop.stop_possible() || controls_.seconds || controls_.watch || controls_.bell) {
    in_place_.plain = false;
    in_place_.halted = [this] {
      look_outside();
      return outer_stop_.has_value();
    };
  }
}

Runner::~Runner() {
  if (under_way_ > 0) map_->cancel();
  while (under_way_ > 0) {
    if (map_->wait(patience) != nullptr) --under_way_;
  }
}

// A stop by time is repeated unless the limit, or the termination's time, has been raised above it
// since.
bool Runner::repeats(const RecordedStop& stop) const {
  const bool by_limit = stop.reason.starts_with(limit_words);
  const std::optional<double> due = by_limit ? controls_.seconds : drive_.needs().seconds;
  return due && *due <= stop.seconds;
}

bool Runner::run(Index steps) {
  if (finished_) return false;
  const Index target = drive_.steps() + steps;
  if (map_ != nullptr || repeated_stop_) {  // to repeat a stop no one has to compute anything
    run_over_map(target);
  } else {
    run_in_place(target);
  }
  if (!outer_stop_) outer_stop_ = drive_.called_off();
  if (!drive_.over() && !outer_stop_) return true;
  finished_ = true;
  drain();
  if (outer_stop_) drive_.halt(*outer_stop_);
  watch();
  return false;
}

void Runner::run_over_map(Index target) {
  drive_.go_on(target);
  while (!drive_.over() && !outer_stop_ && !drive_.called_off() && drive_.steps() < target) {
    deal();
    if (under_way_ > 0) {
      collect();
      look_outside();
    } else if (repeated_stop_) {
      outer_stop_ = Stop{StopKind::seconds, repeated_stop_->reason};
    } else {
      drive_.stall();
    }
  }
}

void Runner::run_in_place(Index target) {
  drive_.run_in_place(in_place_, target);
  if (!drive_.withheld()) return;
  // Whatever the recorder knows belongs to the run that stops here, as it will to a replay of it.
  drive_.go_on();
  if (!outer_stop_) outer_stop_ = drive_.called_off();
  if (!outer_stop_) outer_stop_ = Stop{StopKind::interrupted, "interrupted"};  // the model gave up
}

void Runner::deal() {
  if (repeated_stop_) return;  // nothing beyond what the journal answers
  while (under_way_ < capacity_) {
    Task* const task = drive_.next_task();
    if (task == nullptr) return;
    map_->submit(*task);
    ++under_way_;
  }
}

void Runner::collect() {
  Task* const task = map_->wait(patience);
  if (task == nullptr) return;
  --under_way_;
  if (was_cancelled(*task)) {  // a worker was told to stop from outside
    outer_stop_ = Stop{StopKind::interrupted, "interrupted"};
  }
  drive_.complete(*task);
}

void Runner::look_outside() {
  watch();
  answer_interrupt();
  if (controls_.stop.stop_requested()) {
    outer_stop_ = Stop{StopKind::interrupted, "interrupted"};
  } else if (controls_.seconds && elapsed() >= *controls_.seconds) {
    outer_stop_ = Stop{StopKind::seconds, fmt::format("{}{} s", limit_words, *controls_.seconds)};
  }
}

void Runner::answer_interrupt() {
  if (controls_.bell == nullptr || !controls_.bell->rung()) return;
  auto answer = InterruptAnswer::ask_again;
  while (answer == InterruptAnswer::ask_again) answer = controls_.on_interrupt(activity());
  controls_.bell->answered();
  if (answer == InterruptAnswer::stop) outer_stop_ = Stop{StopKind::interrupted, "interrupted"};
}

// Whatever is under way comes back: finished, or given up.
void Runner::drain() {
  if (under_way_ > 0) map_->cancel();
  while (under_way_ > 0) {
    Task* const task = map_->wait(patience);
    if (task == nullptr) continue;
    --under_way_;
    drive_.complete(*task);
  }
  // Recorded only now: what came back meanwhile belongs to the run that stopped.
  const bool by_time = outer_stop_ && outer_stop_->kind == StopKind::seconds;
  if (by_time && recorder_ != nullptr && !repeated_stop_) {
    recorder_->record_stop({elapsed(), outer_stop_->reason});
  }
}

void Runner::watch() {
  if (controls_.watch) controls_.watch(activity());
}

Activity Runner::activity() const {
  const Ledger& ledger = drive_.ledger();
  return {.made = drive_.made(),
          .recalled = drive_.recalled(),
          .failed = ledger.failed,
          .under_way = under_way_,
          .generations = std::max<Index>(0, drive_.steps() - 1),
          .members_running = drive_.members_running(),
          .best = &ledger.best,
          .seconds = seconds()};
}

double Runner::seconds() const { return controls_.clock ? controls_.clock() - began_ : 0.0; }

double Runner::elapsed() const { return earlier_seconds_ + seconds(); }

Result Runner::result() const {
  Result result = drive_.result();
  result.run.map = map_ != nullptr ? map_->name() : "serial";
  result.run.workers = map_ != nullptr ? map_->workers() : 1;
  result.run.seconds = seconds();
  result.run.busy_seconds = map_ != nullptr ? map_->busy_seconds() : drive_.busy_seconds_in_place();
  return result;
}

}  // namespace mystic
