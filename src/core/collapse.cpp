// Dimensional collapse. Follows mystic in what collapses; instead of text that is parsed back, what has
// collapsed is a value. Its collapse of weights and positions of product measures needs their
// representation, which is not there (DECISIONS.md).

#include "mystic/core/collapse.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace mystic {
namespace {

void check_history(const char* name, const PointsView& history) {
  require(history.rows() >= 1 && history.cols() >= 1, "{}: a history of {} x {} has no point", name,
          history.rows(), history.cols());
}

void check_parameter(const char* name, Index parameter, Index dimension) {
  require(parameter >= 0 && parameter < dimension, "{}: the mask names parameter {} of {}", name,
          parameter, dimension);
}

double spread(const auto& values) { return values.maxCoeff() - values.minCoeff(); }

// Pairs in the order in which they are looked up: the smaller first, sorted.
class PairMask {
 public:
  explicit PairMask(std::vector<std::pair<Index, Index>> pairs) : pairs_(std::move(pairs)) {
    for (auto& [i, j] : pairs_) {
      if (i > j) std::swap(i, j);
    }
    std::ranges::sort(pairs_);
  }
  [[nodiscard]] bool has(Index i, Index j) const {
    return std::ranges::binary_search(pairs_, std::pair(i, j));
  }

 private:
  std::vector<std::pair<Index, Index>> pairs_;
};

// Samples of one parameter, sorted, those of equal x taken together.
struct Place {
  double x;
  bool dear;
  Index count;
};

bool is_masked(const CollapseCostOptions& options, Index parameter, double x) {
  return std::any_of(options.mask.begin(), options.mask.end(), [&](const CollapsedRange& range) {
    return range.parameter == parameter && x >= range.lower && x <= range.upper;
  });
}

std::vector<Place> sorted_places(const PointsView& samples, const VectorView& costs, Index parameter,
                                 double dear_from) {
  std::vector<Index> order(static_cast<std::size_t>(samples.cols()));
  std::iota(order.begin(), order.end(), Index{0});
  std::sort(order.begin(), order.end(),
            [&](Index a, Index b) { return samples(parameter, a) < samples(parameter, b); });
  std::vector<Place> places;
  for (const Index k : order) {
    const double x = samples(parameter, k);
    const bool dear = !(costs[k] < dear_from);
    if (!places.empty() && places.back().x == x) {
      places.back().dear = places.back().dear && dear;
      ++places.back().count;
    } else {
      places.push_back({x, dear, 1});
    }
  }
  return places;
}

void add_ranges(const std::vector<Place>& places, Index parameter, const CollapseCostOptions& options,
                std::vector<CollapsedRange>& ranges) {
  const std::size_t size = places.size();
  const auto counts = [&](std::size_t at) {
    return places[at].dear && !is_masked(options, parameter, places[at].x);
  };
  for (std::size_t begin = 0; begin < size; ++begin) {
    if (!counts(begin)) continue;
    std::size_t end = begin;
    Index count = 0;
    for (; end < size && counts(end); ++end) count += places[end].count;
    if (count >= options.samples) {
      ranges.push_back({parameter, begin == 0 && !options.clip ? -infinity : places[begin].x,
                        end == size && !options.clip ? infinity : places[end - 1].x});
    }
    begin = end;
  }
}

}  // namespace

std::string to_string(const Collapse& collapse) {
  std::vector<std::string> parts;
  for (const CollapsedAt& at : collapse.at) {
    parts.push_back(fmt::format("x[{}] at {}", at.parameter, at.value));
  }
  for (const CollapsedAs& as : collapse.as) {
    const std::string offset =
        as.offset == 0.0 ? "" : fmt::format(" {} {}", as.offset < 0.0 ? '-' : '+', std::abs(as.offset));
    parts.push_back(fmt::format("x[{}] = x[{}]{}", as.second, as.first, offset));
  }
  for (const CollapsedRange& range : collapse.ranges) {
    parts.push_back(fmt::format("x[{}] not in [{}, {}]", range.parameter, range.lower, range.upper));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::vector<CollapsedAt> collapsed_at(const PointsView& history, const CollapseAtOptions& options) {
  validate(options);
  check_history("collapsed_at", history);
  std::vector<bool> masked(static_cast<std::size_t>(history.rows()), false);
  for (const Index i : options.mask) {
    check_parameter("collapsed_at", i, history.rows());
    masked[static_cast<std::size_t>(i)] = true;
  }
  std::vector<CollapsedAt> found;
  for (Index i = 0; i < history.rows(); ++i) {
    if (masked[static_cast<std::size_t>(i)]) continue;
    const auto values = history.row(i).array();
    // "At rest" is what must hold: NaN is never at rest.
    const double moved = options.target ? (values - *options.target).abs().maxCoeff() : spread(values);
    if (!values.allFinite() || !(moved <= options.tolerance)) continue;
    found.push_back({i, options.target.value_or(history(i, history.cols() - 1))});
  }
  return found;
}

std::vector<CollapsedAs> collapsed_as(const PointsView& history, const CollapseAsOptions& options) {
  validate(options);
  check_history("collapsed_as", history);
  for (const auto& [i, j] : options.mask) {
    check_parameter("collapsed_as", i, history.rows());
    check_parameter("collapsed_as", j, history.rows());
  }
  const PairMask mask(options.mask);
  const Index newest = history.cols() - 1;
  std::vector<CollapsedAs> found;
  for (Index i = 0; i < history.rows(); ++i) {
    for (Index j = i + 1; j < history.rows(); ++j) {
      // Most pairs are told apart by their newest point alone.
      const double now = history(j, newest) - history(i, newest);
      if (!options.offset && !(std::abs(now) <= options.tolerance)) continue;
      const auto apart = (history.row(j) - history.row(i)).array();
      const double moved = options.offset ? spread(apart) : apart.abs().maxCoeff();
      if (!apart.allFinite() || !(moved <= options.tolerance)) continue;
      if (!mask.has(i, j)) found.push_back({i, j, options.offset ? now : 0.0});
    }
  }
  return found;
}

std::vector<CollapsedRange> collapsed_cost(const PointsView& samples, const VectorView& costs,
                                           const CollapseCostOptions& options) {
  validate(options);
  check_history("collapsed_cost", samples);
  require(costs.size() == samples.cols(), "collapsed_cost: {} costs for {} samples", costs.size(),
          samples.cols());
  require(samples.allFinite(), "collapsed_cost: the samples must be finite");
  for (const CollapsedRange& range : options.mask) {
    check_parameter("collapsed_cost", range.parameter, samples.rows());
  }
  double cheapest = infinity;
  for (const double cost : costs) {
    if (std::isfinite(cost)) cheapest = std::min(cheapest, cost);
  }
  std::vector<CollapsedRange> ranges;
  if (!std::isfinite(cheapest)) return ranges;
  for (Index i = 0; i < samples.rows(); ++i) {
    add_ranges(sorted_places(samples, costs, i, cheapest + options.limit), i, options, ranges);
  }
  return ranges;
}

}  // namespace mystic
