#include "study/inputs_of.hpp"

#include "mystic/study/study.hpp"
#include "mystic/uq/laws/atoms.hpp"
#include "mystic/uq/laws/bounded.hpp"

#include <algorithm>
#include <cmath>

namespace mystic::study {
namespace {

constexpr double most_whole_numbers = 1e6;

// What the bounds say where there is no law. Nothing where they do not bound both sides.
std::optional<Law> law_of_bounds(const Variable& variable) {
  double lower = variable.lower;
  double upper = variable.upper;
  if (variable.type == VariableType::integer) {
    lower = std::ceil(lower);
    upper = std::floor(upper);
  }
  if (!std::isfinite(lower) || !std::isfinite(upper)) return std::nullopt;
  if (lower == upper) return laws::Constant{.value = lower};
  if (variable.type != VariableType::integer) return laws::Uniform{.lower = lower, .upper = upper};
  const double count = upper - lower + 1.0;
  require(count <= most_whole_numbers,
          "there are {} whole numbers in its bounds; without a law at most {} may be", count,
          most_whole_numbers);
  laws::FiniteDiscrete numbers;
  for (double x = lower; x <= upper; x += 1.0) numbers.values.push_back(x);
  numbers.weights.assign(numbers.values.size(), 1.0);
  return numbers;
}

// The law of variable i. Nothing, and a problem, where there is none.
std::optional<Law> law_of(const Study& study, std::size_t i, Problems& problems) {
  if (study.laws[i]) return study.laws[i];
  const std::string path = fmt::format("variables[{}]", i);
  const Variable& variable = study.variables[i];
  try {
    if (auto law = law_of_bounds(variable)) return law;
    problems.add(
        path, fmt::format("'{}' has neither a law nor two bounds: how is it uncertain?", variable.name));
  } catch (const InvalidArgument& error) {
    problems.add(path, error.what());
  }
  return std::nullopt;
}

void join(const Study& study, Inputs& inputs, Problems& problems) {
  for (const Dependence& dependence : study.dependence) {
    std::vector<Law> laws;
    for (const std::string& name : dependence.of) {
      const auto place = std::ranges::find(inputs.names(), name) - inputs.names().begin();
      laws.push_back(inputs.laws()[static_cast<std::size_t>(place)]);
    }
    try {
      inputs.join(dependence.of, dependence.copula(laws));
    } catch (const InvalidArgument& error) {
      problems.add(dependence.path, error.what());
    }
  }
}

}  // namespace

std::optional<Inputs> read_inputs(const Study& study, Problems& problems) {
  const std::size_t before = problems.count();
  Inputs inputs;
  for (std::size_t i = 0; i < study.variables.size(); ++i) {
    const auto law = law_of(study, i, problems);
    if (law) inputs.add(study.variables[i].name, *law);
  }
  if (problems.count() == before) join(study, inputs, problems);
  if (problems.count() > before) return std::nullopt;
  return inputs;
}

Inputs inputs_of(const Study& study) {
  Problems problems;
  auto inputs = read_inputs(study, problems);
  if (!inputs) throw BadInput(fmt::format("{}", fmt::join(problems.lines(), "\n")));
  return std::move(*inputs);
}

void check_dependence(const Study& study, Problems& problems) {
  const std::size_t before = problems.count();
  Inputs joined;
  for (std::size_t i = 0; i < study.variables.size(); ++i) {
    const std::string& name = study.variables[i].name;
    const auto names_it = [&name](const Dependence& dependence) {
      return std::ranges::find(dependence.of, name) != dependence.of.end();
    };
    if (!std::ranges::any_of(study.dependence, names_it)) continue;
    const auto law = law_of(study, i, problems);
    if (law) joined.add(name, *law);
  }
  if (problems.count() == before) join(study, joined, problems);
}

}  // namespace mystic::study
