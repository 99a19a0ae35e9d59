#pragma once

#include "mystic/core/collapse.hpp"
#include "mystic/core/start.hpp"

#include <vector>

namespace mystic {

/// Which parameters of a search are free, which are frozen at a value, and which follow another: the way
/// between points of all n dimensions and points of the free ones.
class Reduction {
 public:
  explicit Reduction(Index dimension);

  [[nodiscard]] Index dimension() const { return static_cast<Index>(of_.size()); }
  [[nodiscard]] Index free_count() const { return static_cast<Index>(free_.size()); }
  [[nodiscard]] bool whole() const { return free_count() == dimension(); }

  /// Free coordinates of points in all dimensions.
  [[nodiscard]] Points reduced(const PointsView& points) const;
  /// Points in all dimensions of their free coordinates.
  [[nodiscard]] Points expanded(const PointsView& points) const;
  /// The bounds of the free parameters; no start yet.
  [[nodiscard]] Start restrict(const Start& whole) const;

  /// Freezes and ties what has collapsed, at `best`. Leaves one parameter free at least.
  /// @return what has changed
  Collapse apply(const Collapse& collapse, const Vector& best);
  /// Frees all. @return what was frozen and tied
  Collapse release();
  /// Of what was released, that which has moved by more than `tolerance`: it is not frozen again.
  Collapse forbid_moved(const Collapse& released, const Vector& before, const Vector& now,
                        double tolerance);

  /// Parameters that are not free, or must not be frozen.
  [[nodiscard]] std::vector<Index> not_to_freeze() const;
  /// Parameters that may be tied to each other once `frozen` are frozen.
  [[nodiscard]] std::vector<Index> free_to_tie(const std::vector<CollapsedAt>& frozen) const;

 private:
  /// x = value, or x = x[follows] + value.
  struct Parameter {
    bool free = true;
    Index follows = -1;
    double value = 0.0;
    bool forbidden = false;
  };
  void list_free();

  std::vector<Parameter> of_;
  std::vector<Index> free_;
  Collapse applied_;
};

}  // namespace mystic
