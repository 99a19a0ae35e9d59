#pragma once

#include "mystic/core/evaluation_id.hpp"
#include "mystic/core/outcome.hpp"
#include "mystic/core/point.hpp"

#include <optional>
#include <string>

namespace mystic {

/// A stop that replay must repeat although it came from outside the search: a stop by time.
struct RecordedStop {
  double seconds = 0.0;  ///< running time at which it came, all sessions of the run together
  std::string reason;
};

/// The driver's view of the journal. Only the driving thread calls it.
class Recorder {
 public:
  virtual ~Recorder() = default;

  /// Looks up what evaluation `id` gave in an earlier session; false when it is not known.
  /// @throws Error if it is known with another x: the search asks for another point than it did then.
  virtual bool recall(const EvaluationId& id, const VectorView& x, Outcome& outcome) = 0;
  /// Returns when the record survives the death of the process.
  virtual void record(const EvaluationId& id, const VectorView& x, const Outcome& outcome) = 0;

  /// The stop of an earlier session, if the last one ended so.
  [[nodiscard]] virtual std::optional<RecordedStop> recall_stop() const = 0;
  virtual void record_stop(const RecordedStop& stop) = 0;
  /// Running time of the earlier sessions, in seconds.
  [[nodiscard]] virtual double earlier_seconds() const = 0;
};

}  // namespace mystic
