#include "mystic/uq/histogram.hpp"
#include "mystic/uq/laws/atoms.hpp"
#include "mystic/uq/laws/smooth_data.hpp"
#include "study/law_data.hpp"
#include "study/law_entry.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mystic::study {
namespace {

// How many bins of equal width a sample gets.
struct BinsSpec {
  std::optional<Index> bins;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("bins", self.bins, Range{.lower = 1, .upper = 1e6},
          "of a sample or file: how many bins of equal width; none: by the rule of Freedman and "
          "Diaconis");
  }
};

laws::Histogram binned(const std::vector<double>& sample, std::optional<Index> bins) {
  const Eigen::Map<const Vector> values(sample.data(), static_cast<Index>(sample.size()));
  const SampleHistogram bars = histogram(SortedSample(values), bins);
  return {.edges = {bars.edges.begin(), bars.edges.end()},
          .weights = {bars.counts.begin(), bars.counts.end()}};
}

std::optional<laws::Histogram> read_histogram(const Json& json, const std::string& path,
                                              const LawContext& context) {
  const std::size_t before = context.problems.count();
  const auto spec = read_options<BinsSpec>(json, path, context.problems,
                                           {"kind", "edges", "weights", "sample", "file", "column"});
  laws::Histogram options;
  if (json.contains("sample") || json.contains("file")) {
    for (const char* key : {"edges", "weights"}) {
      if (json.contains(key)) {
        context.problems.add(joined_path(path, key), "means nothing with sample or file");
      }
    }
    const auto sample = read_sample(json, path, context);
    if (!sample || context.problems.count() > before) return std::nullopt;
    const auto [least, greatest] = std::ranges::minmax(*sample);
    if (least < greatest && std::isfinite(greatest - least)) return binned(*sample, spec.bins);
    context.problems.add(
        path, fmt::format("from {} to {} there is nothing to divide into bins", least, greatest));
    return std::nullopt;
  }
  for (const char* key : {"bins", "column"}) {
    if (json.contains(key)) context.problems.add(joined_path(path, key), "goes with sample or file");
  }
  read_needed_list(json, path, "edges", options.edges, context);
  read_needed_list(json, path, "weights", options.weights, context);
  return options;
}

}  // namespace

std::vector<OptionText> sample_texts() {
  return {{"sample", "", "", "list of numbers that were observed", Need::one_of},
          {"file", "", "", "or the table (CSV) that holds them, relative to the study", Need::one_of},
          {"column", "", "",
           "of a file: header of the column; a table of one column needs neither header nor this",
           Need::one_of}};
}

LawEntry empirical_entry() {
  return {
      std::string(laws::Empirical::title), "what was observed, each as likely; discrete", sample_texts(),
      [](const Json& json, const std::string& path, const LawContext& context) -> std::optional<Law> {
        const std::size_t before = context.problems.count();
        refuse_unknown_keys(json, path, {"kind", "sample", "file", "column"}, context.problems);
        auto sample = read_sample(json, path, context);
        if (!sample) return std::nullopt;
        return finished(laws::Empirical{.sample = std::move(*sample)}, before, path, context);
      }};
}

LawEntry kernel_smoothed_entry() {
  using Options = laws::KernelSmoothed;
  return {
      std::string(Options::title),
      "what was observed, each spread by a normal law; reaches a little beyond the data",
      parameters_of<Options>(sample_texts()),
      [](const Json& json, const std::string& path, const LawContext& context) -> std::optional<Law> {
        const std::size_t before = context.problems.count();
        auto options =
            read_parameters<Options>(json, path, context, {"kind", "sample", "file", "column"});
        auto sample = read_sample(json, path, context);
        if (!sample) return std::nullopt;
        options.sample = std::move(*sample);
        return finished(options, before, path, context);
      }};
}

LawEntry histogram_entry() {
  std::vector<OptionText> texts{
      {"edges", "", "", "list of numbers that ascend; unit of x", Need::one_of},
      {"weights", "", "",
       "of edges: list, one for each bin between two, at least 0, proportional to the probability",
       Need::one_of}};
  for (const OptionText& text : sample_texts()) texts.push_back(text);
  for (const OptionText& text : option_texts<BinsSpec>()) texts.push_back(text);
  return {
      std::string(laws::Histogram::title), "a density that is level between two edges", std::move(texts),
      [](const Json& json, const std::string& path, const LawContext& context) -> std::optional<Law> {
        const std::size_t before = context.problems.count();
        const auto options = read_histogram(json, path, context);
        return options ? finished(*options, before, path, context) : std::nullopt;
      }};
}

}  // namespace mystic::study
