// {"sensitivity": {"kind": "sobol", ...}}: which share of the variance comes from which input.

#include "mystic/uq/sobol_indices.hpp"

#include "mystic/study/study.hpp"
#include "study/methods/extend_count.hpp"
#include "study/methods/groups.hpp"
#include "study/methods/own_keys.hpp"
#include "study/methods/read_uncertainty.hpp"
#include "study/methods/shares.hpp"
#include "study/methods/tables.hpp"

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
  [[nodiscard]] Index blocks() const override { return options_.samples; }
  [[nodiscard]] Index block(Index) const override { return shape(0).width(); }
  [[nodiscard]] Json identity() const override;
  [[nodiscard]] bool grows() const override { return options_.design != "latin-hypercube"; }
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
  [[nodiscard]] SobolIndices indices(const Sample& sample, Index output, std::uint64_t seed) const;
  [[nodiscard]] std::vector<Share> shares(const SobolIndices& found) const;
  [[nodiscard]] Json pairs_json(const SobolIndices& found) const;
  [[nodiscard]] std::string pairs_text(const SobolIndices& found) const;

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
  extend_count(object, "samples", {.now = options_.samples, .wanted = count, .of = "rows"},
               options_.design);
}

SobolIndices Sobol::indices(const Sample& sample, Index output, std::uint64_t seed) const {
  SobolEstimateOptions estimates = options_.estimates;
  estimates.seed = seed;
  const PickFreeze plan = shape(sample.count() / shape(0).width());
  return sobol_estimates(blocks_of(plan, sample.output(output)), estimates);
}

std::vector<Share> Sobol::shares(const SobolIndices& found) const {
  std::vector<Share> shares;
  for (std::size_t i = 0; i < found.inputs.size(); ++i) {
    const SobolIndex& index = found.inputs[i];
    shares.push_back({groups_.names[i], index.ok, index.first, index.total});
  }
  return shares;
}

Json Sobol::pairs_json(const SobolIndices& found) const {
  Json json = Json::array();
  for (const SobolPair& pair : found.pairs) {
    Json row;
    row["inputs"] = {groups_.names[static_cast<std::size_t>(pair.left)],
                     groups_.names[static_cast<std::size_t>(pair.right)]};
    row["rows_ok"] = pair.ok;
    row["second"] = estimate_json(pair.second);
    json.push_back(std::move(row));
  }
  return json;
}

std::string Sobol::pairs_text(const SobolIndices& found) const {
  TextTable table({"two together", "second order", "", "rows"});
  for (const SobolPair& pair : found.pairs) {
    const EstimateText second = estimate_text(pair.second);
    table.row({fmt::format("{}, {}", groups_.names[static_cast<std::size_t>(pair.left)],
                           groups_.names[static_cast<std::size_t>(pair.right)]),
               second.value, second.interval, fmt::format("{} of {}", pair.ok, found.rows)});
  }
  return table.text();
}

Answer Sobol::answer(const Sample& sample, const SampleNames& names, std::uint64_t seed) const {
  const SobolEstimateOptions& estimates = options_.estimates;
  Answer answer;
  answer.json["estimator"] = estimates.estimator;
  answer.json["level"] = estimates.level;
  answer.json["outputs"] = Json::array();
  for (std::size_t i = 0; i < names.outputs.size(); ++i) {
    const SobolIndices found = indices(sample, static_cast<Index>(i), seed);
    Json json =
        describe_shares(shares(found), names.outputs[i],
                        {.kind = "sobol",
                         .note = fmt::format("Sobol' indices of {} rows, {}; {:g} % intervals",
                                             found.rows, estimates.estimator, 100.0 * estimates.level),
                         .count = "rows",
                         .asked = found.rows},
                        answer);
    if (!found.pairs.empty()) {
      json["pairs"] = pairs_json(found);
      answer.text += pairs_text(found);
    }
    answer.json["outputs"].push_back(std::move(json));
  }
  return answer;
}

std::vector<Watched> Sobol::watched(const Sample& sample, const SampleNames& names,
                                    std::uint64_t seed) const {
  std::vector<Watched> watched;
  for (std::size_t output = 0; output < names.outputs.size(); ++output) {
    watch_shares(shares(indices(sample, static_cast<Index>(output), seed)), names.outputs[output].name,
                 watched);
  }
  return watched;
}

std::shared_ptr<UncertaintyMethod> read_sobol(const Json& json, const std::string& path,
                                              const Study& study, Problems& problems) {
  const std::size_t before = problems.count();
  // Of the library only: a study has its points.
  if (json.contains("keep_points")) problems.add(joined_path(path, "keep_points"), "unknown key");
  const auto options = read_together<SobolStudyOptions, SobolEstimateOptions>(
      json, path, {"kind", "groups", "until"}, problems);
  if (!options) return nullptr;
  auto [all, estimates] = *options;
  all.estimates = estimates;
  Groups groups = read_groups(json, path, study, problems);
  refuse_dependence(study, path,
                    "of inputs that depend on each other the variances do not add up, and no index is a "
                    "share of the whole",
                    problems);
  auto until = read_until(json, path, {{"first", "total"}, output_names(study), 64}, problems);
  if (problems.count() != before) return nullptr;
  auto method = std::make_shared<Sobol>(std::move(all), std::move(groups));
  if (until) method->stop(std::move(*until));
  return method;
}

}  // namespace

SensitivityEntry sobol_entry() {
  return {"sobol", "shares of the variance, by pick and freeze: first and total order, pairs, groups",
          joined(option_texts_without<SobolStudyOptions>({"seed", "keep_points"}),
                 option_texts_without<SobolEstimateOptions>({"seed"}), groups_option, until_option),
          read_sobol};
}

}  // namespace mystic::study
