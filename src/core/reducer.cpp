#include "mystic/core/reducer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

namespace mystic {
namespace {

constexpr std::array<std::pair<Reduction, std::string_view>, 6> names{{
    {Reduction::sum, "sum"},
    {Reduction::sum_of_squares, "sum-of-squares"},
    {Reduction::mean, "mean"},
    {Reduction::norm, "norm"},
    {Reduction::max, "max"},
    {Reduction::min, "min"},
}};

// Of `count` numbers get(0), get(1), ...: without a copy, so that two threads may ask at once.
template <class Get>
double folded(Index count, const Get& get, const auto& join) {
  double value = get(0);
  for (Index i = 1; i < count; ++i) value = join(value, get(i));
  return value;
}

template <class Get>
double sum_of_squares(Index count, const Get& get, double unit) {
  double sum = 0.0;
  for (Index i = 0; i < count; ++i) sum += (get(i) / unit) * (get(i) / unit);
  return sum;
}

template <class Get>
double reduce_all(Reduction reduction, Index count, const Get& get) {
  const auto plus = [](double a, double b) { return a + b; };
  switch (reduction) {
    case Reduction::sum:
      return folded(count, get, plus);
    case Reduction::sum_of_squares:
      return sum_of_squares(count, get, 1.0);
    case Reduction::mean:
      return folded(count, get, plus) / static_cast<double>(count);
    case Reduction::norm: {
      const double largest = folded(
          count, [&](Index i) { return std::abs(get(i)); },
          [](double a, double b) { return std::max(a, b); });
      if (largest == 0.0 || std::isinf(largest)) return largest;
      return largest * std::sqrt(sum_of_squares(count, get, largest));
    }
    case Reduction::max:
      return folded(count, get, [](double a, double b) { return std::max(a, b); });
    case Reduction::min:
      return folded(count, get, [](double a, double b) { return std::min(a, b); });
  }
  throw InvalidArgument("reduce: no such reduction");
}

std::vector<Index> places_of(const Problem& problem, const std::vector<std::string>& outputs) {
  std::vector<Index> places;
  for (const std::string& output : outputs) places.push_back(problem.output_index(output));
  if (!places.empty()) return places;
  places.resize(problem.model().outputs().size());
  std::iota(places.begin(), places.end(), Index{0});
  return places;
}

}  // namespace

std::string_view name_of(Reduction reduction) {
  for (const auto& [known, name] : names) {
    if (known == reduction) return name;
  }
  return "unknown";
}

std::optional<Reduction> find_reduction(std::string_view name) {
  for (const auto& [reduction, known] : names) {
    if (known == name) return reduction;
  }
  return std::nullopt;
}

const std::vector<std::string>& reduction_names() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> texts;
    for (const auto& [reduction, name] : names) texts.emplace_back(name);
    return texts;
  }();
  return all;
}

double reduce(Reduction reduction, const VectorView& values) {
  require(values.size() >= 1, "reduce: there are no numbers");
  return reduce_all(reduction, values.size(), [&](Index i) { return values[i]; });
}

Objective reduced(const Problem& problem, Reduction reduction, const std::vector<std::string>& outputs) {
  const std::vector<Index> places = places_of(problem, outputs);
  return [places, reduction](const VectorView& all) {
    return reduce_all(reduction, static_cast<Index>(places.size()),
                      [&](Index i) { return all[places[static_cast<std::size_t>(i)]]; });
  };
}

Objective reduced(const Problem& problem, std::function<double(double, double)> fold,
                  const std::vector<std::string>& outputs) {
  require(static_cast<bool>(fold), "reduced: there is no function");
  const std::vector<Index> places = places_of(problem, outputs);
  return [places, fold = std::move(fold)](const VectorView& all) {
    double value = all[places.front()];
    for (std::size_t i = 1; i < places.size(); ++i) value = fold(value, all[places[i]]);
    return value;
  };
}

}  // namespace mystic
