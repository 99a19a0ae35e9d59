// What may change on resume, and what is said where it makes the search another one.

#include "tests/cli/studies.hpp"

#include "mystic/archive/journal.hpp"
#include "mystic/archive/read_journal.hpp"

#include <gtest/gtest.h>

namespace mystic::testing {
namespace {

Json box_study(const std::string& solver, const std::string& function = "himmelblau") {
  Json study = function_study(function);
  study.erase("limits");
  for (Json& variable : study["variables"]) {
    variable.erase("start");
    variable["lower"] = -6;
    variable["upper"] = 6;
  }
  study["solver"] = Json::parse(solver);
  return study;
}

class ChangedStudy : public ::testing::Test {
 protected:
  Ended run(const Json& study) {
    scratch_.write("study.json", study.dump());
    return run_program(
        mystic_command({"run", "study.json", "--quiet", "--map", "serial", "--out", "out"}),
        scratch_.path());
  }
  Ended resume(const Json& study) {
    scratch_.write("out/study.json", study.dump());
    return run_program(mystic_command({"resume", "out", "--quiet"}), scratch_.path());
  }
  [[nodiscard]] std::string result() const { return lasting_result(scratch_.path() / "out"); }

  ScratchDirectory scratch_;
};

void expect_refused(const Ended& ended, const std::vector<std::string>& must_say,
                    const std::vector<std::string>& must_not_say = {}) {
  EXPECT_EQ(ended.status, 2) << ended.output;
  for (const std::string& text : must_say) {
    EXPECT_NE(ended.output.find(text), std::string::npos) << "'" << text << "' is not in:\n"
                                                          << ended.output;
  }
  for (const std::string& text : must_not_say) {
    EXPECT_EQ(ended.output.find(text), std::string::npos) << "'" << text << "' is in:\n" << ended.output;
  }
}

// The journal then holds one outcome for each member: what rules a member is part of what is evaluated.
TEST_F(ChangedStudy, WithSearchesDealtWholeMayNotChangeTheirRules) {
  const Json study = box_study(R"({"kind": "buckshot", "starts": 3, "deal": "whole", "member":
    {"kind": "lattice", "starts": 2, "generations": 9, "member":
      {"kind": "in-turn", "first": {"kind": "powell", "generations": 1},
                          "second": {"kind": "powell"}, "evaluations": 300}}})");
  ASSERT_EQ(run(study).status, 0);
  const auto edit = [&](const std::string& place, const Json& value) {
    Json edited = study;
    edited[Json::json_pointer(place)] = value;
    return resume(edited);
  };
  expect_refused(edit("/solver/member/generations", 50), {"solver.member.generations: was 9, is 50"});
  expect_refused(edit("/solver/member/evaluations", 7), {"solver.member.evaluations: was missing"});
  expect_refused(edit("/solver/member/termination", {{"kind", "value-to-reach"}}),
                 {"solver.member.termination: was missing"});
  expect_refused(edit("/solver/member/member/evaluations", 400),
                 {"solver.member.member.evaluations: was 300, is 400"});
  expect_refused(edit("/solver/member/member/first/generations", 2),
                 {"solver.member.member.first.generations: was 1, is 2"});
  expect_refused(edit("/policy", {{"retries", 2}}),
                 {"dealt whole not the policy", "policy: was missing"});
  EXPECT_EQ(edit("/limits/seconds", 100).status, 0);
  EXPECT_EQ(edit("/map", "threads:2").status, 0);
}

TEST_F(ChangedStudy, WithPointsDealtOneByOneMayChangeTheRulesOfItsMembers) {
  Json study =
      box_study(R"({"kind": "buckshot", "starts": 3, "member": {"kind": "powell", "generations": 1}})");
  ASSERT_EQ(run(study).status, 0);
  study["solver"]["member"]["generations"] = 3;
  study["policy"] = {{"retries", 2}};
  const Ended ended = resume(study);
  ASSERT_EQ(ended.status, 0) << ended.output;
  const Json again = Json::parse(text_of(scratch_.path() / "out" / "result.json"));
  EXPECT_EQ(again["members"][0]["generations"], 3) << again;
}

const char* const in_gaps = R"({"kind": "sparsity", "starts": 6, "until": "nothing-new", "together": 1,
                                "patience": 3, "member": {"kind": "nelder-mead"}})";

// Where the minima that were found decide on the next starts.
TEST_F(ChangedStudy, ThatLeadsTheSearchElsewhereIsToldWhatToChangeBack) {
  const Json study = box_study(in_gaps);
  ASSERT_EQ(run(study).status, 0);
  const std::string before = result();
  Json edited = study;
  edited["solver"]["member"]["termination"] = {
      {"kind", "candidate-relative-tolerance"}, {"x_tolerance", 1}, {"cost_tolerance", 1}};
  edited["termination"] = {{"kind", "value-to-reach"}, {"target", -1}};  // it leads nowhere else
  edited["description"] = "changed";
  for (int time = 0; time < 2; ++time) {  // what a refused session leaves changes nothing
    expect_refused(resume(edited),
                   {"out/journal.mystic", "solver.member.termination: was missing, is {",
                    "change it back", "begin a new run", "coordinate 0 is"},
                   {"another study", "description", "\n  termination"});
  }
  EXPECT_EQ(resume(study).status, 0) << "it was changed back";
  EXPECT_EQ(result(), before);
}

// Here the refused session has made evaluations before it came to the one that differs.
TEST_F(ChangedStudy, ThatWasRefusedHalfwayMayStillBeChangedBack) {
  Json study = box_study(in_gaps);
  study["solver"]["member"]["termination"] = {
      {"kind", "candidate-relative-tolerance"}, {"x_tolerance", 1}, {"cost_tolerance", 1}};
  ASSERT_EQ(run(study).status, 0);
  const std::string before = result();
  Json edited = study;
  edited["solver"]["member"].erase("termination");
  for (int time = 0; time < 2; ++time) {
    expect_refused(resume(edited), {"solver.member.termination: was {", "is missing", "change it back"});
  }
  EXPECT_EQ(resume(study).status, 0) << "it was changed back";
  EXPECT_EQ(result(), before);
}

// Its outcomes were made under the second study.
TEST_F(ChangedStudy, IsComparedWithTheSessionThatMadeTheEvaluation) {
  Json study = box_study(in_gaps);
  study["solver"]["starts"] = 5;
  study["solver"]["member"]["generations"] = 30;
  study["limits"] = {{"evaluations", 40}};
  ASSERT_EQ(run(study).status, 0);
  study["solver"]["member"]["generations"] = 60;  // the first member has not come so far
  study["limits"] = {{"evaluations", 300}};
  ASSERT_EQ(resume(study).status, 0);
  study["solver"]["member"]["generations"] = 20;
  expect_refused(resume(study), {"solver.member.generations: was 60, is 20"});
}

TEST_F(ChangedStudy, WithAnotherCostOfFailuresIsToldSo) {
  Json study = beam_study();
  study["model"]["command"] = {"sh", "-c",
                               std::string("case $(cat beam.xml) in *E=\\\"4*) exit 3;; esac; ") +
                                   MYSTIC_BEAM_PROGRAM + " -x beam.xml"};
  study["policy"] = {{"abort_above", 1}};
  study["solver"] = {{"kind", "differential-evolution"}, {"population", 8}, {"strategy", "rand1bin"}};
  ASSERT_EQ(run(study).status, 0);
  Json edited = study;
  edited["policy"] = {{"abort_above", 0.99}, {"cost", -1e9}};
  expect_refused(resume(edited), {"policy.cost: was missing, is -1", "change it back"},
                 {"abort_above", "another study"});
  edited["policy"] = {{"abort_above", 1}, {"kinds", {{"exit_status", {{"cost", -1e9}}}}}};
  expect_refused(resume(edited), {"policy.kinds", "-1"}, {"abort_above", "another study"});
}

// As another version of the program, or another processor, would have left it: a journal with other
// points.
TEST_F(ChangedStudy, ThatIsNotChangedIsNotBlamed) {
  struct Reader final : JournalVisitor {
    void outcome(const JournalledOutcome& entry) override { outcomes.push_back(entry); }
    void session(const JournalledSession& session) override { text = session.text; }
    std::vector<JournalledOutcome> outcomes;
    std::string text;
  };
  const Json study = box_study(in_gaps);
  ASSERT_EQ(run(study).status, 0);
  const auto path = scratch_.path() / "out" / "journal.mystic";
  Reader reader;
  const std::string identity = read_journal(path, reader).identity;
  ASSERT_FALSE(reader.outcomes.empty());
  for (const std::string& session : {reader.text, std::string("a host"), std::string("{}")}) {
    std::filesystem::remove(path);
    {
      Journal journal = Journal::create(path, identity, {.session_text = session});
      const JournalledOutcome& first = reader.outcomes.front();
      journal.record(first.id, first.x * 1.5, first.outcome);
    }
    expect_refused(resume(study),
                   {"out/journal.mystic", "nothing", "version of mystic", "begin a new run"},
                   {"another study", "change it back"});
  }
}

}  // namespace
}  // namespace mystic::testing
