// {"sensitivity": {"kind": "dgsm", ...}}: how steep the output is, and what total indices can be at
// most.

#include "mystic/uq/dgsm.hpp"

#include "mystic/study/study.hpp"
#include "study/inputs_of.hpp"
#include "study/methods/extend_count.hpp"
#include "study/methods/own_keys.hpp"
#include "study/methods/read_uncertainty.hpp"
#include "study/methods/tables.hpp"
#include "study/methods/value_pictures.hpp"

namespace mystic::study {
namespace {

class Dgsm final : public UncertaintyMethod {
 public:
  explicit Dgsm(DgsmOptions options) : options_(std::move(options)) {}

  [[nodiscard]] std::string text() const override {
    return fmt::format("derivative-based measures, {} rows of {}", options_.samples, options_.design);
  }
  [[nodiscard]] Points points(const Inputs& inputs, std::uint64_t seed) const override {
    return inputs.from_unit(plan(inputs.dimension(), seed).points);
  }
  [[nodiscard]] Index blocks() const override { return options_.samples; }
  [[nodiscard]] Index block(Index inputs) const override { return inputs + 1; }
  [[nodiscard]] Json identity() const override {
    Json identity{{"kind", "dgsm"}, {"design", options_.design}, {"step", options_.step}};
    if (options_.design == "latin-hypercube") identity["samples"] = options_.samples;
    return identity;
  }
  [[nodiscard]] bool grows() const override { return options_.design != "latin-hypercube"; }
  void extend(Json& object, Index count) const override {
    extend_count(object, "samples", {.now = options_.samples, .wanted = count, .of = "rows"},
                 options_.design);
  }
  [[nodiscard]] Answer answer(const Sample& sample, const SampleNames& names,
                              std::uint64_t seed) const override;
  [[nodiscard]] std::vector<Watched> watched(const Sample& sample, const SampleNames& names,
                                             std::uint64_t seed) const override;

 private:
  [[nodiscard]] const DgsmPlan& plan(Index inputs, std::uint64_t seed) const {
    if (plan_ && plan_->first == seed) return plan_->second;
    DgsmOptions options = options_;
    options.seed = seed;
    return plan_.emplace(seed, dgsm_plan(inputs, options)).second;
  }

  DgsmOptions options_;
  mutable std::optional<std::pair<std::uint64_t, DgsmPlan>> plan_;  // by seed
};

Answer Dgsm::answer(const Sample& sample, const SampleNames& names, std::uint64_t seed) const {
  const DgsmPlan& all = plan(sample.x.rows(), seed);
  Answer answer;
  answer.json["level"] = options_.level;
  answer.json["rows"] = sample.count() / all.width();
  answer.json["outputs"] = Json::array();
  for (std::size_t output = 0; output < names.outputs.size(); ++output) {
    const PlotLabel& label = names.outputs[output];
    const auto found =
        dgsm_estimates(all, sample.x, sample.output(static_cast<Index>(output)), options_.level);
    Json json{{"output", label.name}};
    json["inputs"] = Json::array();
    TextTable table({label.name + ", total order at most", "if uniform", "", "if normal", "",
                     "mean square slope", "", "rows"});
    std::vector<Estimate> smaller;
    IntervalBarsPlot plot{.title = fmt::format("What total indices for {} are at most", label.name),
                          .note = fmt::format("from derivatives, {} rows; {:g} % intervals",
                                              sample.count() / all.width(), 100.0 * options_.level),
                          .quantity = {.name = "bound of the total index"},
                          .categories = {},
                          .series = {}};
    for (std::size_t i = 0; i < found.size(); ++i) {
      const DgsmIndex& index = found[i];
      const std::string& input = names.inputs[i].name;
      json["inputs"].push_back({{"input", input},
                                {"rows_ok", index.ok},
                                {"mean_square", estimate_json(index.mean_square)},
                                {"uniform_bound", estimate_json(index.uniform_bound)},
                                {"normal_bound", estimate_json(index.normal_bound)}});
      const EstimateText first = estimate_text(index.uniform_bound);
      const EstimateText second = estimate_text(index.normal_bound);
      const EstimateText slope = estimate_text(index.mean_square);
      table.row({input, first.value, first.interval, second.value, second.interval, slope.value,
                 slope.interval, fmt::format("{} of {}", index.ok, sample.count() / all.width())});
      plot.categories.push_back(input);
      smaller.push_back(index.normal_bound.value < index.uniform_bound.value ? index.normal_bound
                                                                             : index.uniform_bound);
    }
    plot.series = {{.name = "the smaller bound", .estimates = plot_estimates(smaller)}};
    answer.json["outputs"].push_back(std::move(json));
    answer.text += "\n" + table.text();
    if (output < most_pictured_outputs)
      answer.pictures.push_back(bars_picture("dgsm-" + file_word(label.name), std::move(plot)));
  }
  answer.text +=
      "  of the two bounds the smaller is the better; an input with a small one does not matter\n";
  return answer;
}

std::vector<Watched> Dgsm::watched(const Sample& sample, const SampleNames& names,
                                   std::uint64_t seed) const {
  std::vector<Watched> watched;
  for (std::size_t output = 0; output < names.outputs.size(); ++output) {
    const auto found = dgsm_estimates(plan(sample.x.rows(), seed), sample.x,
                                      sample.output(static_cast<Index>(output)), options_.level);
    for (std::size_t i = 0; i < found.size(); ++i) {
      watched.push_back(
          {"slope", names.outputs[output].name, names.inputs[i].name, found[i].mean_square});
    }
  }
  return watched;
}

std::shared_ptr<UncertaintyMethod> read_dgsm(const Json& json, const std::string& path,
                                             const Study& study, Problems& problems) {
  const std::size_t before = problems.count();
  const auto options = read_together<DgsmOptions>(json, path, {"kind", "until"}, problems);
  if (!options) return nullptr;
  refuse_dependence(study, path, "a step of one input would move others", problems);
  const auto inputs = inputs_of(study);
  for (std::size_t i = 0; i < study.variables.size(); ++i) {
    if (!inputs.laws()[i].is_discrete()) continue;
    problems.add(fmt::format("variables[{}]", i),
                 fmt::format("'{}' is discrete ({}): it has no derivative", study.variables[i].name,
                             inputs.laws()[i].text()));
  }
  auto until = read_until(json, path, {{"slope"}, output_names(study), 64}, problems);
  if (problems.count() != before) return nullptr;
  auto method = std::make_shared<Dgsm>(std::get<0>(*options));
  if (until) method->stop(std::move(*until));
  return method;
}

}  // namespace

SensitivityEntry dgsm_entry() {
  return {"dgsm", "mean squares of derivatives, and what total indices are at most",
          joined(option_texts_without<DgsmOptions>({"seed"}), until_option), read_dgsm};
}

}  // namespace mystic::study
