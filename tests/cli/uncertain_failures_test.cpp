// Evaluations that fail in a study of uncertainty: counted, left out consistently, and too many of them
// end it early.

#include "tests/cli/uncertain_studies.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <sstream>

namespace mystic::testing {
namespace {

namespace fs = std::filesystem;

constexpr int inputs = 3;
constexpr int width = inputs + 2;  // evaluations of a row

// Ishigami's function, a = 7, b = 0.1; Ishigami & Homma (1990).
struct Exact {
  double first;
  double total;
};
constexpr std::array<Exact, inputs> exact{{{0.3139, 0.5576}, {0.4424, 0.4424}, {0.0, 0.2437}}};

// Which evaluations of results.csv succeeded.
std::vector<bool> successes(const fs::path& table) {
  std::vector<bool> ok;
  std::istringstream stream(text_of(table));
  std::string line;
  std::getline(stream, line);
  while (std::getline(stream, line)) ok.push_back(line.find(",ok,") != std::string::npos);
  return ok;
}

class FailingSobol : public ::testing::TestWithParam<double> {};

TEST_P(FailingSobol, KeepsItsIntervalsAroundTheExactIndices) {
  const ScratchDirectory scratch;
  const std::string log = (scratch.path() / "calls").string();
  const Json method = Json::parse(R"({"sensitivity": {"kind": "sobol", "samples": 128}})");
  scratch.write("study.json", ishigami_study(method, GetParam(), log).dump());
  const Ended ended = mystic_in(scratch, {"run", "study.json", "--map", "threads:2", "--out", "out"});
  ASSERT_EQ(ended.status, 0) << ended.output;
  const Json result = result_in(scratch, "out");
  const std::vector<bool> ok = successes(scratch.path() / "out" / "results.csv");
  ASSERT_EQ(ok.size(), 128U * width);
  const auto failed = std::count(ok.begin(), ok.end(), false);
  EXPECT_NEAR(static_cast<double>(failed), GetParam() * 128 * width,
              0.25 * GetParam() * 128 * width + 8);
  EXPECT_EQ(result["evaluations"]["failed"], failed);
  EXPECT_EQ(result["evaluations"]["total"], ok.size());
  EXPECT_EQ(lines_of(log), static_cast<int>(ok.size()));
  for (int i = 0; i < inputs; ++i) {
    const Json& input = result["outputs"][0]["inputs"][static_cast<std::size_t>(i)];
    const auto contains = [&](const char* which, double value) {
      const Json& index = input[which];
      const double lower = index["lower"].get<double>();
      const double upper = index["upper"].get<double>();
      EXPECT_TRUE(lower <= value && value <= upper) << value << " of " << input;
      EXPECT_LT(upper - lower, 1.0) << input;
    };
    contains("first", exact[static_cast<std::size_t>(i)].first);
    contains("total", exact[static_cast<std::size_t>(i)].total);
    // A row says something of an input when its three evaluations succeeded.
    int rows = 0;
    for (std::size_t row = 0; row < 128; ++row) {
      const std::size_t at = row * width;
      rows += ok[at] && ok[at + 1] && ok[at + 2 + static_cast<std::size_t>(i)] ? 1 : 0;
    }
    EXPECT_EQ(input["rows_ok"], rows) << input;
  }
  EXPECT_NE(ended.output.find(fmt::format("{} failed (", failed)), std::string::npos) << ended.output;
}

INSTANTIATE_TEST_SUITE_P(Shares, FailingSobol, ::testing::Values(0.05, 0.2), [](const auto& parameter) {
  return fmt::format("{:.0f}Percent", 100.0 * parameter.param);
});

TEST(FailingCodeOfAMethod, ThatAlwaysFailsEndsEarlyWithNothingToSay) {
  for (const char* method : {R"({"sensitivity": {"kind": "sobol", "samples": 4096}})",
                             R"({"sensitivity": {"kind": "morris", "trajectories": 100}})",
                             R"({"propagate": {"samples": 10000, "until": {"relative": 0.1}}})"}) {
    const ScratchDirectory scratch;
    const std::string log = (scratch.path() / "calls").string();
    scratch.write("study.json", ishigami_study(Json::parse(method), 1.0, log).dump());
    const Ended ended = mystic_in(scratch, {"run", "study.json", "--map", "threads:2", "--out", "out"});
    EXPECT_EQ(ended.status, 3) << ended.output;
    EXPECT_NE(ended.output.find("No evaluation succeeded: nothing can be said of the outputs."),
              std::string::npos)
        << ended.output;
    EXPECT_NE(ended.output.find("raise policy.abort_above in "), std::string::npos) << ended.output;
    const Json result = result_in(scratch, "out");
    EXPECT_EQ(result["stop"]["kind"], "failures");
    EXPECT_EQ(result["evaluations"]["total"], 20);
    EXPECT_EQ(result["evaluations"]["failed"], 20);
    EXPECT_EQ(result["outputs"], Json::array());
    EXPECT_LE(lines_of(log), 100) << "thousands would be in vain";
  }
}

// More than the policy allows: what there is is told, and the exit status says that it is not all.
TEST(FailingCodeOfAMethod, ThatFailsTooOftenEndsByThePolicyWithWhatThereIs) {
  const ScratchDirectory scratch;
  Json study = ishigami_study(Json::parse(R"({"propagate": {"samples": 400}})"), 0.2,
                              (scratch.path() / "calls").string());
  study["policy"] = {{"abort_above", 0.1}, {"abort_after", 50}};
  scratch.write("study.json", study.dump());
  const Ended ended = mystic_in(scratch, {"run", "study.json", "--quiet", "--out", "out"});
  EXPECT_EQ(ended.status, 3) << ended.output;
  const Json stopped = result_in(scratch, "out");
  EXPECT_EQ(stopped["stop"]["kind"], "failures");
  EXPECT_LT(stopped["evaluations"]["total"], 100);
  EXPECT_EQ(stopped["outputs"][0]["asked"], stopped["evaluations"]["total"]);
  EXPECT_EQ(stopped["outputs"][0]["ok"].get<int>(),
            stopped["evaluations"]["total"].get<int>() - stopped["evaluations"]["failed"].get<int>());
  study["policy"]["abort_above"] = 0.5;
  scratch.write("out/study.json", study.dump());
  EXPECT_EQ(mystic_in(scratch, {"resume", "out", "--quiet"}).status, 0);
  EXPECT_EQ(result_in(scratch, "out")["evaluations"]["total"], 400);
}

}  // namespace
}  // namespace mystic::testing
