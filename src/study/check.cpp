#include "mystic/study/study.hpp"
#include "study/study_file.hpp"

#include <ostream>

namespace mystic {

void check_study(const std::filesystem::path& file, const StudyHost& host) {
  const study::Study study = study::read_study(file, file.parent_path(), host.environment);
  if (host.out == nullptr) return;
  *host.out << fmt::format("{}: nothing wrong found without evaluating\n", file.string());
  *host.out << fmt::format(
      "  study {}: {} variables, outputs {}, {} requirements, {}, seed {}, map {}\n", study.name,
      study.variables.size(), fmt::join(study::output_names(study), ", "), study.requirements.size(),
      study.method_text, study.seed, study::to_string(study.map));
}

}  // namespace mystic
