#include "mystic/uq/evaluate_points.hpp"

#include "mystic/core/bytes.hpp"
#include "mystic/core/require.hpp"
#include "mystic/solvers/points.hpp"

#include <cstring>
#include <utility>

namespace mystic {
namespace {

// Puts outputs where their points are: evaluation k is point k.
class Collector : public Monitor {
 public:
  Collector(Points& outputs, Monitor* next) : outputs_(outputs), next_(next) {}

  void evaluation(const EvaluationRecord& record) override {
    if (record.outcome.ok()) outputs_.col(static_cast<Index>(record.id.k)) = record.outcome.outputs;
    if (next_ != nullptr) next_->evaluation(record);
  }
  [[nodiscard]] Verdict wants_stop() override {
    return next_ != nullptr ? next_->wants_stop() : std::nullopt;
  }

 private:
  Points& outputs_;
  Monitor* next_;
};

Problem problem_of(const std::shared_ptr<const Model>& model, const std::vector<std::string>& names,
                   const Points& points) {
  require(model != nullptr, "evaluate_points: there is no model");
  require(points.rows() == static_cast<Index>(names.size()) && points.rows() >= 1,
          "evaluate_points: {} coordinates for {} inputs", points.rows(), names.size());
  require(points.cols() >= 1, "evaluate_points: there is no point");
  require(points.allFinite(), "evaluate_points: a coordinate is not finite");
  std::vector<Variable> variables;
  for (const std::string& name : names) variables.push_back({.name = name});
  return Problem(std::move(variables), model);
}

// What the steering rank has, on every rank.
void share(Map& map, Points& outputs) {
  const auto size = static_cast<std::size_t>(outputs.size()) * sizeof(double);
  std::vector<std::byte> bytes(map.steers() ? size : 0);
  if (map.steers()) std::memcpy(bytes.data(), outputs.data(), size);
  map.share(bytes);
  require<Error>(map.steers() || bytes.size() == size, "evaluate_points: {} bytes came, not {}",
                 bytes.size(), size);
  if (!map.steers()) std::memcpy(outputs.data(), bytes.data(), size);
}

}  // namespace

PointAnswers evaluate_points(const std::shared_ptr<const Model>& model,
                             const std::vector<std::string>& names, const Points& points,
                             const EvaluationSettings& settings) {
  const Problem problem = problem_of(model, names, points);
  PointAnswers answers{.outputs = {}, .names = model->outputs(), .stop = {}};
  answers.outputs = Points::Constant(static_cast<Index>(answers.names.size()), points.cols(), not_known);
  Collector collector(answers.outputs, settings.monitor);
  Solver solver(given_points(points));
  solver.start(points.col(0)).seed(settings.seed).policy(settings.policy);
  solver.stop_token(settings.stop).clock(settings.clock).watch(settings.watch);
  solver.limits({.generations = {}, .evaluations = points.cols(), .seconds = settings.seconds});
  solver.on_evaluation(collector);
  if (settings.map != nullptr) solver.map(*settings.map);
  if (settings.recorder != nullptr) solver.recorder(*settings.recorder);
  if (settings.cache != nullptr) solver.cache(*settings.cache);
  if (settings.at_once) solver.at_once(*settings.at_once);
  const Result result = solver.solve(problem);
  answers.made = result.evaluations;
  answers.failed = result.failed;
  answers.stop = result.stop;
  if (settings.map != nullptr) share(*settings.map, answers.outputs);
  return answers;
}

}  // namespace mystic
