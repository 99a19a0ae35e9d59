#pragma once

#include <Eigen/Core>

#include <limits>

namespace mystic {

using Index = Eigen::Index;

/// n doubles; a candidate is a column.
using Vector = Eigen::VectorXd;
/// A read-only look at n contiguous doubles; binds to Vector, columns and maps without a copy.
using VectorView = Eigen::Ref<const Eigen::VectorXd>;
/// n contiguous doubles that the callee may change.
using MutableVectorView = Eigen::Ref<Eigen::VectorXd>;
/// m candidates of n doubles: n x m, one candidate a column.
using Points = Eigen::MatrixXd;
/// A read-only look at n x m points whose columns may lie apart (padded, or some of a larger set).
using PointsView = Eigen::Ref<const Eigen::MatrixXd, 0, Eigen::OuterStride<>>;

/// A look at n x m points that lie a stride apart; costs nothing to pass.
using PointsMap = Eigen::Map<const Eigen::MatrixXd, Eigen::Unaligned, Eigen::OuterStride<>>;

inline constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace mystic
