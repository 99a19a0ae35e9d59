// {"sensitivity": {"kind": "efast", ...}}: shares of the variance from spectra along curves.

#include "mystic/uq/efast.hpp"

#include "mystic/study/study.hpp"
#include "study/methods/extend_count.hpp"
#include "study/methods/own_keys.hpp"
#include "study/methods/read_uncertainty.hpp"
#include "study/methods/shares.hpp"

namespace mystic::study {
namespace {

class Efast final : public UncertaintyMethod {
 public:
  Efast(EfastOptions options, Index inputs) : options_(std::move(options)), inputs_(inputs) {}

  [[nodiscard]] std::string text() const override {
    return fmt::format("extended FAST, {} curves of {} evaluations for each input", options_.curves,
                       options_.samples);
  }
  [[nodiscard]] Points points(const Inputs& inputs, std::uint64_t seed) const override {
    return inputs.from_unit(plan(seed).points);
  }
  [[nodiscard]] Index blocks() const override { return options_.curves; }
  // A curve of each input.
  [[nodiscard]] Index block(Index inputs) const override { return inputs * options_.samples; }
  [[nodiscard]] Json identity() const override {
    return {{"kind", "efast"}, {"samples", options_.samples}, {"harmonics", options_.harmonics}};
  }
  void extend(Json& object, Index count) const override {
    extend_count(object, "curves", {.now = options_.curves, .wanted = count, .of = "curves"}, "");
  }
  [[nodiscard]] Answer answer(const Sample& sample, const SampleNames& names,
                              std::uint64_t seed) const override;
  [[nodiscard]] std::vector<Watched> watched(const Sample& sample, const SampleNames& names,
                                             std::uint64_t seed) const override;

 private:
  // Made once: curves are long.
  [[nodiscard]] const EfastPlan& plan(std::uint64_t seed) const {
    if (plan_ && plan_->first == seed) return plan_->second;
    EfastOptions options = options_;
    options.seed = seed;
    return plan_.emplace(seed, efast_plan(inputs_, options)).second;
  }
  [[nodiscard]] std::vector<Share> shares(const Sample& sample, Index output, const SampleNames& names,
                                          std::uint64_t seed) const;

  EfastOptions options_;
  Index inputs_;
  mutable std::optional<std::pair<std::uint64_t, EfastPlan>> plan_;  // by seed
};

std::vector<Share> Efast::shares(const Sample& sample, Index output, const SampleNames& names,
                                 std::uint64_t seed) const {
  const auto found = efast_estimates(plan(seed), sample.output(output), options_.level);
  std::vector<Share> shares;
  for (std::size_t i = 0; i < found.size(); ++i)
    shares.push_back({names.inputs[i].name, found[i].ok, found[i].first, found[i].total});
  return shares;
}

Answer Efast::answer(const Sample& sample, const SampleNames& names, std::uint64_t seed) const {
  Answer answer;
  answer.json["level"] = options_.level;
  answer.json["curves"] = sample.count() / block(inputs_);
  answer.json["outputs"] = Json::array();
  for (std::size_t i = 0; i < names.outputs.size(); ++i) {
    answer.json["outputs"].push_back(describe_shares(
        shares(sample, static_cast<Index>(i), names, seed), names.outputs[i],
        {.kind = "efast",
         .note = fmt::format("extended FAST, {} curves of {} points; {:g} % intervals",
                             sample.count() / block(inputs_), options_.samples, 100.0 * options_.level),
         .count = "points",
         .asked = sample.count() / inputs_},
        answer));
  }
  const std::vector<std::string> notes = efast_notes(plan(seed));
  answer.json["notes"] = notes;
  for (const std::string& note : notes) answer.text += fmt::format("  note: {}\n", note);
  return answer;
}

std::vector<Watched> Efast::watched(const Sample& sample, const SampleNames& names,
                                    std::uint64_t seed) const {
  std::vector<Watched> watched;
  for (std::size_t i = 0; i < names.outputs.size(); ++i) {
    watch_shares(shares(sample, static_cast<Index>(i), names, seed), names.outputs[i].name, watched);
  }
  return watched;
}

std::shared_ptr<UncertaintyMethod> read_efast(const Json& json, const std::string& path,
                                              const Study& study, Problems& problems) {
  const std::size_t before = problems.count();
  const auto options = read_together<EfastOptions>(json, path, {"kind", "until"}, problems);
  if (!options) return nullptr;
  refuse_dependence(study, path, "along a curve each input goes its own way", problems);
  auto until = read_until(json, path, {{"first", "total"}, output_names(study), 4}, problems);
  if (problems.count() != before) return nullptr;
  auto method =
      std::make_shared<Efast>(std::get<0>(*options), static_cast<Index>(study.variables.size()));
  if (until) method->stop(std::move(*until));
  return method;
}

}  // namespace

SensitivityEntry efast_entry() {
  return {"efast", "shares of the variance by extended FAST: first and total order, for smooth outputs",
          joined(option_texts_without<EfastOptions>({"seed"}), until_option), read_efast};
}

}  // namespace mystic::study
