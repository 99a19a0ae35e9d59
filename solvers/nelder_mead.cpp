// Nelder & Mead (1965) in the form of Lagarias, Reeds, Wright & Wright (1998), section 2, which is also
// SciPy's and mystic's: strict acceptance of expansion, outside contraction accepted on a tie.
// The adaptive coefficients are those of Gao & Han (2012), (4.1).
//
// What differs from mystic: vertices stay in their columns while an order of them is kept, and of two
// vertices of the same cost the older ranks first (SciPy's sort decides by chance above 16).

#include "mystic/solvers/nelder_mead.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <type_traits>
#include <utility>
#include <vector>

namespace mystic {
namespace {

struct Coefficients {
  double reflection;   // rho
  double expansion;    // chi
  double contraction;  // psi
  double shrink;       // sigma
};

Coefficients coefficients(const NelderMeadOptions& options, Index dimension) {
  if (!options.adaptive) return {1.0, 2.0, 0.5, 0.5};
  // One variable alone would shrink the simplex to a point (sigma = 0): the coefficients of two.
  const auto n = static_cast<double>(std::max<Index>(dimension, 2));
  return {1.0, 1.0 + 2.0 / n, 0.75 - 0.5 / n, 1.0 - 1.0 / n};
}

// The coordinate of vertex k that differs from the start's.
double displaced(double x, double lower, double upper, double radius) {
  if (std::isfinite(lower) && std::isfinite(upper)) {
    const double step = (upper - lower) * radius;
    const double up = std::clamp(x + step, lower, upper);
    return up != x ? up : x - step;
  }
  // 0 has no relative neighbourhood: SciPy's and mystic's absolute step there.
  const double up = x != 0.0 ? x * (1.0 + radius) : 0.1 * radius * radius;
  const double inside = std::clamp(up, lower, upper);
  if (inside != x) return inside;
  return x != 0.0 ? x * (1.0 - radius) : -radius;
}

// A vertex in the order of costs.
struct Rank {
  double cost = infinity;
  Index column = 0;
};

class Simplex {
 public:
  Simplex(const Start& start, double radius)
      : points_(start.dimension(), start.dimension() + 1),
        costs_(Vector::Constant(start.dimension() + 1, infinity)),
        ranks_(static_cast<std::size_t>(start.dimension()) + 1), mean_(start.dimension()) {
    const Vector first = start.x.cwiseMax(start.lower).cwiseMin(start.upper);
    points_.colwise() = first;
    for (Index k = 0; k < dimension(); ++k) {
      points_(k, k + 1) = displaced(first[k], start.lower[k], start.upper[k], radius);
    }
    for (Index column = 0; Rank & rank : ranks_) rank.column = column++;
  }

  [[nodiscard]] Index dimension() const { return points_.rows(); }
  [[nodiscard]] const Points& points() const { return points_; }
  [[nodiscard]] const Vector& costs() const { return costs_; }
  [[nodiscard]] auto best() const { return points_.col(ranks_.front().column); }
  [[nodiscard]] double best_cost() const { return ranks_.front().cost; }
  [[nodiscard]] double second_worst_cost() const { return ranks_[ranks_.size() - 2].cost; }
  [[nodiscard]] double worst_cost() const { return ranks_.back().cost; }

  // mean + factor * (mean - worst), with the mean of all vertices but the worst.
  void place_trial(double factor, Vector& trial) const {
    const double* const worst = points_.data() + ranks_.back().column * dimension();
    in_blocks([&, of_mean = 1.0 + factor, out = trial.data(), mean = mean_.data()]<std::size_t count>(
                  Index first, std::integral_constant<std::size_t, count>) {
      std::array<double, count> values;
      for (std::size_t i = 0; i < count; ++i) {
        const std::size_t k = static_cast<std::size_t>(first) + i;
        values[i] = of_mean * mean[k] - factor * worst[k];
      }
      std::copy(values.begin(), values.end(), out + first);
    });
  }

  void replace_worst(const Vector& x, double cost) {
    const Index column = ranks_.back().column;
    points_.col(column) = x;
    costs_[column] = cost;
    // Behind its equals: of two vertices of the same cost the older ranks first. Sought from the best
    // on: a new vertex is mostly a good one.
    const auto last = ranks_.end() - 1;
    auto place = ranks_.begin();
    for (auto rank = ranks_.begin(); rank != last; ++rank) place += rank->cost <= cost ? 1 : 0;
    std::move_backward(place, last, ranks_.end());
    *place = {cost, column};
    take_mean();
  }

  void set_costs(const VectorView& costs_but_best, const std::vector<Index>& columns) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      costs_[columns[i]] = costs_but_best[static_cast<Index>(i)];
    }
    for (Rank& rank : ranks_) rank.cost = costs_[rank.column];
    std::stable_sort(ranks_.begin(), ranks_.end(),
                     [](const Rank& a, const Rank& b) { return a.cost < b.cost; });
    take_mean();
  }
  void set_first_cost(double cost) { costs_[0] = ranks_[0].cost = cost; }

  // Moves all vertices but the best towards it; returns them, and their columns.
  void shrink(double sigma, Points& moved, std::vector<Index>& columns) {
    std::transform(ranks_.begin() + 1, ranks_.end(), columns.begin(),
                   [](const Rank& rank) { return rank.column; });
    const Index best = ranks_.front().column;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      points_.col(columns[i]) =
          points_.col(best) + sigma * (points_.col(columns[i]) - points_.col(best));
      moved.col(static_cast<Index>(i)) = points_.col(columns[i]);
    }
  }

 private:
  // The n^2 additions are half of what a step costs. So coordinates are worked on in blocks of a size
  // that the compiler knows: it keeps them in registers. 16 at a time, and what is left at once.
  template <class Work>
  void in_blocks(const Work& work) const {
    Index first = 0;
    for (; first + 16 <= dimension(); first += 16) {
      work(first, std::integral_constant<std::size_t, 16>());
    }
    last_block(first, work, std::make_index_sequence<16>());
  }
  template <class Work, std::size_t... counts>
  void last_block(Index first, const Work& work, std::index_sequence<counts...>) const {
    using Block = void (*)(Index, const Work&);
    static constexpr std::array<Block, sizeof...(counts)> blocks{[](Index begin, const Work& given) {
      if constexpr (counts > 0) given(begin, std::integral_constant<std::size_t, counts>());
    }...};
    blocks[static_cast<std::size_t>(dimension() - first)](first, work);
  }

  // Best vertex first, as SciPy and mystic sum: the same bits.
  void take_mean() {
    const Index n = dimension();
    in_blocks([&, mean = mean_.data()]<std::size_t count>(Index first,
                                                          std::integral_constant<std::size_t, count>) {
      std::array<double, count> sums{};
      const double* const points = points_.data() + first;
      for (auto rank = ranks_.begin(), last = ranks_.end() - 1; rank != last; ++rank) {
        const double* const vertex = points + rank->column * n;
        for (std::size_t i = 0; i < count; ++i) sums[i] += vertex[i];
      }
      for (std::size_t i = 0; i < count; ++i) {
        mean[first + static_cast<Index>(i)] = sums[i] / static_cast<double>(n);
      }
    });
  }

  Points points_;  // n x (n + 1); a vertex keeps its column
  Vector costs_;
  std::vector<Rank> ranks_;  // best first
  Vector mean_;              // of all vertices but the worst
};

Search nelder_mead_search(Start start, NelderMeadOptions options) {
  require(start.x.size() > 0, "nelder-mead: give it a start");
  const Coefficients by = coefficients(options, start.dimension());
  Simplex simplex(start, options.radius);

  const Vector first = simplex.best();
  const double first_cost = co_await evaluate(first);
  simplex.set_first_cost(first_cost);
  co_await step_done(first, first_cost);

  std::vector<Index> columns(static_cast<std::size_t>(start.dimension()));
  std::iota(columns.begin(), columns.end(), Index{1});
  Points batch = simplex.points().rightCols(start.dimension());
  const auto other_costs = co_await evaluate(batch);
  simplex.set_costs(other_costs, columns);

  Vector trial(start.dimension());
  Vector second(start.dimension());
  for (;;) {
    co_await step_done(simplex.best(), simplex.best_cost(), simplex.points(), simplex.costs());

    simplex.place_trial(by.reflection, trial);
    const double reflected = co_await evaluate(trial);
    if (reflected < simplex.best_cost()) {
      simplex.place_trial(by.reflection * by.expansion, second);
      const double expanded = co_await evaluate(second);
      if (expanded < reflected) {
        simplex.replace_worst(second, expanded);
      } else {
        simplex.replace_worst(trial, reflected);
      }
      continue;
    }
    if (reflected < simplex.second_worst_cost()) {
      simplex.replace_worst(trial, reflected);
      continue;
    }
    const bool outside = reflected < simplex.worst_cost();
    simplex.place_trial(outside ? by.contraction * by.reflection : -by.contraction, second);
    const double contracted = co_await evaluate(second);
    if (outside ? contracted <= reflected : contracted < simplex.worst_cost()) {
      simplex.replace_worst(second, contracted);
      continue;
    }
    simplex.shrink(by.shrink, batch, columns);
    const auto shrunk_costs = co_await evaluate(batch);
    simplex.set_costs(shrunk_costs, columns);
  }
}

}  // namespace

Algorithm nelder_mead(const NelderMeadOptions& options) {
  validate(options);
  return {std::string(NelderMeadOptions::title),
          [options](Start start) { return nelder_mead_search(std::move(start), options); }};
}

}  // namespace mystic
