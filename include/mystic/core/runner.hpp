#pragma once

#include "mystic/core/drive.hpp"
#include "mystic/core/interrupt.hpp"
#include "mystic/core/map.hpp"

#include <functional>
#include <limits>
#include <optional>
#include <stop_token>

namespace mystic {

/// Seconds since some fixed instant, by any clock that does not go back: of the machine, of the
/// processor's time, of a test. A run counts from its own start. The library reads no clock by itself.
using RunClock = std::function<double()>;

/// How a run stands right now, in the order of arrival: for a progress display, never for decisions.
struct Activity {
  Index made = 0;  ///< outcomes so far, recalled ones included
  Index recalled = 0;
  Index failed = 0;  ///< of those decided so far
  Index under_way = 0;
  Index generations = 0;
  Index members_running = 0;
  const Best* best = nullptr;  ///< decided so far; may not exist yet
  double seconds = 0.0;
};

/// What reaches a run from outside.
struct RunControls {
  std::stop_token stop;                        ///< an interrupt: the run ends with what it has
  RunClock clock;                              ///< needed for a limit of seconds; else optional
  std::optional<double> seconds;               ///< limit, all sessions of the run together
  std::optional<Index> at_once;                ///< most tasks under way at once
  std::function<void(const Activity&)> watch;  ///< called after outcomes and while waiting
  InterruptBell* bell = nullptr;               ///< an interrupt that can be answered; may be null
  std::function<InterruptAnswer(const Activity&)> on_interrupt;  ///< called, by the driving thread, when
                                                                 ///< the bell was rung
};

/// Runs a drive over a map that has been opened with begin(), and leaves the map open; or, without a
/// map, in the calling thread.
class Runner {
 public:
  /// `map` may be null; `evaluator` is for that case.
  Runner(Drive& drive, Map* map, const Evaluator& evaluator, Recorder* recorder, RunControls controls);
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;
  /// Takes back whatever is still under way.
  ~Runner();

  /// Goes on for `steps` generations, or to the end: false when the run is over.
  bool run(Index steps = std::numeric_limits<Index>::max() / 2);
  [[nodiscard]] Result result() const;

 private:
  void run_over_map(Index steps);
  void run_in_place(Index steps);
  void deal();
  void collect();
  void look_outside();
  void answer_interrupt();
  [[nodiscard]] bool repeats(const RecordedStop& stop) const;
  [[nodiscard]] Activity activity() const;
  void drain();
  void watch();
  [[nodiscard]] double seconds() const;
  [[nodiscard]] double elapsed() const;

  Drive& drive_;
  Map* map_;
  Recorder* recorder_;
  RunControls controls_;
  InPlace in_place_;
  Index capacity_ = 1;
  bool finished_ = false;
  Index under_way_ = 0;
  double began_ = 0.0;  // what the clock said
  double earlier_seconds_ = 0.0;
  std::optional<RecordedStop> repeated_stop_;
  std::optional<Stop> outer_stop_;
};

}  // namespace mystic
