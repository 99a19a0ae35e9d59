// Terminations made of terminations.

#include "mystic/control/terminations.hpp"

#include <algorithm>

namespace mystic {
namespace {

using Needs = Termination::Needs;

std::string joined(const std::vector<std::string>& reasons, std::string_view between) {
  return fmt::format("{}", fmt::join(reasons, between));
}

std::string texts_of(const std::vector<Termination>& conditions, std::string_view between) {
  std::vector<std::string> texts;
  for (const Termination& condition : conditions) texts.push_back(condition.text());
  return joined(texts, between);
}

// `earlier`: of two times, whether the earlier one counts (any) or the later one (all).
Needs needs_of(const std::vector<Termination>& conditions, bool earlier) {
  Needs all;
  for (const Termination& condition : conditions) {
    const Needs& needs = condition.needs();
    all.costs = std::max(all.costs, needs.costs);
    all.points = std::max(all.points, needs.points);
    all.interrupts = all.interrupts || needs.interrupts;
    if (!needs.seconds) continue;
    const double before = all.seconds.value_or(*needs.seconds);
    all.seconds = earlier ? std::min(before, *needs.seconds) : std::max(before, *needs.seconds);
  }
  return all;
}

}  // namespace

Termination when(Termination condition) { return condition; }

Termination when(std::function<bool(const Progress&)> holds, std::string text) {
  require(static_cast<bool>(holds), "when: there is no function");
  return Termination(
      {},
      [holds = std::move(holds), text](const Progress& p) -> Verdict {
        if (!holds(p)) return std::nullopt;
        return text;
      },
      text);
}

Termination any_of(std::vector<Termination> conditions) {
  require(!conditions.empty(), "any_of: there are no conditions");
  const Needs needs = needs_of(conditions, true);
  const std::string text = texts_of(conditions, " or ");
  return Termination(
      needs,
      [conditions = std::move(conditions)](const Progress& p) -> Verdict {
        std::vector<std::string> reasons;
        for (const Termination& condition : conditions) {
          if (Verdict verdict = condition(p)) reasons.push_back(std::move(*verdict));
        }
        if (reasons.empty()) return std::nullopt;
        return joined(reasons, "; ");
      },
      "(" + text + ")");
}

Termination all_of(std::vector<Termination> conditions) {
  require(!conditions.empty(), "all_of: there are no conditions");
  const Needs needs = needs_of(conditions, false);
  const std::string text = texts_of(conditions, " and ");
  return Termination(
      needs,
      [conditions = std::move(conditions)](const Progress& p) -> Verdict {
        std::vector<std::string> reasons;
        for (const Termination& condition : conditions) {
          Verdict verdict = condition(p);
          if (!verdict) return std::nullopt;
          reasons.push_back(std::move(*verdict));
        }
        return joined(reasons, "; ");
      },
      "(" + text + ")");
}

Termination not_(Termination condition) {
  require(
      !condition.needs().from_outside(),
      "not_: {}: a condition by time or interrupt cannot be negated, since a stop that hangs on what "
      "has not come yet cannot be replayed",
      condition.text());
  const Needs needs = condition.needs();
  std::string text = "not: " + condition.text();
  return Termination(
      needs,
      [condition = std::move(condition), text](const Progress& p) -> Verdict {
        if (condition(p)) return std::nullopt;
        return text;
      },
      text);
}

}  // namespace mystic
