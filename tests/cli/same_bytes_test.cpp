// Same numbers everywhere: the same study gives the same bytes under every map.

#include "tests/cli/studies.hpp"

#include <gtest/gtest.h>

namespace mystic::testing {
namespace {

class SameBytes : public ::testing::TestWithParam<std::string> {};

Json study_of(const std::string& solver) {
  Json study = function_study();
  const std::size_t of = solver.find(" of ");
  if (of == std::string::npos) {
    study["solver"] = {{"kind", solver}};
  } else {
    study["solver"] = {
        {"kind", "buckshot"}, {"starts", 5}, {"member", {{"kind", solver.substr(of + 4)}}}};
    study["limits"]["evaluations"] = 700;
  }
  return study;
}

TEST_P(SameBytes, UnderEveryMap) {
  const ScratchDirectory scratch;
  scratch.write("study.json", study_of(GetParam()).dump());
  const auto run = [&](const std::vector<std::string>& command, const std::string& out) {
    const Ended ended = run_program(command, scratch.path());
    EXPECT_EQ(ended.status, 0) << ended.output;
    return lasting_result(scratch.path() / out);
  };
  const auto local = [](const std::string& map, const std::string& out) {
    return mystic_command({"run", "study.json", "--quiet", "--map", map, "--out", out});
  };
  const std::string serial = run(local("serial", "serial"), "serial");
  EXPECT_NE(serial.find("\"best\""), std::string::npos) << serial;
  EXPECT_EQ(run(local("threads:2", "threads"), "threads"), serial);
  if (MYSTIC_WITH_OPENMP) {
    EXPECT_EQ(run(local("openmp:2", "openmp"), "openmp"), serial);
  }
  if (!has_mpi()) return;
  EXPECT_EQ(run(mpirun_command(3, {"run", "study.json", "--quiet", "--out", "mpi"}), "mpi"), serial);
  EXPECT_EQ(run(mpirun_command(
                    3, {"run", "study.json", "--quiet", "--map", "mpi:equalportion", "--out", "equal"}),
                "equal"),
            serial);
  EXPECT_EQ(run(mpirun_command(1, {"run", "study.json", "--quiet", "--out", "alone"}), "alone"), serial);
}

INSTANTIATE_TEST_SUITE_P(AllSolvers, SameBytes,
                         ::testing::Values("nelder-mead", "powell", "differential-evolution",
                                           "buckshot of nelder-mead", "buckshot of powell",
                                           "buckshot of differential-evolution"));

TEST(SameBytes, OfAnExternalCodeUnderEveryMap) {
  const ScratchDirectory scratch;
  scratch.write("study.json", beam_study().dump());
  const Ended serial =
      run_program(mystic_command({"run", "study.json", "--quiet", "--map", "serial", "--out", "serial"}),
                  scratch.path());
  ASSERT_EQ(serial.status, 0) << serial.output;
  const Ended threads = run_program(
      mystic_command({"run", "study.json", "--quiet", "--map", "threads:3", "--out", "threads"}),
      scratch.path());
  ASSERT_EQ(threads.status, 0) << threads.output;
  EXPECT_EQ(lasting_result(scratch.path() / "threads"), lasting_result(scratch.path() / "serial"));
  if (!has_mpi()) return;
  const Ended mpi =
      run_program(mpirun_command(3, {"run", "study.json", "--quiet", "--out", "mpi"}), scratch.path());
  ASSERT_EQ(mpi.status, 0) << mpi.output;
  EXPECT_EQ(lasting_result(scratch.path() / "mpi"), lasting_result(scratch.path() / "serial"));
}

TEST(Mpirun, PrintsOnce) {
  if (!has_mpi()) return;
  const ScratchDirectory scratch;
  scratch.write("study.json", function_study().dump());
  const Ended ended = run_program(mpirun_command(3, {"run", "study.json"}), scratch.path());
  ASSERT_EQ(ended.status, 0) << ended.output;
  const std::size_t first = ended.output.find("Best design");
  ASSERT_NE(first, std::string::npos) << ended.output;
  EXPECT_EQ(ended.output.find("Best design", first + 1), std::string::npos) << ended.output;
}

}  // namespace
}  // namespace mystic::testing
