#pragma once

#include "mystic/core/conductor.hpp"
#include "mystic/core/drive.hpp"
#include "mystic/core/member_rules.hpp"
#include "mystic/core/model.hpp"
#include "mystic/core/policy.hpp"
#include "mystic/core/problem.hpp"

#include <vector>

namespace mystic {

/// A model whose evaluation is a whole search: a start goes in, how the search from there ended comes
/// out. What travels between ranks is that, not each point.
///
/// The question with k = i is member i of the ensemble: it draws from the same streams, and its
/// evaluations have the same ids, as if its points were dealt one by one.
class WholeSearchModel : public Model {
 public:
  /// @param problem  outlives the model. @param members  what each member runs
  WholeSearchModel(const Problem& problem, std::vector<Algorithm> members, StrandRules rules,
                   FailurePolicy policy, std::uint64_t seed);

  [[nodiscard]] const std::vector<std::string>& inputs() const override { return inputs_; }
  [[nodiscard]] const std::vector<std::string>& outputs() const override { return outputs_; }
  [[nodiscard]] ThreadSafety thread_safety() const override { return problem_->model().thread_safety(); }
  void evaluate(const Question& question, std::span<Outcome> outcomes) const override;

  /// The result of all members out of their outcomes, member i's at i; those that were cancelled ended
  /// as the whole did.
  /// @throws Error if a search threw
  [[nodiscard]] Result join(std::span<const Outcome> outcomes, const Stop& whole) const;

 private:
  [[nodiscard]] Result search_from(const VectorView& x, const EvaluationId& id,
                                   const std::stop_token& stop) const;
  void write(const Result& result, Outcome& outcome) const;
  [[nodiscard]] static MemberResult member_of(const Outcome& outcome, const Stop& whole);
  [[nodiscard]] Best best_of(const Outcome& outcome, std::size_t member) const;
  [[nodiscard]] Best best_of_all(std::span<const Outcome> outcomes) const;

  const Problem* problem_;
  std::vector<Algorithm> members_;
  StrandRules rules_;
  FailurePolicy policy_;
  std::uint64_t seed_;
  std::vector<std::string> inputs_;  // none named: starts
  std::vector<std::string> outputs_;
};

/// Evaluates the points once, in one batch, and ends.
[[nodiscard]] Algorithm one_batch(Points points);

}  // namespace mystic
