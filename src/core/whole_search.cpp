#include "whole_search.hpp"

#include "mystic/core/evaluator.hpp"
#include "mystic/core/runner.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace mystic {
namespace {

// The outputs before the best point and the model's outputs there.
enum Place : Index {
  cost,
  violation,
  found,
  number,
  round_of_best,
  evaluations,
  failed,
  generations,
  kind,
  fixed_count
};

constexpr double yes = 1.0;

Search batch_search(Start /*whole*/, std::shared_ptr<const Points> points) {
  const auto costs = co_await evaluate(*points);
  Index best = 0;
  const double least = costs.minCoeff(&best);
  const Vector x = points->col(best);
  co_await step_done(x, least);
  co_return fmt::format("all {} searches have ended", points->cols());
}

}  // namespace

Algorithm one_batch(Points points) {
  return {"whole searches", [shared = std::make_shared<const Points>(std::move(points))](Start start) {
            return batch_search(std::move(start), shared);
          }};
}

WholeSearchModel::WholeSearchModel(const Problem& problem, std::vector<Algorithm> members,
                                   StrandRules rules, FailurePolicy policy, std::uint64_t seed)
    : problem_(&problem), members_(std::move(members)), rules_(std::move(rules)),
      policy_(std::move(policy)), seed_(seed),
      outputs_{"cost",        "violation", "found",       "number", "round",
               "evaluations", "failed",    "generations", "kind"} {
  for (const Variable& variable : problem.variables()) {
    outputs_.push_back("best " + variable.name);
  }
  for (const std::string& name : problem.model().outputs()) outputs_.push_back("output " + name);
}

Result WholeSearchModel::search_from(const VectorView& x, const EvaluationId& id,
                                     const std::stop_token& stop) const {
  const auto member = static_cast<std::size_t>(id.k);
  const Evaluator evaluator(problem_->model(), policy_, false);
  Plan plan;
  plan.problem = problem_;
  plan.method = members_.at(member);
  plan.rules = rules_;
  plan.start = x;
  plan.seed = seed_;
  plan.policy = policy_;
  plan.path = SearchPath{}.child(static_cast<std::uint32_t>(id.k));
  Drive drive(plan);
  RunControls controls;
  controls.stop = stop;
  Runner runner(drive, nullptr, evaluator, nullptr, controls);
  while (runner.run()) {
  }
  return runner.result();
}

void WholeSearchModel::evaluate(const Question& question, std::span<Outcome> outcomes) const {
  for (Index j = 0; j < question.points.cols(); ++j) {
    Outcome& outcome = outcomes[static_cast<std::size_t>(j)];
    const Result result = search_from(question.points.col(j), question.id(j), question.stop);
    if (result.stop.kind == StopKind::interrupted) {
      outcome.fail(FailureKind::cancelled, result.stop.reason);
    } else {
      write(result, outcome);
    }
  }
}

void WholeSearchModel::write(const Result& result, Outcome& outcome) const {
  Vector& out = outcome.outputs;
  out.setZero();
  out[cost] = result.best.cost;
  out[violation] = result.best.violation;
  out[number] = static_cast<double>(result.best.id.k);
  out[round_of_best] = static_cast<double>(result.best.round);
  out[evaluations] = static_cast<double>(result.evaluations);
  out[failed] = static_cast<double>(result.failed);
  out[generations] = static_cast<double>(result.generations);
  out[kind] = static_cast<double>(result.stop.kind);
  outcome.note = result.stop.reason;
  if (!result.best.exists()) return;
  out[found] = yes;
  out.segment(fixed_count, result.best.x.size()) = result.best.x;
  out.tail(result.best.outputs.size()) = result.best.outputs;
}

MemberResult WholeSearchModel::member_of(const Outcome& outcome, const Stop& whole) {
  MemberResult member;
  if (!outcome.ok()) {
    require<Error>(outcome.failure->kind == FailureKind::cancelled, "{}", outcome.failure->text);
    member.stop = whole;
    return member;
  }
  const Vector& out = outcome.outputs;
  member.best_cost = out[cost];
  member.evaluations = static_cast<Index>(out[evaluations]);
  member.generations = static_cast<Index>(out[generations]);
  member.stop = {static_cast<StopKind>(static_cast<int>(out[kind])), outcome.note};
  return member;
}

Best WholeSearchModel::best_of(const Outcome& outcome, std::size_t member) const {
  const Vector& out = outcome.outputs;
  const auto n = problem_->dimension();
  return {.x = out.segment(fixed_count, n),
          .cost = out[cost],
          .violation = out[violation],
          .outputs = out.tail(out.size() - fixed_count - n),
          .id = {SearchPath{}.child(static_cast<std::uint32_t>(member)),
                 static_cast<std::uint64_t>(out[number])},
          .round = static_cast<Index>(out[round_of_best])};
}

// Of equal bests the first in logical order, by round and member, as if points had been dealt.
Best WholeSearchModel::best_of_all(std::span<const Outcome> outcomes) const {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (outcomes[i].ok() && outcomes[i].outputs[found] == yes) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return outcomes[a].outputs[round_of_best] < outcomes[b].outputs[round_of_best];
  });
  Best best;
  for (const std::size_t i : order) {
    const Vector& out = outcomes[i].outputs;
    if (best.yields_to(out[cost], out[violation])) best = best_of(outcomes[i], i);
  }
  return best;
}

Result WholeSearchModel::join(std::span<const Outcome> outcomes, const Stop& whole) const {
  Result all;
  for (const Outcome& outcome : outcomes) {
    const MemberResult& member = all.members.emplace_back(member_of(outcome, whole));
    if (!outcome.ok()) continue;
    all.evaluations += member.evaluations;
    all.failed += static_cast<Index>(outcome.outputs[failed]);
    all.generations = std::max(all.generations, member.generations);
  }
  all.best = best_of_all(outcomes);
  const std::size_t best = all.best.exists() ? all.best.id.path[0] : 0;
  const Stop& how = all.members[best].stop;
  all.stop = {how.kind, fmt::format("all {} members stopped; the best, member {}: {}", outcomes.size(),
                                    best, how.reason)};
  if (const auto why = policy_.gives_up(all.evaluations, all.failed, 0)) {
    all.stop = {StopKind::failures, *why};
  }
  return all;
}

}  // namespace mystic
