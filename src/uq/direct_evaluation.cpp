#include "direct_evaluation.hpp"

#include "mystic/core/evaluator.hpp"
#include "mystic/core/padded_points.hpp"
#include "mystic/core/require.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace mystic {
namespace {

// Points of one question to a model that wants many: their outcomes stay in the first cache.
constexpr Index most_asked = 64;

class DirectRun {
 public:
  DirectRun(const Model& model, const PointStream& stream, const EvaluationSettings& settings)
      : model_(model), evaluator_(model, settings.policy), stream_(stream), settings_(settings),
        asked_(model.wants_batches() ? most_asked : 1),
        padded_(static_cast<Index>(stream.names.size()), asked_),
        ready_{.outputs = Vector::Zero(static_cast<Index>(model.outputs().size()))},
        outcomes_(static_cast<std::size_t>(asked_), ready_) {
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
      const double* const point = points.data() + (column + j) * points.rows();
      double* const x = padded_.column(j);
      for (Index i = 0; i < points.rows(); ++i) x[i] = point[i];  // of few numbers: no call
    }
    const Question question{
        .first = {SearchPath(), static_cast<std::uint64_t>(first + column)},
        .points = {padded_.column(0), points.rows(), count, Eigen::OuterStride<>(padded_.stride())},
        .stop = settings_.stop};
    answer(question, {outcomes_.data(), static_cast<std::size_t>(count)});
    for (Index j = 0; j < count && !is_over_; ++j) {
      take(column + j, outcomes_[static_cast<std::size_t>(j)]);
    }
    if (!is_over_ && settings_.stop.stop_requested()) end({StopKind::interrupted, "interrupted"});
  }

  // As Evaluator::run() with outcomes that are ready, and stay so where nothing fails.
  void answer(const Question& question, std::span<Outcome> outcomes) {
    try {
      model_.evaluate(question, outcomes);
    } catch (...) {
      if (outcomes.size() == 1) outcomes.front().fail(FailureKind::exception, "");
      for (std::size_t j = 0; outcomes.size() > 1 && j < outcomes.size(); ++j) {
        const auto column = static_cast<Index>(j);
        const PointsMap point(padded_.column(column), question.points.rows(), 1,
                              Eigen::OuterStride<>(padded_.stride()));
        evaluator_.run_one({.first = question.id(column), .points = point, .stop = question.stop},
                           outcomes[j]);
      }
    }
  }

  void take(Index column, Outcome& outcome) {
    double* const outputs = outputs_.data() + column * outputs_.rows();
    bool is_number = outcome.ok();
    for (Index i = 0; is_number && i < outputs_.rows(); ++i) {
      outputs[i] = outcome.outputs[i];
      is_number = !std::isnan(outputs[i]);
    }
    if (is_number) {
      ++answers_.made;
      failed_in_a_row_ = 0;
      return;
    }
    outputs_.col(column).setConstant(not_known);
    const bool was_cancelled = !outcome.ok() && outcome.failure->kind == FailureKind::cancelled;
    outcome = ready_;
    if (was_cancelled) {
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

  const Model& model_;
  Evaluator evaluator_;
  const PointStream& stream_;
  const EvaluationSettings& settings_;
  Index asked_;
  PaddedPoints padded_;
  Outcome ready_;
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
  // 0 times what is not finite is NaN: without a jump for each, as allFinite() has.
  require((points.array() * 0.0).sum() == 0.0,
          "evaluate_points: a coordinate of points {} to {} is not finite", first, first + count - 1);
  return points;
}

}  // namespace mystic
