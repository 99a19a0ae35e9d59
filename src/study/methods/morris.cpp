// {"sensitivity": {"kind": "morris", ...}}: which inputs matter at all, by few evaluations.

#include "mystic/uq/morris.hpp"

#include "mystic/plots/morris_plot.hpp"
#include "mystic/study/study.hpp"
#include "study/inputs_of.hpp"
#include "study/methods/extend_count.hpp"
#include "study/methods/groups.hpp"
#include "study/methods/own_keys.hpp"
#include "study/methods/read_uncertainty.hpp"
#include "study/methods/tables.hpp"
#include "study/methods/value_pictures.hpp"

namespace mystic::study {
namespace {

class Morris final : public UncertaintyMethod {
 public:
  Morris(MorrisStudyOptions options, Groups groups, Inputs inputs)
      : options_(std::move(options)), groups_(std::move(groups)), inputs_(std::move(inputs)) {
    options_.groups = groups_.of_input;
  }

  [[nodiscard]] std::string text() const override {
    return fmt::format("Morris, {} trajectories of {} evaluations, {} levels", options_.trajectories,
                       groups_.count() + 1, options_.levels);
  }
  [[nodiscard]] Points points(const Inputs& inputs, std::uint64_t seed) const override {
    return inputs.from_unit(plan(seed).points);
  }
  [[nodiscard]] Index blocks() const override { return options_.trajectories; }
  [[nodiscard]] Index block(Index) const override { return groups_.count() + 1; }
  [[nodiscard]] Json identity() const override;
  [[nodiscard]] bool grows() const override { return options_.candidates == 0; }
  void extend(Json& object, Index count) const override;
  [[nodiscard]] Answer answer(const Sample& sample, const SampleNames& names,
                              std::uint64_t seed) const override;
  [[nodiscard]] std::vector<Watched> watched(const Sample& sample, const SampleNames& names,
                                             std::uint64_t seed) const override;

 private:
  // Made once: to choose among candidates takes long.
  [[nodiscard]] const MorrisPlan& plan(std::uint64_t seed) const {
    if (plan_ && plan_->first == seed) return plan_->second;
    MorrisStudyOptions options = options_;
    options.seed = seed;
    return plan_.emplace(seed, morris_plan(inputs_, options)).second;
  }
  // The first trajectories of a plan.
  [[nodiscard]] static MorrisPlan shortened(const MorrisPlan& plan, Index points) {
    MorrisPlan first = plan;
    first.trajectories = points / (plan.groups + 1);
    first.points = plan.points.leftCols(points);
    first.steps.resize(static_cast<std::size_t>(first.trajectories * plan.groups));
    return first;
  }
  void describe(const std::vector<MorrisIndex>& found, const PlotLabel& output, Answer& answer) const;

  MorrisStudyOptions options_;
  Groups groups_;
  Inputs inputs_;
  mutable std::optional<std::pair<std::uint64_t, MorrisPlan>> plan_;  // by seed
};

Json Morris::identity() const {
  Json identity{{"kind", "morris"}, {"levels", options_.levels}, {"grid", options_.grid}};
  if (!options_.groups.empty()) identity["groups"] = options_.groups;
  if (options_.candidates > 0) {
    identity["candidates"] = options_.candidates;
    identity["trajectories"] = options_.trajectories;
  }
  return identity;
}

void Morris::extend(Json& object, Index count) const {
  if (options_.candidates > 0 && count != options_.trajectories) {
    throw BadInput(
        "extend: trajectories that were chosen for their spread all hang on how many there are: "
        "begin a new run, or leave \"candidates\" out");
  }
  extend_count(object, "trajectories",
               {.now = options_.trajectories, .wanted = count, .of = "trajectories"}, "");
}

Answer Morris::answer(const Sample& sample, const SampleNames& names, std::uint64_t seed) const {
  const MorrisPlan done = shortened(plan(seed), sample.count());
  Answer answer;
  answer.json["level"] = options_.level;
  answer.json["trajectories"] = done.trajectories;
  answer.json["outputs"] = Json::array();
  for (std::size_t output = 0; output < names.outputs.size(); ++output) {
    const auto found = morris_estimates(done, sample.output(static_cast<Index>(output)), options_.level);
    Json json{{"output", names.outputs[output].name}};
    json["inputs"] = Json::array();
    TextTable table({fmt::format("{}, changed by", to_text(names.outputs[output])), "mu*", "", "mu", "",
                     "sigma", "", "steps"});
    for (std::size_t i = 0; i < found.size(); ++i) {
      const MorrisIndex& index = found[i];
      json["inputs"].push_back({{"input", groups_.names[i]},
                                {"steps_ok", index.ok},
                                {"mu_star", estimate_json(index.mean_of_size)},
                                {"mu", estimate_json(index.mean)},
                                {"sigma", estimate_json(index.sd)}});
      const EstimateText size = estimate_text(index.mean_of_size);
      const EstimateText mean = estimate_text(index.mean);
      const EstimateText sd = estimate_text(index.sd);
      table.row({groups_.names[i], size.value, size.interval, mean.value, mean.interval, sd.value,
                 sd.interval, fmt::format("{} of {}", index.ok, done.trajectories)});
    }
    answer.json["outputs"].push_back(std::move(json));
    answer.text += "\n" + table.text();
    if (output < most_pictured_outputs) describe(found, names.outputs[output], answer);
  }
  answer.text += "  per width of an input's law: mu* how much it matters, sigma how unevenly\n";
  const std::vector<std::string> notes = morris_notes(done);
  answer.json["notes"] = notes;
  for (const std::string& note : notes) answer.text += fmt::format("  note: {}\n", note);
  return answer;
}

void Morris::describe(const std::vector<MorrisIndex>& found, const PlotLabel& output,
                      Answer& answer) const {
  std::vector<Estimate> sizes;
  std::vector<Estimate> sds;
  for (const MorrisIndex& index : found) {
    sizes.push_back(index.mean_of_size);
    sds.push_back(index.sd);
  }
  answer.pictures.push_back(
      {"morris-" + file_word(output.name),
       to_svg(MorrisPlot{.title = fmt::format("Elementary effects on {}", output.name),
                         .note = fmt::format("{:g} % intervals", 100.0 * options_.level),
                         .unit = output.unit,
                         .names = groups_.names,
                         .mean_of_size = plot_estimates(sizes),
                         .sd = plot_estimates(sds)})});
}

std::vector<Watched> Morris::watched(const Sample& sample, const SampleNames& names,
                                     std::uint64_t seed) const {
  const MorrisPlan done = shortened(plan(seed), sample.count());
  std::vector<Watched> watched;
  for (std::size_t output = 0; output < names.outputs.size(); ++output) {
    const auto found = morris_estimates(done, sample.output(static_cast<Index>(output)), options_.level);
    for (std::size_t i = 0; i < found.size(); ++i) {
      watched.push_back({"mu*", names.outputs[output].name, groups_.names[i], found[i].mean_of_size});
    }
  }
  return watched;
}

// Problems where no walk can be made: one without a choice is tried.
void refuse_grid(MorrisStudyOptions options, const Inputs& inputs, const std::string& path,
                 Problems& problems) {
  options.trajectories = 1;
  options.candidates = 0;
  try {
    static_cast<void>(morris_plan(inputs, options));
  } catch (const InvalidArgument& error) {
    problems.add(path, error.what());
  }
}

std::shared_ptr<UncertaintyMethod> read_morris(const Json& json, const std::string& path,
                                               const Study& study, Problems& problems) {
  const std::size_t before = problems.count();
  Json plain = json;
  plain.erase("groups");
  const auto options = read_together<MorrisStudyOptions>(plain, path, {"kind", "until"}, problems);
  if (!options) return nullptr;
  Groups groups = read_groups(json, path, study, problems);
  refuse_dependence(study, path, "a step of one input would move others", problems);
  auto until = read_until(json, path, {{"mu*"}, output_names(study), 10}, problems);
  if (problems.count() != before) return nullptr;
  Inputs inputs = inputs_of(study);
  refuse_grid(std::get<0>(*options), inputs, path, problems);
  if (problems.count() != before) return nullptr;
  auto method = std::make_shared<Morris>(std::get<0>(*options), std::move(groups), std::move(inputs));
  if (until) method->stop(std::move(*until));
  return method;
}

}  // namespace

SensitivityEntry morris_entry() {
  return {
      "morris", "elementary effects along random walks: a screening by few evaluations",
      joined(option_texts_without<MorrisStudyOptions>({"seed", "groups"}), groups_option, until_option),
      read_morris};
}

}  // namespace mystic::study
