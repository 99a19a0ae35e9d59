// What may not stand together in an OutputRule.

#include "places.hpp"

#include "pattern.hpp"
#include "printable.hpp"

#include <algorithm>
#include <array>

namespace mystic {

using namespace external;

namespace {

constexpr std::string_view ways = "after, regex, line, csv, json and xml";

std::vector<std::string_view> ways_of(const OutputRule& rule) {
  std::vector<std::string_view> given;
  if (!rule.after.empty()) given.emplace_back("after");
  if (!rule.regex.empty()) given.emplace_back("regex");
  if (rule.line != 0) given.emplace_back("line");
  if (!rule.csv.empty()) given.emplace_back("csv");
  if (!rule.json.empty()) given.emplace_back("json");
  if (!rule.xml.empty()) given.emplace_back("xml");
  return given;
}

std::string place_rule(std::string_view key, Index value) {
  if (value != 0) return {};
  return fmt::format("\n  {} = 0: count from 1, or from the end with -1", key);
}

/// An option that is not as it is by default, and what gives it a meaning.
struct Use {
  std::string_view key;
  std::string value;
  bool is_used = false;
  bool has_meaning = false;
  std::string_view meaning;
};

std::string unused_rules(const std::vector<Use>& uses) {
  std::string broken;
  for (const Use& use : uses) {
    if (!use.is_used || use.has_meaning) continue;
    broken += fmt::format("\n  {} = {}: means nothing {}", use.key, use.value, use.meaning);
  }
  return broken;
}

std::string number(Index value) { return fmt::format("{}", value); }

/// Options that say where, beside the one of the six.
std::string unused_places(const OutputRule& rule, std::string_view way) {
  const auto is = [&](std::initializer_list<std::string_view> some) {
    return std::find(some.begin(), some.end(), way) != some.end();
  };
  const bool several = rule.collects();
  const bool cuts = is({"after", "line"}) && rule.reduce != "count";
  constexpr std::string_view several_values = "unless several values are collected: with size or reduce";
  return unused_rules({
      {"nth", number(rule.nth), rule.nth != 1, is({"after", "regex", "xml"}),
       "without after, regex or xml"},
      {"below", number(rule.below), rule.below != 0, is({"after"}), "without after"},
      {"last_line", number(rule.last_line), rule.last_line != -1, is({"line"}), "without line"},
      {"last_line", number(rule.last_line), rule.last_line != -1 && is({"line"}), several,
       several_values},
      {"header", number(rule.header), rule.header != 0, is({"csv"}), "without csv"},
      {"row", number(rule.row), rule.row != 1, is({"csv"}), "without csv"},
      {"rows", number(rule.rows), rule.rows != 0, is({"after", "line", "csv"}),
       "without after, line or csv"},
      {"rows", number(rule.rows), rule.rows != 0 && is({"after", "line", "csv"}), several,
       several_values},
      {"column", number(rule.column), rule.column != 1, cuts, "without after or line, or to count"},
      {"column", number(rule.column), rule.column != 1 && cuts, rule.characters.empty(),
       "with characters"},
      {"characters", rule.characters, !rule.characters.empty(), cuts,
       "without after or line, or to count"},
      {"separator", in_quotes(rule.separator), !rule.separator.empty(), cuts || is({"csv"}),
       "without after, line or csv, or to count"},
      {"separator", in_quotes(rule.separator), !rule.separator.empty() && cuts, rule.characters.empty(),
       "with characters"},
  });
}

std::string broken_reduction(const OutputRule& rule) {
  const bool counts = rule.reduce == "count";
  const bool interpolates = rule.reduce == "value-at";
  std::string broken = unused_rules({
      {"absolute", "true", rule.absolute, !counts, "with reduce = count"},
      {"scale", fmt::format("{}", rule.scale), rule.scale != 1.0, !counts, "with reduce = count"},
      {"offset", fmt::format("{}", rule.offset), rule.offset != 0.0, !counts, "with reduce = count"},
      {"at", fmt::format("{}", rule.at.value_or(0.0)), rule.at.has_value(), interpolates,
       "without reduce = value-at"},
      {"over", in_quotes(rule.over), !rule.over.empty(), interpolates, "without reduce = value-at"},
  });
  if (rule.reduce != "none" && rule.size != 1) {
    broken += fmt::format("\n  size = {}: must be 1 with reduce = {}, which makes one number", rule.size,
                          rule.reduce);
  }
  if (interpolates && !rule.at) broken += "\n  at: missing; reduce = value-at needs the abscissa";
  if (interpolates && rule.over.empty()) {
    broken += "\n  over: missing; reduce = value-at needs to know where the abscissae stand";
  }
  return broken;
}

/// Whether `over` can be read, for this way of saying where.
std::string broken_over(const OutputRule& rule, std::string_view way) {
  if (rule.over.empty()) return {};
  if (way == "regex") return "\n  reduce = value-at: not with regex, which has no abscissae";
  std::string problem;
  if (way == "json") problem = pointer_problem(rule.over);
  if (way == "xml") problem = path_problem(rule.over);
  if (way == "line" || way == "after") {
    const bool by_characters = !rule.characters.empty();
    const bool is_read =
        by_characters ? read_characters(rule.over).has_value() : read_column(rule.over).has_value();
    if (!is_read) {
      problem =
          in_quotes(rule.over) + (by_characters ? " must be characters such as 1-10, as `characters` is"
                                                : " must be the number of a column, such as 1 or -1");
    }
  }
  return problem.empty() ? std::string() : "\n  over: " + problem;
}

std::string broken_pattern(const std::string& regex) {
  try {
    const Pattern compiles(regex);
    return {};
  } catch (const InvalidArgument& error) {
    return fmt::format("\n  regex: {}", error.what());
  }
}

/// What can be said of each option by itself.
std::string broken_texts(const OutputRule& rule) {
  std::string broken;
  if (!rule.regex.empty()) broken += broken_pattern(rule.regex);
  if (!rule.json.empty()) {
    const std::string problem = pointer_problem(rule.json);
    if (!problem.empty()) broken += "\n  json: " + problem;
    if (problem.empty() && has_star(rule.json) && !rule.collects()) {
      broken += fmt::format(
          "\n  json = {}: a step * gives several values; say how many with `size`, or what "
          "to make of them with `reduce`",
          in_quotes(rule.json));
    }
  }
  if (!rule.xml.empty()) {
    const std::string problem = path_problem(rule.xml);
    if (!problem.empty()) broken += "\n  xml: " + problem;
  }
  if (!rule.characters.empty() && !read_characters(rule.characters)) {
    broken +=
        fmt::format("\n  characters = {}: write the first and the last, from 1, as in 11-20; or 11-",
                    in_quotes(rule.characters));
  }
  if (rule.separator.find_first_of("\n\r\"") != std::string::npos && !rule.csv.empty()) {
    broken += fmt::format("\n  separator = {}: a quote or a line's end cannot divide the fields of csv",
                          in_quotes(rule.separator));
  }
  const bool same_end = (rule.line > 0) == (rule.last_line > 0);
  if (rule.line != 0 && rule.last_line != 0 && same_end && rule.last_line < rule.line &&
      rule.collects()) {
    broken += fmt::format("\n  last_line = {}: is before line = {}", rule.last_line, rule.line);
  }
  return broken;
}

}  // namespace

std::string OutputRule::broken_rules() const {
  std::string broken;
  const std::vector<std::string_view> given = ways_of(*this);
  if (given.empty())
    broken += fmt::format("\n  after: say where the number is: one of {} (not 0)", ways);
  if (given.size() > 1) {
    broken +=
        fmt::format("\n  {}: only one of {} can say where the number is", fmt::join(given, ", "), ways);
  }
  broken += place_rule("nth", nth) + place_rule("column", column) + place_rule("row", row) +
            place_rule("last_line", last_line);
  if (given.size() == 1)
    broken += unused_places(*this, given.front()) + broken_over(*this, given.front());
  if (scale == 0.0) broken += "\n  scale = 0: would make every number the same";
  return broken + broken_reduction(*this) + broken_texts(*this);
}

}  // namespace mystic
