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

class Simplex {
 public:
  Simplex(const Start& start, double radius)
      : points_(start.dimension(), start.dimension() + 1),
        costs_(Vector::Constant(start.dimension() + 1, infinity)),
        order_(static_cast<std::size_t>(start.dimension()) + 1), ranked_(order_.size(), infinity),
        mean_(start.dimension()) {
    const Vector first = start.x.cwiseMax(start.lower).cwiseMin(start.upper);
    points_.colwise() = first;
    for (Index k = 0; k < dimension(); ++k) {
      points_(k, k + 1) = displaced(first[k], start.lower[k], start.upper[k], radius);
    }
    std::iota(order_.begin(), order_.end(), Index{0});
  }

  [[nodiscard]] Index dimension() const { return points_.rows(); }
  [[nodiscard]] const Points& points() const { return points_; }
  [[nodiscard]] const Vector& costs() const { return costs_; }
  [[nodiscard]] auto best() const { return points_.col(order_.front()); }
  [[nodiscard]] double best_cost() const { return ranked_.front(); }
  [[nodiscard]] double second_worst_cost() const { return ranked_[ranked_.size() - 2]; }
  [[nodiscard]] double worst_cost() const { return ranked_.back(); }

  // mean + factor * (mean - worst), with the mean of all vertices but the worst.
  void place_trial(double factor, Vector& trial) const {
    trial = (1.0 + factor) * mean_ - factor * points_.col(order_.back());
  }

  void replace_worst(const Vector& x, double cost) {
    const Index column = order_.back();
    points_.col(column) = x;
    costs_[column] = cost;
    // Behind its equals: of two vertices of the same cost the older ranks first.
    std::size_t place = order_.size() - 1;
    for (; place > 0 && cost < ranked_[place - 1]; --place) {
      order_[place] = order_[place - 1];
      ranked_[place] = ranked_[place - 1];
    }
    order_[place] = column;
    ranked_[place] = cost;
    take_mean();
  }

  void set_costs(const VectorView& costs_but_best, const std::vector<Index>& columns) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      costs_[columns[i]] = costs_but_best[static_cast<Index>(i)];
    }
    std::stable_sort(order_.begin(), order_.end(),
                     [this](Index a, Index b) { return costs_[a] < costs_[b]; });
    std::transform(order_.begin(), order_.end(), ranked_.begin(), [this](Index i) { return costs_[i]; });
    take_mean();
  }
  void set_first_cost(double cost) { costs_[0] = ranked_[0] = cost; }

  // Moves all vertices but the best towards it; returns them, and their columns.
  void shrink(double sigma, Points& moved, std::vector<Index>& columns) {
    columns.assign(order_.begin() + 1, order_.end());
    const Index best = order_.front();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      points_.col(columns[i]) =
          points_.col(best) + sigma * (points_.col(columns[i]) - points_.col(best));
      moved.col(static_cast<Index>(i)) = points_.col(columns[i]);
    }
  }

 private:
  // The n^2 additions are half of what a step costs. So they are done for up to 16 coordinates at once,
  // a number known to the compiler, which keeps the sums in registers.
  void take_mean() {
    Index first = 0;
    for (; first + 16 <= dimension(); first += 16) take_mean_of<16>(first);
    take_mean_of_last(first, std::make_index_sequence<16>());
  }
  template <std::size_t... counts>
  void take_mean_of_last(Index first, std::index_sequence<counts...>) {
    const auto left = static_cast<std::size_t>(dimension() - first);
    ((counts == left ? take_mean_of<counts>(first) : void()), ...);
  }

  // Best vertex first, as SciPy and mystic sum: the same bits.
  template <std::size_t count>
  void take_mean_of(Index first) {
    const Index n = dimension();
    std::array<double, count> sums{};
    for (std::size_t k = 0; k + 1 < order_.size(); ++k) {
      const double* const vertex = points_.data() + order_[k] * n + first;
      for (std::size_t i = 0; i < count; ++i) sums[i] += vertex[i];
    }
    for (std::size_t i = 0; i < count; ++i) {
      mean_[first + static_cast<Index>(i)] = sums[i] / static_cast<double>(n);
    }
  }

  Points points_;  // n x (n + 1); a vertex keeps its column
  Vector costs_;
  std::vector<Index> order_;    // columns, best first
  std::vector<double> ranked_;  // their costs, best first
  Vector mean_;                 // of all vertices but the worst
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
