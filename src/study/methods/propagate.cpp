// {"propagate": {...}}: how uncertain the outputs are.

#include "mystic/uq/propagate.hpp"

#include "mystic/study/study.hpp"
#include "mystic/uq/correlation.hpp"
#include "study/methods/correlations_text.hpp"
#include "study/methods/read_uncertainty.hpp"
#include "study/methods/sampled.hpp"
#include "study/methods/tables.hpp"
#include "study/methods/thresholds.hpp"
#include "study/methods/value_pictures.hpp"

namespace mystic::study {
namespace {

class Propagate final : public SampledMethod {
 public:
  Propagate(Sampling sampling, StatisticsOptions statistics, Thresholds thresholds)
      : SampledMethod(std::move(sampling)), statistics_(std::move(statistics)),
        thresholds_(std::move(thresholds)) {}

  [[nodiscard]] std::string text() const override { return "propagate, " + sampling().text(); }
  [[nodiscard]] Answer answer(const Sample& sample, const SampleNames& names,
                              std::uint64_t seed) const override;
  [[nodiscard]] std::vector<Watched> watched(const Sample& sample, const SampleNames& names,
                                             std::uint64_t seed) const override;

 private:
  StatisticsOptions statistics_;
  Thresholds thresholds_;
};

Json statistics_json(const OutputStatistics& statistics) {
  Json json;
  json["output"] = statistics.output;
  json["asked"] = statistics.moments.asked;
  json["ok"] = statistics.moments.ok;
  json["mean"] = estimate_json(statistics.moments.mean);
  json["sd"] = estimate_json(statistics.moments.sd);
  json["skewness"] = estimate_json(statistics.moments.skewness);
  json["excess_kurtosis"] = estimate_json(statistics.moments.excess_kurtosis);
  json["least"] = number_json(statistics.least);
  json["most"] = number_json(statistics.most);
  json["quantiles"] = Json::array();
  for (const QuantileEstimate& quantile : statistics.quantiles) {
    Json row = estimate_json(quantile.estimate);
    row["probability"] = quantile.probability;
    json["quantiles"].push_back(std::move(row));
  }
  return json;
}

std::string statistics_text(const OutputStatistics& statistics, const PlotLabel& label, double level) {
  TextTable table({fmt::format("{}, {} of {} evaluations", to_text(label), statistics.moments.ok,
                               statistics.moments.asked),
                   "estimate", fmt::format("{:g} % interval", 100.0 * level)});
  const auto row = [&table](std::string name, const Estimate& estimate) {
    const EstimateText text = estimate_text(estimate);
    table.row({std::move(name), text.value, text.interval});
  };
  row("mean", statistics.moments.mean);
  row("standard deviation", statistics.moments.sd);
  row("skewness", statistics.moments.skewness);
  row("excess kurtosis", statistics.moments.excess_kurtosis);
  table.row({"least", number_text(statistics.least)});
  for (const QuantileEstimate& quantile : statistics.quantiles)
    row(fmt::format("quantile {}", quantile.probability), quantile.estimate);
  table.row({"most", number_text(statistics.most)});
  return table.text();
}

Answer Propagate::answer(const Sample& sample, const SampleNames& names, std::uint64_t) const {
  Answer answer;
  answer.json["level"] = statistics_.level;
  answer.json["outputs"] = Json::array();
  for (std::size_t i = 0; i < names.outputs.size(); ++i) {
    const PlotLabel& label = names.outputs[i];
    const Vector values = sample.output(static_cast<Index>(i));
    const OutputStatistics statistics = output_statistics(label.name, values, statistics_);
    const SortedSample sorted(values);
    Json json = statistics_json(statistics);
    answer.text += "\n" + statistics_text(statistics, label, statistics_.level);
    std::vector<PlotMarker> markers{{statistics.moments.mean.value, "mean"}};
    for (const QuantileEstimate& quantile : statistics.quantiles)
      markers.push_back({quantile.estimate.value, fmt::format("q {}", quantile.probability)});
    thresholds_.describe(label.name, sorted, statistics_.level, json, answer.text, markers);
    const InputCorrelations correlations = input_correlations(sample.x, values, statistics_.level);
    json["inputs"] = correlations_json(correlations, names);
    answer.text += correlations_text(correlations, names, {"pearson", "spearman"});
    answer.json["outputs"].push_back(std::move(json));
    if (i < most_pictured_outputs) {
      answer.pictures.push_back(histogram_picture(label, values, statistics_.level, std::move(markers)));
    }
  }
  answer.pictures.push_back(scatter_picture("scatter", sample, names));
  return answer;
}

std::vector<Watched> Propagate::watched(const Sample& sample, const SampleNames& names,
                                        std::uint64_t) const {
  std::vector<Watched> watched;
  for (std::size_t i = 0; i < names.outputs.size(); ++i) {
    const std::string& output = names.outputs[i].name;
    const Vector values = sample.output(static_cast<Index>(i));
    Moments moments;
    moments.add(values);
    watched.push_back({"mean", output, "", moments.mean_within(statistics_.level)});
    watched.push_back({"sd", output, "", moments.sd_within(statistics_.level)});
    const SortedSample sorted(values);
    for (const double probability : statistics_.quantiles) {
      watched.push_back({fmt::format("quantile {}", probability), output, "",
                         quantile_within(sorted, probability, statistics_.level)});
    }
    thresholds_.watch(output, sorted, statistics_.level, watched);
  }
  return watched;
}

}  // namespace

std::shared_ptr<UncertaintyMethod> read_propagate(const Json& json, const std::string& path,
                                                  const Study& study, Problems& problems) {
  const std::size_t before = problems.count();
  const auto options = read_together<SampleCount, StatisticsOptions>(
      json, path, {"design", "exceed", "wilks", "until"}, problems);
  if (!options) return nullptr;
  const auto& [count, statistics] = *options;
  auto sampling = read_sampling(json, path, count, study, problems);
  auto thresholds = read_thresholds(json, path, study, problems);
  if (sampling) thresholds.check_size(sampling->total(), path, problems);
  std::vector<std::string> kinds{"mean", "sd"};
  for (const double probability : statistics.quantiles)
    kinds.push_back(fmt::format("quantile {}", probability));
  thresholds.add_kinds(kinds);
  auto until = read_until(json, path, {kinds, output_names(study), 100}, problems);
  if (problems.count() != before) return nullptr;
  auto method = std::make_shared<Propagate>(std::move(*sampling), statistics, std::move(thresholds));
  if (until) method->stop(std::move(*until));
  return method;
}

}  // namespace mystic::study
