#include "mystic/core/evaluator.hpp"
#include "mystic/core/require.hpp"
#include "mystic/core/solver.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <vector>

namespace mystic {
namespace {

/// Fails as it is told, call by call; then gives 1.
class Scripted : public Model {
 public:
  explicit Scripted(std::deque<FailureKind> script, bool has_alternative = false)
      : script_(std::move(script)), has_alternative_(has_alternative) {}

  [[nodiscard]] const std::vector<std::string>& inputs() const override { return none_; }
  [[nodiscard]] const std::vector<std::string>& outputs() const override { return outputs_; }
  [[nodiscard]] bool has_alternative() const override { return has_alternative_; }
  void evaluate(const Question& question, std::span<Outcome> outcomes) const override {
    ++calls;
    outcomes[0].outputs[0] = question.alternative ? 2.0 : 1.0;
    if (question.alternative) return;
    if (script_.empty()) return;
    outcomes[0].fail(script_.front(), "as told");
    script_.pop_front();
  }

  mutable int calls = 0;

 private:
  mutable std::deque<FailureKind> script_;
  bool has_alternative_;
  std::vector<std::string> none_;
  std::vector<std::string> outputs_{"y"};
};

Outcome outcome_of(const Scripted& model, const FailurePolicy& policy) {
  std::vector<Outcome> outcomes(1);
  alignas(64) const double x[8] = {};
  Task task{.points = x, .dimension = 1, .stride = 8, .outcomes = outcomes};
  Evaluator(model, policy).run(task, {});
  return outcomes[0];
}

constexpr auto crash = FailureKind::signal;
constexpr auto late = FailureKind::deadline;

FailurePolicy at_once(Index retries) {
  FailurePolicy policy;
  policy.retries = retries;
  policy.back_off = 0.0;
  return policy;
}

TEST(Policy, RetriesAsOftenAsTheKindOfTheFailureSays) {
  FailurePolicy policy = at_once(3);
  policy.kinds[late].retries = 0;
  const Scripted crashes({crash, crash, crash});
  const Outcome outcome = outcome_of(crashes, policy);
  EXPECT_TRUE(outcome.ok());
  EXPECT_EQ(outcome.attempts, 4);
  EXPECT_EQ(outcome.note, "retried after signal, signal, signal");
  const Scripted becomes_late({crash, late, crash});
  const Outcome failed = outcome_of(becomes_late, policy);
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.failure->kind, late);
  EXPECT_EQ(failed.attempts, 2);
  EXPECT_EQ(becomes_late.calls, 2);
}

TEST(Policy, TriesTheAlternativeOnceWhenTheRetriesAreUsedUp) {
  const Scripted model({crash, crash, crash}, true);
  const Outcome outcome = outcome_of(model, at_once(1));
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome.outputs[0], 2.0);
  EXPECT_EQ(outcome.attempts, 3);
  EXPECT_EQ(outcome.note, "retried after signal; alternative after signal");
}

TEST(Policy, DoesNothingAboutACancelledEvaluation) {
  const Scripted model({FailureKind::cancelled, crash}, true);
  const Outcome outcome = outcome_of(model, at_once(5));
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.failure->kind, FailureKind::cancelled);
  EXPECT_EQ(model.calls, 1);
}

// What the policy still owed it would be lost if a replay took it for a failure.
TEST(Policy, CancelsWhatIsStoppedBeforeItsNextAttempt) {
  FailurePolicy policy = at_once(1);
  policy.back_off = 3600.0;
  std::stop_source stop;
  stop.request_stop();
  for (const bool alternative : {false, true}) {
    if (alternative) policy.retries = 0;
    const Scripted model({crash, crash}, alternative);
    std::vector<Outcome> outcomes(1);
    alignas(64) const double x[8] = {};
    Task task{.points = x, .dimension = 1, .stride = 8, .outcomes = outcomes};
    Evaluator(model, policy).run(task, stop.get_token());
    ASSERT_FALSE(outcomes[0].ok());
    EXPECT_EQ(outcomes[0].failure->kind, FailureKind::cancelled);
    EXPECT_EQ(model.calls, 1);
  }
}

TEST(Policy, NamesWhatIsBrokenInTheRuleOfAKind) {
  FailurePolicy policy;
  policy.kinds[late].retries = -1;
  policy.kinds[late].cost = infinity;
  try {
    validate(policy);
    FAIL();
  } catch (const InvalidOptions& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("\n  kinds.deadline.retries = -1 is not in [0, 1000]"), std::string::npos)
        << text;
    EXPECT_NE(text.find("\n  kinds.deadline.cost = inf"), std::string::npos) << text;
  }
}

std::vector<double> seen;  // what seven_points() was told

/// Asks the same points whatever they cost.
Search seven_points(Start start) {
  Vector x = Vector::Zero(start.dimension());
  for (int i = 0; i < 7; ++i) {
    x[0] = i;
    const double cost = co_await evaluate(x);
    seen.push_back(cost);
    co_await step_done(x, cost);
  }
  co_return "done";
}

class PolicyOfARun : public testing::Test {
 protected:
  static Result solve(const FailurePolicy& policy, std::deque<FailureKind> script) {
    const Problem problem(unnamed_variables(1), std::make_shared<Scripted>(std::move(script)));
    return Solver(Algorithm{"seven", seven_points})
        .limits({.evaluations = 100})
        .policy(policy)
        .solve(problem);
  }
};

TEST_F(PolicyOfARun, GivesFailedPointsTheCostThatItNamesAndCountsThemAllTheSame) {
  seen.clear();
  FailurePolicy policy;
  policy.abort_above = 1.0;
  policy.cost = 77.0;
  policy.kinds[late].cost = 99.0;
  const Result result = solve(policy, {crash, late});
  EXPECT_EQ(seen, (std::vector<double>{77, 99, 1, 1, 1, 1, 1}));
  EXPECT_EQ(result.failed, 2);
  EXPECT_EQ(result.best.cost, 1.0);  // a failed point is never the best
  seen.clear();
  policy.cost = -5.0;
  EXPECT_EQ(solve(policy, {crash}).best.cost, 1.0);
  EXPECT_EQ(seen.front(), -5.0);
}

TEST_F(PolicyOfARun, EndsItAfterSoManyFailuresInARow) {
  FailurePolicy policy;
  policy.abort_above = 1.0;
  policy.abort_in_a_row = 3;
  const Result result = solve(policy, {crash, crash, crash, crash});
  EXPECT_EQ(result.stop.kind, StopKind::failures);
  EXPECT_EQ(result.evaluations, 3);
  EXPECT_NE(result.stop.reason.find("3 evaluations in a row failed"), std::string::npos);
  EXPECT_EQ(solve(policy, {crash, crash}).stop.kind, StopKind::ended);
}

}  // namespace
}  // namespace mystic
