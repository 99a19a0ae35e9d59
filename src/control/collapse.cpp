#include "mystic/control/collapse.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace mystic {
namespace {

// Whether there are so many steps back of which each has a finite best cost. Before, the best point is
// where the search began: it rests for want of anything better.
bool has_found_something(const Progress& p, Index window) {
  if (p.best_points.cols() <= window || std::ssize(p.best_costs) <= window) return false;
  const auto looked_at = p.best_costs.last(static_cast<std::size_t>(window) + 1);
  return std::ranges::all_of(looked_at, [](double cost) { return std::isfinite(cost); });
}

}  // namespace

Termination collapse_at(const CollapseAtOptions& options) {
  validate(options);
  const std::string text = options.target
                               ? fmt::format("a parameter keeps within {} of {} over {} generations",
                                             options.tolerance, *options.target, options.window)
                               : fmt::format("a parameter moves by at most {} over {} generations",
                                             options.tolerance, options.window);
  const auto condition = [options](const Progress& p) -> Verdict {
    if (!has_found_something(p, options.window)) return std::nullopt;
    const Collapse collapse{.at = collapsed_at(p.best_points.rightCols(options.window + 1), options)};
    if (collapse.empty()) return std::nullopt;
    return fmt::format("collapsed over {} generations: {}", options.window, to_string(collapse));
  };
  return Termination({.costs = options.window, .points = options.window}, condition, text);
}

Termination collapse_as(const CollapseAsOptions& options) {
  validate(options);
  const std::string text =
      fmt::format("two parameters keep {} within {} over {} generations",
                  options.offset ? "their distance" : "together", options.tolerance, options.window);
  const auto condition = [options](const Progress& p) -> Verdict {
    if (!has_found_something(p, options.window)) return std::nullopt;
    const Collapse collapse{.as = collapsed_as(p.best_points.rightCols(options.window + 1), options)};
    if (collapse.empty()) return std::nullopt;
    return fmt::format("collapsed over {} generations: {}", options.window, to_string(collapse));
  };
  return Termination({.costs = options.window, .points = options.window}, condition, text);
}

Termination collapse_cost(const CollapseCostOptions& options) {
  validate(options);
  require(options.samples <= options.window,
          "collapse_cost: samples = {} must be at most window = {}, or they never come together",
          options.samples, options.window);
  const auto condition = [options](const Progress& p) -> Verdict {
    const Index seen =
        std::min({p.best_points.cols(), static_cast<Index>(p.best_costs.size()), options.window + 1});
    if (seen <= options.samples || !p.best_points.rightCols(seen).allFinite()) return std::nullopt;
    const Eigen::Map<const Vector> costs(p.best_costs.data() + p.best_costs.size() - seen, seen);
    const Collapse collapse{.ranges = collapsed_cost(p.best_points.rightCols(seen), costs, options)};
    if (collapse.empty()) return std::nullopt;
    return fmt::format("collapsed: {}", to_string(collapse));
  };
  return Termination(
      {.costs = options.window, .points = options.window}, condition,
      fmt::format("{} samples side by side cost {} more than the best", options.samples, options.limit));
}

}  // namespace mystic
