// All minima, maxima and saddles of a surface in one run, and a map of it from what the run evaluated
// anyway.
//
//     surface [FUNCTION] [DIRECTORY]
//
// FUNCTION is a test function of two variables (himmelblau; mystic list functions has them all);
// FUNCTION.csv and FUNCTION.svg are written to DIRECTORY (.). Exit code 0; 1: the stationary points are
// not those that are known, or a file cannot be written; 2: wrong arguments.

#include "map.hpp"
#include "picture.hpp"

#include <mystic/mystic.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <thread>

namespace example {
namespace {

constexpr Index cells = 50;                 // samples of the map lie 1/50 of the box apart, at least
constexpr Index grid_side = 101;            // points of the grid in each direction
constexpr Index most_rows = 40;             // of the table
constexpr Index most_evaluations = 200000;  // rough surfaces would have many more

struct Arguments {
  const mystic::TestFunction& surface;
  std::filesystem::path directory;
};

Arguments read(int argc, char** argv) {
  mystic::require(argc <= 3, "{} arguments; usage: surface [FUNCTION] [DIRECTORY]", argc - 1);
  const mystic::TestFunction& surface = mystic::test_function(argc > 1 ? argv[1] : "himmelblau");
  mystic::require(surface.takes(2), "{} takes {} variables; a surface has 2", surface.name,
                  surface.sizes_text());
  return {surface, argc > 2 ? argv[2] : "."};
}

// All kinds are sought at once; every point that any search wants is dealt to the same threads.
mystic::Result search(const mystic::TestFunction& surface, const Box& box, mystic::ThreadsMap& threads,
                      const std::shared_ptr<mystic::StationaryPoints>& found,
                      mystic::RecordingMonitor& record) {
  mystic::Solver solver(mystic::search_all(found));
  solver.bounds(box.lower, box.upper).limits({.evaluations = most_evaluations});
  solver.map(threads).on_evaluation(record).clock(mystic::steady_clock_seconds);
  mystic::Result result = solver.solve(surface);
  std::ranges::sort(found->points, [](const auto& a, const auto& b) {
    return std::pair(a.point.negative(), a.point.cost) < std::pair(b.point.negative(), b.point.cost);
  });
  return result;
}

// With so many digits behind the point, and no sign before 0.
std::string fixed(double value, int digits) {
  const double unit = std::pow(10.0, -digits);
  return fmt::format("{:.{}f}", std::abs(value) < 0.5 * unit ? 0.0 : value, digits);
}

void print_table(const mystic::StationaryPoints& found, const mystic::Result& result) {
  fmt::print("{:>4}  {:<18}{:>11}{:>11}{:>15}{:>6}{:>13}\n", "", "kind", "x", "y", "value", "hits",
             "evaluations");
  Index row = 0;
  for (const mystic::FoundPoint& entry : found.points) {
    if (++row > most_rows) break;
    const mystic::StationaryPoint& point = entry.point;
    fmt::print("{:>4}  {:<18}{:>11}{:>11}{:>15}{:>6}{:>13}\n", row, mystic::kind_of(point),
               fixed(point.x[0], 5), fixed(point.x[1], 5), fixed(point.cost, 6), entry.hits,
               result.members[entry.by[0]].evaluations);
  }
  const Index all = static_cast<Index>(found.points.size());
  if (all > most_rows) fmt::print("      and {} more\n", all - most_rows);
}

std::string counted(const mystic::StationaryPoints& found) {
  const auto of = [&](Index negative) {
    return std::ranges::count_if(found.points,
                                 [&](const auto& entry) { return entry.point.negative() == negative; });
  };
  const auto words = [](Index count, const char* one, const char* more) {
    return fmt::format("{} {}", count, count == 1 ? one : more);
  };
  return fmt::format("{}, {}, {}", words(of(0), "minimum", "minima"), words(of(1), "saddle", "saddles"),
                     words(of(2), "maximum", "maxima"));
}

// Whether what is found is what the table of test functions knows; says what is not.
bool is_as_known(const mystic::TestFunction& surface, const Box& box,
                 const mystic::StationaryPoints& found) {
  const auto& known = surface.stationary;
  if (known.empty()) return true;
  const auto missing = std::ranges::count_if(known, [&](const mystic::KnownStationaryPoint& one) {
    const bool there = std::ranges::any_of(found.points, [&](const mystic::FoundPoint& entry) {
      const Vector away = (entry.point.x - one.at.vector(2)).cwiseQuotient(box.width());
      return entry.point.negative() == one.index && away.cwiseAbs().maxCoeff() < 1e-3;
    });
    if (!there) fmt::print("not found: ({}, {})\n", one.at[0], one.at[1]);
    return !there;
  });
  fmt::print("{} of {} known stationary points found\n", std::ssize(known) - missing, known.size());
  const bool too_many = surface.stationary_is_complete && found.points.size() > known.size();
  if (too_many) fmt::print("{} found, more than there are\n", found.points.size());
  return missing == 0 && !too_many;
}

void draw_map(const mystic::TestFunction& surface, const Box& box, const mystic::StationaryPoints& found,
              const mystic::RecordingMonitor& record, const std::filesystem::path& directory) {
  const double begin = mystic::steady_clock_seconds();
  const Samples samples = thinned(gathered(found, record), box, cells);
  const SurfaceMap map = fitted(samples);
  const Grid grid = compared(map, surface, box, grid_side);
  const MapError error = error_of(grid);
  fmt::print("map: {} of {} points, {} % of the box apart; kernel {}; {:.2f} s\n", samples.values.size(),
             record.evaluations().size(), 100 / cells, map.kernel,
             mystic::steady_clock_seconds() - begin);
  const std::string errors =
      fmt::format("RMS {:.3g} %, largest {:.3g} %", 100.0 * error.rms, 100.0 * error.largest);
  fmt::print("error on {0} x {0} points, of the range {1:.6g}: {2}, at ({3:.3g}, {4:.3g})\n", grid_side,
             error.range, errors, error.x, error.y);
  const std::filesystem::path file = directory / surface.name;
  write_csv(file.string() + ".csv", grid);
  write_svg(
      file.string() + ".svg",
      {.title = fmt::format("{}: {}", surface.name, counted(found)),
       .subtitle = fmt::format("Map through {} of {} evaluated points. Its error, of the range: {}",
                               samples.values.size(), record.evaluations().size(), errors),
       .grid = grid,
       .samples = samples,
       .found = found.points});
  fmt::print("written: {0}.csv, {0}.svg\n", file.string());
}

int run(const Arguments& arguments) {
  const mystic::TestFunction& surface = arguments.surface;
  const Box box{surface.lower_bounds(2), surface.upper_bounds(2)};
  std::filesystem::create_directories(arguments.directory);
  mystic::ThreadsMap threads(std::max<Index>(2, std::thread::hardware_concurrency()));
  const auto found = std::make_shared<mystic::StationaryPoints>();
  mystic::RecordingMonitor record;
  const mystic::Result result = search(surface, box, threads, found, record);
  fmt::print("{} in {}\n", surface.name, surface.box_text());
  print_table(*found, result);
  fmt::print("{}; {} evaluations by {} searches on {} threads in {:.2f} s\n", counted(*found),
             result.evaluations, result.members.size(), threads.workers(), result.run.seconds);
  fmt::print("stopped: {}\n", result.stop.reason);
  draw_map(surface, box, *found, record, arguments.directory);
  return is_as_known(surface, box, *found) ? 0 : 1;
}

}  // namespace
}  // namespace example

int main(int argc, char** argv) {
  int failure = 2;
  try {
    const example::Arguments arguments = example::read(argc, argv);
    failure = 1;
    return example::run(arguments);
  } catch (const std::exception& error) {
    fmt::print(stderr, "surface: {}\n", error.what());
    return failure;
  }
}
