#include "direct_evaluation.hpp"

#include "mystic/core/evaluator.hpp"
#include "mystic/core/padded_points.hpp"
#include "mystic/core/require.hpp"

#include <algorithm>
#include <vector>

namespace mystic {
namespace {

// Points of one question to a model that wants many: their outcomes stay in the first cache.
constexpr Index most_asked = 64;

class DirectRun {
 public:
  DirectRun(const Model& model, const PointStream& stream, const EvaluationSettings& settings)
      : evaluator_(model, settings.policy), stream_(stream), settings_(settings),
        asked_(model.wants_batches() ? most_asked : 1),
        padded_(static_cast<Index>(stream.names.size()), asked_),
        outcomes_(static_cast<std::size_t>(asked_)) {
    answers_.names = model.outputs();
  }

  PointAnswers run(const OutputVisitor& visit) {
    const auto width = static_cast<Index>(answers_.names.size());
    for (Index first = 0; first < stream_.count && !is_over_; first += stream_.block) {
      const Index count = std::min(stream_.block, stream_.count - first);
      const Points points = block_of(stream_, first, count);
      outputs_.setConstant(width, count, not_known);
      for (Index column = 0; column < count && !is_over_; column += asked_) {
        ask(points, first, column);
      }
      visit(first, outputs_);
    }
    if (!is_over_) answers_.stop = {StopKind::ended, all_were_evaluated(stream_.count)};
    if (!is_over_ && answers_.failed == answers_.made) {
      answers_.stop = {StopKind::failures, fmt::format("all {} evaluations failed; {}", answers_.made,
                                                       answers_.stop.reason)};
    }
    return std::move(answers_);
  }

 private:
  void ask(const Points& points, Index first, Index column) {
    const Index count = std::min(asked_, points.cols() - column);
    for (Index j = 0; j < count; ++j) {
      std::copy_n(points.data() + (column + j) * points.rows(), points.rows(), padded_.column(j));
    }
    Task task{.first = {SearchPath(), static_cast<std::uint64_t>(first + column)},
              .points = padded_.column(0),
              .dimension = points.rows(),
              .stride = padded_.stride(),
              .outcomes = {outcomes_.data(), static_cast<std::size_t>(count)}};
    evaluator_.run(task, settings_.stop);
    for (Index j = 0; j < count && !is_over_; ++j)
      take(column + j, task.outcomes[static_cast<std::size_t>(j)]);
    if (!is_over_ && settings_.stop.stop_requested()) end({StopKind::interrupted, "interrupted"});
  }

  void take(Index column, const Outcome& outcome) {
    if (outcome.ok()) {
      ++answers_.made;
      failed_in_a_row_ = 0;
      std::copy_n(outcome.outputs.data(), outputs_.rows(), outputs_.col(column).data());
      return;
    }
    if (outcome.failure->kind == FailureKind::cancelled) {
      end({StopKind::interrupted, "interrupted"});
      return;
    }
    ++answers_.made;
    ++answers_.failed;
    ++failed_in_a_row_;
    const auto why = settings_.policy.gives_up(answers_.made, answers_.failed, failed_in_a_row_);
    if (why) end({StopKind::failures, *why});
  }

  void end(Stop stop) {
    answers_.stop = std::move(stop);
    is_over_ = true;
  }

  Evaluator evaluator_;
  const PointStream& stream_;
  const EvaluationSettings& settings_;
  Index asked_;
  PaddedPoints padded_;
  std::vector<Outcome> outcomes_;
  Points outputs_;
  PointAnswers answers_;
  Index failed_in_a_row_ = 0;
  bool is_over_ = false;
};

}  // namespace

bool is_direct(const Model& model, const EvaluationSettings& settings) {
  const bool watched =
      settings.watch || settings.clock || settings.seconds || settings.monitor != nullptr;
  return settings.map == nullptr && settings.recorder == nullptr && settings.cache == nullptr &&
         !watched && Evaluator(model, settings.policy).plain();
}

PointAnswers evaluate_directly(const Model& model, const PointStream& stream, const OutputVisitor& visit,
                               const EvaluationSettings& settings) {
  return DirectRun(model, stream, settings).run(visit);
}

std::string all_were_evaluated(Index count) {
  return fmt::format("all {} points were evaluated", count);
}

Points block_of(const PointStream& stream, Index first, Index count) {
  Points points = stream.points(first, count);
  require(points.rows() == static_cast<Index>(stream.names.size()) && points.cols() == count,
          "evaluate_points: {} x {} coordinates came for {} points of {} inputs", points.rows(),
          points.cols(), count, stream.names.size());
  require(points.allFinite(), "evaluate_points: a coordinate of points {} to {} is not finite", first,
          first + count - 1);
  return points;
}

}  // namespace mystic
