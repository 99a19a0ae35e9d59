#include "study/law_registry.hpp"

#include "mystic/uq/laws.hpp"
#include "study/law_data.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <utility>

namespace mystic::study {
namespace {

// A parameter need not be given where there is a natural default: what is optional, a shift of 0, a
// bound that is not there. All others would be a silent guess.
template <class T>
bool is_needed(std::string_view name, const T& standard) {
  if constexpr (std::is_arithmetic_v<T>) {
    return name != "shift" && std::isfinite(static_cast<double>(standard));
  } else {
    return false;
  }
}

template <class Options>
std::vector<OptionText> parameters_of(std::vector<OptionText> others = {}) {
  std::vector<OptionText> texts = option_texts<Options>();
  std::size_t place = 0;
  const Options options{};
  Options::describe(options, [&](std::string_view name, const auto& value, const auto&,
                                 std::string_view) { texts[place++].needed = is_needed(name, value); });
  others.insert(others.end(), texts.begin(), texts.end());
  return others;
}

// The described parameters, without the rules that span them.
template <class Options>
Options read_parameters(const Json& json, const std::string& path, const LawContext& context,
                        std::initializer_list<std::string> other_keys) {
  const auto options = read_options<Options>(json, path, context.problems, other_keys);
  const Options standard{};
  Options::describe(standard, [&](std::string_view name, const auto& value, const auto& domain,
                                  std::string_view text) {
    if (!is_needed(name, value) || json.contains(std::string(name))) return;
    context.problems.add(joined_path(path, name),
                         fmt::format("is missing: {}, in {}", text, to_string(domain)));
  });
  return options;
}

// The law that a description makes, unless there were problems since `before`, or there is one now.
template <class Options>
std::optional<Law> finished(const Options& options, std::size_t before, const std::string& path,
                            const LawContext& context) {
  if (context.problems.count() > before) return std::nullopt;
  check_rules(options, path, context.problems);
  if (context.problems.count() > before) return std::nullopt;
  try {
    return Law(options);
  } catch (const Error& error) {
    context.problems.add(path, error.what());
    return std::nullopt;
  }
}

template <class Options>
LawEntry law(std::string text) {
  return {std::string(Options::title), std::move(text), parameters_of<Options>(),
          [](const Json& json, const std::string& path, const LawContext& context) {
            const std::size_t before = context.problems.count();
            const auto options = read_parameters<Options>(json, path, context, {"kind"});
            return finished(options, before, path, context);
          }};
}

// Weights of `count` things; all the same unless they are given.
std::vector<double> read_weights(const Json& json, const std::string& path, std::size_t count,
                                 const LawContext& context) {
  const auto found = json.find("weights");
  if (found == json.end()) return std::vector<double>(count, 1.0);
  std::vector<double> weights;
  read_value(*found, path + ".weights", weights, context.problems);
  return weights;
}

// A list that must be there.
template <class T>
void read_needed_list(const Json& json, const std::string& path, const char* key, std::vector<T>& values,
                      const LawContext& context) {
  const auto found = json.find(key);
  if (found == json.end()) {
    context.problems.add(joined_path(path, key), "is missing: a list of numbers");
  } else {
    read_value(*found, joined_path(path, key), values, context.problems);
  }
}

const OptionText weights_text{"weights", "all the same", "",
                              "list: one for each, at least 0, proportional to the probability"};
const std::vector<OptionText> sample_texts{
    {"sample", "", "", "list of numbers that were observed, or instead of it:"},
    {"file", "", "", "table (CSV) that holds them, relative to the study"},
    {"column", "", "", "header of the column; a table of one column needs neither header nor this"}};

LawEntry constant() {
  LawEntry entry = law<laws::Constant>("always the same number");
  const auto plain = entry.make;
  entry.make = [plain](const Json& json, const std::string& path, const LawContext& context) {
    const std::optional<Law> made = plain(json, path, context);
    if (made) require_whole({made->mean()}, path + ".value", context);
    return made;
  };
  return entry;
}

LawEntry finite_discrete() {
  return {std::string(laws::FiniteDiscrete::title),
          "one of some numbers",
          {{"values", "", "", "list of numbers, in any order; unit of x", true}, weights_text},
          [](const Json& json, const std::string& path, const LawContext& context) {
            const std::size_t before = context.problems.count();
            refuse_unknown_keys(json, path, {"kind", "values", "weights"}, context.problems);
            laws::FiniteDiscrete options;
            read_needed_list(json, path, "values", options.values, context);
            options.weights = read_weights(json, path, options.values.size(), context);
            if (context.problems.count() == before) {
              require_whole(options.values, path + ".values", context);
            }
            return finished(options, before, path, context);
          }};
}

LawEntry empirical() {
  return {
      std::string(laws::Empirical::title), "what was observed, each as likely; discrete", sample_texts,
      [](const Json& json, const std::string& path, const LawContext& context) -> std::optional<Law> {
        const std::size_t before = context.problems.count();
        refuse_unknown_keys(json, path, {"kind", "sample", "file", "column"}, context.problems);
        auto sample = read_sample(json, path, context);
        if (!sample) return std::nullopt;
        return finished(laws::Empirical{.sample = std::move(*sample)}, before, path, context);
      }};
}

LawEntry kernel_smoothed() {
  using Options = laws::KernelSmoothed;
  return {
      std::string(Options::title),
      "what was observed, each spread by a normal law; reaches a little beyond the data",
      parameters_of<Options>(sample_texts),
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

// How many bins of equal width a sample gets.
struct BinsSpec {
  std::optional<Index> bins;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("bins", self.bins, Range{.lower = 1, .upper = 1e6},
          "of a sample or file: how many bins of equal width; none: Scott's rule, bins as wide as 3.49 "
          "sd n^(-1/3)");
  }
};

// Bins of equal width from the least to the greatest number. Source of the rule: Scott, "On optimal and
// data-based histograms", Biometrika 66 (1979), 605-610.
laws::Histogram binned(const std::vector<double>& sample, std::optional<Index> wanted) {
  const auto [least, greatest] = std::ranges::minmax(sample);
  const auto count = static_cast<double>(sample.size());
  double bins = 1.0;
  if (wanted) {
    bins = static_cast<double>(*wanted);
  } else if (sample.size() > 1) {
    const Law observed = laws::Empirical{.sample = sample};
    const double sd = observed.sd() * std::sqrt(count / (count - 1.0));
    bins = std::clamp(std::ceil((greatest - least) / (3.49 * sd * std::pow(count, -1.0 / 3.0))), 1.0,
                      std::min(count, 1e6));
  }
  const auto size = static_cast<std::size_t>(bins);
  laws::Histogram histogram;
  for (std::size_t i = 0; i <= size; ++i) {
    const double share = static_cast<double>(i) / bins;
    histogram.edges.push_back(i == size ? greatest : least + share * (greatest - least));
  }
  histogram.weights.assign(size, 0.0);
  for (const double x : sample) {
    const auto above = std::ranges::upper_bound(histogram.edges, x) - histogram.edges.begin();
    histogram.weights[std::min(static_cast<std::size_t>(above) - 1, size - 1)] += 1.0;
  }
  return histogram;
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
    if (least < greatest) return binned(*sample, spec.bins);
    context.problems.add(path, fmt::format("all numbers are {}: there is nothing to divide", least));
    return std::nullopt;
  }
  for (const char* key : {"bins", "column"}) {
    if (json.contains(key)) context.problems.add(joined_path(path, key), "goes with sample or file");
  }
  read_needed_list(json, path, "edges", options.edges, context);
  read_needed_list(json, path, "weights", options.weights, context);
  return options;
}

LawEntry histogram() {
  std::vector<OptionText> texts{
      {"edges", "", "", "list of numbers that ascend; unit of x"},
      {"weights", "", "",
       "list: one for each bin between two edges, at least 0, proportional to the probability; or, "
       "instead of edges and weights:"}};
  texts.insert(texts.end(), sample_texts.begin(), sample_texts.end());
  for (const OptionText& text : option_texts<BinsSpec>()) texts.push_back(text);
  return {
      std::string(laws::Histogram::title), "a density that is level between two edges", std::move(texts),
      [](const Json& json, const std::string& path, const LawContext& context) -> std::optional<Law> {
        const std::size_t before = context.problems.count();
        const auto options = read_histogram(json, path, context);
        return options ? finished(*options, before, path, context) : std::nullopt;
      }};
}

LawEntry truncated() {
  using Options = laws::Truncated;
  return {
      std::string(Options::title), "another law, given that its number is between two bounds",
      parameters_of<Options>({{"law", "", "", "object: the other law", true}}),
      [](const Json& json, const std::string& path, const LawContext& context) -> std::optional<Law> {
        const std::size_t before = context.problems.count();
        auto options = read_parameters<Options>(json, path, context, {"kind", "law"});
        if (!json.contains("law")) context.problems.add(path + ".law", "is missing: of which law?");
        if (!json.contains("lower") && !json.contains("upper")) {
          context.problems.add(path, "must have lower or upper, or both");
        }
        if (!json.contains("law")) return std::nullopt;
        const std::optional<Law> inner = read_law(json.at("law"), path + ".law", context);
        if (!inner) return std::nullopt;
        options.law = *inner;
        return finished(options, before, path, context);
      }};
}

LawEntry mixture() {
  return {
      std::string(laws::Mixture::title),
      "a number of one of several laws, by chance",
      {{"laws", "", "", "list of laws: all discrete, or none", true}, weights_text},
      [](const Json& json, const std::string& path, const LawContext& context) -> std::optional<Law> {
        const std::size_t before = context.problems.count();
        refuse_unknown_keys(json, path, {"kind", "laws", "weights"}, context.problems);
        const auto found = json.find("laws");
        if (found == json.end()) {
          context.problems.add(path + ".laws", "is missing: a list of laws");
          return std::nullopt;
        }
        if (!is_list(*found, path + ".laws", context.problems)) return std::nullopt;
        laws::Mixture options;
        for (std::size_t i = 0; i < found->size(); ++i) {
          const auto part = read_law((*found)[i], fmt::format("{}.laws[{}]", path, i), context);
          if (part) options.laws.push_back(*part);
        }
        options.weights = read_weights(json, path, found->size(), context);
        return finished(options, before, path, context);
      }};
}

LawEntry lognormal() {
  LawEntry entry =
      law<laws::Lognormal>("the logarithm is normal; by mean_of_log and sd_of_log, or by mean and sd");
  const auto plain = entry.make;
  entry.make = [plain](const Json& json, const std::string& path, const LawContext& context) {
    const std::size_t before = context.problems.count();
    std::optional<Law> made = plain(json, path, context);
    if (context.problems.count() == before && !json.contains("sd") && !json.contains("sd_of_log")) {
      context.problems.add(path, "must have mean_of_log and sd_of_log, or mean and sd");
      made.reset();
    }
    return made;
  };
  return entry;
}

std::vector<LawEntry> continuous() {
  using namespace laws;
  return {law<Uniform>("every number between two bounds is as likely"),
          law<Loguniform>("the logarithm is uniform: every factor is as likely"),
          law<Normal>("Gauss's"),
          lognormal(),
          law<Triangular>("the density rises in a straight line to the mode, and falls in one"),
          law<Trapezoidal>("the density rises in a straight line, is level, and falls in one"),
          law<Beta>("between two bounds: density as (x - lower)^(alpha - 1) (upper - x)^(beta - 1)"),
          law<Gamma>("density as z^(shape - 1) exp(-z), z = (x - shift) / scale"),
          law<Exponential>("the time to what happens at a constant rate"),
          law<Weibull>("least of many: P[X > x] = exp(-((x - shift) / scale)^shape)"),
          law<WeibullMax>("its mirror image: P[X <= x] = exp(-((shift - x) / scale)^shape)"),
          law<Gumbel>("greatest of many: P[X <= x] = exp(-exp(-(x - location) / scale))"),
          law<Frechet>("P[X <= x] = exp(-((x - shift) / scale)^-shape)"),
          law<Gev>("generalised extreme values: P[X <= x] = exp(-(1 + shape z)^(-1 / shape)), "
                   "z = (x - location) / scale"),
          law<Student>("Student's t, moved and stretched"),
          law<Laplace>("density as exp(-|x - location| / scale)"),
          law<Logistic>("P[X <= x] = 1 / (1 + exp(-(x - location) / scale))"),
          law<Rayleigh>("length of a vector of two normal numbers"),
          law<Pareto>("P[X > x] = ((x - shift) / scale)^-shape"),
          law<VonMises>("directions, on [location - pi, location + pi]: density as exp(concentration "
                        "cos(x - location))")};
}

std::vector<LawEntry> discrete() {
  using namespace laws;
  return {law<Poisson>("number of events that come by themselves"),
          law<Binomial>("successes among trials"),
          law<NegativeBinomial>("failures before a number of successes"),
          law<Geometric>("failures before the first success"),
          law<Hypergeometric>("marked things among those drawn at once"),
          finite_discrete(),
          constant()};
}

}  // namespace

const std::vector<LawEntry>& law_entries() {
  static const std::vector<LawEntry> entries = [] {
    std::vector<LawEntry> all = continuous();
    for (LawEntry& entry : discrete()) all.push_back(std::move(entry));
    for (LawEntry& entry :
         std::vector<LawEntry>{histogram(), empirical(), kernel_smoothed(), truncated(), mixture()}) {
      all.push_back(std::move(entry));
    }
    return all;
  }();
  return entries;
}

}  // namespace mystic::study
