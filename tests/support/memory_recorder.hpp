#pragma once

#include "mystic/core/recorder.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

namespace mystic::testing_support {

/// A journal in memory, which also watches how it is used.
class MemoryRecorder final : public Recorder {
 public:
  struct Entry {
    EvaluationId id;
    Vector x;
    Outcome outcome;
  };

  MemoryRecorder() = default;
  /// What is left of `journal` after a kill: its first `count` records, and the stop if `with_stop`.
  MemoryRecorder(const MemoryRecorder& journal, std::size_t count, bool with_stop);

  bool recall(const EvaluationId& id, const VectorView& x, Outcome& outcome) override;
  void record(const EvaluationId& id, const VectorView& x, const Outcome& outcome) override;
  [[nodiscard]] std::optional<RecordedStop> recall_stop() const override { return earlier_stop_; }
  void record_stop(const RecordedStop& stop) override { stops_.push_back(stop); }
  [[nodiscard]] double earlier_seconds() const override { return earlier_seconds_; }

  /// Everything known: of earlier sessions, then of this one in order of arrival.
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] const std::vector<RecordedStop>& stops() const { return stops_; }
  /// Records of an id that was known, and questions for a known id with another x. Both must stay 0.
  [[nodiscard]] int repeated() const { return repeated_; }
  [[nodiscard]] int strange() const { return strange_; }

 private:
  std::vector<Entry> entries_;
  std::map<EvaluationId, std::size_t> places_;
  std::vector<RecordedStop> stops_;
  std::optional<RecordedStop> earlier_stop_;
  double earlier_seconds_ = 0.0;
  int repeated_ = 0;
  int strange_ = 0;
};

}  // namespace mystic::testing_support
