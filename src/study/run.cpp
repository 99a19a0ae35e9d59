#include "mystic/study/study.hpp"
#include "study/read_policy.hpp"
#include "study/session.hpp"
#include "study/write_design.hpp"

namespace mystic {

using namespace study;

ExitCode run_study(const RunRequest& request, const StudyHost& host) {
  const Study study = read_study(request.study, request.study.parent_path(), host.environment);
  if (study.uncertainty && !study.uncertainty->evaluates()) return write_design(study, host, request);
  return begin_session(study, host, request,
                       fmt::format("{} run {}", host.program, request.study.string()));
}

ExitCode resume_study(const std::filesystem::path& directory, const std::optional<std::string>& map,
                      const StudyHost& host) {
  return continue_session(directory, map, host);
}

ExitCode rerun_study(const std::filesystem::path& directory, const std::vector<std::string>& kinds,
                     const std::optional<std::string>& map, const StudyHost& host) {
  return continue_session(directory, map, host, read_failure_kinds(kinds));
}

}  // namespace mystic
