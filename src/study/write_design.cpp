#include "study/write_design.hpp"

#include "study/methods/uncertainty_report.hpp"
#include "study/methods/collector.hpp"
#include "study/run_directory.hpp"
#include "study/session.hpp"

#include <ostream>

namespace mystic::study {

ExitCode write_design(const Study& study, const StudyHost& host, const RunRequest& request) {
  if (!host.speaks) return ExitCode::done;
  const std::uint64_t seed = request.seed.value_or(study.seed);
  const Points points = planned_points(study, seed);
  const Points no_outputs(0, points.cols());
  const Answer answer = answer_of(study, {points, no_outputs}, {sample_names(study).inputs, {}}, seed);
  const RunDirectory directory = make_run_directory(
      request.out ? &*request.out : nullptr, study.name, host.supervisor,
      [&](const RunDirectory& draft) {
        replace_file(draft.study(), study.text);
        replace_file(draft.design(),
                     design_csv(study, points, study.uncertainty->weights(points.rows(), seed)));
        write_pictures(draft, answer);
        Json json{{"study", study.name}, {"method", study.method_text}};
        for (const auto& [key, value] : answer.json.items()) json[key] = value;
        json["seed"] = seed;
        replace_file(draft.result(), json.dump(2) + "\n");
      });
  if (host.out == nullptr) return ExitCode::done;
  *host.out << fmt::format("Study {}: {}; seed {}\n", study.name, study.method_text, seed) << answer.text
            << fmt::format("\nResults          {}: design.csv, result.json, pictures/\n",
                           directory.path.string())
            << std::flush;
  return ExitCode::done;
}

}  // namespace mystic::study
