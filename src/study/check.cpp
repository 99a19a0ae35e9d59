#include "mystic/study/study.hpp"
#include "study/methods/uncertainty_report.hpp"
#include "study/read_uncertain.hpp"
#include "study/session.hpp"
#include "study/study_file.hpp"

#include <ostream>

namespace mystic {

void check_study(const std::filesystem::path& file, const StudyHost& host) {
  const study::Study study = study::read_study(file, file.parent_path(), host.environment);
  // What laws say of the points of a design they say when these are made; many take long.
  if (study.uncertainty && study::evaluations_of(study) <= 1e6) {
    static_cast<void>(study::planned_points(study, study.seed));
  }
  if (host.out == nullptr) return;
  *host.out << fmt::format("{}: nothing wrong found without evaluating\n", file.string());
  *host.out << fmt::format(
      "  study {}: {} variables, outputs {}, {} requirements, {}, seed {}, map {}\n", study.name,
      study.variables.size(), fmt::join(study::output_names(study), ", "), study.requirements.size(),
      study.method_text, study.seed, study::to_string(study.map));
  if (!study.uncertainty) return;
  *host.out << fmt::format("  {:.0f} evaluations\n", study::evaluations_of(study))
            << study::inputs_text(study);
}

}  // namespace mystic
