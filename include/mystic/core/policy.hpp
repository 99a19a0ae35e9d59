#pragma once

#include "mystic/core/options.hpp"
#include "mystic/core/outcome.hpp"

#include <map>
#include <optional>
#include <string>

namespace mystic {

/// What a policy says of one kind of failure; what it leaves out is as for all kinds.
struct FailureRule {
  static constexpr std::string_view title = "failure rule";

  std::optional<Index> retries = {};
  std::optional<double> back_off = {};
  std::optional<bool> alternative = {};
  std::optional<Index> continuation = {};
  std::optional<double> cost = {};

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("retries", self.retries, Range{.lower = 0, .upper = 1000},
          "further attempts at an evaluation that failed so");
    field("back_off", self.back_off, Range{.lower = 0, .upper = 3600, .unit = "s"},
          "pause before the first retry; each further one is twice as long");
    field("alternative", self.alternative, Anything{},
          "whether the model's alternative is tried when the retries are used up");
    field("continuation", self.continuation, Range{.lower = 0, .upper = 10'000},
          "how many runs may be spent on a walk to the point from the nearest good one; 0: none");
    field("cost", self.cost, Range{.open_below = true, .open_above = true},
          "cost of the point to the search; none: ranked last");
  }
};

/// What to do about evaluations that fail. The chain: retry -> alternative -> continuation -> record as
/// failed, ranked last or at a given cost -> end the run when too large a share failed, or too many in
/// a row.
struct FailurePolicy {
  static constexpr std::string_view title = "failure policy";

  Index retries = 0;
  double back_off = 0.5;
  bool alternative = true;
  Index continuation = 0;
  std::optional<double> cost = {};
  double abort_above = 0.5;
  Index abort_after = 20;
  Index abort_in_a_row = 0;
  /// Exceptions for single kinds.
  std::map<FailureKind, FailureRule> kinds = {};

  /// All but `kinds`.
  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("retries", self.retries, Range{.lower = 0, .upper = 1000},
          "further attempts at an evaluation that failed");
    field("back_off", self.back_off, Range{.lower = 0, .upper = 3600, .unit = "s"},
          "pause before the first retry; each further one is twice as long");
    field("alternative", self.alternative, Anything{},
          "whether the model's alternative, if it has one, is tried when the retries are used up");
    field("continuation", self.continuation, Range{.lower = 0, .upper = 10'000},
          "how many runs may be spent on a walk to the point from the nearest good one, for codes that "
          "need a state to start from (model.state); 0: none");
    field("cost", self.cost, Range{.open_below = true, .open_above = true},
          "cost of a failed point to the search; none: ranked last");
    field("abort_above", self.abort_above, Range{.lower = 0, .upper = 1},
          "the run ends with 'too many failures' when more than this share of the evaluations failed; "
          "1: never");
    field("abort_after", self.abort_after, Range{.lower = 1},
          "evaluations before which the share is not looked at");
    field("abort_in_a_row", self.abort_in_a_row, Range{.lower = 0},
          "the run ends when so many evaluations in a row failed; 0: never");
  }

  /// The rules of each kind: for validate().
  [[nodiscard]] std::string broken_rules() const;

  /// What holds for failures of `kind`.
  struct Rule {
    Index retries = 0;
    double back_off = 0.0;
    bool alternative = false;
    Index continuation = 0;
    double cost = infinity;
  };
  [[nodiscard]] Rule rule(FailureKind kind) const;

  /// Why the run is to end after so many evaluations, so many of them failed, the last `in_a_row` one
  /// after the other; nothing: it goes on.
  [[nodiscard]] std::optional<std::string> gives_up(Index evaluations, Index failed,
                                                    Index in_a_row) const;

  /// Whether anything is done at once about a failure of a model (with or without an alternative).
  [[nodiscard]] bool reacts(bool has_alternative) const;
  /// Whether a walk from a good point may be needed.
  [[nodiscard]] bool continues() const;
  /// Whether a failed point can have another cost than the worst.
  [[nodiscard]] bool penalises() const;
};

}  // namespace mystic
