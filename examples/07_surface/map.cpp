#include "map.hpp"

#include <fmt/os.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace example {

Samples gathered(const mystic::StationaryPoints& found, const mystic::RecordingMonitor& record) {
  const auto most = static_cast<Index>(found.points.size() + record.evaluations().size());
  Samples all{Points(2, most), Vector(most)};
  Index size = 0;
  const auto add = [&](const Vector& x, double value) {
    if (!std::isfinite(value)) return;
    all.points.col(size) = x;
    all.values[size++] = value;
  };
  for (const mystic::FoundPoint& entry : found.points) add(entry.point.x, entry.point.cost);
  for (const auto& evaluation : record.evaluations()) add(evaluation.x, evaluation.cost);
  all.points.conservativeResize(Eigen::NoChange, size);
  all.values.conservativeResize(size);
  return all;
}

// In cells of that side there is at most one sample each, and those too near lie in the eight around it.
Samples thinned(const Samples& all, const Box& box, Index cells) {
  const Points in_cells = (box.width().cwiseInverse() * static_cast<double>(cells)).asDiagonal() *
                          (all.points.colwise() - box.lower);
  Eigen::ArrayXX<Index> taken = Eigen::ArrayXX<Index>::Constant(cells + 2, cells + 2, -1);  // with a rim
  std::vector<Index> kept;
  for (Index k = 0; k < all.points.cols(); ++k) {
    const Vector at = in_cells.col(k);
    const Index row = std::clamp<Index>(static_cast<Index>(at[0]), 0, cells - 1);
    const Index column = std::clamp<Index>(static_cast<Index>(at[1]), 0, cells - 1);
    const auto around = taken.block<3, 3>(row, column).reshaped();
    const bool near = std::any_of(around.begin(), around.end(), [&](Index other) {
      return other >= 0 && (in_cells.col(other) - at).cwiseAbs().maxCoeff() < 1.0;
    });
    if (near) continue;
    taken(row + 1, column + 1) = k;
    kept.push_back(k);
  }
  return {all.points(Eigen::all, kept), all.values(kept)};
}

SurfaceMap fitted(const Samples& samples) {
  try {
    return {"quintic", mystic::RadialBasis::fit(samples.points, samples.values, {.kernel = "quintic"})};
  } catch (const mystic::InvalidArgument&) {
    return {"cubic", mystic::RadialBasis::fit(samples.points, samples.values, {.kernel = "cubic"})};
  }
}

Grid compared(const SurfaceMap& map, const mystic::TestFunction& surface, const Box& box, Index side) {
  Grid grid{Vector::LinSpaced(side, box.lower[0], box.upper[0]),
            Vector::LinSpaced(side, box.lower[1], box.upper[1]), Eigen::MatrixXd(side, side),
            Eigen::MatrixXd(side, side)};
  for (Index j = 0; j < side; ++j) {
    for (Index i = 0; i < side; ++i) {
      const Vector at{{grid.x[i], grid.y[j]}};
      grid.map(i, j) = map.surface(at);
      grid.surface(i, j) = surface(at);
    }
  }
  return grid;
}

MapError error_of(const Grid& grid) {
  const Eigen::MatrixXd difference = (grid.map - grid.surface).cwiseAbs();
  Index i = 0;
  Index j = 0;
  const double range = grid.surface.maxCoeff() - grid.surface.minCoeff();
  const double largest = difference.maxCoeff(&i, &j);
  const double rms = std::sqrt(difference.squaredNorm() / static_cast<double>(difference.size()));
  return {range, largest / range, rms / range, grid.x[i], grid.y[j]};
}

void write_csv(const std::filesystem::path& file, const Grid& grid) {
  fmt::ostream out = fmt::output_file(file.string());
  out.print("x,y,map,surface\n");
  for (Index j = 0; j < grid.y.size(); ++j) {
    for (Index i = 0; i < grid.x.size(); ++i) {
      out.print("{},{},{},{}\n", grid.x[i], grid.y[j], grid.map(i, j), grid.surface(i, j));
    }
  }
  out.close();
}

}  // namespace example
