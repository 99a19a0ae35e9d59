#pragma once

#include "mystic/core/options.hpp"
#include "mystic/core/outcome.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mystic {

namespace external {
class Pattern;
}

/// Where one output of an external code stands in what it wrote, and what to make of it. Exactly one
/// of `after`, `regex` and `line` says where.
///
///   - after: behind the text `after`, wherever it occurs, also inside a word. `below` = 0: the
///     fields of the rest of that line; k: those of the whole k-th line below.
///   - regex: the one capture group of a regular expression (PCRE2, on bytes; ^ and $ are the ends of
///     a line, with or without CR; `.` does not match a line's end).
///   - line: that line of the file; -1 is the last.
///
/// A column is the k-th field of its line, whatever the fields before it are: nothing is passed over
/// because it is no number, so a word in place of a number is an error, not the number behind it.
/// Fields are divided by `separator` (then blanks around them do not count, and one may be empty).
/// Without one, `line` divides them at blanks, as awk does; `after` also at any of = | ; " ' ( ) [ ]
/// { } < > and without a comma or colon at a field's end, so `y="1.5"/>` and `y: 1.5, 2.5` both read.
struct OutputRule {
  static constexpr std::string_view title = "output";

  std::string name = {};
  std::string unit = {};
  std::string file = "stdout";
  std::string after = {};
  std::string regex = {};
  Index line = 0;
  Index nth = 1;
  Index below = 0;
  Index column = 1;
  std::string separator = {};
  bool absolute = false;
  double scale = 1.0;
  double offset = 0.0;

  /// All but the name, which a study gives as the key.
  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    const Range finite{.open_below = true, .open_above = true};
    field("unit", self.unit, Anything{}, "unit, for people");
    field("file", self.file, Anything{},
          "file in the work directory; what the command prints is in 'stdout' and 'stderr'");
    field("after", self.after, Anything{}, "text right behind which the number stands");
    field("regex", self.regex, Anything{},
          "regular expression (PCRE2) with one capture group: the number");
    field("line", self.line, Range{}, "line of the number: from 1, or from the end with -1");
    field("nth", self.nth, Range{},
          "which occurrence of `after` or `regex` counts: from 1, or from the end with -1");
    field("below", self.below, Range{.lower = 0},
          "lines from that of `after` down to that of the number");
    field("column", self.column, Range{},
          "field of the line, or behind `after`: from 1, or from the end with -1");
    field("separator", self.separator, Anything{}, "what divides fields; empty: blanks");
    field("absolute", self.absolute, Anything{}, "take the number without its sign");
    field("scale", self.scale, finite, "factor, for another unit; after `absolute`");
    field("offset", self.offset, finite, "what is added, after `scale`");
  }

  /// The rules across fields, and whether `regex` compiles: for validate().
  [[nodiscard]] std::string broken_rules() const;
};

/// What an extraction gave: a number, which may be NaN or infinite, or why there is none.
struct Extracted {
  double value = 0.0;
  std::optional<Failure> failure = {};
};

/// "text -> number", by a rule. Any number of threads may use one.
class Extraction {
 public:
  /// @throws InvalidOptions listing all that is wrong with the rule
  explicit Extraction(OutputRule rule);

  /// scale * (the number in `text`, or its absolute value) + offset. What stands there must be a
  /// number as a whole (number.hpp). Failure kinds: missing_output when the rule leads nowhere,
  /// unreadable_output when it leads to something else than a number or costs too much to follow.
  [[nodiscard]] Extracted from(std::string_view text) const;

  [[nodiscard]] const OutputRule& rule() const { return rule_; }

 private:
  OutputRule rule_;
  std::shared_ptr<const external::Pattern> pattern_;
};

}  // namespace mystic
