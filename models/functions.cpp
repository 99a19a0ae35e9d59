#include "mystic/models/functions.hpp"

#include "functions/families.hpp"
#include "mystic/core/options.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace mystic {
namespace {

using functions::pi;

double wall(double violation) { return violation > 0.0 ? 100.0 * violation : 0.0; }

void require_takes(const TestFunction& function, Index n) {
  require(function.takes(n), "{}: takes {} variables, not {}", function.name, function.sizes_text(), n);
}

std::string joined(const Pattern& pattern, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i)
    text += fmt::format("{}{:.9g}", i == 0 ? "" : ", ", pattern[i]);
  return text;
}

std::vector<TestFunction> all_rows() {
  std::vector<TestFunction> rows;
  for (const auto& family : {functions::de_jong(), functions::storn(), functions::chebyshev(),
                             functions::pohlheim(), functions::camels(), functions::of_two_variables(),
                             functions::waves(), functions::of_more_variables()}) {
    rows.insert(rows.end(), family.begin(), family.end());
  }
  return rows;
}

}  // namespace

double rastrigin(const VectorView& x) {
  require(x.size() >= 1, "rastrigin: takes 1 number or more, not 0");
  double sum = 0.0;
  for (const double coordinate : x) {
    const double ripple = std::sin(pi * coordinate);
    sum += coordinate * coordinate + 20.0 * (ripple * ripple);
  }
  return sum;
}

double ackley(const VectorView& x) {
  require(x.size() >= 1, "ackley: takes 1 number or more, not 0");
  double squares = 0.0;
  double cosines = 0.0;
  for (const double coordinate : x) {
    squares += coordinate * coordinate;
    cosines += std::cos(2.0 * pi * coordinate);
  }
  const auto n = static_cast<double>(x.size());
  const double cone = -20.0 * std::expm1(-std::sqrt(squares / n) / 5.0);
  const double ripples = -std::numbers::e * std::expm1(cosines / n - 1.0);
  return cone + ripples;
}

double griewank(const VectorView& x) {
  require(x.size() >= 1, "griewank: takes 1 number or more, not 0");
  double squares = 0.0;
  double product = 1.0;
  for (Index i = 0; i < x.size(); ++i) {
    squares += x[i] * x[i];
    product *= std::cos(x[i] / std::sqrt(static_cast<double>(i + 1)));
  }
  return squares / 4000.0 - product + 1.0;
}

double zimmermann(const VectorView& x) {
  require(x.size() == 2, "zimmermann: takes 2 numbers, not {}", x.size());
  const double from_x = x[0] - 3.0;
  const double from_y = x[1] - 2.0;
  const double objective = 9.0 - x[0] - x[1];
  // Where x or y is NaN, so is the objective; std::max drops a NaN unless it comes first.
  return std::max({objective, wall(-x[0]), wall(-x[1]), wall(from_x * from_x + from_y * from_y - 16.0),
                   wall(x[0] * x[1] - 14.0)});
}

Vector Pattern::vector(Index n) const {
  Vector point(n);
  for (Index i = 0; i < n; ++i) point[i] = (*this)[static_cast<std::size_t>(i)];
  return point;
}

Vector TestFunction::minimum_at(Index n) const {
  require_takes(*this, n);
  return place.vector(n);
}

double TestFunction::minimum_value(Index n) const {
  require_takes(*this, n);
  return minimum + minimum_terms.vector(n).sum();
}

Vector TestFunction::lower_bounds(Index n) const {
  require_takes(*this, n);
  return lower.vector(n);
}

Vector TestFunction::upper_bounds(Index n) const {
  require_takes(*this, n);
  return upper.vector(n);
}

std::string TestFunction::sizes_text() const {
  if (most_dimension == 0) return fmt::format("{} or more", least_dimension);
  if (most_dimension == least_dimension) return fmt::format("{}", least_dimension);
  return fmt::format("{} to {}", least_dimension, most_dimension);
}

std::string TestFunction::box_text() const {
  std::string box;
  for (std::size_t i = 0; i < std::max(lower.size(), upper.size()); ++i) {
    box += fmt::format("{}[{:.9g}, {:.9g}]", i == 0 ? "" : " x ", lower[i], upper[i]);
  }
  return box;
}

std::string TestFunction::minimum_text() const {
  std::string value = fmt::format("{:.9g}", minimum);
  if (minimum_terms.size() > 1) {
    value = fmt::format("{}, the sum of the first n of {}", value,
                        joined(minimum_terms, minimum_terms.size()));
  } else if (minimum_terms.size() == 1) {
    const double term = minimum_terms[0];
    value = minimum == 0.0
                ? fmt::format("{:.9g} n", term)
                : fmt::format("{} {} {:.9g} n", value, term < 0.0 ? '-' : '+', std::abs(term));
  }
  if (most_dimension == least_dimension) {
    return fmt::format("{} at ({})", value, joined(place, static_cast<std::size_t>(least_dimension)));
  }
  const std::string last = place.size() == 1 ? ", " + joined(place, 1) : "";
  return fmt::format("{} at ({}, ...{})", value, joined(place, place.size()), last);
}

std::span<const TestFunction> test_functions() {
  static const std::vector<TestFunction> table = all_rows();
  return table;
}

const TestFunction* find_test_function(std::string_view name) {
  const auto table = test_functions();
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const TestFunction& candidate) { return candidate.name == name; });
  return found == table.end() ? nullptr : &*found;
}

const TestFunction& test_function(std::string_view name) {
  const TestFunction* found = find_test_function(name);
  if (found == nullptr) {
    std::vector<std::string> names;
    for (const TestFunction& row : test_functions()) names.emplace_back(row.name);
    throw InvalidArgument(fmt::format("'{}' is no test function{}", name, did_you_mean(name, names)));
  }
  return *found;
}

FunctionModel::FunctionModel(const TestFunction& function, std::vector<std::string> inputs)
    : function_(function), inputs_(std::move(inputs)) {
  if (!inputs_.empty()) require_takes(function_, static_cast<Index>(inputs_.size()));
}

void FunctionModel::evaluate(const Question& question, std::span<Outcome> outcomes) const {
  for (std::size_t j = 0; j < outcomes.size(); ++j) {
    outcomes[j].outputs[0] = function_.function(question.points.col(static_cast<Index>(j)));
  }
}

}  // namespace mystic
