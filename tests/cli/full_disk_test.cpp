// A full disk stops a study with a clear error; with room again it goes on to the same bytes.

#include "tests/cli/studies.hpp"

#include <gtest/gtest.h>

namespace mystic::testing {
namespace {

TEST(FullDisk, StopsWithAClearErrorAndResumes) {
  const ScratchDirectory scratch;
  Json study = function_study();
  study["solver"] = {{"kind", "buckshot"}, {"starts", 4}, {"member", {{"kind", "powell"}}}};
  study["limits"]["evaluations"] = 500;
  scratch.write("study.json", study.dump());
  ASSERT_EQ(
      run_program(mystic_command({"run", "study.json", "--quiet", "--out", "whole"}), scratch.path())
          .status,
      0);
  for (const long room : {3000L, 8000L, 20000L}) {
    std::filesystem::remove_all(scratch.path() / "out");
    const Ended full = run_program(
        mystic_command({"run", "study.json", "--quiet", "--map", "threads:2", "--out", "out"}),
        scratch.path(), {}, room);
    EXPECT_EQ(full.status, 1) << full.output;
    EXPECT_NE(full.output.find("journal.mystic"), std::string::npos) << full.output;
    EXPECT_NE(full.output.find("File too large"), std::string::npos) << full.output;
    EXPECT_NE(full.output.find("resume"), std::string::npos) << full.output;
    const Ended resumed = run_program(mystic_command({"resume", "out", "--quiet"}), scratch.path());
    ASSERT_EQ(resumed.status, 0) << resumed.output;
    EXPECT_EQ(lasting_result(scratch.path() / "out"), lasting_result(scratch.path() / "whole"));
  }
}

}  // namespace
}  // namespace mystic::testing
