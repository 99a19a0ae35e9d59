#include "external_fixture.hpp"

#include <algorithm>
#include <set>

namespace mystic {
namespace {

namespace fs = std::filesystem;

using Kind = FailureKind;

class ExternalInputs : public ExternalModelTest {
 protected:
  /// What a model prints as y.
  [[nodiscard]] double output(const ExternalModelOptions& options, double x = 1.0,
                              double y = 2.0) const {
    const Outcome outcome = outcome_of(options, x, y);
    EXPECT_TRUE(outcome.ok()) << outcome.failure->text;
    return outcome.ok() ? outcome.outputs[0] : NAN;
  }
  void expect_problem(const ExternalModelOptions& options, const std::string& part) const {
    const auto found = problems(options, surroundings());
    ASSERT_EQ(found.size(), 1U) << fmt::format("{}", fmt::join(found, "\n"));
    EXPECT_NE(found[0].find(part), std::string::npos) << found[0];
  }
};

TEST_F(ExternalInputs, ComeFromConstantsAndExpressionsToo) {
  ExternalModelOptions options = shell("cat in.txt; echo y=$(cat in.txt | tr -d '\\n')");
  options.fixed = {{"E", 210000.0}, {"material", Value("steel", 0)}};
  options.derived = {{"area", "x * y"}, {"stiffness", "E * area"}};
  options.templates = {{.text = "@stiffness@", .to = "in.txt"},
                       {.text = "@material@ @=2*E:%.1f@", .to = "b"}};
  EXPECT_EQ(output(options, 3.0, 0.5), 315000.0);
  options.command = {"sh", "-c", "echo y=@=area + x@"};
  options.templates = {{.text = "@stiffness@", .to = "in.txt"}};
  EXPECT_EQ(output(options, 3.0, 0.5), 4.5);
}

TEST_F(ExternalInputs, WriteChoicesAsTheirWords) {
  ExternalModelOptions options = shell("grep -c 'steel 0.25' in.txt | sed 's/^/y=/'");
  options.choices = {{"x", {Value("wood", 0), Value("steel", 1)}}, {"y", {Value(0.5), Value(0.25)}}};
  options.templates = {{.text = "@x@ @y@\n", .to = "in.txt"}};
  EXPECT_EQ(output(options, 1.0, 1.0), 1.0);
  EXPECT_EQ(output(options, 0.0, 1.0), 0.0);
  const Outcome none = outcome_of(options, 2.0, 0.0);
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.failure->kind, Kind::files);
  EXPECT_NE(none.failure->text.find("'x' = 2 is no place among its 2 choices"), std::string::npos);
  // In an expression a word is its place, a number itself.
  options.templates = {{.text = "@=100 * x + y@", .to = "in.txt"}};
  options.command = {"sh", "-c", "echo y=$(cat in.txt)"};
  EXPECT_EQ(output(options, 1.0, 1.0), 100.25);
}

TEST_F(ExternalInputs, RefuseAWordWhereANumberIsWanted) {
  ExternalModelOptions options = shell("echo y=1");
  options.choices = {{"x", {Value("wood", 0)}}};
  options.templates = {{.text = "@x:%5.2f@ @y@", .to = "in.txt"}};
  expect_problem(options, "'x' can be a word");
}

TEST_F(ExternalInputs, GoIntoTheEnvironmentTheStandardInputAndJson) {
  ExternalModelOptions options = shell("read a; echo y=$((a + F))");
  options.templates = {{.text = "@x:%d@\n", .to = "deck"}};
  options.environment = {{"F", "@=10*y:%d@"}, {"PLAIN", "a@b.org"}};
  options.input = "deck";
  EXPECT_EQ(output(options, 7.0, 2.0), 27.0);

  options = shell("tr -d ' \\n' < all.json; echo; echo y=1");
  options.templates.clear();
  options.inputs_json = "all.json";
  options.fixed = {{"material", Value("stee\"l", 0)}};
  options.outputs = {{.name = "x", .file = "all.json", .json = "/x"},
                     {.name = "y", .file = "all.json", .json = "/y"}};
  // Nothing but us wrote that file: an output is what the command wrote.
  const Outcome untouched = outcome_of(options, 0.1, 1e300);
  ASSERT_FALSE(untouched.ok());
  options.command = {"sh", "-c", "cp all.json out.json"};
  for (OutputRule& rule : options.outputs) rule.file = "out.json";
  const Outcome outcome = outcome_of(options, 0.1, 1e300);
  ASSERT_TRUE(outcome.ok()) << outcome.failure->text;
  EXPECT_EQ(outcome.outputs, (Vector{{0.1, 1e300}}));
}

TEST_F(ExternalInputs, DrawASeedThatHangsOnTheEvaluationAlone) {
  ExternalModelOptions options = shell("cat in.txt");
  options.seed_input = "seed";
  options.templates = {{.text = "y=@seed@ @x@ @y@\n", .to = "in.txt"}};
  const ExternalModel tested = model(options);
  std::set<double> seeds;
  const auto outcomes = evaluate(tested, Points::Zero(2, 20));
  for (const Outcome& outcome : outcomes) {
    ASSERT_TRUE(outcome.ok()) << outcome.failure->text;
    seeds.insert(outcome.outputs[0]);
    EXPECT_TRUE(outcome.outputs[0] >= 0 && outcome.outputs[0] < 2147483648.0);
  }
  EXPECT_EQ(seeds.size(), 20U);
  EXPECT_EQ(evaluate(tested, Points::Zero(2, 20))[7].outputs[0], outcomes[7].outputs[0]);
  options.seed = 1;
  EXPECT_NE(evaluate(model(options), Points::Zero(2, 20))[7].outputs[0], outcomes[7].outputs[0]);
}

TEST_F(ExternalInputs, FailWhereTheyAreNotFiniteOrTooLong) {
  ExternalModelOptions options = shell("echo y=1");
  options.derived = {{"root", "sqrt(x)"}};
  options.templates = {{.text = "@root@ @y:%4.1f@", .to = "in.txt"}};
  Outcome outcome = outcome_of(options, -1.0, 2.0);
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.failure->kind, Kind::files);
  EXPECT_NE(outcome.failure->text.find("'root' = sqrt(x)"), std::string::npos) << outcome.failure->text;
  outcome = outcome_of(options, 4.0, 12345.0);
  ASSERT_FALSE(outcome.ok());
  EXPECT_NE(outcome.failure->text.find("needs more than the 4 characters"), std::string::npos);
}

TEST_F(ExternalInputs, ThatNobodyUsesAreMistakes) {
  ExternalModelOptions options = shell("echo y=1");
  options.derived = {{"unused", "x + y"}};
  expect_problem(options, "the derived input 'unused' is in no template");
  options.derived = {{"sum", "x + y"}};
  options.templates = {{.text = "@sum@", .to = "in.txt"}};
  EXPECT_TRUE(problems(options, surroundings()).empty());  // x and y through it
  options.derived = {{"sum", "x + z"}};
  options.templates = {{.text = "@x@ @y@", .to = "in.txt"}};
  expect_problem(options, "model.derived.sum: 'x + z': there is no 'z'");
}

TEST_F(ExternalInputs, WithABrokenFormatOrExpressionAreNamedWithTheirPlace) {
  write("deck", "one\n two @x:%q@\n@=x+@ @y@\n");
  ExternalModelOptions options = shell("echo y=1");
  options.templates = {{.from = "deck", .to = "in.txt"}};
  options.allow_unused_inputs = true;
  const auto found = problems(options, surroundings());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_NE(found[0].find("model.templates[0].from: deck:2:6: '%q' is no format"), std::string::npos)
      << found[0];
  EXPECT_NE(found[1].find("deck:3:1: 'x+'"), std::string::npos) << found[1];
}

TEST_F(ExternalInputs, HaveOneFormatPerTemplateUnlessTheySayOtherwise) {
  ExternalModelOptions options =
      shell("cat in.txt >&2; grep -c '^    1.50|2.5$' in.txt | sed 's/^/y=/'");
  options.templates = {{.text = "@x@|@y:%g@\n", .to = "in.txt", .format = "%8.2f"}};
  EXPECT_EQ(output(options, 1.5, 2.5), 1.0);
  options.templates[0].format = "%q";
  expect_problem(options, "model.templates[0].format: '%q' is no format");
}

TEST_F(ExternalInputs, GiveFilesAndFoldersByCopyLinkAndShare) {
  fs::create_directories(study() / "data" / "deep");
  write("data/deep/table", "100\n");
  write("one", "1\n");
  ExternalModelOptions options = shell(
      "[ -L linked ] && [ -L shared ] && [ ! -L copied ] && [ -f copied/deep/table ] || exit 9; "
      "echo 5 > copied/deep/table; "
      "echo y=$(($(cat linked) + $(cat shared/deep/table) + $(cat copied/deep/table)))");
  options.files = {"one"};
  options.files[0].to = "linked";
  options.files[0].how = "link";
  GivenFile copied("data/");
  copied.to = "copied";
  GivenFile shared("data");
  shared.to = "shared";
  shared.how = "share";
  options.files.push_back(copied);
  options.files.push_back(shared);
  {
    const ExternalModel tested = model(options);
    for (const Outcome& outcome : evaluate(tested, Points::Zero(2, 2))) {
      ASSERT_TRUE(outcome.ok()) << outcome.failure->text;
      EXPECT_EQ(outcome.outputs[0], 106.0);
    }
    std::size_t writable = 0;
    for (const auto& entry : fs::recursive_directory_iterator(scratch())) {
      const bool is_shared = entry.path().string().find("shared-") != std::string::npos;
      if (is_shared && (entry.status().permissions() & fs::perms::owner_write) != fs::perms::none)
        ++writable;
    }
    EXPECT_EQ(writable, 0U);
  }
  EXPECT_EQ(entries_below(scratch()), 0U);
  EXPECT_EQ(entries_below(study()), 4U);
}

}  // namespace
}  // namespace mystic
