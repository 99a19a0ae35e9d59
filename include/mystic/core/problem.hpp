#pragma once

#include "mystic/core/callable_model.hpp"
#include "mystic/core/constraint.hpp"
#include "mystic/core/evaluation_id.hpp"
#include "mystic/core/model.hpp"
#include "mystic/core/requirement.hpp"
#include "mystic/core/variable.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace mystic {

/// What an outcome is worth.
struct Assessment {
  double cost = infinity;  ///< objective + penalties
  double violation = 0.0;  ///< largest relative violation of a requirement
};

/// Makes a scalar of a model's outputs.
using Objective = std::function<double(const VectorView& outputs)>;

/// A cost over named variables: model, objective, requirements, constraints, penalties, bounds.
class Problem {
 public:
  /// Minimises the model's first output until told otherwise.
  /// @throws InvalidArgument unless names differ, lower <= upper, and the model's inputs are these
  Problem(std::vector<Variable> variables, std::shared_ptr<const Model> model);

  Problem& minimise(const std::string& output);
  Problem& maximise(const std::string& output);
  Problem& objective(Objective objective);
  Problem& require_at_most(const std::string& output, double limit);
  Problem& require_at_least(const std::string& output, double limit);
  Problem& requirement_penalty(const RequirementPenalty& penalty);
  Problem& penalty(Penalty penalty);
  Problem& repair(Repair repair);
  /// One number per variable; +-inf for none.
  Problem& bounds(const VectorView& lower, const VectorView& upper);
  Problem& bounds_mode(BoundsMode mode);

  [[nodiscard]] const std::vector<Variable>& variables() const { return variables_; }
  [[nodiscard]] Index dimension() const { return lower_.size(); }
  [[nodiscard]] const Vector& lower() const { return lower_; }
  [[nodiscard]] const Vector& upper() const { return upper_; }
  [[nodiscard]] const Model& model() const { return *model_; }
  [[nodiscard]] const std::vector<Requirement>& requirements() const { return requirements_; }
  /// Index of the output called `name`. @throws InvalidArgument, naming the nearest
  [[nodiscard]] Index output_index(const std::string& name) const;

  /// Repairs, bounds and rounding, in place. False: rejected, not to be evaluated.
  [[nodiscard]] bool prepare(MutableVectorView x, const EvaluationId& id, std::uint64_t seed) const;
  /// Whether prepare() can change or reject anything.
  [[nodiscard]] bool restricts() const { return restricts_; }
  /// Whether it leaves points within the bounds as they are: no repairs, no integers.
  [[nodiscard]] bool only_bounds() const { return repairs_.empty() && !rounds_; }
  /// Whether x, n doubles, lies within the bounds; NaN does not.
  [[nodiscard]] bool holds(const double* x) const {
    Index inside = 0;
    for (Index i = 0; i < lower_.size(); ++i) {  // without a jump
      inside += static_cast<Index>(x[i] >= lower_[i]) & static_cast<Index>(x[i] <= upper_[i]);
    }
    return inside == lower_.size();
  }

  /// What a good outcome at x is worth; `outputs` as the model's.
  [[nodiscard]] Assessment assess(const VectorView& x, const Vector& outputs) const;
  /// Whether that is the first output and nothing else: no objective, requirement or penalty.
  [[nodiscard]] bool plain() const { return plain_; }

 private:
  void note_restrictions();
  [[nodiscard]] bool within_bounds(MutableVectorView x, const EvaluationId& id,
                                   std::uint64_t seed) const;
  void require_output(const std::string& output, double lower, double upper);

  std::vector<Variable> variables_;
  std::shared_ptr<const Model> model_;
  Vector lower_;
  Vector upper_;
  BoundsMode bounds_mode_ = BoundsMode::reject;
  Index objective_output_ = 0;
  double sign_ = 1.0;  // -1: maximise
  Objective objective_;
  std::vector<Requirement> requirements_;
  std::vector<Index> requirement_outputs_;
  RequirementPenalty requirement_penalty_;
  std::vector<Penalty> penalties_;
  std::vector<Repair> repairs_;
  bool restricts_ = false;
  bool rounds_ = false;  // some variable is an integer
  bool plain_ = true;
};

/// A problem in `dimension` unnamed, unbounded variables over a callable double(const VectorView&).
template <class Function>
  requires PointFunction<Function>
[[nodiscard]] Problem make_problem(Function function, Index dimension) {
  return Problem(unnamed_variables(dimension), make_model(std::move(function)));
}

}  // namespace mystic
