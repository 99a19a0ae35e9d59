// {"sensitivity": {"kind": "correlation", ...}}: which inputs the outputs go with, by one sample.

#include "mystic/uq/correlation.hpp"

#include "mystic/plots/correlation_plot.hpp"
#include "mystic/study/study.hpp"
#include "mystic/uq/correlation_tables.hpp"
#include "study/methods/correlations_text.hpp"
#include "study/methods/own_keys.hpp"
#include "study/methods/read_uncertainty.hpp"
#include "study/methods/sampled.hpp"
#include "study/methods/tables.hpp"
#include "study/methods/value_pictures.hpp"

namespace mystic::study {
namespace {

struct CorrelationOptions {
  double level = 0.95;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("level", self.level, Range{.lower = 0, .upper = 1, .open_below = true, .open_above = true},
          "confidence of the intervals");
  }
};

class Correlation final : public SampledMethod {
 public:
  Correlation(Sampling sampling, double level) : SampledMethod(std::move(sampling)), level_(level) {}

  [[nodiscard]] std::string text() const override { return "correlations, " + sampling().text(); }
  [[nodiscard]] Answer answer(const Sample& sample, const SampleNames& names,
                              std::uint64_t seed) const override;
  [[nodiscard]] std::vector<Watched> watched(const Sample& sample, const SampleNames& names,
                                             std::uint64_t seed) const override;

 private:
  void describe(const InputCorrelations& found, const PlotLabel& output, const SampleNames& names,
                Answer& answer) const;

  double level_;
};

Json table_json(const CorrelationTable& table) {
  Json rows = Json::array();
  for (Index i = 0; i < table.value.rows(); ++i) {
    Json row = Json::array();
    for (Index j = 0; j < table.value.cols(); ++j) row.push_back(number_json(table.value(i, j)));
    rows.push_back(std::move(row));
  }
  return rows;
}

// Matrices of all inputs and outputs, from the evaluations of which every output succeeded.
void describe_tables(const CorrelationTables& tables, const std::vector<std::string>& names,
                     Answer& answer) {
  Json& json = answer.json["tables"];
  json["names"] = names;
  json["asked"] = tables.asked;
  json["ok"] = tables.ok;
  json["pearson"] = table_json(tables.pearson);
  json["spearman"] = table_json(tables.spearman);
  json["partial"] = table_json(tables.partial);
  json["rank_partial"] = table_json(tables.rank_partial);
  const auto picture = [&](const char* file, const char* measure, const CorrelationTable& table) {
    answer.pictures.push_back({file, to_svg(CorrelationPlot{.title = "What goes with what",
                                                            .note = fmt::format("{} of {} evaluations",
                                                                                tables.ok, tables.asked),
                                                            .measure = measure,
                                                            .rows = names,
                                                            .values = table.value})});
  };
  picture("pearson", "Pearson's r", tables.pearson);
  picture("spearman", "Spearman's ρ", tables.spearman);
}

Answer Correlation::answer(const Sample& sample, const SampleNames& names, std::uint64_t) const {
  Answer answer;
  answer.json["level"] = level_;
  answer.json["outputs"] = Json::array();
  for (std::size_t i = 0; i < names.outputs.size(); ++i) {
    const InputCorrelations found =
        input_correlations(sample.x, sample.output(static_cast<Index>(i)), level_);
    answer.json["outputs"].push_back({{"output", names.outputs[i].name},
                                      {"asked", found.asked},
                                      {"ok", found.ok},
                                      {"r_squared", number_json(found.r_squared)},
                                      {"rank_r_squared", number_json(found.rank_r_squared)},
                                      {"inputs", correlations_json(found, names)}});
    answer.text += fmt::format(
        "\n{}, {} of {} evaluations; a plane explains {:.3g} % of the variance, of ranks {:.3g} %\n",
        to_text(names.outputs[i]), found.ok, found.asked, 100.0 * found.r_squared,
        100.0 * found.rank_r_squared);
    answer.text += correlations_text(found, names, {"pearson", "src", "pcc"});
    answer.text += correlations_text(found, names, {"spearman", "srrc", "prcc"});
    if (i < most_pictured_outputs) describe(found, names.outputs[i], names, answer);
  }
  std::vector<std::string> all;
  for (const PlotLabel& label : names.inputs) all.push_back(label.name);
  for (const PlotLabel& label : names.outputs) all.push_back(label.name);
  Points table(sample.x.rows() + sample.outputs.rows(), sample.count());
  table.topRows(sample.x.rows()) = sample.x;
  table.bottomRows(sample.outputs.rows()) = sample.outputs;
  describe_tables(correlation_tables(table, sample.x.rows(), level_), all, answer);
  answer.pictures.push_back(scatter_picture("scatter", sample, names));
  return answer;
}

void Correlation::describe(const InputCorrelations& found, const PlotLabel& output,
                           const SampleNames& names, Answer& answer) const {
  IntervalBarsPlot plot{.title = fmt::format("What {} goes with", output.name),
                        .note = fmt::format("{} of {} evaluations; {:g} % intervals", found.ok,
                                            found.asked, 100.0 * level_),
                        .quantity = {.name = "coefficient"}};
  for (const PlotLabel& input : names.inputs) plot.categories.push_back(input.name);
  for (const std::string name : {"src", "srrc", "pcc", "prcc"}) {
    std::vector<Estimate> estimates;
    for (const InputCorrelation& input : found.inputs) estimates.push_back(coefficient(input, name));
    plot.series.push_back({.name = name, .estimates = plot_estimates(estimates)});
  }
  answer.pictures.push_back(bars_picture("correlation-" + file_word(output.name), std::move(plot)));
}

std::vector<Watched> Correlation::watched(const Sample& sample, const SampleNames& names,
                                          std::uint64_t) const {
  std::vector<Watched> watched;
  for (std::size_t output = 0; output < names.outputs.size(); ++output) {
    const InputCorrelations found =
        input_correlations(sample.x, sample.output(static_cast<Index>(output)), level_);
    for (const char* const what : {"src", "srrc"}) {
      for (std::size_t i = 0; i < found.inputs.size(); ++i) {
        watched.push_back({what, names.outputs[output].name, names.inputs[i].name,
                           coefficient(found.inputs[i], what)});
      }
    }
  }
  return watched;
}

std::shared_ptr<UncertaintyMethod> read_correlation(const Json& json, const std::string& path,
                                                    const Study& study, Problems& problems) {
  const std::size_t before = problems.count();
  const auto options =
      read_together<SampleCount, CorrelationOptions>(json, path, {"kind", "design", "until"}, problems);
  if (!options) return nullptr;
  const auto& [count, correlation] = *options;
  auto sampling = read_sampling(json, path, count, study, problems);
  const auto least = static_cast<Index>(study.variables.size()) + 3;
  if (sampling && sampling->total() < least) {
    problems.add(joined_path(path, "samples"),
                 fmt::format("is {}; coefficients of {} inputs need at least {}", sampling->total(),
                             study.variables.size(), least));
  }
  auto until = read_until(json, path, {{"src", "srrc"}, output_names(study), 100}, problems);
  if (problems.count() != before) return nullptr;
  auto method = std::make_shared<Correlation>(std::move(*sampling), correlation.level);
  if (until) method->stop(std::move(*until));
  return method;
}

}  // namespace

SensitivityEntry correlation_entry() {
  return {"correlation", "Pearson, Spearman, SRC, SRRC, PCC, PRCC of one sample",
          joined(samples_option(), design_option, option_texts<CorrelationOptions>(), until_option),
          read_correlation};
}

}  // namespace mystic::study
