#include "external_fixture.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace mystic {
namespace {

namespace fs = std::filesystem;

class ExternalProblems : public ExternalModelTest {
 protected:
  /// Options with which nothing is wrong.
  static ExternalModelOptions sound() { return shell("echo y=1"); }

  [[nodiscard]] std::vector<std::string> found(const ExternalModelOptions& options) const {
    return problems(options, surroundings());
  }

  /// That exactly one problem is found and reads `begin` ... `end`.
  void expect_one(const ExternalModelOptions& options, const std::string& begin,
                  const std::string& end = "") const {
    const auto list = found(options);
    ASSERT_EQ(list.size(), 1U) << fmt::format("{}", fmt::join(list, "\n"));
    EXPECT_TRUE(list[0].starts_with(begin)) << list[0];
    EXPECT_TRUE(list[0].ends_with(end)) << list[0];
    EXPECT_EQ(list[0].find('\n'), std::string::npos);
    EXPECT_THROW(static_cast<void>(model(options)), InvalidOptions);
  }
};

TEST_F(ExternalProblems, AreNoneInASoundModel) { EXPECT_TRUE(found(sound()).empty()); }

TEST_F(ExternalProblems, PointAtTheTemplate) {
  ExternalModelOptions options = sound();
  options.templates[0] = {.from = "beam.xml", .to = "in"};
  expect_one(options,
             "model.templates[0].from: 'beam.xml' (in " + study().string() + ") does not exist");
  fs::create_directory(study() / "beam.xml");
  expect_one(options, "model.templates[0].from: 'beam.xml'", "is not a regular file");

  options = sound();
  options.templates.push_back({.to = "more"});
  expect_one(options, "model.templates[1].from: missing");
  options.templates[1] = {.from = "a", .text = "b", .to = "more"};
  write("a", "");
  expect_one(options, "model.templates[1].text: give `from` or `text`, not both");
  options.templates[1] = {.text = "b"};
  expect_one(options, "model.templates[1].to: missing");
  options.templates[1] = {.text = "b", .to = "more", .close = ""};
  expect_one(options, "model.templates[1].close: must not be empty");
}

TEST_F(ExternalProblems, PointAtANameThatIsNoPlaceInTheWorkDirectory) {
  for (const char* name : {"../in.txt", "/tmp/in.txt", ".", "a/../../b", "a/..", "a/"}) {
    ExternalModelOptions options = sound();
    options.templates[0].to = name;
    expect_one(options, "model.templates[0].to: ", "is not a file in the work directory");
    options = sound();
    options.outputs[0].file = name;
    expect_one(options, "model.outputs.y.file: ", "is not a file in the work directory");
  }
  ExternalModelOptions options = sound();
  options.templates[0].to = "./stdout";
  expect_one(options, "model.templates[0].to: 'stdout' will hold what the command prints");
  options = sound();
  options.templates.push_back({.text = "b", .to = "x/../in.txt"});
  expect_one(options, "model.templates[1].to: another file is called 'in.txt' too");
  options = sound();
  write("in.txt", "");
  options.files = {"in.txt"};
  expect_one(options, "model.files[0]: another file is called 'in.txt' too");
}

TEST_F(ExternalProblems, PointAtUnknownPlaceholdersWithPlaceAndNearestName) {
  write("deck", "a @width@\n  @heigth@ @x@\n");
  ExternalModelOptions options = sound();
  options.inputs = {"width", "height", "length"};
  options.templates[0] = {.from = "deck", .to = "in"};
  options.command.push_back("--length=@lengt@ @height@ @length@");
  const auto list = found(options);
  ASSERT_EQ(list.size(), 3U);
  EXPECT_EQ(list[0],
            "model.templates[0].from: deck:2:3: '@heigth@' is the placeholder of no input; "
            "did you mean '@height@'?");
  EXPECT_EQ(list[1],
            "model.templates[0].from: deck:2:12: '@x@' is the placeholder of no input; "
            "the inputs are width, height, length");
  EXPECT_EQ(list[2],
            "model.command[3]: line 1, column 10: '@lengt@' is the placeholder of no input; "
            "did you mean '@length@'?");
}

TEST_F(ExternalProblems, PointAtInputsThatAreNotUsedUnlessAllowed) {
  ExternalModelOptions options = sound();
  options.inputs = {"x", "y", "z"};
  expect_one(options, "model.templates: the input 'z' is in no template and no argument");
  options.allow_unused_inputs = true;
  EXPECT_TRUE(found(options).empty());
  options.allow_unused_inputs = false;
  options.command.push_back("@z@");
  EXPECT_TRUE(found(options).empty());
  // What cannot be read may use any.
  options.templates[0] = {.from = "missing", .to = "in"};
  expect_one(options, "model.templates[0].from: ");
}

TEST_F(ExternalProblems, PointAtInputsWithoutANameOfTheirOwn) {
  ExternalModelOptions options = sound();
  options.inputs = {"x", "y", "x"};
  expect_one(options, "model.inputs[2]: 'x' is there twice");
  options.inputs = {"x", "y", ""};
  options.allow_unused_inputs = true;
  expect_one(options, "model.inputs[2]: has no name");
  options.inputs = {};
  options.templates = {};
  expect_one(options, "model.inputs: an external model needs at least one");
}

TEST_F(ExternalProblems, PointAtFilesToCopy) {
  ExternalModelOptions options = sound();
  options.files = {"mesh.inp"};
  expect_one(options, "model.files[0]: 'mesh.inp' (in " + study().string() + ") does not exist");
  ASSERT_EQ(::mkfifo((study() / "mesh.inp").c_str(), 0600), 0);
  expect_one(options, "model.files[0]: 'mesh.inp' is neither a file nor a folder");
  options = sound();
  fs::create_directory(study() / "mesh");
  options.files = {"mesh/"};
  EXPECT_TRUE(found(options).empty());
  options.files[0].how = "move";
  expect_one(options, "model.files[0].how = move is not in copy | link | share");
}

TEST_F(ExternalProblems, PointAtAProgramThatIsNotThere) {
  ExternalModelOptions options = sound();
  options.command[0] = "no-such-code";
  expect_one(options, "model.command[0]: the program 'no-such-code' is not on the PATH (/usr/bin:/bin)");
  options.command[0] = "./code";
  expect_one(options, "model.command[0]: '" + (study() / "code").string() + "' does not exist");
  write("code", "#!/bin/sh\n");
  expect_one(options, "model.command[0]: ", "is not executable (chmod +x makes it so)");
  fs::permissions(study() / "code", fs::perms::owner_all);
  EXPECT_TRUE(found(options).empty());
  options.command[0] = (study() / "code").string();
  EXPECT_TRUE(found(options).empty());
  options.command[0] = "code";
  expect_one(options, "model.command[0]: the program 'code'",
             "'./code' is the one in " + study().string());
  options.command[0] = "./";
  expect_one(options, "model.command[0]: ", "is not a file");
  options.command[0] = "@x@";
  EXPECT_EQ(found(options).front(), "model.command[0]: the program itself cannot depend on an input");
  options.command = {};
  expect_one(options, "model.command: names no program");
  options.command = {""};
  expect_one(options, "model.command: names no program");
}

TEST_F(ExternalProblems, LookOnThePathThatTheCommandWillHave) {
  write("code", "#!/bin/sh\n");
  fs::permissions(study() / "code", fs::perms::owner_all);
  ExternalModelOptions options = sound();
  options.command[0] = "code";
  options.environment["PATH"] = "relative::/nowhere:" + study().string();
  EXPECT_TRUE(found(options).empty());
  options.environment["PATH"] = fs::relative(study()).string();
  EXPECT_EQ(found(options).size(), 1U);
  Surroundings around = surroundings();
  around.environment = {};
  const auto list = problems(sound(), around);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_NE(list[0].find("which is not set"), std::string::npos) << list[0];
}

TEST_F(ExternalProblems, PointAtTheEnvironment) {
  for (const char* name : {"", "A=B"}) {
    ExternalModelOptions options = sound();
    options.environment[name] = "1";
    expect_one(options, "model.environment: ");
  }
}

TEST_F(ExternalProblems, PointAtOutputs) {
  ExternalModelOptions options = sound();
  options.outputs[0].regex = "(a";
  options.outputs[0].after = "";
  expect_one(options, "model.outputs.y.regex: missing closing parenthesis at offset 2 of '(a'");
  options = sound();
  options.outputs.push_back(options.outputs[0]);
  expect_one(options, "model.outputs.y: is there twice");
  options.outputs[1].name = "";
  expect_one(options, "model.outputs[1]: has no name");
  options.outputs = {};
  expect_one(options, "model.outputs: a model needs at least one");
  options = sound();
  options.outputs[0].below = -3;
  expect_one(options, "model.outputs.y.below = -3 is not in [0, inf]");
}

TEST_F(ExternalProblems, PointAtNumbersOutOfRange) {
  for (const double deadline : {0.0, -1.0, infinity, std::nan("")}) {
    ExternalModelOptions options = sound();
    options.deadline = deadline;
    expect_one(options, "model.deadline = ", "is not in (0, inf) s");
  }
  ExternalModelOptions options = sound();
  options.largest_output = 0;
  expect_one(options, "model.largest_output = 0 is not in [1, inf] bytes");
}

TEST_F(ExternalProblems, PointAtAScratchDirectoryThatCannotBeOne) {
  write("file", "");
  Surroundings around = surroundings();
  for (const fs::path& scratch : {study() / "file", study() / "file" / "below"}) {
    around.scratch = scratch;
    const auto list = problems(sound(), around);
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0], "model.work.base: no place for work directories: '" +
                           (study() / "file").string() + "' is not a directory");
  }
  around.scratch = study() / "not" / "yet";
  EXPECT_TRUE(problems(sound(), around).empty());
}

TEST_F(ExternalProblems, AreAllListedAtOnceInTheException) {
  ExternalModelOptions options = sound();
  options.templates[0].text = "@z@";
  options.files = {"mesh"};
  options.command[0] = "no-such-code";
  options.outputs[0].column = 0;
  options.deadline = -1.0;
  std::string text;
  try {
    static_cast<void>(model(options));
  } catch (const InvalidOptions& error) {
    text = error.what();
  }
  for (const char* line : {"\n  model.templates[0].text: line 1, column 1: '@z@'", "\n  model.files[0]",
                           "\n  model.command[0]", "\n  model.templates: the input 'x'",
                           "\n  model.templates: the input 'y'", "\n  model.outputs.y.column = 0",
                           "\n  model.deadline = -1"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << " in " << text;
  }
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 7);
  EXPECT_EQ(entries_below(scratch()), 0U);
}

}  // namespace
}  // namespace mystic
