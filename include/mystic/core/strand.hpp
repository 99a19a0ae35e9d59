#pragma once

#include "mystic/core/algorithm.hpp"
#include "mystic/core/course.hpp"
#include "mystic/core/evaluation_cache.hpp"
#include "mystic/core/evaluator.hpp"
#include "mystic/core/padded_points.hpp"
#include "mystic/core/piece.hpp"
#include "mystic/core/problem.hpp"
#include "mystic/core/recorder.hpp"
#include "mystic/core/task.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <stop_token>
#include <unordered_map>
#include <vector>

namespace mystic {

/// How strands evaluate where they stand, without a map: in the calling thread, in logical order.
struct InPlace {
  const Evaluator* evaluator = nullptr;
  std::stop_token stop;
  std::function<bool()> halted;  ///< looked at after each evaluation; may be empty
  bool plain = false;            ///< nothing to look at between evaluations: no recorder, repairs,
                                 ///< monitors of evaluations, retries, clock or interrupt
};

/// What all strands of a run share. Owned by the drive.
struct StrandContext {
  const Problem* problem = nullptr;
  std::uint64_t seed = 0;
  Recorder* recorder = nullptr;              ///< may be null
  bool keep_evaluations = false;             ///< monitors want them
  EvaluationCache* cache = nullptr;          ///< may be null
  bool recorder_only = false;                ///< the cache answers nothing, only learns
  const FailurePolicy* penalties = nullptr;  ///< costs of failed points; null: all are ranked last
  bool keep_good = false;                    ///< good points are wanted, to walk from
  bool alone = false;                        ///< one search, not an ensemble
  bool steps_unseen = false;                 ///< alone, and no monitor looks on
  Index most_steps = std::numeric_limits<Index>::max();  ///< where a search on its own has to pause
  Index workers = 1;   ///< how many shares a batch is cut into for models that want batches
  Index made = 0;      ///< outcomes that came back or were recalled
  Index recalled = 0;  ///< of these: from the recorder
  Index cached = 0;    ///< of these: from the cache
  const InPlace* in_place = nullptr;                    ///< null: tasks go to a map
  Index allowance = std::numeric_limits<Index>::max();  ///< evaluations left of the run; in place only
  bool used_up = false;       ///< in place: an evaluation was due beyond the allowance
  bool withheld = false;      ///< in place: told to stop, so only the recorder answers from here on
  double busy_seconds = 0.0;  ///< in place
  /// Decides on what has been taken in so far, within a batch; true: the run is over. Empty: decisions
  /// wait for whole batches.
  std::function<bool()> decide;
  std::function<Outside()> outside;  ///< for a termination that asks for it; may be empty
  std::optional<Stop> called_off;    ///< a termination held because of the outside: the runner's affair

  /// What a termination may know of the outside: nothing while all outcomes are replayed.
  [[nodiscard]] Outside look_outside() const {
    const bool replaying = recorder != nullptr && made == recalled + cached;
    return outside && !replaying ? outside() : Outside{};
  }
  /// The stop of a step that was judged so, unless it came from outside: then the run is called off.
  [[nodiscard]] std::optional<Stop> heed(std::optional<Stop> judged);
};

/// When one search is over: its own condition and limits (seconds are the drive's affair).
struct StrandRules {
  std::optional<Termination> termination;
  std::optional<Index> generations;
  std::optional<Index> evaluations;
};

/// One search under way: turns what it wants into tasks, outcomes into costs, steps into pieces.
class Strand final : private Attendant {
 public:
  enum class State {
    runnable,  ///< advance() will go on
    waiting,   ///< tasks are out
    ended,     ///< no more steps
  };

  Strand(StrandContext& context, const Algorithm& algorithm, Start start, const SearchPath& path,
         const StrandRules& rules);

  /// Resumes the search until it waits for outcomes, has closed a piece, or has ended; or an evaluation
  /// failed, since that may end the run.
  void advance();

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] const SearchPath& path() const { return path_; }
  /// The steps that the search has ended, generation 0 included.
  [[nodiscard]] Index steps() const { return steps_; }

  /// Tasks that have not been dealt yet, first to last.
  [[nodiscard]] bool has_task() const { return next_task_ < tasks_.size(); }
  Task& deal_task() { return tasks_[next_task_++]; }
  /// A task of this strand has come back: records its outcomes (those that were not cancelled).
  void complete(const Task& task);
  /// Takes in what has come back of an unfinished batch, since the run is stopping.
  void take_in_partial();

  /// Pieces not yet consumed, oldest first; the last may be open.
  [[nodiscard]] std::deque<Piece>& pieces() { return pieces_; }
  /// Done with pieces().front(): its storage is used again.
  void retire_piece();
  /// How the search stands after its last step. Its population lasts until advance().
  [[nodiscard]] Progress progress();

 private:
  enum class Answer : std::uint8_t { rejected, awaited, twin, known, lost };

  bool attend(Channel& channel) override;
  void prepare();
  [[nodiscard]] Index quiet_steps() const;
  [[nodiscard]] Index room_for_plain() const;
  [[nodiscard]] bool stays_inside(const Channel& wants);
  void answer_plainly(Channel& wants);
  void answer_one_plainly(Channel& wants);
  bool renews_last_best(Piece& piece, const double* x, const Outcome& outcome);
  [[nodiscard]] const double* aligned_column(const Channel& wants, Index column);
  void prepare_column(Index column);
  void evaluate_here(Index column);
  void note_outcome(Index column);
  [[nodiscard]] bool answer_from_cache(Index column);
  [[nodiscard]] bool is_twin(Index column);
  void answer_twin(Index column);
  [[nodiscard]] const double* nearest_good(const VectorView& x) const;
  void give_up_from(Index column);
  void lose_from(Index column);
  [[nodiscard]] Task task_of(Index column);
  void make_tasks();
  void take_in();
  [[nodiscard]] bool take_in_known(Index end);
  void take_in_column(Index column);
  void tell_rejected(Channel& wants);
  void assess_column(Piece& piece, Index column, const double* point);
  void note_failure(Piece& piece);
  void note_best(Piece& piece, Index column, const Eigen::Map<const Vector>& x, const Assessment& worth);
  Piece::Event& best_event(Piece& piece, Index column);
  void end_step();
  [[nodiscard]] std::optional<Stop> judge_step();
  void end(Stop stop);
  Piece& open_piece() { return open_ != nullptr ? *open_ : next_piece(); }
  Piece& next_piece();
  void close(Piece& piece);
  void grow(Index count);

  StrandContext* context_;
  std::unique_ptr<FrameArena> arena_;
  SearchPath path_;
  Search search_;
  Course course_;
  StrandRules rules_;
  State state_ = State::runnable;
  Index steps_ = 0;
  Index evaluations_ = 0;
  Index failed_ = 0;
  Index failed_before_ = 0;  // when advance() began
  bool attended_ = false;    // what the search last wanted it got
  Index quiet_steps_ = 0;    // as many more need no look, during advance()
  Index room_ = -1;          // evaluations that can still be made in attend(), during advance()
  std::uint64_t next_k_ = 0;
  std::vector<Vector> good_;  ///< if they are wanted
  Best standing_;             // worth of this search's best; x and outputs are in the pieces

  // The batch that the search waits for, column by column.
  PaddedPoints points_;
  std::vector<Outcome> outcomes_;
  std::vector<double> costs_;
  std::vector<Answer> answers_;
  std::vector<std::uint8_t> rejected_;  ///< as Channel::rejected; grows when first needed
  std::vector<Index> twins_;            ///< of a column that is another's twin: which
  std::unordered_map<std::uint64_t, Index> awaited_points_;  ///< by fingerprint; with a cache only
  std::vector<EvaluationId> ids_;
  Index wanted_ = 0;
  Index taken_ = 0;              // columns that are in the piece
  bool cut_ = false;             // the limit does not allow all of it
  Index rejected_in_a_row_ = 0;  // of this batch and those before it
  std::vector<Task> tasks_;
  std::size_t next_task_ = 0;
  Index outstanding_ = 0;

  std::deque<Piece> pieces_;
  Piece* open_ = nullptr;  // the last piece, unless it is closed
  std::vector<Piece> spare_;
};

}  // namespace mystic
