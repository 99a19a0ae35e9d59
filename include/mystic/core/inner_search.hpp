#pragma once

#include "mystic/core/search.hpp"

#include <optional>
#include <string>
#include <utility>

namespace mystic {

/// A search that another search drives from within: how algorithms are built out of algorithms. The
/// outer one asks what the inner one wants, gets it with its own words (evaluate, step_done), answers,
/// and calls resume() again:
///
///     inner.resume();
///     if (inner.wants_costs()) {
///       Points points = inner.points();
///       const auto costs = co_await evaluate_repaired(points);
///       inner.answer(points, costs);
///     }
class InnerSearch {
 public:
  explicit InnerSearch(Search search) : search_(std::move(search)) {}

  /// Runs it until it wants something or has ended.
  void resume() { search_.resume(); }
  [[nodiscard]] bool ended() const { return search_.done(); }
  /// Why it ended by itself; only when ended().
  [[nodiscard]] const std::string& reason() const { return search_.reason(); }

  [[nodiscard]] bool wants_costs() const {
    return !ended() && search_.channel().wants == Channel::Wants::evaluation;
  }
  [[nodiscard]] bool at_step() const {
    return !ended() && search_.channel().wants == Channel::Wants::step;
  }
  /// What it wants evaluated: n x m, until it is resumed.
  [[nodiscard]] Eigen::Map<const Points> points() const {
    const Channel& channel = search_.channel();
    return {channel.points, channel.dimension, channel.count};
  }
  /// What it reported; views into its own storage, until it is resumed.
  [[nodiscard]] const Step& step() const { return search_.channel().step; }

  /// @param evaluated  n x m: the points as they were evaluated (repaired)
  /// @param costs      m; +inf: rejected or failed
  /// @param rejected   m, as in Channel, or null; lives until the search is resumed
  void answer(const PointsView& evaluated, const VectorView& costs,
              const std::uint8_t* rejected = nullptr) {
    Channel& channel = search_.channel();
    if (channel.repaired != nullptr) {
      Eigen::Map<Points>(channel.repaired, channel.dimension, channel.count) = evaluated;
    }
    costs_ = costs;
    channel.costs = costs_.data();
    channel.rejected = rejected;
  }

 private:
  Search search_;
  Vector costs_;
};

}  // namespace mystic
