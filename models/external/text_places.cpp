#include "places.hpp"

#include "fields.hpp"
#include "pattern.hpp"
#include "printable.hpp"

namespace mystic::external {
namespace {

// Occurrences in one line may each have to look at the rest of it. So much work for each byte of the
// file is enough for any table; more is a token that is everywhere in a line without end.
constexpr std::size_t most_work_per_byte = 64;
constexpr std::size_t least_work = std::size_t{1} << 20;

std::string_view without_return(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// A part of a line, or why it is not there.
struct Part {
  std::string_view text = {};
  std::string lack = {};
};

/// Takes from a line what a rule wants of it.
class Cut {
 public:
  Cut(const OutputRule& rule, Division division)
      : separator_(rule.separator), division_(division), column_(rule.column),
        whole_(rule.reduce == "count"), characters_(read_characters(rule.characters)) {
    if (rule.over.empty()) return;
    over_characters_ = characters_ ? read_characters(rule.over) : std::nullopt;
    over_column_ = characters_ ? std::nullopt : read_column(rule.over);
  }

  [[nodiscard]] bool by_characters() const { return characters_.has_value(); }

  /// Adds the place in `line`, called `where` in a failure's text. @return whether it was there
  bool add(Places& places, std::string_view line, std::string_view text,
           const std::string& where) const {
    if (whole_) {
      places.found.push_back({trimmed(line), offset_of(line, text), {}});
      return true;
    }
    Part value;
    Part over;
    if (characters_) {
      value = characters_of(line, *characters_, where);
      if (over_characters_) over = characters_of(line, *over_characters_, where);
    } else {
      const auto fields = fields_of(line, separator_, division_);
      value = column_of(fields, column_, line, where);
      if (over_column_) over = column_of(fields, *over_column_, line, where);
    }
    const std::string& lack = value.lack.empty() ? over.lack : value.lack;
    if (lack.empty()) {
      // An empty field may be nowhere.
      const std::size_t at = offset_of(value.text.empty() ? line : value.text, text);
      places.found.push_back({value.text, at, over.text});
      return true;
    }
    places.failure = Failure{FailureKind::missing_output, lack};
    return false;
  }

 private:
  static Part column_of(const std::vector<std::string_view>& fields, Index column, std::string_view line,
                        const std::string& where) {
    const auto position = position_of(column, fields.size());
    if (position) return {.text = fields[*position]};
    return {.lack = fmt::format("column {} is wanted, and {} has {}: {}", place(column), where,
                                plural(fields.size(), "column"), in_quotes(trimmed(line)))};
  }

  static Part characters_of(std::string_view line, const CharacterRange& range,
                            const std::string& where) {
    line = without_return(line);
    const std::size_t last = range.last == 0 ? line.size() : range.last;
    const std::string wanted = range.last == 0
                                   ? fmt::format("characters {}-", range.first)
                                   : fmt::format("characters {}-{}", range.first, range.last);
    if (line.size() < last || line.size() < range.first) {
      return {.lack = fmt::format("{} are wanted, and {} has {}: {}", wanted, where,
                                  plural(line.size(), "character"), in_quotes(trimmed(line)))};
    }
    const std::string_view text = trimmed(line.substr(range.first - 1, last - range.first + 1));
    if (!text.empty()) return {.text = text};
    return {.lack = fmt::format("{} are wanted, and {} has only blanks there: {}", wanted, where,
                                in_quotes(trimmed(line)))};
  }

  std::string separator_;
  Division division_;
  Index column_;
  bool whole_;
  std::optional<CharacterRange> characters_;
  std::optional<CharacterRange> over_characters_;
  std::optional<Index> over_column_;
};

class AfterToken : public Locator {
 public:
  explicit AfterToken(const OutputRule& rule)
      : rule_(rule), cut_(rule, Division::punctuation), token_(in_quotes(rule.after)) {}

  [[nodiscard]] Places find(std::string_view text) const override {
    const bool is_table = rule_.below > 0;
    const bool several = rule_.collects() && !is_table;
    const auto ends = occurrences(text, needed(rule_.nth, several, rule_.rows));
    const Stretch stretch = stretch_of(rule_.nth, ends.size(), several, rule_.rows);
    Places places;
    places.lack = fmt::format("occurrence {} of {} is wanted, and it occurs {}", place(rule_.nth),
                              token_, plural(ends.size(), "time"));
    if (stretch.begin == stretch.end) return several ? std::move(places) : missing(places.lack);
    if (rule_.collects() && is_table) return table(text, ends[stretch.begin]);
    if (rule_.reduce == "count") {
      for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
        const std::size_t begin = ends[i] - rule_.after.size();
        places.found.push_back({text.substr(begin, rule_.after.size()), begin, {}});
      }
      return places;
    }
    std::size_t work = 0;
    for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
      if (!add_occurrence(places, text, ends[i], work)) break;
    }
    return places;
  }

 private:
  /// Where the first occurrences, at most `most`, end.
  [[nodiscard]] std::vector<std::size_t> occurrences(std::string_view text, std::size_t most) const {
    std::vector<std::size_t> ends;
    for (std::size_t at = text.find(rule_.after); at != std::string_view::npos && ends.size() < most;
         at = text.find(rule_.after, ends.back())) {
      ends.push_back(at + rule_.after.size());
    }
    return ends;
  }

  [[nodiscard]] std::string where() const {
    if (rule_.below > 0) return fmt::format("line {} below {}", rule_.below, token_);
    return (cut_.by_characters() ? "the line of " : "the rest of the line after ") + token_;
  }

  bool add_occurrence(Places& places, std::string_view text, std::size_t end, std::size_t& work) const {
    // A token may itself end with a line's end: what counts as its line is where it ends.
    const std::string_view rest = text.substr(end);
    const bool at_end = rest.empty() && rule_.below == 0;
    auto line = at_end ? rest : line_of(rest, rule_.below + 1);
    if (!line) {
      places = missing(fmt::format("{} below {} is wanted, and the text ends before",
                                   plural(static_cast<std::size_t>(rule_.below), "line"), token_));
      return false;
    }
    if (rule_.below == 0 && cut_.by_characters()) {
      const std::size_t before = end == 0 ? std::string_view::npos : text.rfind('\n', end - 1);
      const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
      line = text.substr(begin, end - begin + line->size());
    }
    work += line->size();
    if (work > most_work_per_byte * text.size() + least_work) {
      places = unreadable(fmt::format("{} occurs too often in a line that is too long", token_));
      return false;
    }
    return cut_.add(places, *line, text, where());
  }

  [[nodiscard]] Places table(std::string_view text, std::size_t end) const {
    Places places{.lack = fmt::format("a table {} below {} is wanted, and there is a blank line or none",
                                      plural(static_cast<std::size_t>(rule_.below), "line"), token_)};
    const std::string_view rest = text.substr(end);
    const auto first = line_of(rest, rule_.below + 1);
    if (!first) return places;
    Lines lines(rest.substr(offset_of(*first, rest)));
    for (Index k = 0; rule_.rows == 0 || k < rule_.rows; ++k) {
      const auto line = lines.next();
      if (!line || trimmed(*line).empty()) break;
      if (!cut_.add(places, *line, text, fmt::format("line {} below {}", rule_.below + k, token_)))
        break;
    }
    return places;
  }

  OutputRule rule_;
  Cut cut_;
  std::string token_;
};

class RegexMatches : public Locator {
 public:
  explicit RegexMatches(const OutputRule& rule) : rule_(rule), pattern_(rule.regex) {}

  [[nodiscard]] Places find(std::string_view text) const override {
    const bool several = rule_.collects();
    const Matches matches = pattern_.find(text, needed(rule_.nth, several));
    if (!matches.error.empty()) {
      return unreadable(
          fmt::format("the search for {} gave up: {}", in_quotes(rule_.regex), matches.error));
    }
    Places places{.lack = fmt::format("match {} of {} is wanted, and it matches {}", place(rule_.nth),
                                      in_quotes(rule_.regex), plural(matches.groups.size(), "time"))};
    const Stretch stretch = stretch_of(rule_.nth, matches.groups.size(), several);
    for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
      const std::string_view group = trimmed(matches.groups[i]);
      places.found.push_back({group, group.empty() ? nowhere : offset_of(group, text), {}});
    }
    return places;
  }

 private:
  OutputRule rule_;
  Pattern pattern_;
};

class LineOfFile : public Locator {
 public:
  explicit LineOfFile(const OutputRule& rule) : rule_(rule), cut_(rule, Division::blanks) {}

  [[nodiscard]] Places find(std::string_view text) const override {
    Places places{.lack = fmt::format("it has no line {}", place(rule_.line))};
    const auto first = line_of(text, rule_.line);
    if (!first) return places;
    if (rule_.collects()) {
      collect(places, text, offset_of(*first, text));
    } else {
      cut_.add(places, *first, text, "line " + place(rule_.line));
    }
    return places;
  }

 private:
  void collect(Places& places, std::string_view text, std::size_t begin) const {
    places.lack =
        fmt::format("lines {} to {} are blank or not there", place(rule_.line), place(rule_.last_line));
    const auto last = line_of(text, rule_.last_line);
    // A last line behind the file's end is the end; one before its beginning leaves nothing.
    if (!last && rule_.last_line < 0) return;
    const std::size_t last_begin = last ? offset_of(*last, text) : text.size();
    Lines lines(text.substr(begin));
    const std::size_t first_number = line_at(text, begin);
    for (std::size_t k = 0; const auto line = lines.next(); ++k) {
      const bool is_full = rule_.rows > 0 && places.found.size() == static_cast<std::size_t>(rule_.rows);
      if (is_full || offset_of(*line, text) > last_begin) return;
      if (trimmed(*line).empty()) continue;
      if (!cut_.add(places, *line, text, fmt::format("line {}", first_number + k))) return;
    }
  }

  OutputRule rule_;
  Cut cut_;
};

}  // namespace

std::unique_ptr<const Locator> locate_after(const OutputRule& rule) {
  return std::make_unique<AfterToken>(rule);
}

std::unique_ptr<const Locator> locate_regex(const OutputRule& rule) {
  return std::make_unique<RegexMatches>(rule);
}

std::unique_ptr<const Locator> locate_line(const OutputRule& rule) {
  return std::make_unique<LineOfFile>(rule);
}

}  // namespace mystic::external
