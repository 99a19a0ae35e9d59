#include "mystic/models/extraction.hpp"

#include "external/fields.hpp"
#include "external/pattern.hpp"
#include "external/printable.hpp"

#include "mystic/models/number.hpp"

#include <cmath>
#include <limits>

namespace mystic {

using namespace external;

namespace {

/// What a rule leads to: a field, or why there is none.
struct Located {
  std::string_view field = {};
  std::optional<Failure> failure = {};
};

Located missing(std::string text) {
  return {.failure = Failure{FailureKind::missing_output, std::move(text)}};
}

/// "3", or "2 from the end" for -2.
std::string place(Index nth) {
  return nth > 0 ? fmt::format("{}", nth) : fmt::format("{} from the end", -nth);
}

std::string plural(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

/// How many occurrences, from the beginning, decide which is the nth.
std::size_t occurrences_needed(Index nth) {
  return nth > 0 ? static_cast<std::size_t>(nth) : std::numeric_limits<std::size_t>::max();
}

Located column_of(std::string_view line, const OutputRule& rule, Division division,
                  const std::string& where) {
  const auto fields = fields_of(line, rule.separator, division);
  const auto position = position_of(rule.column, fields.size());
  if (position) return {.field = fields[*position]};
  return missing(fmt::format("column {} is wanted, and {} has {}: {}", place(rule.column), where,
                             plural(fields.size(), "column"), in_quotes(trimmed(line))));
}

Located locate_after(std::string_view text, const OutputRule& rule) {
  std::vector<std::size_t> ends;
  const std::size_t needed = occurrences_needed(rule.nth);
  for (std::size_t at = text.find(rule.after); at != std::string_view::npos && ends.size() < needed;
       at = text.find(rule.after, ends.back())) {
    ends.push_back(at + rule.after.size());
  }
  const std::string token = in_quotes(rule.after);
  const auto occurrence = position_of(rule.nth, ends.size());
  if (!occurrence) {
    return missing(fmt::format("occurrence {} of {} is wanted, and it occurs {}", place(rule.nth), token,
                               plural(ends.size(), "time")));
  }
  // A token may itself end with a line's end: what counts as its line is where it ends.
  const std::string_view rest = text.substr(ends[*occurrence]);
  const auto line = rest.empty() && rule.below == 0 ? std::string_view() : line_of(rest, rule.below + 1);
  if (!line) {
    return missing(fmt::format("{} below {} is wanted, and the text ends before",
                               plural(static_cast<std::size_t>(rule.below), "line"), token));
  }
  const std::string where = rule.below == 0 ? "the rest of the line after " + token
                                            : fmt::format("line {} below {}", rule.below, token);
  return column_of(*line, rule, Division::punctuation, where);
}

Located locate_match(std::string_view text, const OutputRule& rule, const Pattern& pattern) {
  const Matches matches = pattern.find(text, occurrences_needed(rule.nth));
  if (!matches.error.empty()) {
    return {.failure = Failure{
                FailureKind::unreadable_output,
                fmt::format("the search for {} gave up: {}", in_quotes(rule.regex), matches.error)}};
  }
  const auto match = position_of(rule.nth, matches.groups.size());
  if (match) return {.field = trimmed(matches.groups[*match])};
  return missing(fmt::format("match {} of {} is wanted, and it matches {}", place(rule.nth),
                             in_quotes(rule.regex), plural(matches.groups.size(), "time")));
}

Located locate_line(std::string_view text, const OutputRule& rule) {
  const auto line = line_of(text, rule.line);
  if (!line) return missing(fmt::format("it has no line {}", place(rule.line)));
  return column_of(*line, rule, Division::blanks, "line " + place(rule.line));
}

std::string place_rule(std::string_view key, Index value) {
  if (value != 0) return {};
  return fmt::format("\n  {} = 0: count from 1, or from the end with -1", key);
}

std::string unused_rule(bool unused, std::string_view key, std::string_view meaning) {
  return unused ? fmt::format("\n  {}: means nothing without {}", key, meaning) : std::string();
}

}  // namespace

std::string OutputRule::broken_rules() const {
  std::string broken;
  const int given = int{!after.empty()} + int{!regex.empty()} + int{line != 0};
  if (given == 0) broken += "\n  after: say where the number is: one of after, regex and line (not 0)";
  if (given > 1) broken += "\n  after: only one of after, regex and line can say where the number is";
  broken += place_rule("nth", nth) + place_rule("column", column);
  if (given == 1) {
    broken += unused_rule(line != 0 && nth != 1, "nth", "after or regex");
    broken += unused_rule(after.empty() && below != 0, "below", "after");
    broken += unused_rule(!regex.empty() && column != 1, "column", "after or line");
    broken += unused_rule(!regex.empty() && !separator.empty(), "separator", "after or line");
  }
  if (scale == 0.0) broken += "\n  scale = 0: would make every number the same";
  if (!regex.empty()) {
    try {
      const Pattern compiles(regex);
    } catch (const InvalidArgument& error) {
      broken += fmt::format("\n  regex: {}", error.what());
    }
  }
  return broken;
}

Extraction::Extraction(OutputRule rule) : rule_(std::move(rule)) {
  validate(rule_);
  if (!rule_.regex.empty()) pattern_ = std::make_shared<const Pattern>(rule_.regex);
}

Extracted Extraction::from(std::string_view text) const {
  Located located = pattern_          ? locate_match(text, rule_, *pattern_)
                    : rule_.line != 0 ? locate_line(text, rule_)
                                      : locate_after(text, rule_);
  const auto explain = [&](std::string_view reason) {
    return fmt::format("output '{}' in '{}': {}", rule_.name, rule_.file, reason);
  };
  if (located.failure) {
    return {.failure = Failure{located.failure->kind, explain(located.failure->text)}};
  }
  const std::optional<double> number = read_number(located.field);
  if (!number) {
    return {.failure = Failure{FailureKind::unreadable_output,
                               explain(in_quotes(located.field) + " is not a number")}};
  }
  const double value = rule_.absolute ? std::abs(*number) : *number;
  return {.value = rule_.scale * value + rule_.offset};
}

}  // namespace mystic
