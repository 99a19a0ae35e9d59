#include "study/law_registry.hpp"

#include "mystic/uq/laws.hpp"
#include "study/law_data.hpp"
#include "study/law_entry.hpp"

#include <utility>

namespace mystic::study {
namespace {

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

const OptionText weights_text{"weights", "all the same", "",
                              "list: one for each, at least 0, proportional to the probability"};
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
          {{"values", "", "", "list of numbers, in any order; unit of x", Need::given}, weights_text},
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

LawEntry truncated() {
  using Options = laws::Truncated;
  return {
      std::string(Options::title), "another law, given that its number is between two bounds",
      parameters_of<Options>({{"law", "", "", "object: the other law", Need::given}}),
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
      {{"laws", "", "", "list of laws: all discrete, or none", Need::given}, weights_text},
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
  for (std::size_t i = 0; i < 4; ++i) entry.options[i].need = Need::one_of;
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
         std::vector<LawEntry>{histogram_entry(), empirical_entry(), kernel_smoothed_entry(),
                               best_fit_entry(), truncated(), mixture()}) {
      all.push_back(std::move(entry));
    }
    return all;
  }();
  return entries;
}

}  // namespace mystic::study
