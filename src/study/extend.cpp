#include "mystic/archive/read_journal.hpp"
#include "mystic/study/study.hpp"
#include "study/identity.hpp"
#include "study/methods/method.hpp"
#include "study/run_directory.hpp"
#include "study/session.hpp"

namespace mystic {

using namespace study;

ExitCode extend_study(const ExtendRequest& request, const StudyHost& host) {
  const RunDirectory directory = find_run_directory(request.directory);
  JournalVisitor nobody;
  const std::string identity = read_journal(directory.journal(), nobody).identity;
  const Study study = read_study(directory.study(), directory_in(identity), host.environment);
  if (!study.uncertainty) {
    throw BadInput(
        fmt::format("extend: {} has no \"method\": a search goes on with `resume`, when its "
                    "limits have been raised",
                    directory.study().string()));
  }
  Json json = study.json;
  study.uncertainty->extend(json["method"].begin().value(), request.samples);
  if (host.speaks && json != study.json) replace_file(directory.study(), json.dump(2) + "\n");
  return continue_session(request.directory, request.map, host);
}

}  // namespace mystic
