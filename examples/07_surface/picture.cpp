#include "picture.hpp"

#include <mystic/plots/plot_axis.hpp>
#include <mystic/plots/svg_canvas.hpp>

#include <fmt/os.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace example {
namespace {

// In pixels. The plot is at the left, what explains it at the right.
constexpr double plot_left = 70;
constexpr double plot_top = 76;
constexpr double plot_side = 600;
constexpr double key_left = plot_left + plot_side + 28;
constexpr double picture_width = key_left + 150;
constexpr double picture_height = plot_top + plot_side + 62;
constexpr std::size_t bands = 14;
constexpr std::size_t most_numbered = 20;  // stationary points; more would hide the map

struct Mark {
  const char* kind;
  const char* shape;
  const char* fill;
  const char* stroke;
};

// By how many ways fall off from the point.
constexpr std::array<Mark, 3> marks{{{"minimum", "M-6 -4.5H6L0 6z", "white", "black"},
                                     {"saddle", "M-6 0L0 -6L6 0L0 6z", "#ffd92f", "black"},
                                     {"maximum", "M-6 4.5H6L0 -6z", "black", "white"}}};

// From low to high.
std::string colour(double share) {
  constexpr std::array<std::array<double, 3>, 6> stops{
      {{38, 84, 124}, {74, 144, 164}, {150, 200, 190}, {240, 236, 200}, {232, 176, 110}, {190, 90, 60}}};
  const double at = std::clamp(share, 0.0, 1.0) * static_cast<double>(stops.size() - 1);
  const auto k = std::min(static_cast<std::size_t>(at), stops.size() - 2);
  const double part = at - static_cast<double>(k);
  const auto mixed = [&](std::size_t c) {
    return std::lround(stops[k][c] + part * (stops[k + 1][c] - stops[k][c]));
  };
  return fmt::format("#{:02x}{:02x}{:02x}", mixed(0), mixed(1), mixed(2));
}

// The least height of each band, ascending: as much of the picture in one as in the other.
std::vector<double> levels_of(const Eigen::MatrixXd& heights) {
  std::vector<double> sorted(heights.data(), heights.data() + heights.size());
  std::ranges::sort(sorted);
  std::vector<double> levels;
  for (std::size_t k = 0; k < bands; ++k) levels.push_back(sorted[k * sorted.size() / bands]);
  levels.erase(std::ranges::unique(levels).begin(), levels.end());
  return levels;
}

// To a ten-thousandth of the range or less: the least height is 0, not 3e-9.
double rounded(double value, double range) {
  if (range == 0.0) return value;
  const double unit = std::pow(10.0, std::floor(std::log10(range)) - 4.0);
  return std::round(value / unit) * unit + 0.0;
}

using Pixel = Eigen::Vector2d;
using mystic::plots::Anchor;
using mystic::plots::Axis;
using mystic::plots::Box;

mystic::plots::Pixel place(const Pixel& at) { return {at[0], at[1]}; }

Axis axis_of(const Vector& along, bool upwards) {
  const mystic::plots::Extent extent{along[0], along[along.size() - 1]};
  constexpr double right = plot_left + plot_side;
  constexpr double bottom = plot_top + plot_side;
  return upwards ? Axis::upwards(extent, bottom, plot_top, {.text_size = 13})
                 : Axis::across(extent, plot_left, right, {.text_size = 13});
}

class Drawing {
 public:
  explicit Drawing(const Picture& picture)
      : picture_(picture), levels_(levels_of(picture.grid.map)), x_(axis_of(picture.grid.x, false)),
        y_(axis_of(picture.grid.y, true)), canvas_(picture_width, picture_height, picture.title) {}

  std::string drawn() {
    text(plot_left, 26, picture_.title, 18);
    text(plot_left, 52, picture_.subtitle);
    for (std::size_t k = 0; k < levels_.size(); ++k) band(k);
    samples();
    const bool few = picture_.found.size() <= most_numbered;
    if (few) trajectories();
    finds();
    if (few) numbers();
    axes();
    key();
    return canvas_.finished();
  }

 private:
  void text(double x, double y, std::string_view words, double size = 13) {
    canvas_.text({x, y}, words, {.size = size, .room = picture_width - x - 8.0});
  }

  [[nodiscard]] double across(double x) const { return x_.place(x); }
  [[nodiscard]] double down(double y) const { return y_.place(y); }

  [[nodiscard]] Pixel pixel(double x, double y) const { return {across(x), down(y)}; }

  [[nodiscard]] std::string colour_of(std::size_t k) const {
    return colour(static_cast<double>(k) /
                  static_cast<double>(std::max<std::size_t>(levels_.size(), 2) - 1));
  }

  // All that is not below the level; the higher bands are painted over it. Cells of the grid that are
  // wholly in it are joined along a row, the others cut where their sides cross the level.
  void band(std::size_t k) {
    const Grid& grid = picture_.grid;
    std::string way;
    for (Index j = 0; j + 1 < grid.y.size(); ++j) {
      Index run = 0;  // whole cells left of i
      for (Index i = 0; i < grid.x.size(); ++i) {
        const bool last = i + 1 == grid.x.size();
        const bool whole = !last && grid.map.block<2, 2>(i, j).minCoeff() >= levels_[k];
        if (whole) {
          ++run;
          continue;
        }
        if (run > 0) {
          way += fmt::format("M{:.1f} {:.1f}H{:.1f}V{:.1f}H{:.1f}z", across(grid.x[i - run]),
                             down(grid.y[j]), across(grid.x[i]), down(grid.y[j + 1]),
                             across(grid.x[i - run]));
        }
        run = 0;
        if (!last) way += cut_cell(i, j, levels_[k]);
      }
    }
    canvas_.path(way, fmt::format("fill=\"{}\"", colour_of(k)));
  }

  [[nodiscard]] std::string cut_cell(Index i, Index j, double level) const {
    const Grid& grid = picture_.grid;
    const std::array<std::array<Index, 2>, 4> corners{{{i, j}, {i + 1, j}, {i + 1, j + 1}, {i, j + 1}}};
    std::string way;
    for (std::size_t c = 0; c < corners.size(); ++c) {
      const auto [i0, j0] = corners[c];
      const auto [i1, j1] = corners[(c + 1) % corners.size()];
      const double here = grid.map(i0, j0) - level;
      const double next = grid.map(i1, j1) - level;
      const auto point = [&](double part) {
        way += fmt::format("{}{:.1f} {:.1f}", way.empty() ? 'M' : 'L',
                           across(grid.x[i0] + part * (grid.x[i1] - grid.x[i0])),
                           down(grid.y[j0] + part * (grid.y[j1] - grid.y[j0])));
      };
      if (here >= 0.0) point(0.0);
      if ((here >= 0.0) != (next >= 0.0)) point(here / (here - next));
    }
    return way.empty() ? way : way + "z";
  }

  void samples() {
    std::vector<mystic::plots::Pixel> places;
    for (const auto& at : picture_.samples.points.colwise())
      places.push_back({across(at[0]), down(at[1])});
    canvas_.dots(places, "stroke=\"black\" stroke-opacity=\"0.5\" stroke-width=\"2.2\"");
  }

  void trajectories() {
    for (const mystic::FoundPoint& entry : picture_.found) {
      std::vector<Pixel> way;
      for (const auto& at : entry.trajectory.colwise()) way.push_back(pixel(at[0], at[1]));
      path_of_search(way);
    }
  }

  // The way, and a circle where it begins.
  void path_of_search(const std::vector<Pixel>& way) {
    std::vector<mystic::plots::Pixel> corners;
    for (const Pixel& at : way) corners.push_back(place(at));
    for (const char* pen :
         {"stroke=\"white\" stroke-width=\"3.5\"", "stroke=\"black\" stroke-width=\"1.4\""}) {
      canvas_.polyline(corners, pen);
    }
    canvas_.circle(corners[0], 3.0, "fill=\"white\" stroke=\"black\"");
    for (std::size_t k = 1; k < way.size(); ++k) {
      for (const double part : {0.0, 0.2, 0.4, 0.6, 0.8}) {
        drawn_.push_back((1.0 - part) * way[k - 1] + part * way[k]);
      }
    }
  }

  void mark(const Pixel& at, const Mark& mark) {
    canvas_.path(mark.shape,
                 fmt::format("transform=\"translate({:.1f} {:.1f})\" fill=\"{}\" stroke=\"{}\"", at[0],
                             at[1], mark.fill, mark.stroke));
  }

  void finds() {
    for (const mystic::FoundPoint& entry : picture_.found) {
      const mystic::StationaryPoint& point = entry.point;
      drawn_.push_back(pixel(point.x[0], point.x[1]));
      mark(drawn_.back(), marks[static_cast<std::size_t>(point.negative())]);
    }
  }

  // Each beside its point, on the side that is farthest from all that is drawn.
  void numbers() {
    const std::vector<Pixel> sides{{1, -1},   {-1, -1}, {1, 1},    {-1, 1},
                                   {0, -1.5}, {0, 1.5}, {-1.4, 0}, {1.4, 0}};
    for (std::size_t k = 0; k < picture_.found.size(); ++k) {
      const Vector& x = picture_.found[k].point.x;
      Pixel best;
      double widest = -1.0;
      for (const Pixel& side : sides) {
        const Pixel at = pixel(x[0], x[1]) + side.cwiseProduct(Pixel(k < 9 ? 11 : 15, 11));
        const double room = room_at(at);
        if (room <= widest) continue;
        widest = room;
        best = at;
      }
      drawn_.push_back(best);
      canvas_.text(
          place(best), fmt::format("{}", k + 1),
          {.size = 13, .anchor = Anchor::middle, .colour = "black", .bold = true, .halo = true});
    }
  }

  // A number is wider than high, so things beside it are nearer than they seem.
  [[nodiscard]] double room_at(const Pixel& at) const {
    const Pixel middle(plot_left + plot_side / 2, plot_top + plot_side / 2);
    if ((at - middle).cwiseAbs().maxCoeff() > plot_side / 2 - 12) return 0.0;
    double room = plot_side;
    for (const Pixel& other : drawn_) {
      room = std::min(room, (at - other).cwiseProduct(Pixel(0.6, 1.0)).norm());
    }
    return room;
  }

  void axes() {
    const Box frame{plot_left, plot_top, plot_side, plot_side};
    draw_frame(canvas_, frame);
    draw_axis(canvas_, frame, x_, {.name = "x"});
    draw_axis(canvas_, frame, y_, {.name = "y"}, mystic::plots::Side::left);
  }

  // The bands with their least heights, then what the marks mean.
  void key() {
    constexpr double height = 22;
    double y = plot_top + 10;
    text(key_left, y, "height of the map");
    y += 14;
    for (std::size_t k = levels_.size(); k-- > 0; y += height) {
      canvas_.rect({key_left, y, 26, height}, fmt::format("fill=\"{}\"", colour_of(k)));
      text(key_left + 34, y + height,
           fmt::format("{:.4g}", rounded(levels_[k], levels_.back() - levels_.front())));
    }
    y += 44;
    for (const Mark& one : marks) {
      mark({key_left + 13, y}, one);
      text(key_left + 34, y, one.kind);
      y += 24;
    }
    if (picture_.found.size() <= most_numbered) {
      path_of_search({{key_left + 3, y}, {key_left + 23, y}});
      text(key_left + 34, y, "first search");
      y += 24;
    }
    canvas_.circle({key_left + 13, y}, 1.1, "fill=\"black\"");
    text(key_left + 34, y, "sample");
  }

  const Picture& picture_;
  const std::vector<double> levels_;
  const Axis x_;
  const Axis y_;
  mystic::plots::SvgCanvas canvas_;
  std::vector<Pixel> drawn_;  // where marks, numbers and trajectories are
};

}  // namespace

void write_svg(const std::filesystem::path& file, const Picture& picture) {
  fmt::ostream out = fmt::output_file(file.string());
  out.print("{}", Drawing(picture).drawn());
  out.close();
}

}  // namespace example
