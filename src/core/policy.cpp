#include "mystic/core/policy.hpp"

#include <algorithm>

namespace mystic {

std::string FailurePolicy::broken_rules() const {
  std::string broken;
  for (const auto& [kind, rule] : kinds) {
    const std::string lines = broken_options(rule);
    for (std::size_t at = 0; at < lines.size();) {  // each line begins with a newline and two blanks
      const std::size_t end = std::min(lines.find('\n', at + 1), lines.size());
      broken += fmt::format("\n  kinds.{}.{}", name_of(kind), lines.substr(at + 3, end - at - 3));
      at = end;
    }
  }
  return broken;
}

FailurePolicy::Rule FailurePolicy::rule(FailureKind kind) const {
  Rule all{.retries = retries,
           .back_off = back_off,
           .alternative = alternative,
           .continuation = continuation,
           .cost = cost.value_or(infinity)};
  const auto found = kinds.find(kind);
  if (found == kinds.end()) return all;
  const FailureRule& own = found->second;
  return {.retries = own.retries.value_or(all.retries),
          .back_off = own.back_off.value_or(all.back_off),
          .alternative = own.alternative.value_or(all.alternative),
          .continuation = own.continuation.value_or(all.continuation),
          .cost = own.cost.value_or(all.cost)};
}

std::optional<std::string> FailurePolicy::gives_up(Index evaluations, Index failed,
                                                   Index in_a_row) const {
  const double allowed = abort_above * static_cast<double>(evaluations);
  if (evaluations >= abort_after && static_cast<double>(failed) > allowed) {
    return fmt::format("{} of {} evaluations failed: more than the share of {} that the policy allows",
                       failed, evaluations, abort_above);
  }
  if (abort_in_a_row > 0 && in_a_row >= abort_in_a_row) {
    return fmt::format("{} evaluations in a row failed: as many as the policy allows, of {} in all",
                       in_a_row, evaluations);
  }
  return std::nullopt;
}

bool FailurePolicy::reacts(bool has_alternative) const {
  const auto some = [&](const auto& entry) {
    const Rule one = rule(entry.first);
    return one.retries > 0 || one.continuation > 0 || (has_alternative && one.alternative);
  };
  return retries > 0 || continuation > 0 || (has_alternative && alternative) ||
         std::any_of(kinds.begin(), kinds.end(), some);
}

bool FailurePolicy::continues() const {
  return continuation > 0 || std::any_of(kinds.begin(), kinds.end(), [](const auto& entry) {
           return entry.second.continuation.value_or(0) > 0;
         });
}

bool FailurePolicy::penalises() const {
  return cost.has_value() || std::any_of(kinds.begin(), kinds.end(), [](const auto& entry) {
           return entry.second.cost.has_value();
         });
}

}  // namespace mystic
