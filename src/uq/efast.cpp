// Extended FAST: Saltelli, Tarantola & Chan (1999), section 3. What differs: see the header. Least
// squares where points are missing are ours: with the basis U, orthonormal over the whole curve, the
// amplitudes from points S that succeeded are G^-1 U_S' y, G = U_S' U_S. Were the residuals white noise
// of variance v off the basis, their covariance would be v (G^-1 - I), which is nothing where nothing
// failed.

#include "mystic/uq/efast.hpp"

#include "designs/draws.hpp"
#include "designs/large_points.hpp"
#include "independent_inputs.hpp"
#include "mystic/core/require.hpp"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace mystic {
namespace {

Index frequency_of(const EfastOptions& options) {
  return 2 * options.samples / (4 * options.harmonics + 1);
}

// How many frequencies there are for `count` other inputs.
Index frequencies_left(Index count, Index frequency, Index harmonics) {
  return std::max(
      {Index{1}, frequency / (4 * harmonics), std::min(count + 1, frequency / (2 * harmonics))});
}

// Frequencies of `count` other inputs.
std::vector<Index> other_frequencies(Index count, Index frequency, Index harmonics) {
  const Index most = frequencies_left(count, frequency, harmonics);
  std::vector<Index> others;
  for (Index k = 0; k < count; ++k) {
    others.push_back(most < count ? 1 + k % most : count == 1 ? most : 1 + (most - 1) * k / (count - 1));
  }
  return others;
}

// cos and sin of whole multiples of 2 pi / N.
class Circle {
 public:
  explicit Circle(Index size) : cos_(size), sin_(size) {
    for (Index k = 0; k < size; ++k) {
      const double angle = 2.0 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(size);
      cos_[k] = std::cos(angle);
      sin_[k] = std::sin(angle);
    }
  }
  [[nodiscard]] Index size() const { return cos_.size(); }
  [[nodiscard]] double cos(Index k) const { return cos_[k]; }
  [[nodiscard]] double sin(Index k) const { return sin_[k]; }

 private:
  Vector cos_;
  Vector sin_;
};

// The basis of a curve: 1, then cosine and sine of each frequency, scaled to norm 1 over the curve.
struct Basis {
  std::vector<Index> frequencies;  // 1 ... 3 w / 4, then w, 2 w, ..., M w
  Index frequency = 0;             // w
  Index harmonics = 0;             // M

  [[nodiscard]] Index size() const { return 1 + 2 * static_cast<Index>(frequencies.size()); }
};

Basis basis_of(const EfastPlan& plan) {
  Basis basis{.frequencies = {}, .frequency = plan.frequency, .harmonics = plan.harmonics};
  for (Index k = 1; k <= 3 * plan.frequency / 4; ++k) basis.frequencies.push_back(k);
  for (Index p = 1; p <= plan.harmonics; ++p) basis.frequencies.push_back(p * plan.frequency);
  return basis;
}

// U' y over the finite values of y, less their mean.
struct Spectrum {
  Vector products;
  double squares = 0.0;
  std::vector<Index> failed;
};

Spectrum spectrum_of(const VectorView& y, const Basis& basis, const Circle& circle) {
  Spectrum found{.products = Vector::Zero(basis.size()), .failed = {}};
  double sum = 0.0;
  for (Index t = 0; t < y.size(); ++t) {
    if (std::isfinite(y[t])) {
      sum += y[t];
    } else {
      found.failed.push_back(t);
    }
  }
  const auto n = static_cast<double>(y.size());
  const double mean = sum / (n - static_cast<double>(found.failed.size()));
  Vector centred(y.size());
  for (Index t = 0; t < y.size(); ++t) {
    centred[t] = std::isfinite(y[t]) ? y[t] - mean : 0.0;
    found.squares += centred[t] * centred[t];
    found.products[0] += centred[t] / std::sqrt(n);
  }
  for (std::size_t k = 0; k < basis.frequencies.size(); ++k) {
    double along = 0.0;
    double across = 0.0;
    Index angle = 0;
    for (const double value : centred) {
      along += value * circle.cos(angle);
      across += value * circle.sin(angle);
      angle += basis.frequencies[k];
      if (angle >= circle.size()) angle -= circle.size();
    }
    found.products[1 + 2 * static_cast<Index>(k)] = std::sqrt(2.0 / n) * along;
    found.products[2 + 2 * static_cast<Index>(k)] = std::sqrt(2.0 / n) * across;
  }
  return found;
}

// G, lower triangle: the products of the basis over the points that succeeded. One after another, for
// Eigen's matrix products round as the number of threads will have it.
Points products_left(const std::vector<Index>& failed, const Basis& basis, const Circle& circle) {
  Points left = Points::Identity(basis.size(), basis.size());
  Vector at(basis.size());
  const auto n = static_cast<double>(circle.size());
  for (const Index t : failed) {
    at[0] = std::sqrt(1.0 / n);
    for (std::size_t k = 0; k < basis.frequencies.size(); ++k) {
      const Index angle = basis.frequencies[k] * t % circle.size();
      at[1 + 2 * static_cast<Index>(k)] = std::sqrt(2.0 / n) * circle.cos(angle);
      at[2 + 2 * static_cast<Index>(k)] = std::sqrt(2.0 / n) * circle.sin(angle);
    }
    for (Index column = 0; column < at.size(); ++column) {
      const Index rest = at.size() - column;
      left.col(column).tail(rest) -= at[column] * at.tail(rest);
    }
  }
  return left;
}

// N times variances, of one curve or several.
struct Powers {
  double own = 0.0;
  double others = 0.0;
  double all = 0.0;
  // What lies beyond the frequencies that count for the input, for the others, and, downwards, for both
  // together.
  double own_beyond = 0.0;
  double others_beyond = 0.0;
  double mixed_beyond = 0.0;
};

// The sum over k > last of powers that fall as k^-4, as where a slope jumps, from those of k = first ...
// last.
class Tail {
 public:
  explicit Tail(Index last) : last_(static_cast<double>(last)) {}

  void add(Index k, double power) {
    const double part = static_cast<double>(k) / last_;
    sum_ += part * part * part * part * power;
    count_ += 1.0;
  }
  [[nodiscard]] double beyond() const { return count_ > 0.0 ? sum_ / count_ * last_ / 3.0 : 0.0; }

 private:
  double last_;
  double sum_ = 0.0;
  double count_ = 0.0;
};

// From the squares of the amplitudes.
Powers sorted(const Vector& squares, const Basis& basis) {
  const Index middle = basis.frequency / 2;
  Powers found;
  Tail own(basis.harmonics);
  Tail others(middle);
  Tail mixed(basis.frequency - middle);
  for (std::size_t k = 0; k < basis.frequencies.size(); ++k) {
    const Index frequency = basis.frequencies[k];
    const auto place = static_cast<Index>(2 * k);
    const double power = squares[1 + place] + squares[2 + place];
    const Index harmonic = frequency / basis.frequency;
    if (harmonic > 0) {
      found.own += power;
      if (2 * harmonic >= basis.harmonics) own.add(harmonic, power);
    } else if (frequency <= middle) {
      found.others += power;
      if (2 * frequency >= middle) others.add(frequency, power);
    } else {
      mixed.add(basis.frequency - frequency, power);
    }
  }
  found.own_beyond = own.beyond();
  found.others_beyond = others.beyond();
  found.mixed_beyond = mixed.beyond();
  return found;
}

std::optional<Powers> powers_of(const VectorView& y, const Basis& basis, const Circle& circle) {
  const Spectrum spectrum = spectrum_of(y, basis, circle);
  const Index size = basis.size();
  const Index ok = y.size() - static_cast<Index>(spectrum.failed.size());
  if (ok < 2 * size) return std::nullopt;
  Vector noise = Vector::Zero(size);  // what noise of variance 1 adds to each square
  Vector amplitudes = spectrum.products;
  if (!spectrum.failed.empty()) {
    const Eigen::LLT<Points> root(products_left(spectrum.failed, basis, circle));
    if (root.info() != Eigen::Success) return std::nullopt;
    amplitudes = root.solve(spectrum.products);
    noise = root.solve(Points::Identity(size, size)).diagonal().array() - 1.0;
  }
  const double left = std::max(spectrum.squares - amplitudes.dot(spectrum.products), 0.0);
  const double variance = left / static_cast<double>(ok - size);
  const Vector squares = amplitudes.array().square() - variance * noise.array();
  Powers found = sorted(squares, basis);
  found.all = squares.tail(size - 1).sum() + variance * static_cast<double>(y.size() - size);
  return found;
}

// Shares of `all`, over the curves of an input.
class Shares {
 public:
  void add(const Powers& powers) {
    curves_.push_back(powers);
    for (const auto part : {&Powers::own, &Powers::others, &Powers::all, &Powers::own_beyond,
                            &Powers::others_beyond, &Powers::mixed_beyond}) {
      sum_.*part += powers.*part;
    }
  }

  // Student's interval, and wider by what may be missing.
  [[nodiscard]] Estimate first(double level) const {
    // What an input's higher harmonics hold is counted for nobody.
    const double uncounted = sum_.all - sum_.others - sum_.own;
    return widened(sum_.own, half([](const Powers& p) { return p.own; }, sum_.own, level),
                   sum_.others_beyond, std::min(sum_.own_beyond, uncounted));
  }
  [[nodiscard]] Estimate total(double level) const {
    const double rest = sum_.all - sum_.others;
    return widened(rest, half([](const Powers& p) { return p.all - p.others; }, rest, level),
                   sum_.others_beyond, sum_.mixed_beyond);
  }
  [[nodiscard]] Index curves() const { return static_cast<Index>(curves_.size()); }

 private:
  template <class Part>
  [[nodiscard]] double half(Part part, double sum, double level) const {
    if (curves_.size() < 2 || !(sum_.all > 0.0)) return not_known;
    double squares = 0.0;
    for (const Powers& curve : curves_) {
      const double influence = (part(curve) - sum / sum_.all * curve.all) / sum_.all;
      squares += influence * influence;
    }
    const auto n = static_cast<double>(curves_.size());
    return student_width(level, n - 1.0) * std::sqrt(squares * n / (n - 1.0));
  }
  [[nodiscard]] Estimate widened(double part, double half, double below, double above) const {
    if (!(sum_.all > 0.0)) return {};
    const double value = part / sum_.all;
    return {value,
            {value - half - std::max(below / sum_.all, 0.0),
             value + half + std::max(above / sum_.all, 0.0)}};
  }

  std::vector<Powers> curves_;
  Powers sum_;
};

}  // namespace

std::string EfastOptions::broken_rules() const {
  const Index least = 4 * harmonics * harmonics + harmonics;
  if (samples >= least) return "";
  return fmt::format("\n  samples = {} must be at least {}, for {} harmonics", samples, least,
                     harmonics);
}

EfastPlan efast_plan(Index dimension, const EfastOptions& options) {
  validate(options);
  require_size("efast_plan", dimension, options.samples * options.curves);
  EfastPlan plan{.points = {},
                 .samples = options.samples,
                 .curves = options.curves,
                 .harmonics = options.harmonics,
                 .frequency = frequency_of(options)};
  require_size("efast_plan", dimension * dimension, options.samples * options.curves);
  plan.points = large_points(dimension, options.curves * dimension * options.samples);
  std::vector<Index> others = other_frequencies(dimension - 1, plan.frequency, plan.harmonics);
  const auto n = static_cast<double>(options.samples);
  for (Index curve = 0; curve < options.curves; ++curve) {
    for (Index input = 0; input < dimension; ++input) {
      Random random = engine(options.seed, Draws::efast, curve * dimension + input);
      const std::vector<Index> order = shuffled(random, dimension - 1);
      for (Index j = 0; j < dimension; ++j) {
        const std::size_t place = static_cast<std::size_t>(j < input ? j : j - 1);
        const Index frequency =
            j == input ? plan.frequency : others[static_cast<std::size_t>(order[place])];
        const double phase = uniform(random);
        for (Index t = 0; t < options.samples; ++t) {
          const double turn = static_cast<double>(frequency * t % options.samples) / n + phase;
          const double u = std::abs(2.0 * (turn - std::floor(turn)) - 1.0);
          plan.points(j, plan.column(curve, input, t)) = std::clamp(u, 0x1p-53, 1.0 - 0x1p-53);
        }
      }
    }
  }
  return plan;
}

std::vector<EfastIndex> efast_estimates(const EfastPlan& plan, const VectorView& output, double level) {
  const Index inputs = plan.points.rows();
  const Index step = inputs * plan.samples;
  require(
      step > 0 && output.size() > 0 && output.size() % step == 0 && output.size() <= plan.points.cols(),
      "efast_estimates: {} outputs are not those of curves of {} points for each of {} inputs, at "
      "most {}",
      output.size(), plan.samples, inputs, plan.points.cols());
  require(level > 0.0 && level < 1.0, "efast_estimates: level = {} is not in (0, 1)", level);
  const Circle circle(plan.samples);
  const Basis basis = basis_of(plan);
  std::vector<EfastIndex> found;
  for (Index input = 0; input < inputs; ++input) {
    EfastIndex index;
    Shares shares;
    for (Index curve = 0; curve < output.size() / step; ++curve) {
      const VectorView y = output.segment(plan.column(curve, input, 0), plan.samples);
      index.ok += y.array().isFinite().count();
      if (const auto powers = powers_of(y, basis, circle)) shares.add(*powers);
    }
    index.curves = shares.curves();
    index.first = shares.first(level);
    index.total = shares.total(level);
    found.push_back(index);
  }
  return found;
}

std::vector<OutputEfastIndices> efast_estimates(const EfastPlan& plan, const PointAnswers& answers,
                                                double level) {
  std::vector<OutputEfastIndices> found;
  for (Index output = 0; output < answers.outputs.rows(); ++output) {
    const Vector values = answers.outputs.row(output);
    found.push_back(
        {answers.names[static_cast<std::size_t>(output)], efast_estimates(plan, values, level)});
  }
  return found;
}

std::vector<std::string> efast_notes(const EfastPlan& plan) {
  std::vector<std::string> notes;
  const Index others = plan.points.rows() - 1;
  const Index left = frequencies_left(others, plan.frequency, plan.harmonics);
  if (left < others) {
    notes.push_back(fmt::format(
        "on each curve the {} other inputs share {} frequenc{}, so that curves differ much "
        "from each other; from samples = {} on each has its own",
        others, left, left == 1 ? "y" : "ies", plan.harmonics * others * (4 * plan.harmonics + 1)));
  }
  if (plan.curves < 2) notes.emplace_back("one curve gives no intervals");
  return notes;
}

EfastStudy efast(const std::shared_ptr<const Model>& model, const Inputs& inputs,
                 const EfastOptions& options, const EvaluationSettings& settings) {
  validate(options);
  require_independent("efast", inputs, "a curve moves them apart from each other");
  const EfastPlan plan = efast_plan(inputs.dimension(), options);
  EfastStudy study{
      .answers = {}, .points = inputs.from_unit(plan.points), .outputs = {}, .notes = efast_notes(plan)};
  study.answers = evaluate_points(model, inputs.names(), study.points, settings);
  study.outputs = efast_estimates(plan, study.answers, options.level);
  return study;
}

}  // namespace mystic
