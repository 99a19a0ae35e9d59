#include "mystic/archive/read_journal.hpp"
#include "mystic/study/study.hpp"
#include "study/identity.hpp"
#include "study/read_policy.hpp"
#include "study/run_directory.hpp"

#include <algorithm>
#include <map>
#include <ostream>

namespace mystic {
namespace study {
namespace {

// The outcomes of a run as they count now: a later one of the same name replaces an earlier.
class Outcomes final : public JournalVisitor {
 public:
  void outcome(const JournalledOutcome& entry) override { latest_[entry.id] = entry; }
  void rerun(const JournalledRerun& rerun) override {
    std::erase_if(latest_, [&](const auto& entry) {
      const Outcome& outcome = entry.second.outcome;
      const auto& kinds = rerun.kinds;
      return !outcome.ok() && (kinds.empty() || std::find(kinds.begin(), kinds.end(),
                                                          outcome.failure->kind) != kinds.end());
    });
  }

  [[nodiscard]] const std::map<EvaluationId, JournalledOutcome>& latest() const { return latest_; }

 private:
  std::map<EvaluationId, JournalledOutcome> latest_;
};

std::string indented(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '\n' ? std::string("\n      ") : std::string(1, c);
  return result;
}

std::string entry_text(const JournalledOutcome& entry, const std::vector<Variable>& variables) {
  std::string point;
  for (Index i = 0; i < entry.x.size(); ++i) {
    const auto index = static_cast<std::size_t>(i);
    const std::string name = index < variables.size() ? variables[index].name : fmt::format("x{}", i);
    point += fmt::format("{}{}={}", point.empty() ? "" : " ", name, entry.x[i]);
  }
  const Outcome& outcome = entry.outcome;
  std::string text =
      fmt::format("  {:<10} {}\n      {} attempt{}, {:.3g} s{}: {}\n", to_string(entry.id), point,
                  outcome.attempts, outcome.attempts == 1 ? "" : "s", outcome.seconds,
                  outcome.host.empty() ? "" : " on " + outcome.host, indented(outcome.failure->text));
  if (!outcome.note.empty()) text += fmt::format("      {}\n", outcome.note);
  return text;
}

}  // namespace

}  // namespace study

using namespace study;

void list_failures(const std::filesystem::path& path, const std::vector<std::string>& kind_names,
                   const StudyHost& host) {
  const std::vector<FailureKind> kinds = read_failure_kinds(kind_names);
  const RunDirectory directory = find_run_directory(path);
  Outcomes outcomes;
  const std::string identity = read_journal(directory.journal(), outcomes).identity;
  // Only for the names of the variables: the files of the study may be gone by now.
  std::vector<Variable> variables;
  for (const std::string& name : variable_names_in(identity)) variables.push_back({.name = name});
  std::map<FailureKind, std::vector<const JournalledOutcome*>> by_kind;
  std::size_t failed = 0;
  for (const auto& [id, entry] : outcomes.latest()) {
    if (entry.outcome.ok()) continue;
    ++failed;
    by_kind[entry.outcome.failure->kind].push_back(&entry);
  }
  if (host.out == nullptr) return;
  *host.out << fmt::format("{} of {} evaluations failed\n", failed, outcomes.latest().size());
  for (const auto& [kind, entries] : by_kind) {
    if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) continue;
    *host.out << fmt::format("\n{}: {}\n", name_of(kind), entries.size());
    for (const JournalledOutcome* entry : entries) *host.out << entry_text(*entry, variables);
  }
  if (failed > 0) {
    *host.out << fmt::format("\nMake them again  {} rerun {} --failed\n", host.program, path.string());
  }
  *host.out << std::flush;
}

}  // namespace mystic
