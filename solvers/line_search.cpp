// Golden section and parabolas, as in Brent (1973), chapter 5; the path of SciPy's bracket() and Brent
// class, and so of mystic's Powell, step for step. What differs: the cost at step 0 is known and
// the bracket's middle has been evaluated, so neither is evaluated again (mystic pays both in every
// line search, SciPy the first). A line may end at the bounds; theirs do not.

#include "line_search.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mystic {
namespace {

constexpr double golden_growth = 1.618034;
constexpr double golden_section = 0.3819660;
constexpr double growth_limit = 110.0;
constexpr double tiny = 1e-21;
constexpr double least_tolerance = 1e-11;
constexpr Index bracket_iterations = 1000;

struct Sample {
  double step = 0.0;
  double cost = infinity;
};

// Three steps in order along the line, the middle one no worse than the outer ones.
struct Bracket {
  Sample a;
  Sample b;
  Sample c;
};

void put(const Line& line, double step) {
  line.point = line.origin + step * line.direction;
  // At the end of the line rounding may lead out of the box.
  if (line.box != nullptr) line.point = line.point.cwiseMax(line.box->lower).cwiseMin(line.box->upper);
}

double within(const Line& line, double step) { return std::clamp(step, line.least, line.most); }
bool is_end(const Line& line, double step) { return step == line.least || step == line.most; }

// 1, or less where the box ends; to the other side where there is more room.
double first_step(const Line& line) {
  if (line.most < 1.0 && line.most < -line.least) return std::max(-1.0, line.least);
  return std::min(1.0, line.most);
}

// Where the parabola through the three has its extremum.
double parabola(const Bracket& by) {
  const auto& [a, b, c] = by;
  const double left = (b.step - a.step) * (b.cost - c.cost);
  const double right = (b.step - c.step) * (b.cost - a.cost);
  const double difference = right - left;
  const double denominator = std::abs(difference) < tiny ? 2.0 * tiny : 2.0 * difference;
  return b.step - ((b.step - c.step) * right - (b.step - a.step) * left) / denominator;
}

double grown(const Sample& from, const Sample& to) {
  return to.step + golden_growth * (to.step - from.step);
}

Nested<Bracket> bracket(FrameArena& arena, const Line& line) {
  static_cast<void>(arena);
  Bracket at;
  at.a = {0.0, line.cost_at_origin};
  at.b.step = first_step(line);
  if (at.b.step == 0.0) {  // a line of one point
    at.b = at.c = at.a;
    co_return at;
  }
  put(line, at.b.step);
  at.b.cost = co_await evaluate(line.point);
  if (at.a.cost < at.b.cost) std::swap(at.a, at.b);
  at.c.step = within(line, grown(at.a, at.b));
  if (at.c.step == at.b.step) {
    at.c = at.b;
    co_return at;
  }
  put(line, at.c.step);
  at.c.cost = co_await evaluate(line.point);

  for (Index i = 0; at.c.cost < at.b.cost && i <= bracket_iterations; ++i) {
    if (is_end(line, at.c.step)) {
      at = {at.b, at.c, at.c};
      break;
    }
    Sample next{parabola(at), infinity};
    const double farthest = at.b.step + growth_limit * (at.c.step - at.b.step);
    const bool between = (next.step - at.c.step) * (at.b.step - next.step) > 0.0;
    const bool beyond_farthest = (next.step - farthest) * (farthest - at.c.step) >= 0.0;
    const bool before_farthest = (next.step - farthest) * (at.c.step - next.step) > 0.0;
    if (!between && beyond_farthest) next.step = farthest;
    if (!between && !beyond_farthest && !before_farthest) next.step = grown(at.b, at.c);
    next.step = within(line, next.step);
    put(line, next.step);
    next.cost = co_await evaluate(line.point);
    if (between) {
      if (next.cost < at.c.cost) {
        at = {at.b, next, at.c};
        break;
      }
      if (next.cost > at.b.cost) {
        at.c = next;
        break;
      }
      next.step = within(line, grown(at.b, at.c));  // the parabola was no use
      put(line, next.step);
      next.cost = co_await evaluate(line.point);
    } else if (before_farthest && !beyond_farthest && next.cost < at.c.cost &&
               !is_end(line, next.step)) {
      at.b = at.c;
      at.c = next;
      next.step = within(line, grown(at.b, at.c));
      put(line, next.step);
      next.cost = co_await evaluate(line.point);
    }
    at = {at.b, at.c, next};
  }
  co_return at;
}

// Brent's state: the interval, the best sample, the second best, and the second best before.
class Brent {
 public:
  Brent(const Bracket& from, double tolerance)
      : low_(std::min(from.a.step, from.c.step)), high_(std::max(from.a.step, from.c.step)),
        best_(from.b), second_(from.b), third_(from.b), tolerance_(tolerance) {}

  [[nodiscard]] const Sample& best() const { return best_; }
  [[nodiscard]] bool converged() const {
    return std::abs(best_.step - middle()) < 2.0 * reach() - 0.5 * (high_ - low_);
  }

  // The next step to try.
  double propose() {
    if (std::abs(before_last_) <= reach() || !parabolic_move()) golden_move();
    if (std::abs(move_) < reach()) return best_.step + (move_ >= 0.0 ? reach() : -reach());
    return best_.step + move_;
  }

  void take(const Sample& tried) {
    if (tried.cost > best_.cost) {
      (tried.step < best_.step ? low_ : high_) = tried.step;
      if (tried.cost <= second_.cost || second_.step == best_.step) {
        third_ = std::exchange(second_, tried);
      } else if (tried.cost <= third_.cost || third_.step == best_.step || third_.step == second_.step) {
        third_ = tried;
      }
      return;
    }
    (tried.step >= best_.step ? low_ : high_) = best_.step;
    third_ = second_;
    second_ = std::exchange(best_, tried);
  }

 private:
  [[nodiscard]] double middle() const { return 0.5 * (low_ + high_); }
  [[nodiscard]] double reach() const { return tolerance_ * std::abs(best_.step) + least_tolerance; }

  void golden_move() {
    before_last_ = (best_.step >= middle() ? low_ : high_) - best_.step;
    move_ = golden_section * before_last_;
  }

  // A move to the parabola's minimum; false where that is outside, or no smaller than half of the
  // move before the last (then a golden section is due; an infinite cost makes it so, too).
  bool parabolic_move() {
    const auto& x = best_.step;
    const double to_second = (x - second_.step) * (best_.cost - third_.cost);
    const double to_third = (x - third_.step) * (best_.cost - second_.cost);
    double numerator = (x - third_.step) * to_third - (x - second_.step) * to_second;
    double denominator = 2.0 * (to_third - to_second);
    if (denominator > 0.0) numerator = -numerator;
    denominator = std::abs(denominator);
    const double earlier = std::exchange(before_last_, move_);
    const bool useful = numerator > denominator * (low_ - x) && numerator < denominator * (high_ - x) &&
                        std::abs(numerator) < std::abs(0.5 * denominator * earlier);
    if (!useful) return false;
    move_ = numerator / denominator;
    const double there = x + move_;
    if (there - low_ < 2.0 * reach() || high_ - there < 2.0 * reach()) {
      move_ = middle() - x >= 0.0 ? reach() : -reach();
    }
    return true;
  }

  double low_;
  double high_;
  Sample best_;
  Sample second_;
  Sample third_;
  double tolerance_;
  double move_ = 0.0;
  double before_last_ = 0.0;
};

}  // namespace

void keep_inside(Line& line, const Box& box) {
  line.box = &box;
  for (Index i = 0; i < line.direction.size(); ++i) {
    const double speed = line.direction[i];
    if (speed == 0.0) continue;
    const double to_lower = (box.lower[i] - line.origin[i]) / speed;
    const double to_upper = (box.upper[i] - line.origin[i]) / speed;
    line.least = std::max(line.least, std::min(to_lower, to_upper));
    line.most = std::min(line.most, std::max(to_lower, to_upper));
  }
  line.least = std::min(line.least, 0.0);
  line.most = std::max(line.most, 0.0);
}

Nested<LineMinimum> line_search(FrameArena& arena, const Line& line,
                                const LineSearchSettings& settings) {
  auto bracketing = bracket(arena, line);
  const Bracket around = co_await bracketing;
  Brent brent(around, settings.tolerance);
  for (Index i = 0; i < settings.iterations && !brent.converged(); ++i) {
    Sample tried{within(line, brent.propose()), infinity};
    put(line, tried.step);
    tried.cost = co_await evaluate(line.point);
    brent.take(tried);
  }
  co_return LineMinimum{brent.best().step, brent.best().cost};
}

}  // namespace mystic
