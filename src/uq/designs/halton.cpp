// Halton's sequence with whole numbers: a coordinate is N / b^J, b^J <= 2^52 with the most digits J.
// Mirrored digits of the lower places come from a table, so that a division is needed once in thousands
// of points. Trailing zeros are digits too, and are permuted.

#include "mystic/uq/halton.hpp"

#include "draws.hpp"
#include "large_points.hpp"
#include "mystic/core/require.hpp"

#include <boost/math/special_functions/prime.hpp>

#include <algorithm>

namespace mystic {
namespace {

constexpr Index most_numbers = Index{1} << 38U;  // b^J > 2^52 / 7919 > 2^39: each has its digits
constexpr Index table_size = 2048;

class RadicalInverse {
 public:
  RadicalInverse(Index base, bool is_scrambled, std::uint64_t seed, Index coordinate) : base_(base) {
    while (scale_ <= (Index{1} << 52U) / base) scale_ *= base;
    for (Index weight = scale_ / base; weight > 0; weight /= base) weights_.push_back(weight);
    Random random = engine(seed, Draws::halton_digits, coordinate);
    for (std::size_t place = 0; place < weights_.size(); ++place) {
      std::vector<Index> digits(static_cast<std::size_t>(base));
      for (Index digit = 0; digit < base; ++digit) digits[static_cast<std::size_t>(digit)] = digit;
      if (is_scrambled) shuffle(random, digits);
      permutations_.push_back(std::move(digits));
    }
    middle_ = is_scrambled ? 0.5 : 0.0;
    while (lower_places_ == 0 || lower_ * base <= table_size) {
      lower_ *= base;
      ++lower_places_;
    }
    for (Index low = 0; low < lower_; ++low) table_.push_back(mirrored(low, 0, lower_places_));
  }

  /// Coordinate of points first, first + 1, ..., into every stride-th double.
  void fill(Index first, Index count, double* to, Index stride) const {
    const auto scale = static_cast<double>(scale_);
    Index upper = 0;
    for (Index k = 0; k < count; ++k, to += stride) {
      const Index low = (first + k) % lower_;
      if (k == 0 || low == 0) upper = mirrored((first + k) / lower_, lower_places_, weights_.size());
      *to = (static_cast<double>(upper + table_[static_cast<std::size_t>(low)]) + middle_) / scale;
    }
  }

 private:
  // What the digits of `number` contribute at the places from `from` to `to`.
  [[nodiscard]] Index mirrored(Index number, std::size_t from, std::size_t to) const {
    Index sum = 0;
    for (std::size_t place = from; place < to; ++place, number /= base_) {
      sum += weights_[place] * permutations_[place][static_cast<std::size_t>(number % base_)];
    }
    return sum;
  }

  Index base_;
  Index scale_ = 1;             // b^J
  std::vector<Index> weights_;  // b^(J-1), ..., b, 1
  std::vector<std::vector<Index>> permutations_;
  double middle_ = 0.5;
  Index lower_ = 1;  // b^places, numbers that the table knows
  std::size_t lower_places_ = 0;
  std::vector<Index> table_;
};

void fill_rows(Points& points, Index first_row, const HaltonOptions& options) {
  for (Index row = first_row; row < points.rows(); ++row) {
    const Index i = row - first_row;
    const Index base = boost::math::prime(static_cast<unsigned>(i));
    const RadicalInverse inverse(base, options.scramble == "digits", options.seed, i);
    inverse.fill(options.skip, points.cols(), &points(row, 0), points.rows());
  }
}

}  // namespace

std::string HaltonOptions::broken_rules() const {
  if (scramble != "none" || skip >= 1) return {};
  return fmt::format(
      "\n  skip = {}: without scramble point 0 is the origin, which is not in the open "
      "cube; must be at least 1",
      skip);
}

Points halton_points(Index dimension, Index count, const HaltonOptions& options) {
  validate(options);
  require(dimension >= 1 && dimension <= most_halton_dimensions,
          "halton_points: dimension = {} is not in [1, {}]", dimension, most_halton_dimensions);
  require_size("halton_points", dimension, count);
  require(options.skip <= most_numbers - count, "halton_points: points {} to {}: there are 2^38 at most",
          options.skip, options.skip + count - 1);
  Points points = large_points(dimension, count);
  fill_rows(points, 0, options);
  return points;
}

Points hammersley_points(Index dimension, Index count, const HammersleyOptions& options) {
  validate(options);
  require(dimension >= 1 && dimension <= most_halton_dimensions + 1,
          "hammersley_points: dimension = {} is not in [1, {}]", dimension, most_halton_dimensions + 1);
  require_size("hammersley_points", dimension, count);
  require(count < most_numbers, "hammersley_points: {} points are more than 2^38", count);
  Points points = large_points(dimension, count);
  for (Index k = 0; k < count; ++k) {
    points(0, k) = (static_cast<double>(k) + 0.5) / static_cast<double>(count);
  }
  const Index first = options.scramble == "none" ? 1 : 0;
  fill_rows(points, 1, {.scramble = options.scramble, .seed = options.seed, .skip = first});
  return points;
}

}  // namespace mystic
