// {"sensitivity": {"kind": "sobol", ...}}: which share of the variance comes from which input.

#include "mystic/uq/sobol_indices.hpp"

#include "mystic/study/study.hpp"
#include "study/methods/groups.hpp"
#include "study/methods/own_keys.hpp"
#include "study/methods/read_uncertainty.hpp"
#include "study/methods/tables.hpp"
#include "study/methods/value_pictures.hpp"

namespace mystic::study {
namespace {

class Sobol final : public UncertaintyMethod {
 public:
  Sobol(SobolStudyOptions options, Groups groups)
      : options_(std::move(options)), groups_(std::move(groups)) {
    options_.groups = groups_.of_input;
  }

  [[nodiscard]] std::string text() const override {
    return fmt::format("Sobol' indices, {} rows of {}, {} evaluations each", options_.samples,
                       options_.design, shape(0).width());
  }
  [[nodiscard]] Points points(const Inputs& inputs, std::uint64_t seed) const override;
  [[nodiscard]] Index block(Index) const override { return shape(0).width(); }
  [[nodiscard]] Json identity() const override;
  void extend(Json& object, Index count) const override;
  [[nodiscard]] Answer answer(const Sample& sample, const SampleNames& names,
                              std::uint64_t seed) const override;
  [[nodiscard]] std::vector<Watched> watched(const Sample& sample, const SampleNames& names,
                                             std::uint64_t seed) const override;

 private:
  // A plan of so many rows, without its points.
  [[nodiscard]] PickFreeze shape(Index rows) const {
    return {.points = {},
            .rows = rows,
            .groups = groups_.count(),
            .has_second_order = options_.second_order};
  }
  [[nodiscard]] SobolIndices indices(const Sample& sample, Index output, std::uint64_t seed) const {
    SobolEstimateOptions estimates = options_.estimates;
    estimates.seed = seed;
    const PickFreeze plan = shape(sample.count() / shape(0).width());
    return sobol_estimates(blocks_of(plan, sample.output(output)), estimates);
  }
  void describe(const SobolIndices& found, const PlotLabel& output, Answer& answer) const;
  [[nodiscard]] Json indices_json(const SobolIndices& found, const std::string& output) const;
  [[nodiscard]] std::string indices_text(const SobolIndices& found, const PlotLabel& output) const;

  SobolStudyOptions options_;
  Groups groups_;
};

Points Sobol::points(const Inputs& inputs, std::uint64_t seed) const {
  SobolStudyOptions options = options_;
  options.seed = seed;
  return inputs.from_unit(sobol_plan(inputs.dimension(), options).points);
}

Json Sobol::identity() const {
  Json identity{{"kind", "sobol"}, {"design", options_.design}, {"second_order", options_.second_order}};
  if (!groups_.of_input.empty()) identity["groups"] = groups_.of_input;
  if (options_.design == "latin-hypercube") identity["samples"] = options_.samples;
  return identity;
}

void Sobol::extend(Json& object, Index count) const {
  if (options_.design == "latin-hypercube") {
    throw BadInput(
        "extend: rows of a Latin hypercube all hang on how many there are: begin a new run, or "
        "choose sobol or monte-carlo");
  }
  if (count <= options_.samples) {
    throw BadInput(
        fmt::format("extend: --samples {}: there are {} rows already", count, options_.samples));
  }
  object["samples"] = count;
}

Json Sobol::indices_json(const SobolIndices& found, const std::string& output) const {
  Json json{{"output", output}, {"rows", found.rows}};
  json["inputs"] = Json::array();
  for (std::size_t i = 0; i < found.inputs.size(); ++i) {
    json["inputs"].push_back({{"input", groups_.names[i]},
                              {"rows_ok", found.inputs[i].ok},
                              {"first", estimate_json(found.inputs[i].first)},
                              {"total", estimate_json(found.inputs[i].total)}});
  }
  for (const SobolPair& pair : found.pairs) {
    json["pairs"].push_back({{"inputs",
                              {groups_.names[static_cast<std::size_t>(pair.left)],
                               groups_.names[static_cast<std::size_t>(pair.right)]}},
                             {"rows_ok", pair.ok},
                             {"second", estimate_json(pair.second)}});
  }
  return json;
}

std::string Sobol::indices_text(const SobolIndices& found, const PlotLabel& output) const {
  TextTable table(
      {fmt::format("{}, variance from", output.name), "first order", "", "total order", "", "rows"});
  double first_orders = 0.0;
  for (std::size_t i = 0; i < found.inputs.size(); ++i) {
    const SobolIndex& index = found.inputs[i];
    const EstimateText first = estimate_text(index.first);
    const EstimateText total = estimate_text(index.total);
    table.row({groups_.names[i], first.value, first.interval, total.value, total.interval,
               fmt::format("{} of {}", index.ok, found.rows)});
    first_orders += index.first.value;
  }
  std::string text = "\n" + table.text();
  text +=
      fmt::format("  first orders add up to {:.3g}: what is missing to 1 comes from inputs together\n",
                  first_orders);
  if (found.pairs.empty()) return text;
  TextTable pairs({"together", "second order", "", "rows"});
  for (const SobolPair& pair : found.pairs) {
    const EstimateText second = estimate_text(pair.second);
    pairs.row({fmt::format("{}, {}", groups_.names[static_cast<std::size_t>(pair.left)],
                           groups_.names[static_cast<std::size_t>(pair.right)]),
               second.value, second.interval, fmt::format("{} of {}", pair.ok, found.rows)});
  }
  return text + pairs.text();
}

Answer Sobol::answer(const Sample& sample, const SampleNames& names, std::uint64_t seed) const {
  Answer answer;
  answer.json["estimator"] = options_.estimates.estimator;
  answer.json["level"] = options_.estimates.level;
  answer.json["outputs"] = Json::array();
  for (std::size_t i = 0; i < names.outputs.size(); ++i) {
    const SobolIndices found = indices(sample, static_cast<Index>(i), seed);
    answer.json["outputs"].push_back(indices_json(found, names.outputs[i].name));
    answer.text += indices_text(found, names.outputs[i]);
    if (i < most_pictured_outputs) describe(found, names.outputs[i], answer);
  }
  return answer;
}

void Sobol::describe(const SobolIndices& found, const PlotLabel& output, Answer& answer) const {
  std::vector<Estimate> first;
  std::vector<Estimate> total;
  for (const SobolIndex& index : found.inputs) {
    first.push_back(index.first);
    total.push_back(index.total);
  }
  answer.pictures.push_back(
      bars_picture("sobol-" + file_word(output.name),
                   {.title = fmt::format("Where the variance of {} comes from", output.name),
                    .note = fmt::format("Sobol' indices of {} rows, {}; {:g} % intervals", found.rows,
                                        options_.estimates.estimator, 100.0 * options_.estimates.level),
                    .quantity = {.name = "share of the variance"},
                    .categories = groups_.names,
                    .series = {{.name = "first order", .estimates = plot_estimates(first)},
                               {.name = "total order", .estimates = plot_estimates(total)}}}));
}

std::vector<Watched> Sobol::watched(const Sample& sample, const SampleNames& names,
                                    std::uint64_t seed) const {
  std::vector<Watched> watched;
  for (std::size_t output = 0; output < names.outputs.size(); ++output) {
    const SobolIndices found = indices(sample, static_cast<Index>(output), seed);
    for (const bool total : {true, false}) {
      for (std::size_t i = 0; i < found.inputs.size(); ++i) {
        watched.push_back({total ? "total" : "first", names.outputs[output].name, groups_.names[i],
                           total ? found.inputs[i].total : found.inputs[i].first});
      }
    }
  }
  return watched;
}

void refuse_dependence(const Study& study, const std::string& path, Problems& problems) {
  if (study.dependence.empty()) return;
  problems.add(path,
               "Sobol' indices are for independent inputs: of inputs that depend on each other the "
               "variances do not add up, and no index is a share; leave \"dependence\" out, or ask for "
               "{\"kind\": \"correlation\"}");
}

std::shared_ptr<UncertaintyMethod> read_sobol(const Json& json, const std::string& path,
                                              const Study& study, Problems& problems) {
  const std::size_t before = problems.count();
  const auto options = read_together<SobolStudyOptions, SobolEstimateOptions>(
      json, path, {"kind", "groups", "until"}, problems);
  if (!options) return nullptr;
  auto [all, estimates] = *options;
  all.estimates = estimates;
  Groups groups = read_groups(json, path, study, problems);
  refuse_dependence(study, path, problems);
  auto until = read_until(json, path, {"first", "total"}, output_names(study), problems);
  if (problems.count() != before) return nullptr;
  auto method = std::make_shared<Sobol>(std::move(all), std::move(groups));
  if (until) method->stop(std::move(*until));
  return method;
}

}  // namespace

SensitivityEntry sobol_entry() {
  return {"sobol", "shares of the variance, by pick and freeze: first and total order, pairs, groups",
          joined(option_texts_without<SobolStudyOptions>({"seed"}),
                 option_texts_without<SobolEstimateOptions>({"seed"}), groups_option, until_option),
          read_sobol};
}

}  // namespace mystic::study
