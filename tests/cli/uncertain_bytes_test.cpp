// Same numbers everywhere: a study of uncertainty gives the same result, table and pictures under every
// map.

#include "tests/cli/uncertain_studies.hpp"

#include <gtest/gtest.h>

namespace mystic::testing {
namespace {

// What each of them asks, and how many pictures that makes at least.
struct Question {
  std::string name;
  Json study;
  std::size_t pictures;
};

std::vector<Question> questions() {
  const auto method = [](const char* text) { return Json::parse(text); };
  return {
      {"propagate", dependent_study(method(R"({"propagate": {"samples": 900, "quantiles": [0.1, 0.5],
         "exceed": [{"above": 200}, {"below": 20}, {"probability": 0.05}],
         "wilks": {"coverage": 0.9, "confidence": 0.9}, "until": {"of": "mean", "relative": 0.15}}})")),
       3},
      {"sobol", uncertain_study(method(R"({"sensitivity": {"kind": "sobol", "samples": 32,
         "second_order": true, "groups": {"ends": ["a", "c"]}}})")),
       2},
      {"morris",
       uncertain_study(
           method(R"({"sensitivity": {"kind": "morris", "trajectories": 6, "candidates": 20}})")),
       2},
      {"correlation", dependent_study(method(R"({"sensitivity": {"kind": "correlation", "samples": 80,
         "design": "latin-hypercube"}})")),
       4},
      {"design", dependent_study(method(R"({"design": {"kind": "sobol", "samples": 64}})")), 1},
  };
}

class SameFiles : public ::testing::TestWithParam<Question> {};

TEST_P(SameFiles, UnderEveryMap) {
  const ScratchDirectory scratch;
  scratch.write("study.json", GetParam().study.dump());
  const auto run = [&](std::vector<std::string> command, const std::string& out) {
    command.insert(command.end(), {"run", "study.json", "--quiet", "--out", out});
    const Ended ended = run_program(command, scratch.path());
    EXPECT_EQ(ended.status, 0) << ended.output;
    return lasting_files(scratch.path() / out);
  };
  const auto local = [&](const std::string& map, const std::string& out) {
    const Ended ended = mystic_in(scratch, {"run", "study.json", "--quiet", "--out", out, "--map", map});
    EXPECT_EQ(ended.status, 0) << ended.output;
    return lasting_files(scratch.path() / out);
  };
  const std::string serial = local("serial", "serial");
  EXPECT_NE(serial.find("\"outputs\""), std::string::npos) << serial;
  std::size_t pictures = 0;
  for (std::size_t at = 0; (at = serial.find("== ", at)) != std::string::npos; ++at) ++pictures;
  EXPECT_GE(pictures, GetParam().pictures);
  EXPECT_EQ(local("threads:2", "threads"), serial);
  if (has_mpi()) {
    EXPECT_EQ(run(mpirun_command(3, {}), "mpi"), serial);
  }
}

INSTANTIATE_TEST_SUITE_P(Methods, SameFiles, ::testing::ValuesIn(questions()),
                         [](const auto& parameter) { return parameter.param.name; });

TEST(SameFiles, OfAnExternalCodeUnderEveryMap) {
  const ScratchDirectory scratch;
  scratch.write("study.json", uncertain_beam(Json{{"propagate", {{"samples", 24}}}}).dump());
  const auto lasting = [&](const std::vector<std::string>& command, const std::string& out) {
    const Ended ended = run_program(command, scratch.path());
    EXPECT_EQ(ended.status, 0) << ended.output;
    return lasting_files(scratch.path() / out);
  };
  const std::vector<std::string> run{"run", "study.json", "--quiet", "--out"};
  const auto with = [&run](const std::vector<std::string>& more) {
    std::vector<std::string> all = run;
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  const std::string serial = lasting(mystic_command(with({"serial", "--map", "serial"})), "serial");
  EXPECT_NE(serial.find("\"deviation\""), std::string::npos) << serial;
  EXPECT_EQ(lasting(mystic_command(with({"threads", "--map", "threads:2"})), "threads"), serial);
  if (has_mpi()) {
    EXPECT_EQ(lasting(mpirun_command(3, with({"mpi"})), "mpi"), serial);
  }
}

}  // namespace
}  // namespace mystic::testing
