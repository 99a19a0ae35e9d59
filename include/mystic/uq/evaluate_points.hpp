#pragma once

#include "mystic/core/solver.hpp"
#include "mystic/uq/estimate.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace mystic {

/// By whom and how points are evaluated: each as the setting of that name of a Solver. Maps, recorders
/// and caches are not owned.
struct EvaluationSettings {
  Map* map = nullptr;            ///< none: in the calling thread
  Recorder* recorder = nullptr;  ///< none: nothing is kept
  EvaluationCache* cache = nullptr;
  FailurePolicy policy = {};  ///< by default the run ends when more than half have failed
  std::optional<Index> at_once = {};
  std::uint64_t seed = 0;  ///< of models that draw themselves
  std::stop_token stop = {};
  RunClock clock = {};
  std::optional<double> seconds = {};
  std::function<void(const Activity&)> watch = {};
  Monitor* monitor = nullptr;  ///< sees the evaluations, in the order of the points
};

/// What a model gave at m points.
struct PointAnswers {
  Points outputs = {};  ///< p x m, p outputs of the model; NaN where one failed or was not made
  std::vector<std::string> names = {};  ///< p
  Index made = 0;                       ///< evaluations, those that failed too
  Index failed = 0;
  Stop stop = {};  ///< how the run ended
};

/// Points that are made when their turn comes, so that nobody ever holds all of them.
struct PointStream {
  std::vector<std::string> names;  ///< n, of the inputs: the model's, where it has names
  Index count = 0;                 ///< m >= 1
  /// Points first, ..., first + count - 1: n x count, finite. The same whenever it is asked.
  std::function<Points(Index first, Index count)> points;
  Index block = 4096;  ///< how many are asked for at once, or a multiple where there are many workers
};

/// Sees what a model gave at points first, first + 1, ...: p x count; NaN where one failed or was not
/// made.
using OutputVisitor = std::function<void(Index first, const Points& outputs)>;

/// Evaluates a model at each of m points, block after block: as evaluate_points(), in memory that does
/// not grow with m. A map's workers wait for each other at the end of a block, of at least 64 points for
/// each of them.
/// @param visit  called in the order of the points, by the calling thread; where a map has several
///               ranks, on the one that steers (others are to get from it what they need: Map::share())
/// @return without outputs
/// @throws InvalidArgument if names, points and model do not fit each other
[[nodiscard]] PointAnswers evaluate_stream(const std::shared_ptr<const Model>& model,
                                           const PointStream& stream, const OutputVisitor& visit,
                                           const EvaluationSettings& settings = {});

/// Evaluates a model at each of m points, shared out by the map, as any run is: failures by the policy,
/// outcomes journalled by the recorder, resumed by replay. Every rank returns the same.
/// @param names   n, of the inputs: the model's, where it has names
/// @param points  n x m, m >= 1, finite
/// @throws InvalidArgument if names, points and model do not fit each other
[[nodiscard]] PointAnswers evaluate_points(const std::shared_ptr<const Model>& model,
                                           const std::vector<std::string>& names, const Points& points,
                                           const EvaluationSettings& settings = {});

/// The same for points that are made when their turn comes, and not kept.
[[nodiscard]] PointAnswers evaluate_points(const std::shared_ptr<const Model>& model,
                                           const PointStream& stream,
                                           const EvaluationSettings& settings = {});

}  // namespace mystic
