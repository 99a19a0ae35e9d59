#pragma once

#include "mystic/core/conductor.hpp"
#include "mystic/core/initial_points.hpp"
#include "mystic/core/monitor.hpp"
#include "mystic/core/policy.hpp"
#include "mystic/core/result.hpp"
#include "mystic/core/strand.hpp"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <unordered_set>
#include <variant>
#include <vector>

namespace mystic {

/// All that a run needs to know before it begins. What it points to outlives the run.
struct Plan {
  const Problem* problem = nullptr;
  std::variant<Algorithm, Ensemble> method;
  StrandRules member_rules;              ///< of each member of an ensemble; not used otherwise
  StrandRules rules;                     ///< of the search, or of the ensemble as a whole
  Vector start;                          ///< n, or empty
  std::optional<InitialPoints> initial;  ///< in its place
  SearchPath path = {};                  ///< of a search that is part of a larger run; else the root
  std::uint64_t seed = 0;
  FailurePolicy policy = {};
  Recorder* recorder = nullptr;
  EvaluationCache* cache = nullptr;
  std::vector<Monitor*> step_monitors;
  std::vector<Monitor*> evaluation_monitors;
  Index workers = 1;
};

/// Where the run begins: its initial points, if any, come first out of its stream.
/// @throws InvalidArgument if the start is not finite, or of another dimension than the problem
[[nodiscard]] Start start_of(const Plan& plan);

/// Drives one search, or all searches of an ensemble, as a state machine without threads, clock or
/// map: it wants tasks done, is told when they are, and takes every decision in logical order
/// (round k, then member, then evaluation), whatever the order of arrival.
class Drive {
 public:
  explicit Drive(const Plan& plan);

  /// Goes on in place, without a map: until `steps` steps are decided, it is over, or withheld() (told
  /// to stop, from outside). Members take turns in logical order.
  void run_in_place(const InPlace& here, Index steps);
  /// From here on only the recorder answers without a task, not the cache.
  void recorder_only() { context_.recorder_only = true; }
  [[nodiscard]] bool withheld() const { return context_.withheld; }
  /// What the termination that ends the run asks for.
  [[nodiscard]] Termination::Needs needs() const {
    return plan_.rules.termination ? plan_.rules.termination->needs() : Termination::Needs{};
  }
  /// For a termination that asks for it.
  void outside(std::function<Outside()> outside) { context_.outside = std::move(outside); }
  /// Set when the termination held only because of what comes from outside: halt() is due.
  [[nodiscard]] const std::optional<Stop>& called_off() const { return context_.called_off; }
  /// Whether evaluations need nothing but the model, within the bounds: no repairs, no monitors.
  [[nodiscard]] bool plain() const {
    return context_.problem->only_bounds() && !context_.keep_evaluations && context_.cache == nullptr;
  }
  [[nodiscard]] double busy_seconds_in_place() const { return context_.busy_seconds; }

  /// Lets every search run until it waits for tasks; a search on its own no further than to the end
  /// of its step number `steps`. Call it first, and again to raise `steps`.
  void go_on(Index steps = std::numeric_limits<Index>::max());
  /// The task that stands first in logical order, or nullptr: none is wanted before others come back.
  Task* next_task();
  /// A task came back. Its search goes on, decisions are taken.
  void complete(const Task& task);
  /// Nothing is under way and next_task() has nothing: a limit of the ensemble withholds the rest.
  void stall();
  /// Ends the run from outside (time, interrupt): takes in all that has come back.
  void halt(const Stop& stop);

  [[nodiscard]] bool over() const { return stop_.has_value(); }
  /// Steps decided so far, generation 0 included.
  [[nodiscard]] Index steps() const { return ensemble_ ? steps_ : members_.front().strand->steps(); }
  [[nodiscard]] const Ledger& ledger() const { return ledger_; }
  [[nodiscard]] Index made() const { return context_.made; }
  [[nodiscard]] Index recalled() const { return context_.recalled; }
  [[nodiscard]] Index members_running() const { return running_; }
  /// Without `run`, except recalled and speculative.
  [[nodiscard]] Result result() const;

 private:
  struct Member {
    std::unique_ptr<Strand> strand;
    Index joined = 0;    ///< the round it began in
    Index consumed = 0;  ///< evaluations, of all pieces
    Index rounds = 0;    ///< pieces consumed
    bool ended = false;
    bool held = false;  ///< waits for the others to catch up
    MemberResult result;

    /// The round that its next piece belongs to.
    [[nodiscard]] Index ahead_to() const { return joined + strand->steps(); }
  };

  void add_member(const Algorithm& algorithm, Start start, const SearchPath& path,
                  const StrandRules& rules);
  void begin_ensemble(Start whole);
  void add_members(const std::vector<NewMember>& wanted);
  void conduct();
  void end_member(std::size_t index, Stop why);
  void run_those_that_may();
  void take_step_of(std::size_t index, const Piece& piece);
  void run(std::size_t index);
  [[nodiscard]] bool may_go_on(std::size_t index);
  [[nodiscard]] Index step_ahead(const Member& member) const;
  [[nodiscard]] Index best_member() const;
  void release_held();
  void decide();
  bool consume(Member& member, Piece& piece);
  void take(Member& member, Piece& piece, Index count);
  [[nodiscard]] Index shown_to_monitors(const Piece& piece, Index count);
  void take_event(Member& member, Piece& piece);
  void close_piece(Member& member, Piece& piece);
  void end_round();
  void end_all();
  void end_ensemble_step();
  void show_step(const Progress& progress);
  [[nodiscard]] Progress ensemble_progress() const;
  [[nodiscard]] bool beyond_limit(std::size_t index, const Task& task) const;
  void count_cached(const Piece& piece, Index count);
  void stop(Stop why);
  void push_ready(std::size_t index);

  Plan plan_;
  StrandContext context_;
  bool ensemble_ = false;
  std::vector<Member> members_;
  std::size_t pointer_ = 0;  // whose piece is decided next
  Index running_ = 0;
  Index round_ = 0;  // that is being decided: all pieces of this number, one of each member
  bool round_stepped_ = false;
  std::vector<std::size_t> held_;         // members far ahead, the first to be released first
  std::unique_ptr<Conductor> conductor_;  // of an ensemble
  Start whole_;                           // the conductor's
  Directions directions_;
  std::vector<MemberStanding> standings_;  // for the conductor, if it listens
  std::size_t next_new_ = 0;               // members from here on have not run yet
  Course course_;                          // the ensemble's
  Points population_;                      // best points of the members
  Vector population_costs_;
  Index steps_ = 0;                         // of an ensemble
  std::unordered_set<std::uint64_t> seen_;  ///< fingerprints of good points consumed; with a cache
  Ledger ledger_;
  Verdict wish_;  ///< of a monitor, to stop
  std::optional<Stop> stop_;

  // Searches with tasks to deal, the first in logical order on top of the heap.
  struct Ready {
    Index round;
    std::size_t member;
    bool operator<(const Ready& other) const {  // for a max-heap whose top is the least
      return round != other.round ? round > other.round : member > other.member;
    }
  };
  std::vector<Ready> ready_;
};

}  // namespace mystic
