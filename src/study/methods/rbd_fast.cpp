// {"sensitivity": {"kind": "rbd-fast", ...}}: first-order shares from one sample, whatever the inputs.

#include "mystic/uq/rbd_fast.hpp"

#include "mystic/study/study.hpp"
#include "study/methods/read_uncertainty.hpp"
#include "study/methods/sampled.hpp"
#include "study/methods/shares.hpp"

namespace mystic::study {
namespace {

class RbdFast final : public SampledMethod {
 public:
  RbdFast(Sampling sampling, RbdFastOptions options)
      : SampledMethod(std::move(sampling)), options_(options) {}

  [[nodiscard]] std::string text() const override { return "RBD-FAST, " + sampling().text(); }
  [[nodiscard]] Answer answer(const Sample& sample, const SampleNames& names,
                              std::uint64_t seed) const override;
  [[nodiscard]] std::vector<Watched> watched(const Sample& sample, const SampleNames& names,
                                             std::uint64_t seed) const override;

 private:
  [[nodiscard]] std::vector<Share> shares(const Sample& sample, Index output,
                                          const SampleNames& names) const {
    std::vector<Share> shares;
    // A prefix of a run may be too short for the harmonics.
    if (sample.count() <= 4 * options_.harmonics) {
      for (const PlotLabel& input : names.inputs) shares.push_back({input.name, 0, {}, {}});
      return shares;
    }
    const auto found = rbd_fast(sample.x, sample.output(output), options_);
    for (std::size_t i = 0; i < found.size(); ++i)
      shares.push_back({names.inputs[i].name, found[i].ok, found[i].first, {}});
    return shares;
  }

  RbdFastOptions options_;
};

Answer RbdFast::answer(const Sample& sample, const SampleNames& names, std::uint64_t) const {
  Answer answer;
  answer.json["level"] = options_.level;
  answer.json["outputs"] = Json::array();
  for (std::size_t i = 0; i < names.outputs.size(); ++i) {
    answer.json["outputs"].push_back(
        describe_shares(shares(sample, static_cast<Index>(i), names), names.outputs[i],
                        {.kind = "rbd-fast",
                         .note = fmt::format("RBD-FAST, {} points; {:g} % intervals", sample.count(),
                                             100.0 * options_.level),
                         .count = "points",
                         .asked = sample.count()},
                        answer));
  }
  return answer;
}

std::vector<Watched> RbdFast::watched(const Sample& sample, const SampleNames& names,
                                      std::uint64_t) const {
  std::vector<Watched> watched;
  for (std::size_t i = 0; i < names.outputs.size(); ++i) {
    watch_shares(shares(sample, static_cast<Index>(i), names), names.outputs[i].name, watched);
  }
  return watched;
}

std::shared_ptr<UncertaintyMethod> read_rbd_fast(const Json& json, const std::string& path,
                                                 const Study& study, Problems& problems) {
  const std::size_t before = problems.count();
  const auto options =
      read_together<SampleCount, RbdFastOptions>(json, path, {"kind", "design", "until"}, problems);
  if (!options) return nullptr;
  const auto& [count, estimates] = *options;
  auto sampling = read_sampling(json, path, count, study, problems);
  if (sampling && sampling->total() <= 4 * estimates.harmonics) {
    problems.add(joined_path(path, "samples"),
                 fmt::format("is {}; {} harmonics need more than {}", sampling->total(),
                             estimates.harmonics, 4 * estimates.harmonics));
  }
  auto until = read_until(json, path, {{"first"}, output_names(study), 100}, problems);
  if (problems.count() != before) return nullptr;
  auto method = std::make_shared<RbdFast>(std::move(*sampling), estimates);
  if (until) method->stop(std::move(*until));
  return method;
}

}  // namespace

SensitivityEntry rbd_fast_entry() {
  return {"rbd-fast", "first-order shares of the variance from one sample, or from a table",
          joined(samples_option(), design_option, option_texts<RbdFastOptions>(), until_option),
          read_rbd_fast};
}

}  // namespace mystic::study
