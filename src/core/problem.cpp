#include "mystic/core/problem.hpp"

#include "mystic/core/options.hpp"
#include "mystic/core/random.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace mystic {

std::vector<Variable> unnamed_variables(Index dimension) {
  require(dimension >= 1, "dimension = {} must be at least 1", dimension);
  std::vector<Variable> variables(static_cast<std::size_t>(dimension));
  for (std::size_t i = 0; i < variables.size(); ++i) variables[i].name = fmt::format("x{}", i);
  return variables;
}

std::vector<std::string> rounded_variables(const std::vector<Variable>& variables) {
  std::vector<std::string> names;
  for (const Variable& variable : variables) {
    if (variable.type == VariableType::integer && variable.lower < variable.upper) {
      names.push_back(variable.name);
    }
  }
  return names;
}

std::string no_differences_along(const std::vector<std::string>& rounded) {
  const bool one = rounded.size() == 1;
  return fmt::format(
      "'{}' {} not real: differences along {} are rounded away, so that every place looks "
      "flat",
      fmt::join(rounded, "', '"), one ? "is" : "are", one ? "it" : "them");
}

double Requirement::violation(double value) const {
  const auto relative = [](double excess, double limit) {
    if (!(excess > 0.0)) return 0.0;
    return limit == 0.0 ? excess : excess / std::abs(limit);
  };
  return std::max(relative(value - upper, upper), relative(lower - value, lower));
}

Problem::Problem(std::vector<Variable> variables, std::shared_ptr<const Model> model)
    : variables_(std::move(variables)), model_(std::move(model)) {
  require(model_ != nullptr, "problem: there is no model");
  require(!variables_.empty(), "problem: there are no variables");
  const std::size_t n = variables_.size();
  const auto& inputs = model_->inputs();
  require(inputs.empty() || inputs.size() == n, "problem: {} variables for a model with {} inputs", n,
          inputs.size());
  std::set<std::string> names;
  Vector lower(static_cast<Index>(n));
  Vector upper(static_cast<Index>(n));
  for (std::size_t i = 0; i < n; ++i) {
    const Variable& variable = variables_[i];
    require(names.insert(variable.name).second, "problem: two variables are called '{}'", variable.name);
    require(inputs.empty() || inputs[i] == variable.name,
            "problem: variable {} is '{}' where the model's input is '{}'", i, variable.name,
            inputs.empty() ? "" : inputs[i]);
    lower[static_cast<Index>(i)] = variable.lower;
    upper[static_cast<Index>(i)] = variable.upper;
  }
  bounds(lower, upper);
}

Problem& Problem::bounds(const VectorView& lower, const VectorView& upper) {
  const auto n = static_cast<Index>(variables_.size());
  require(lower.size() == n && upper.size() == n, "bounds: {} lower and {} upper for {} variables",
          lower.size(), upper.size(), n);
  for (Index i = 0; i < n; ++i) {
    Variable& variable = variables_[static_cast<std::size_t>(i)];
    require(lower[i] <= upper[i], "bounds of '{}': lower = {} must be at most upper = {}", variable.name,
            lower[i], upper[i]);
    require(variable.type == VariableType::real || std::floor(upper[i]) >= std::ceil(lower[i]),
            "bounds of '{}': no whole number lies in [{}, {}]", variable.name, lower[i], upper[i]);
    variable.lower = lower[i];
    variable.upper = upper[i];
  }
  lower_ = lower;
  upper_ = upper;
  note_restrictions();
  return *this;
}

Problem& Problem::bounds_mode(BoundsMode mode) {
  bounds_mode_ = mode;
  return *this;
}

Problem& Problem::repair(Repair repair) {
  require(static_cast<bool>(repair), "repair: there is no function");
  repairs_.push_back(std::move(repair));
  note_restrictions();
  return *this;
}

Problem& Problem::penalty(Penalty penalty) {
  require(static_cast<bool>(penalty), "penalty: there is no function");
  penalties_.push_back(std::move(penalty));
  plain_ = false;
  return *this;
}

Problem& Problem::minimise(const std::string& output) {
  objective_output_ = output_index(output);
  sign_ = 1.0;
  objective_ = nullptr;
  plain_ = false;
  return *this;
}

Problem& Problem::maximise(const std::string& output) {
  minimise(output);
  sign_ = -1.0;
  return *this;
}

Problem& Problem::objective(Objective objective) {
  require(static_cast<bool>(objective), "objective: there is no function");
  objective_ = std::move(objective);
  plain_ = false;
  return *this;
}

Problem& Problem::require_at_most(const std::string& output, double limit) {
  require(std::isfinite(limit), "requirement on '{}': at_most = {} must be finite", output, limit);
  require_output(output, -infinity, limit);
  return *this;
}

Problem& Problem::require_at_least(const std::string& output, double limit) {
  require(std::isfinite(limit), "requirement on '{}': at_least = {} must be finite", output, limit);
  require_output(output, limit, infinity);
  return *this;
}

Problem& Problem::requirement_penalty(const RequirementPenalty& penalty) {
  require(std::isfinite(penalty.weight) && penalty.weight >= 0,
          "penalty: weight = {} must be finite and at least 0", penalty.weight);
  requirement_penalty_ = penalty;
  return *this;
}

void Problem::require_output(const std::string& output, double lower, double upper) {
  requirement_outputs_.push_back(output_index(output));
  requirements_.push_back({output, lower, upper});
  plain_ = false;
}

Index Problem::output_index(const std::string& name) const {
  const auto& outputs = model_->outputs();
  const auto found = std::find(outputs.begin(), outputs.end(), name);
  if (found == outputs.end()) {
    throw InvalidArgument(fmt::format("the model has no output '{}'{}; it has: {}", name,
                                      did_you_mean(name, outputs), fmt::join(outputs, ", ")));
  }
  return found - outputs.begin();
}

void Problem::note_restrictions() {
  const bool bounded = (lower_.array() > -infinity).any() || (upper_.array() < infinity).any();
  rounds_ = std::any_of(variables_.begin(), variables_.end(),
                        [](const Variable& v) { return v.type == VariableType::integer; });
  restricts_ = bounded || rounds_ || !repairs_.empty();
}

bool Problem::prepare(MutableVectorView x, const EvaluationId& id, std::uint64_t seed) const {
  if (!restricts_) return true;
  for (const Repair& repair : repairs_) repair(x);
  if (!within_bounds(x, id, seed)) return false;
  if (!rounds_) return true;
  for (Index i = 0; i < x.size(); ++i) {
    if (variables_[static_cast<std::size_t>(i)].type == VariableType::integer) {
      x[i] = std::clamp(std::round(x[i]), std::ceil(lower_[i]), std::floor(upper_[i]));
    }
  }
  return true;
}

bool Problem::within_bounds(MutableVectorView x, const EvaluationId& id, std::uint64_t seed) const {
  // "Inside" is what must hold: a NaN coordinate is outside.
  if (holds(x.data())) return true;
  if (bounds_mode_ == BoundsMode::reject || x.hasNaN()) return false;
  if (bounds_mode_ == BoundsMode::clip) {
    x = x.cwiseMax(lower_).cwiseMin(upper_);
    return true;
  }
  Random random = stream(seed, id);
  for (Index i = 0; i < x.size(); ++i) {
    if (x[i] >= lower_[i] && x[i] <= upper_[i]) continue;
    require(std::isfinite(lower_[i]) && std::isfinite(upper_[i]),
            "bounds of '{}': redraw needs two finite bounds, not [{}, {}]",
            variables_[static_cast<std::size_t>(i)].name, lower_[i], upper_[i]);
    x[i] = lower_[i] + uniform(random) * (upper_[i] - lower_[i]);
  }
  return true;
}

Assessment Problem::assess(const VectorView& x, const Vector& outputs) const {
  if (plain_) return {outputs[0], 0.0};
  Assessment worth;
  worth.cost = objective_ ? objective_(outputs) : sign_ * outputs[objective_output_];
  double penalty = 0.0;
  for (std::size_t r = 0; r < requirements_.size(); ++r) {
    const double v = requirements_[r].violation(outputs[requirement_outputs_[r]]);
    worth.violation = std::max(worth.violation, v);
    penalty += requirement_penalty_.kind == PenaltyKind::quadratic ? v * v : v;
  }
  worth.cost += requirement_penalty_.weight * penalty;
  for (const Penalty& rule : penalties_) worth.cost += rule(x);
  return worth;
}

}  // namespace mystic
