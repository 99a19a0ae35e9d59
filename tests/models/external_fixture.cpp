#include "external_fixture.hpp"

#include <fstream>
#include <iterator>

namespace mystic {

namespace fs = std::filesystem;

ExternalModelOptions ExternalModelTest::shell(std::string script) {
  return {.inputs = {"x", "y"},
          .templates = {{.text = "x=@x@\ny=@y@\n", .to = "in.txt"}},
          .command = {"sh", "-c", std::move(script)},
          .outputs = {{.name = "y", .after = "y="}},
          .deadline = 60.0};
}

void ExternalModelTest::SetUp() {
  fs::create_directories(study());
  fs::create_directories(scratch());
}

void ExternalModelTest::write(const std::string& name, std::string_view text) const {
  std::ofstream(study() / name, std::ios::binary) << text;
}

Outcome ExternalModelTest::outcome_of(const ExternalModelOptions& options, double x, double y) const {
  Outcome outcome;
  {
    const ExternalModel tested = model(options);
    outcome = evaluate(tested, Points{{x}, {y}}).front();
    EXPECT_EQ(entries_below(scratch()), 1U) << "beside the model's own directory";
  }
  EXPECT_EQ(entries_below(scratch()), 0U);
  return outcome;
}

std::size_t entries_below(const fs::path& directory) {
  return static_cast<std::size_t>(
      std::distance(fs::recursive_directory_iterator(directory), fs::recursive_directory_iterator()));
}

}  // namespace mystic
