#include "mystic/models/extraction.hpp"

#include "external/places.hpp"
#include "external/printable.hpp"
#include "external/reduce.hpp"

#include "mystic/models/number.hpp"

#include <cmath>

namespace mystic {

using namespace external;

namespace {

// No code writes a number so long; reading many texts, each as long as the file, would take for ever.
constexpr std::size_t longest_number = 4096;

std::unique_ptr<const Locator> locator_of(const OutputRule& rule) {
  if (!rule.after.empty()) return locate_after(rule);
  if (!rule.regex.empty()) return locate_regex(rule);
  if (rule.line != 0) return locate_line(rule);
  if (!rule.csv.empty()) return locate_csv(rule);
  if (!rule.json.empty()) return locate_json(rule);
  return locate_xml(rule);
}

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  return text;
}

/// Reads one place after the other, up to the first that holds no number.
class Values {
 public:
  Values(const OutputRule& rule, std::string_view text) : rule_(rule), text_(text) {}

  bool read(const std::vector<Place>& places) {
    for (const Place& found : places) {
      const auto value = number(found.text, found.at, places.size() > 1);
      const bool wants_over = !rule_.over.empty();
      const auto over = wants_over ? number(found.over, found.at, true) : std::optional(0.0);
      if (!value || !over) return false;
      values.push_back(rule_.scale * (rule_.absolute ? std::abs(*value) : *value) + rule_.offset);
      if (wants_over) abscissae.push_back(*over);
    }
    return true;
  }

  std::vector<double> values = {};
  std::vector<double> abscissae = {};
  std::string reason = {};  ///< why a place was not read

 private:
  std::optional<double> number(std::string_view written, std::size_t at, bool say_line) {
    if (written.size() <= longest_number) {
      if (const auto value = read_number(written)) return value;
    }
    reason = in_quotes(written) + " is not a number";
    if (say_line && at != nowhere) reason += fmt::format(" (line {})", line_at(text_, at));
    return std::nullopt;
  }

  const OutputRule& rule_;
  std::string_view text_;
};

/// All that `places` hold, read and reduced.
Extracted extracted_from(const Places& places, const OutputRule& rule, std::string_view text) {
  const auto fail = [](FailureKind kind, std::string reason) {
    return Extracted{.failure = Failure{kind, std::move(reason)}};
  };
  if (places.failure) return {.failure = places.failure};
  const auto count = static_cast<double>(places.found.size());
  if (places.found.empty()) {
    if (rule.reduce == "count") return {.values = {0.0}};
    return fail(FailureKind::missing_output, places.lack);
  }
  const Place& first = places.found.front();
  Extracted extracted{.line = line_at(text, first.at), .found = std::string(first.text)};
  if (rule.reduce == "count") {
    extracted.values = {count};
    return extracted;
  }
  if (rule.reduce == "none" && places.found.size() != static_cast<std::size_t>(rule.size)) {
    return fail(
        FailureKind::missing_output,
        fmt::format("size = {}: so many values are wanted, and there {}", rule.size,
                    places.found.size() == 1 ? "is 1" : fmt::format("are {}", places.found.size())));
  }
  Values read(rule, text);
  if (!read.read(places.found)) return fail(FailureKind::unreadable_output, read.reason);
  if (rule.reduce == "none") {
    extracted.values = std::move(read.values);
  } else if (rule.reduce == "value-at") {
    const Reduced reduced = value_at(*rule.at, read.abscissae, read.values);
    if (reduced.failure) return {.failure = reduced.failure};
    extracted.values = {reduced.value};
  } else {
    extracted.values = {reduce(rule.reduce, read.values)};
  }
  return extracted;
}

}  // namespace

Extraction::Extraction(OutputRule rule) : rule_(std::move(rule)) {
  validate(rule_);
  locator_ = locator_of(rule_);
}

Extracted Extraction::from(std::string_view text) const {
  text = without_mark(text);
  Extracted extracted = extracted_from(locator_->find(text), rule_, text);
  if (extracted.failure) {
    std::string& reason = extracted.failure->text;
    reason = fmt::format("output '{}' in '{}': {}", rule_.name, rule_.file, reason);
  }
  return extracted;
}

std::vector<std::string> OutputRule::value_names() const {
  if (size == 1) return {name};
  std::vector<std::string> names;
  for (Index i = 1; i <= size; ++i) names.push_back(fmt::format("{}[{}]", name, i));
  return names;
}

}  // namespace mystic
