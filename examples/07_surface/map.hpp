#pragma once

#include <mystic/control/monitors.hpp>
#include <mystic/ensembles/search_all.hpp>
#include <mystic/models/radial_basis.hpp>
#include <mystic/models/test_function.hpp>

#include <filesystem>
#include <string>

namespace example {

using mystic::Index;
using mystic::Points;
using mystic::Vector;
using mystic::VectorView;

/// The part of the plane that is looked at; two numbers each.
struct Box {
  Vector lower;
  Vector upper;

  [[nodiscard]] Vector width() const { return upper - lower; }
};

/// Where a surface was evaluated, and what it was there.
struct Samples {
  Points points;  ///< 2 x m
  Vector values;  ///< m
};

/// What was found, then what was evaluated, in logical order: the same under every map and number of
/// threads. Evaluations that failed are left out.
Samples gathered(const mystic::StationaryPoints& found, const mystic::RecordingMonitor& record);

/// Those of `all` that are 1/`cells` of the box or more from all taken before, in x or in y. A search
/// takes its differences of points 0.0001 of the box apart; laid through all of them, a map's system of
/// equations would be singular to rounding, and cost m^3.
Samples thinned(const Samples& all, const Box& box, Index cells);

struct SurfaceMap {
  std::string kernel;
  mystic::RadialBasis surface;
};

/// Through all samples. The kernel r^5 is best on smooth surfaces; on one that is rough between its
/// samples the system may be singular to rounding, and then r^3 does.
SurfaceMap fitted(const Samples& samples);

/// The map and the surface itself: entry (i, j) is at (x[i], y[j]).
struct Grid {
  Vector x;
  Vector y;
  Eigen::MatrixXd map;
  Eigen::MatrixXd surface;
};

/// side x side points, those at the sides of the box included.
Grid compared(const SurfaceMap& map, const mystic::TestFunction& surface, const Box& box, Index side);

/// How far the map is from the surface on a grid.
struct MapError {
  double range = 0.0;    ///< greatest less least value of the surface there; unit of the surface
  double largest = 0.0;  ///< share of the range
  double rms = 0.0;      ///< root of the mean square, share of the range
  double x = 0.0;        ///< of the largest
  double y = 0.0;
};

MapError error_of(const Grid& grid);

/// A line for each point of the grid: x, y, map, surface. @throws std::system_error
void write_csv(const std::filesystem::path& file, const Grid& grid);

}  // namespace example
