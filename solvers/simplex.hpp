#pragma once

#include "mystic/core/point.hpp"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>
#include <vector>

namespace mystic {

/// A vertex in the order of costs.
struct Rank {
  double cost = infinity;
  Index column = 0;
};

/// The vertices of Nelder-Mead, each in a column that it keeps, and their order by cost.
class Simplex {
 public:
  /// @param vertices  n x (n + 1)
  explicit Simplex(Points vertices)
      : points_(std::move(vertices)), costs_(Vector::Constant(points_.cols(), infinity)),
        ranks_(static_cast<std::size_t>(points_.cols())), mean_(points_.rows()) {
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
    list_but_best(columns);
    const Index best = ranks_.front().column;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      points_.col(columns[i]) =
          points_.col(best) + sigma * (points_.col(columns[i]) - points_.col(best));
      moved.col(static_cast<Index>(i)) = points_.col(columns[i]);
    }
  }

  // Puts n other vertices beside the best; returns their columns.
  void replace_all_but_best(const Points& vertices, std::vector<Index>& columns) {
    list_but_best(columns);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      points_.col(columns[i]) = vertices.col(static_cast<Index>(i));
    }
  }

  // The columns of all vertices but the best, the better ones first.
  void list_but_best(std::vector<Index>& columns) const {
    std::transform(ranks_.begin() + 1, ranks_.end(), columns.begin(),
                   [](const Rank& rank) { return rank.column; });
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

}  // namespace mystic
