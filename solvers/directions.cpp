// Powell's direction set. Starting it over is Brent's (1973, chapter 7) and Press et al.'s advice
// against directions that become dependent, after which a subspace is never searched again. mystic does
// not.

#include "directions.hpp"

#include <cmath>

namespace mystic {
namespace {

Points first_directions(const Start& start, double first_step) {
  Points directions = Points::Identity(start.dimension(), start.dimension());
  for (Index i = 0; i < start.dimension(); ++i) {
    const double width = start.upper[i] - start.lower[i];
    if (std::isfinite(width) && width > 0.0) directions(i, i) = first_step * width;
  }
  return directions;
}

}  // namespace

DirectionSet::DirectionSet(const Start& start, const PowellOptions& options)
    : first_(first_directions(start, options.first_step)), current_(first_), unit_(first_),
      factors_(start.dimension()), reset_every_(options.reset_every), reset_below_(options.reset_below) {
}

void DirectionSet::begin_sweep() {
  if (reset_every_ > 0 && sweeps_ > 0 && sweeps_ % reset_every_ == 0) current_ = first_;
  ++sweeps_;
}

void DirectionSet::replace(Index i, const Vector& direction) {
  const Index last = current_.cols() - 1;
  current_.col(i) = current_.col(last);
  current_.col(last) = direction;
  if (reset_below_ > 0.0 && !(independence() >= reset_below_)) current_ = first_;
}

double DirectionSet::independence() {
  for (Index j = 0; j < unit_.cols(); ++j) {
    unit_.col(j) = current_.col(j).cwiseQuotient(first_.diagonal());
    unit_.col(j) /= unit_.col(j).stableNorm();
  }
  factors_.compute(unit_);
  return std::abs(factors_.determinant());
}

}  // namespace mystic
