#include "study/law_data.hpp"

#include "mystic/study/study.hpp"
#include "tests/support/program.hpp"

#include <gtest/gtest.h>

namespace mystic::study {
namespace {

class LawData : public ::testing::Test {
 protected:
  // The numbers of `text` as a file, or nothing and `problem_`.
  std::optional<std::vector<double>> numbers(const std::string& text, const std::string& column = "") {
    scratch_.write("data.csv", text);
    Json json{{"kind", "empirical"}, {"file", "data.csv"}};
    if (!column.empty()) json["column"] = column;
    return read(json);
  }
  std::optional<std::vector<double>> read(const Json& json) {
    Problems problems;
    files_.clear();
    auto sample = read_sample(json, "law", {scratch_.path(), files_, problems});
    problem_ = fmt::format("{}", fmt::join(problems.lines(), "\n"));
    EXPECT_EQ(sample.has_value(), problems.empty());
    return sample;
  }
  [[nodiscard]] std::string problem_of_file(const std::string& text) const {
    return "law.file: " + (scratch_.path() / "data.csv").string() + text;
  }

  testing::ScratchDirectory scratch_;
  std::vector<std::string> files_;
  std::string problem_;
};

using Numbers = std::vector<double>;

TEST_F(LawData, OfOneColumnNeedsNoHeaderAndMayHaveOne) {
  const Numbers three{1.0, -2.5, 3e7};
  EXPECT_EQ(numbers("1\n-2.5\n3e7\n"), three) << problem_;
  EXPECT_EQ(files_, (std::vector<std::string>{"data.csv"}));
  EXPECT_EQ(numbers("\n1\r\n-2.5\r\n\r\n3e7"), three) << problem_;
  EXPECT_EQ(numbers("E in psi\n1\n-2.5\n3e7\n"), three) << problem_;
  EXPECT_EQ(numbers("\xef\xbb\xbf\"E\"\n1\n-2.5\n3D+07\n"), three) << problem_;
  EXPECT_EQ(numbers("E\n1\n-2.5\n3e7\n", "E"), three) << problem_;
  EXPECT_EQ(numbers("7\n"), Numbers({7.0})) << problem_;
}

TEST_F(LawData, OfSeveralColumnsAreThoseUnderTheHeader) {
  const std::string table = "run, E, \"nu, of steel\"\n1, 5, 0.3\n2, 6, 0.31\n";
  EXPECT_EQ(numbers(table, "E"), Numbers({5.0, 6.0})) << problem_;
  EXPECT_EQ(numbers(table, "nu, of steel"), Numbers({0.3, 0.31})) << problem_;
  EXPECT_FALSE(numbers(table));
  EXPECT_EQ(problem_, problem_of_file(": has 3 columns: run, E, nu, of steel; name one as 'column'"));
  EXPECT_FALSE(numbers(table, "rum"));
  EXPECT_EQ(problem_,
            problem_of_file(": there is no column 'rum' (did you mean 'run'?); there are: run, "
                            "E, nu, of steel"));
  EXPECT_FALSE(numbers("E,E\n1,2\n", "E"));
  EXPECT_EQ(problem_, problem_of_file(": two columns are called 'E'"));
}

TEST_F(LawData, OfAnEmptyOrMissingFileIsOneProblem) {
  for (const char* text : {"", "\n \r\n\t\n"}) {
    EXPECT_FALSE(numbers(text));
    EXPECT_EQ(problem_, problem_of_file(": is empty; must hold numbers, one a line"));
  }
  EXPECT_FALSE(numbers("E\n"));
  EXPECT_EQ(problem_, problem_of_file(": holds no number below its header"));
  EXPECT_FALSE(read({{"kind", "empirical"}, {"file", "gone.csv"}}));
  EXPECT_NE(problem_.find("gone.csv"), std::string::npos);
  EXPECT_EQ(problem_.find('\n'), std::string::npos) << problem_;
  EXPECT_EQ(files_, std::vector<std::string>{});
}

TEST_F(LawData, ThatAreNoFiniteNumbersAreNamedWithTheirLine) {
  EXPECT_FALSE(numbers("E\n1\n\nabc\nxyz\n"));
  EXPECT_EQ(problem_, problem_of_file(":4: 'abc' is no finite number"));
  EXPECT_FALSE(numbers("1\ninf\n"));
  EXPECT_EQ(problem_, problem_of_file(":2: 'inf' is no finite number"));
  EXPECT_FALSE(numbers("\nnan\n1\n"));
  EXPECT_EQ(problem_, problem_of_file(":2: 'nan' is no finite number"));
  EXPECT_FALSE(numbers("run,E\n1,2\n2,\n", "E"));
  EXPECT_EQ(problem_, problem_of_file(":3: '' is no finite number"));
  EXPECT_FALSE(numbers("run,E\n1,2\n2\n", "E"));
  EXPECT_EQ(problem_, problem_of_file(":3: 1 fields where the header has 2"));
}

TEST_F(LawData, ComeFromOnePlaceOnly) {
  EXPECT_FALSE(read({{"file", "data.csv"}, {"sample", {1}}}));
  EXPECT_FALSE(read({{"file", 3}}));
  EXPECT_EQ(problem_, "law.file: is a number (3); must be a text");
}

}  // namespace
}  // namespace mystic::study
