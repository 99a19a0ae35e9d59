// Studies of uncertainty that are killed, interrupted, resumed, or end early: they go on to the very
// files of one that was left alone.

#include "tests/cli/kills.hpp"
#include "tests/cli/uncertain_studies.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <signal.h>

namespace mystic::testing {
namespace {

namespace fs = std::filesystem;

// Ends by itself after about half of its samples.
Json killed_study() {
  return uncertain_beam(Json::parse(R"({"propagate": {"samples": 120,
      "until": {"of": "mean", "output": "deviation", "relative": 0.045, "at_least": 40}}})"),
                        0.005);
}

void expect_same_after_kills(bool mpi, int wanted) {
  const ScratchDirectory scratch;
  const std::string mark = mark_of(scratch);
  scratch.write("study.json", killed_study().dump());
  ASSERT_EQ(
      mystic_in(scratch, {"run", "study.json", "--quiet", "--map", "serial", "--out", "whole"}).status,
      0);
  const Json whole = result_in(scratch, "whole");
  ASSERT_EQ(whole["stop"]["kind"], "converged") << whole["stop"];
  ASSERT_EQ(whole["run"]["speculative"], 0) << "a serial run knows at once";
  int kills = 0;
  for (int round = 0; kills < wanted && round < 20; ++round) {
    fs::remove_all(scratch.path() / "out");
    kills += run_through_kills(scratch, mpi, wanted - kills, mark);
    ASSERT_EQ(lasting_files(scratch.path() / "out"), lasting_files(scratch.path() / "whole"))
        << "after " << kills << " kills";
  }
  EXPECT_GE(kills, wanted);
}

TEST(UncertainKill, UnderThreadsLeavesTheSameFiles) { expect_same_after_kills(false, 6); }

TEST(UncertainKill, UnderMpirunLeavesTheSameFiles) {
  if (has_mpi()) expect_same_after_kills(true, 3);
}

// The run ends with estimates from what is there, and resume goes on as if nothing had been.
TEST(UncertainInterrupt, LeavesEstimatesAndIsForgottenOnResume) {
  const ScratchDirectory scratch;
  const std::string log = (scratch.path() / "calls").string();
  Json study = ishigami_study(Json::parse(R"({"propagate": {"samples": 200}})"), 0.0, log);
  scratch.write("study.json", study.dump());
  ASSERT_EQ(mystic_in(scratch, {"run", "study.json", "--quiet", "--out", "whole"}).status, 0);
  fs::remove(log);
  Program program(mystic_command({"run", "study.json", "--quiet", "--map", "threads:2", "--out", "out"}),
                  scratch.path());
  for (int i = 0; i < 20'000 && lines_of(log) < 30; ++i) sleep_seconds(0.001);
  program.signal(SIGINT);
  const Ended ended = program.wait();
  EXPECT_EQ(ended.status, 4) << ended.output;
  const Json stopped = result_in(scratch, "out");
  EXPECT_EQ(stopped["stop"]["kind"], "interrupted");
  ASSERT_EQ(stopped["outputs"].size(), 1U) << stopped.dump(1);
  const int asked = stopped["outputs"][0]["asked"].get<int>();
  EXPECT_GE(asked, 20);
  EXPECT_LT(asked, 200);
  EXPECT_EQ(stopped["outputs"][0]["ok"], asked);
  EXPECT_TRUE(stopped["outputs"][0]["mean"]["value"].is_number()) << stopped.dump(1);
  EXPECT_TRUE(fs::exists(scratch.path() / "out" / "pictures" / "histogram-y.svg"));
  const Ended resumed = mystic_in(scratch, {"resume", "out", "--quiet"});
  ASSERT_EQ(resumed.status, 0) << resumed.output;
  EXPECT_EQ(lasting_files(scratch.path() / "out"), lasting_files(scratch.path() / "whole"));
  EXPECT_LE(lines_of(log), 200 + 4) << "only what had been under way was computed again";
}

class Until : public ::testing::Test {
 protected:
  Json run(const std::string& map, const std::string& out) {
    std::vector<std::string> arguments{"run", "study.json", "--quiet", "--map", map, "--out", out};
    const Ended ended = mystic_in(scratch_, arguments);
    EXPECT_EQ(ended.status, 0) << ended.output;
    return result_in(scratch_, out);
  }
  void write(const std::string& method) {
    scratch_.write("study.json", uncertain_study(Json::parse(method)).dump());
  }

  ScratchDirectory scratch_;
};

TEST_F(Until, EndsAtTheSameEvaluationUnderEveryMapAndAfterResume) {
  write(R"({"propagate": {"samples": 20000, "until": {"of": "mean", "relative": 0.1}}})");
  const Json serial = run("serial", "serial");
  const int total = serial["evaluations"]["total"].get<int>();
  EXPECT_LT(total, 20000);
  EXPECT_EQ(serial["stop"]["kind"], "converged");
  EXPECT_EQ(serial["run"]["speculative"], 0);
  EXPECT_EQ(serial["outputs"][0]["asked"], total);
  const Json threads = run("threads:2", "threads");
  EXPECT_EQ(threads["evaluations"]["total"], total);
  EXPECT_EQ(lines_of(scratch_.path() / "threads" / "results.csv"), total + 1);
  ASSERT_EQ(mystic_in(scratch_, {"resume", "threads", "--quiet"}).status, 0);
  EXPECT_EQ(lasting_files(scratch_.path() / "threads"), lasting_files(scratch_.path() / "serial"));
  EXPECT_EQ(result_in(scratch_, "threads")["run"]["utilisation"], 0.0) << "nothing was evaluated";
}

// The half width is that of the interval in the result; one evaluation less was not enough.
TEST_F(Until, SaysOfWhichEstimateAndHowNarrow) {
  write(R"({"propagate": {"samples": 5000, "level": 0.9, "until": {"of": "mean", "half_width": 9}}})");
  const Json result = run("serial", "out");
  const Json& mean = result["outputs"][0]["mean"];
  const double half = 0.5 * (mean["upper"].get<double>() - mean["lower"].get<double>());
  EXPECT_LE(half, 9.0);
  EXPECT_GT(half, 9.0 * 0.85) << "looked at a tenth earlier, it was not yet";
  EXPECT_EQ(result["stop"]["reason"].get<std::string>(),
            fmt::format("all intervals are as narrow as asked: mean of cost +- {:.3g}", half));
}

TEST_F(Until, OfIndicesWaitsForEveryInput) {
  write(R"({"sensitivity": {"kind": "sobol", "samples": 8192,
                            "until": {"of": "total", "half_width": 0.1, "at_least": 16}}})");
  const Json result = run("serial", "out");
  ASSERT_EQ(result["stop"]["kind"], "converged") << result["stop"];
  const int total = result["evaluations"]["total"].get<int>();
  EXPECT_EQ(total % 5, 0) << "whole rows";
  EXPECT_LT(total, 5 * 8192);
  for (const Json& input : result["outputs"][0]["inputs"]) {
    const Json& total_index = input["total"];
    EXPECT_LE(total_index["upper"].get<double>() - total_index["lower"].get<double>(), 0.2) << input;
  }
  EXPECT_EQ(
      result["stop"]["reason"].get<std::string>().find("all intervals are as narrow as asked: total "),
      0U);
  EXPECT_EQ(run("threads:2", "threads")["evaluations"]["total"], total);
}

// Asked for less after the end, it goes on; asked for more, it ends earlier, by what is known.
TEST_F(Until, MayBeChangedAndGoesOn) {
  write(R"({"propagate": {"samples": 3000, "until": {"of": "mean", "relative": 0.1}}})");
  const Json first = run("serial", "out");
  const auto resumed_with = [&](const Json& until) {
    Json study = uncertain_study(Json{{"propagate", {{"samples", 3000}}}});
    if (!until.is_null()) study["method"]["propagate"]["until"] = until;
    scratch_.write("out/study.json", study.dump());
    const Ended ended = mystic_in(scratch_, {"resume", "out", "--quiet"});
    EXPECT_EQ(ended.status, 0) << ended.output;
    return result_in(scratch_, "out");
  };
  const Json wider = resumed_with({{"of", "mean"}, {"relative", 0.2}});
  EXPECT_LT(wider["evaluations"]["total"], first["evaluations"]["total"]);
  const Json all = resumed_with(nullptr);
  EXPECT_EQ(all["evaluations"]["total"], 3000);
  EXPECT_EQ(all["run"]["replayed"], first["evaluations"]["total"]);
}

}  // namespace
}  // namespace mystic::testing
