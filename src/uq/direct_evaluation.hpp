#pragma once

#include "mystic/uq/evaluate_points.hpp"

namespace mystic {

/// Whether a run with these settings is nothing but calls of the model, one after the other: nobody
/// looks on, nothing is kept, and nothing is done at once about a failure.
[[nodiscard]] bool is_direct(const Model& model, const EvaluationSettings& settings);

/// evaluate_stream() where is_direct(): without a Solver, whose bookkeeping costs a microsecond and half
/// a kilobyte for each point that it waits for. tests/uq/evaluate_points_test.cpp holds it equal to the
/// general way.
[[nodiscard]] PointAnswers evaluate_directly(const Model& model, const PointStream& stream,
                                             const OutputVisitor& visit,
                                             const EvaluationSettings& settings);

/// The words in which a run says that it came to the end of its points.
[[nodiscard]] std::string all_were_evaluated(Index count);

/// A block of the stream.
/// @throws InvalidArgument if it has another shape than asked for, or a coordinate is not finite
[[nodiscard]] Points block_of(const PointStream& stream, Index first, Index count);

}  // namespace mystic
