#include "mystic/uq/kernel_density.hpp"

#include "mystic/uq/moments.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace mystic {
namespace {

// Beyond, a kernel is less than 1e-16 of its middle.
constexpr double reach = 8.6;
constexpr double cells_per_bandwidth = 64.0;
constexpr double beyond_the_sample = 3.0;

// Values that count as one.
struct Atom {
  double at;
  double count;
};

std::vector<Atom> atoms_of(const Vector& ascending, double cell) {
  std::vector<Atom> atoms;
  for (Index first = 0; first < ascending.size();) {
    double sum = 0.0;  // of distances from the first: no digits are lost far from zero
    Index last = first;
    while (last < ascending.size() && ascending[last] - ascending[first] <= cell) {
      sum += ascending[last++] - ascending[first];
    }
    const auto count = static_cast<double>(last - first);
    atoms.push_back({ascending[first] + sum / count, count});
    first = last;
  }
  return atoms;
}

}  // namespace

double silverman_bandwidth(const SortedSample& sample) {
  const Vector& values = sample.values();
  const auto n = static_cast<double>(values.size());
  if (values.size() == 0) return not_known;
  if (values[0] == values[values.size() - 1]) return 0.0;
  Moments moments;
  moments.add(values);
  const double middle = quantile_within(sample, 0.75).value - quantile_within(sample, 0.25).value;
  const double spread = middle > 0.0 ? std::min(moments.sd(), middle / 1.34) : moments.sd();
  return 0.9 * spread * std::pow(n, -0.2);
}

KernelDensity kernel_density(const SortedSample& sample, const KernelDensityOptions& options) {
  validate(options);
  KernelDensity found{.asked = sample.asked(), .ok = sample.ok(), .at = {}, .densities = {}};
  found.bandwidth = options.bandwidth ? *options.bandwidth : silverman_bandwidth(sample);
  if (sample.ok() == 0 || !(found.bandwidth > 0.0)) return found;
  const Vector& values = sample.values();
  const double h = found.bandwidth;
  found.at = Vector::LinSpaced(options.points, values[0] - beyond_the_sample * h,
                               values[values.size() - 1] + beyond_the_sample * h);
  found.densities.resize(options.points);
  const std::vector<Atom> atoms = atoms_of(values, h / cells_per_bandwidth);
  const double scale =
      1.0 / (static_cast<double>(values.size()) * h * std::sqrt(2.0 * std::numbers::pi));
  auto first = atoms.begin();
  for (Index k = 0; k < options.points; ++k) {
    const double x = found.at[k];
    while (first != atoms.end() && first->at < x - reach * h) ++first;
    double sum = 0.0;
    for (auto atom = first; atom != atoms.end() && atom->at <= x + reach * h; ++atom) {
      const double z = (x - atom->at) / h;
      sum += atom->count * std::exp(-0.5 * z * z);
    }
    found.densities[k] = sum * scale;
  }
  return found;
}

}  // namespace mystic
