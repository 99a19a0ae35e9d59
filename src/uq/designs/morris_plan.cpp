#include "mystic/uq/morris_plan.hpp"

#include "draws.hpp"
#include "mystic/core/require.hpp"
#include "variable_groups.hpp"

#include <algorithm>
#include <cmath>

namespace mystic {
namespace {

using Groups = std::vector<std::vector<Index>>;

MorrisPlan random_walks(Index dimension, const Groups& groups, Index walks,
                        const MorrisOptions& options) {
  MorrisPlan plan;
  plan.trajectories = walks;
  plan.groups = static_cast<Index>(groups.size());
  const bool has_ends = options.grid == "ends";
  const double unit = 1.0 / static_cast<double>(has_ends ? options.levels - 1 : options.levels);
  const Index jump = options.levels / 2;
  plan.delta = static_cast<double>(jump) * unit;
  require_size("morris_plan", dimension, walks * (plan.groups + 1));
  plan.points.resize(dimension, walks * (plan.groups + 1));
  std::vector<Index> levels(static_cast<std::size_t>(dimension));
  for (Index walk = 0; walk < walks; ++walk) {
    Random random = engine(options.seed, Draws::morris, walk);
    const std::vector<Index> order = shuffled(random, plan.groups);
    std::vector<int> directions;
    for (const auto& variables : groups) {
      directions.push_back(uniform_index(random, 2) == 0 ? -1 : 1);
      for (const Index i : variables) {
        const Index low = uniform_index(random, jump);
        levels[static_cast<std::size_t>(i)] = directions.back() > 0 ? low : low + jump;
      }
    }
    for (Index step = 0; step <= plan.groups; ++step) {
      if (step > 0) {
        const Index group = order[static_cast<std::size_t>(step - 1)];
        const int direction = directions[static_cast<std::size_t>(group)];
        plan.steps.push_back({.group = group, .direction = direction});
        for (const Index i : groups[static_cast<std::size_t>(group)]) {
          levels[static_cast<std::size_t>(i)] += direction * jump;
        }
      }
      for (Index i = 0; i < dimension; ++i) {
        const Index level = levels[static_cast<std::size_t>(i)];
        // The upper end is 1, not 3 * (1/3).
        plan.points(i, plan.column(walk, step)) =
            has_ends ? static_cast<double>(level) / static_cast<double>(options.levels - 1)
                     : (static_cast<double>(level) + 0.5) * unit;
      }
    }
  }
  return plan;
}

// Squares of the distances d of all walks: entry (s, t).
Points squared_distances(const MorrisPlan& plan) {
  const Index size = plan.groups + 1;
  Points squares = Points::Zero(plan.trajectories, plan.trajectories);
  for (Index s = 0; s < plan.trajectories; ++s) {
    const auto here = plan.points.middleCols(s * size, size);
    for (Index t = 0; t < s; ++t) {
      double distance = 0.0;
      for (Index k = 0; k < size; ++k) {
        distance += (here.colwise() - plan.points.col(t * size + k)).colwise().norm().sum();
      }
      squares(s, t) = squares(t, s) = distance * distance;
    }
  }
  return squares;
}

struct Choice {
  std::vector<Index> walks;
  double sum = 0.0;  // of the squares over pairs
};

// Exchanges a chosen walk for another while the sum grows; the best exchange of all each time.
Choice exchanged(const Points& squares, std::vector<Index> walks) {
  const Index count = squares.cols();
  std::vector<bool> is_chosen(static_cast<std::size_t>(count), false);
  Vector to_chosen = Vector::Zero(count);
  for (const Index walk : walks) {
    is_chosen[static_cast<std::size_t>(walk)] = true;
    to_chosen += squares.col(walk);
  }
  for (;;) {
    double best = 1e-9 * to_chosen.maxCoeff();
    std::size_t leaving = walks.size();
    Index coming = 0;
    for (std::size_t place = 0; place < walks.size(); ++place) {
      for (Index other = 0; other < count; ++other) {
        if (is_chosen[static_cast<std::size_t>(other)]) continue;
        const double gain = to_chosen[other] - squares(other, walks[place]) - to_chosen[walks[place]];
        if (!(gain > best)) continue;
        best = gain;
        leaving = place;
        coming = other;
      }
    }
    if (leaving == walks.size()) break;
    to_chosen += squares.col(coming) - squares.col(walks[leaving]);
    is_chosen[static_cast<std::size_t>(walks[leaving])] = false;
    is_chosen[static_cast<std::size_t>(coming)] = true;
    walks[leaving] = coming;
  }
  Choice choice{.walks = walks, .sum = 0.0};
  for (const Index walk : walks) choice.sum += 0.5 * to_chosen[walk];
  return choice;
}

// The two farthest, then each time the one that is farthest from those chosen.
std::vector<Index> greedy(const Points& squares, Index trajectories) {
  Index first = 0;
  Index second = 0;
  squares.maxCoeff(&first, &second);
  std::vector<Index> walks{first};
  Vector to_chosen = squares.col(first);
  to_chosen[first] = -1.0;
  while (static_cast<Index>(walks.size()) < trajectories) {
    Index next = 0;
    to_chosen.maxCoeff(&next);
    walks.push_back(next);
    to_chosen += squares.col(next);
    for (const Index walk : walks) to_chosen[walk] = -1.0;
  }
  return walks;
}

MorrisPlan selected(const MorrisPlan& all, std::vector<Index> walks) {
  std::ranges::sort(walks);
  MorrisPlan plan;
  plan.trajectories = static_cast<Index>(walks.size());
  plan.groups = all.groups;
  plan.delta = all.delta;
  const Index size = all.groups + 1;
  plan.points.resize(all.points.rows(), plan.trajectories * size);
  for (std::size_t k = 0; k < walks.size(); ++k) {
    plan.points.middleCols(static_cast<Index>(k) * size, size) =
        all.points.middleCols(walks[k] * size, size);
    for (Index step = 0; step < all.groups; ++step) plan.steps.push_back(all.step(walks[k], step));
  }
  return plan;
}

}  // namespace

std::string MorrisOptions::broken_rules() const {
  std::string broken;
  if (levels % 2 != 0) {
    broken += fmt::format("\n  levels = {} must be even, for a step is half of them", levels);
  }
  if (candidates != 0 && candidates < trajectories) {
    broken += fmt::format("\n  candidates = {} must be 0 or at least trajectories = {}", candidates,
                          trajectories);
  }
  return broken;
}

MorrisPlan morris_plan(Index dimension, const MorrisOptions& options) {
  validate(options);
  require_size("morris_plan", dimension, options.trajectories);
  const Groups groups = variables_of_groups("morris_plan", options.groups, dimension);
  const MorrisPlan all =
      random_walks(dimension, groups, std::max(options.candidates, options.trajectories), options);
  if (all.trajectories == options.trajectories) return all;
  const Points squares = squared_distances(all);
  std::vector<Index> first(static_cast<std::size_t>(options.trajectories));
  for (std::size_t k = 0; k < first.size(); ++k) first[k] = static_cast<Index>(k);
  const Choice from_first = exchanged(squares, first);
  const Choice from_greedy = exchanged(squares, greedy(squares, options.trajectories));
  return selected(all, from_greedy.sum > from_first.sum ? from_greedy.walks : from_first.walks);
}

double spread(const MorrisPlan& plan) { return std::sqrt(squared_distances(plan).sum() / 2.0); }

}  // namespace mystic
