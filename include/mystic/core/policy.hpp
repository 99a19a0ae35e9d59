#pragma once

#include "mystic/core/options.hpp"

namespace mystic {

/// What to do about evaluations that fail. The chain: retry -> record as failed, ranked last ->
/// end the run when too large a share failed.
struct FailurePolicy {
  static constexpr std::string_view title = "failure policy";

  Index retries = 0;
  double back_off = 0.5;
  double abort_above = 0.5;
  Index abort_after = 20;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("retries", self.retries, Range{.lower = 0, .upper = 1000},
          "further attempts at an evaluation that failed");
    field("back_off", self.back_off, Range{.lower = 0, .upper = 3600, .unit = "s"},
          "pause before the first retry; each further one is twice as long");
    field("abort_above", self.abort_above, Range{.lower = 0, .upper = 1},
          "the run ends with 'too many failures' when more than this share of the evaluations failed; "
          "1: never");
    field("abort_after", self.abort_after, Range{.lower = 1},
          "evaluations before which the share is not looked at");
  }
};

}  // namespace mystic
