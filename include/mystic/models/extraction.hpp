#pragma once

#include "mystic/core/options.hpp"
#include "mystic/core/outcome.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mystic {

namespace external {
class Locator;
}

/// Where one output of an external code stands in what it wrote, and what to make of it. Exactly one
/// of `after`, `regex`, `line`, `csv`, `json` and `xml` says where.
///
///   - after: behind the text `after`, wherever it occurs, also inside a word. `below` = 0: the
///     fields of the rest of that line; k: those of the whole k-th line below.
///   - regex: the one capture group of a regular expression (PCRE2, on bytes; ^ and $ are the ends of
///     a line, with or without CR; `.` does not match a line's end).
///   - line: that line of the file; -1 is the last.
///   - csv: the column of a table under that header, in data row `row`. Quotes as in RFC 4180; blanks
///     around a field, blank lines and a '#' that begins the header line do not count. A row must have
///     as many fields as the header (empty ones at the end aside), so that `1,5` in place of 1.5 is an
///     error and no shift. `separator` " ": any blanks divide.
///   - json: a JSON pointer (RFC 6901). A step `*` stands for all elements of an array or object, -1
///     for the last of an array. A number, a text that is one ("nan", "1.5D3"), true (1), false (0).
///   - xml: an XPath 1.0 that selects attributes, elements or texts, in the order of the document.
///
/// A column is the k-th field of its line, whatever the fields before it are: nothing is passed over
/// because it is no number, so a word in place of a number is an error, not the number behind it.
/// Fields are divided by `separator` (then blanks around them do not count, and one may be empty).
/// Without one, `line` divides them at blanks, as awk does; `after` also at any of = | ; " ' ( ) [ ]
/// { } < > and without a comma or colon at a field's end, so `y="1.5"/>` and `y: 1.5, 2.5` both read.
/// `characters` instead of `column` cuts them by position: for tables whose numbers run together.
///
/// With `size` > 1 or a `reduce` the rule collects values: after: of each occurrence from `nth` on or,
/// with `below`, of each line from there down to a blank one; regex, xml: of each match from `nth` on;
/// line: of each line to `last_line` that is not blank; csv: of each row from `row` on; json: all.
struct OutputRule {
  static constexpr std::string_view title = "output";

  std::string name = {};
  std::string unit = {};
  std::string file = "stdout";
  std::string after = {};
  std::string regex = {};
  Index line = 0;
  std::string csv = {};
  std::string json = {};
  std::string xml = {};
  Index nth = 1;
  Index below = 0;
  Index last_line = -1;
  Index header = 0;
  Index row = 1;
  Index rows = 0;
  Index column = 1;
  std::string characters = {};
  std::string separator = {};
  bool absolute = false;
  double scale = 1.0;
  double offset = 0.0;
  Index size = 1;
  std::string reduce = "none";
  std::optional<double> at = {};
  std::string over = {};

  /// All but the name, which a study gives as the key.
  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("unit", self.unit, Anything{}, "unit, for people");
    field("file", self.file, Anything{},
          "file in the work directory; what the command prints is in 'stdout' and 'stderr'");
    describe_ways(self, field);
    describe_places(self, field);
    describe_values(self, field);
  }

  /// Whether the rule takes all the values it leads to, rather than one of them.
  [[nodiscard]] bool collects() const { return size > 1 || reduce != "none"; }

  /// Names of its values: its own, or "stress[1]", "stress[2]", ... for a size of 2 or more.
  [[nodiscard]] std::vector<std::string> value_names() const;

  /// The rules across fields, and whether `regex`, `json` and `xml` can be read: for validate().
  [[nodiscard]] std::string broken_rules() const;

 private:
  template <class Self, class Field>
  static void describe_ways(Self& self, Field& field) {
    field("after", self.after, Anything{}, "text right behind which the number stands");
    field("regex", self.regex, Anything{},
          "regular expression (PCRE2) with one capture group: the number");
    field("line", self.line, Range{}, "line of the number: from 1, or from the end with -1");
    field("csv", self.csv, Anything{}, "header of the number's column in a table (CSV)");
    field("json", self.json, Anything{},
          "JSON pointer to the number, such as /results/0/stress; a step * means all elements, -1 the "
          "last");
    field("xml", self.xml, Anything{},
          "XPath 1.0 that selects the number's attribute or element, such as //outputs/@deviation");
  }

  template <class Self, class Field>
  static void describe_places(Self& self, Field& field) {
    field("nth", self.nth, Range{},
          "which occurrence of `after`, `regex` or `xml` counts, or is the first that counts where "
          "several do: from 1, or from the end with -1");
    field("below", self.below, Range{.lower = 0},
          "lines from that of `after` down to that of the number");
    field("last_line", self.last_line, Range{},
          "last of several lines that begin at `line`: from 1, or from the end with -1");
    field("header", self.header, Range{.lower = 0},
          "line with the headers of `csv`, from 1; 0: the first that is not blank");
    field("row", self.row, Range{},
          "row of `csv` below the headers, or the first of several: from 1, or from the end with -1");
    field("rows", self.rows, Range{.lower = 0},
          "how many lines, rows or occurrences of `after` at most are collected; 0: all");
    field("column", self.column, Range{},
          "field of the line, or behind `after`: from 1, or from the end with -1");
    field("characters", self.characters, Anything{},
          "instead of `column`, the characters (bytes) of the line that hold the number: 11-20, or 11- "
          "for all from the 11th on; blanks around it do not count");
    field("separator", self.separator, Anything{},
          "what divides fields; empty: blanks, and for `csv` a comma");
  }

  template <class Self, class Field>
  static void describe_values(Self& self, Field& field) {
    const Range finite{.open_below = true, .open_above = true};
    field("absolute", self.absolute, Anything{}, "take the number without its sign");
    field("scale", self.scale, finite, "factor, for another unit; after `absolute`");
    field("offset", self.offset, finite, "what is added, after `scale`");
    field("size", self.size, Range{.lower = 1},
          "how many values the output has, neither more nor fewer");
    field("reduce", self.reduce,
          Choices{{"none", "first", "last", "min", "max", "max-abs", "sum", "mean", "norm", "rms",
                   "count", "value-at"}},
          "makes one number of all values, each after `offset`: norm is Euclidean, rms the root of the "
          "mean square, count how many there are (numbers or not), value-at the linear interpolation "
          "at the abscissa `at`; a NaN among the values makes the number NaN");
    field("at", self.at, finite, "abscissa at which value-at interpolates; none: no value-at");
    field(
        "over", self.over, Anything{},
        "where the abscissae of value-at stand: the header of a column of `csv`, the number of a column "
        "of `line` or `after` (characters such as 1-10, if `characters` is given), a pointer or path "
        "for `json` or `xml`");
  }
};

/// What an extraction gave: numbers, which may be NaN or infinite, or why there are none.
struct Extracted {
  std::vector<double> values = {};  ///< as many as the rule's size; none on failure
  std::optional<Failure> failure = {};
  std::size_t line = 0;    ///< of the text, from 1: where the first value was read; 0: not known
  std::string found = {};  ///< what was read there
};

/// "text -> numbers", by a rule. Any number of threads may use one.
class Extraction {
 public:
  /// @throws InvalidOptions listing all that is wrong with the rule
  explicit Extraction(OutputRule rule);

  /// scale * (each number in `text`, or its absolute value) + offset, reduced. What stands there must
  /// be a number as a whole (number.hpp). A UTF-8 byte order mark is passed over. Failure kinds:
  /// missing_output when the rule leads nowhere, or not to as many values as it should;
  /// unreadable_output when it leads to something else than a number, in something else than CSV, JSON
  /// or XML, or costs too much to follow.
  [[nodiscard]] Extracted from(std::string_view text) const;

  [[nodiscard]] const OutputRule& rule() const { return rule_; }

 private:
  OutputRule rule_;
  std::shared_ptr<const external::Locator> locator_;
};

}  // namespace mystic
