#include "mystic/uq/evaluate_points.hpp"

#include "designs/large_points.hpp"
#include "direct_evaluation.hpp"
#include "mystic/core/require.hpp"
#include "sharing.hpp"

#include <algorithm>
#include <utility>

namespace mystic {
namespace {

// Workers wait for each other at the end of a block, so each gets many points of it.
constexpr Index least_for_a_worker = 64;

Index block_size(const PointStream& stream, const Map* map) {
  const Index needed = map == nullptr ? 1 : least_for_a_worker * map->workers();
  return (needed + stream.block - 1) / stream.block * stream.block;
}

// Puts outputs where their points are: evaluation k is point k.
class Collector : public Monitor {
 public:
  Collector(const PointStream& stream, Index block, Index outputs, const OutputVisitor& visit,
            Monitor* next)
      : count_(stream.count), block_(block), visit_(visit), next_(next) {
    outputs_.resize(outputs, 0);
    begin(0);
  }

  void evaluation(const EvaluationRecord& record) override {
    const auto k = static_cast<Index>(record.id.k);
    while (k >= first_ + outputs_.cols()) end_block();
    if (record.outcome.ok()) outputs_.col(k - first_) = record.outcome.outputs;
    if (next_ != nullptr) next_->evaluation(record);
  }
  [[nodiscard]] Verdict wants_stop() override {
    return next_ != nullptr ? next_->wants_stop() : std::nullopt;
  }
  void end_block() {
    visit_(first_, outputs_);
    begin(first_ + outputs_.cols());
  }

 private:
  void begin(Index first) {
    first_ = first;
    outputs_.setConstant(outputs_.rows(), std::min(block_, count_ - first), not_known);
  }

  Index count_;
  Index block_;
  const OutputVisitor& visit_;
  Monitor* next_;
  Index first_ = 0;
  Points outputs_;
};

// A block is a batch, that any map may share out, and a step: so that all is forgotten that the run has
// kept of its evaluations.
Search stream_search(Start, const PointStream* stream, Index block) {
  for (Index first = 0; first < stream->count; first += block) {
    const Points points = block_of(*stream, first, std::min(block, stream->count - first));
    const Vector costs = co_await evaluate(points);
    Index best = 0;
    const double best_cost = costs.minCoeff(&best);
    const Step whole = step_done(points.col(best), best_cost, points, costs);
    co_await whole;
  }
  co_return all_were_evaluated(stream->count);
}

Problem problem_of(const std::shared_ptr<const Model>& model, const PointStream& stream) {
  require(model != nullptr, "evaluate_points: there is no model");
  require(!stream.names.empty(), "evaluate_points: there are no inputs");
  require(stream.count >= 1, "evaluate_points: there is no point");
  require(stream.block >= 1, "evaluate_points: block = {} must be at least 1", stream.block);
  require(static_cast<bool>(stream.points), "evaluate_points: nobody makes the points");
  std::vector<Variable> variables;
  for (const std::string& name : stream.names) variables.push_back({.name = name});
  return Problem(std::move(variables), model);
}

}  // namespace

PointAnswers evaluate_stream(const std::shared_ptr<const Model>& model, const PointStream& stream,
                             const OutputVisitor& visit, const EvaluationSettings& settings) {
  const Problem problem = problem_of(model, stream);
  if (is_direct(*model, settings)) return evaluate_directly(*model, stream, visit, settings);
  PointAnswers answers{.names = model->outputs()};
  const Index block = block_size(stream, settings.map);
  Collector collector(stream, block, static_cast<Index>(answers.names.size()), visit, settings.monitor);
  Solver solver(Algorithm{"points", [&stream, block](Start start) {
                            return stream_search(std::move(start), &stream, block);
                          }});
  solver.start(Vector::Zero(problem.dimension())).seed(settings.seed).policy(settings.policy);
  solver.stop_token(settings.stop).clock(settings.clock).watch(settings.watch);
  solver.limits({.generations = {}, .evaluations = stream.count, .seconds = settings.seconds});
  solver.on_evaluation(collector);
  if (settings.map != nullptr) solver.map(*settings.map);
  if (settings.recorder != nullptr) solver.recorder(*settings.recorder);
  if (settings.cache != nullptr) solver.cache(*settings.cache);
  if (settings.at_once) solver.at_once(*settings.at_once);
  const Result result = solver.solve(problem);
  if (settings.map == nullptr || settings.map->steers()) collector.end_block();
  answers.made = result.evaluations;
  answers.failed = result.failed;
  answers.stop = result.stop;
  return answers;
}

PointAnswers evaluate_points(const std::shared_ptr<const Model>& model,
                             const std::vector<std::string>& names, const Points& points,
                             const EvaluationSettings& settings) {
  require(model != nullptr, "evaluate_points: there is no model");
  require(points.rows() == static_cast<Index>(names.size()),
          "evaluate_points: {} coordinates for {} inputs", points.rows(), names.size());
  require((points.array() * 0.0).sum() == 0.0, "evaluate_points: a coordinate is not finite");
  const PointStream stream{
      .names = names, .count = points.cols(), .points = [&points](Index first, Index count) {
        return Points(points.middleCols(first, count));
      }};
  return evaluate_points(model, stream, settings);
}

PointAnswers evaluate_points(const std::shared_ptr<const Model>& model, const PointStream& stream,
                             const EvaluationSettings& settings) {
  require(model != nullptr, "evaluate_points: there is no model");
  require(stream.count >= 1, "evaluate_points: there is no point");
  Points outputs = large_points(static_cast<Index>(model->outputs().size()), stream.count);
  outputs.setConstant(not_known);
  const auto keep = [&outputs](Index first, const Points& block) {
    outputs.middleCols(first, block.cols()) = block;
  };
  PointAnswers answers = evaluate_stream(model, stream, keep, settings);
  share_items(settings.map, outputs.data(), static_cast<std::size_t>(outputs.size()));
  answers.outputs = std::move(outputs);
  return answers;
}

}  // namespace mystic
