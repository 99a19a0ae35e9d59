#include "flags.hpp"

#include "mystic/plots/plot_text.hpp"

#include <algorithm>

namespace mystic::plots {
namespace {

constexpr double size = 11.0;
constexpr double from_pole = 4.0;

// The flag in units of rows: its top is above its bottom.
Box box_of(const Flag& flag) {
  const double width = std::min(text_width(flag.label, size), flag_room) + 2.0 * from_pole;
  return {flag.right ? flag.x : flag.x - width, -static_cast<double>(flag.row) - 1.0, width, 1.0};
}

bool pole_runs_through(const Flag& pole, const Flag& flag) {
  const Box box = box_of(flag);
  return flag.row < pole.row && box.left < pole.x && pole.x < box.right();
}

double cost(const Flag& flag, const std::vector<Flag>& others) {
  double crossings = 0.0;
  for (const Flag& other : others) {
    if (pole_runs_through(flag, other) || pole_runs_through(other, flag)) crossings += 1.0;
  }
  return static_cast<double>(flag.row) + (flag.right ? 0.0 : 0.5) + 20.0 * crossings;
}

// The cheapest place of a flag among others.
Flag raised(Flag flag, const std::vector<Flag>& others, double left, double right) {
  Flag best = flag;
  double least = infinity;
  for (Index row = 0; row <= static_cast<Index>(others.size()); ++row) {
    for (const bool to_the_right : {true, false}) {
      flag.row = row;
      flag.right = to_the_right;
      const Box box = box_of(flag);
      const bool free =
          std::ranges::none_of(others, [&](const Flag& other) { return box_of(other).overlaps(box); });
      if (!free || box.left < left || box.right() > right || cost(flag, others) >= least) continue;
      least = cost(flag, others);
      best = flag;
    }
  }
  return best;
}

}  // namespace

// From the right to the left no pole runs through a flag that points to the right; those that must point
// to the left may then find a better place once all others stand.
void raise(std::vector<Flag>& flags, double left, double right) {
  constexpr int passes = 4;
  std::ranges::stable_sort(flags, std::ranges::greater{}, &Flag::x);
  std::vector<Flag> standing;
  for (const Flag& flag : flags) standing.push_back(raised(flag, standing, left, right));
  for (int pass = 0; pass < passes; ++pass) {
    for (std::size_t k = 0; k < standing.size(); ++k) {
      std::vector<Flag> others = standing;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(k));
      standing[k] = raised(standing[k], others, left, right);
    }
  }
  flags = standing;
}

double height_of(const std::vector<Flag>& flags) {
  Index rows = 0;
  for (const Flag& flag : flags) rows = std::max(rows, flag.row + 1);
  return flag_row * static_cast<double>(rows) + (rows > 0 ? 2.0 : 0.0);
}

void draw(SvgCanvas& canvas, const std::vector<Flag>& flags, const Box& frame) {
  for (const Flag& flag : flags) {
    const double top = frame.top - 2.0 - flag_row * static_cast<double>(flag.row + 1);
    canvas.line({flag.x, frame.bottom()}, {flag.x, top + 2.0},
                R"(class="marker" stroke="#222222" stroke-dasharray="5 3")");
  }
  for (const Flag& flag : flags) {
    const double middle = frame.top - 2.0 - flag_row * (static_cast<double>(flag.row) + 0.5);
    canvas.text({flag.x + (flag.right ? from_pole : -from_pole), middle}, flag.label,
                {.size = size,
                 .anchor = flag.right ? Anchor::start : Anchor::end,
                 .halo = true,
                 .room = flag_room,
                 .kind = "marker-label"});
  }
}

}  // namespace mystic::plots
