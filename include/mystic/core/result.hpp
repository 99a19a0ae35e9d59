#pragma once

#include "mystic/core/best.hpp"
#include "mystic/core/termination.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace mystic {

/// How one member of an ensemble ended.
struct MemberResult {
  double best_cost = infinity;
  Index evaluations = 0;
  Index generations = 0;
  Stop stop;
};

/// What a run gave. All but `run` is the same under every map.
struct Result {
  Best best;
  Stop stop;
  Index generations = 0;
  Index evaluations = 0;              ///< calls of the model that count; rejected points are not called
  Index failed = 0;                   ///< how many of them failed
  Index cached = 0;                   ///< how many were at a point of an earlier one (with a cache)
  std::vector<MemberResult> members;  ///< of an ensemble

  /// What depends on where and how it ran.
  struct Run {
    std::string map;
    Index workers = 1;
    double seconds = 0.0;       ///< 0 without a clock
    double busy_seconds = 0.0;  ///< of all workers together, in the model; 0 unless timed
    Index recalled = 0;         ///< outcomes that came from the recorder
    Index cached = 0;           ///< outcomes that came from the cache
    Index speculative = 0;      ///< outcomes beyond the decision that ended the run

    /// Share of the workers' time spent in the model, in [0, 1]; 0 unless timed.
    [[nodiscard]] double utilisation() const;
  } run;
};

/// A result as bytes, so that every rank can return it.
[[nodiscard]] std::vector<std::byte> to_bytes(const Result& result);
[[nodiscard]] Result result_from_bytes(const std::vector<std::byte>& bytes);

}  // namespace mystic
