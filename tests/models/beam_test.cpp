// Needs two definitions from the build: MYSTIC_BEAM_PROGRAM, the program of example 03, and
// MYSTIC_BEAM_DIRECTORY, the folder of that example.
#include "external_fixture.hpp"

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_01.hpp>

#include <cmath>

namespace mystic {
namespace {

class Beam : public ExternalModelTest {
 protected:
  /// As study.json has it, with the load as a fourth input.
  static ExternalModelOptions beam() {
    const std::string file = "_beam_outputs_.xml";
    return {.inputs = {"F", "E", "L", "I"},
            .templates = {{.text = "<beam><inputs F=\"@F@\" E=\"@E@\" L=\"@L@\" I=\"@I@\"/></beam>",
                           .to = "beam.xml"}},
            .command = {MYSTIC_BEAM_PROGRAM, "-x", "beam.xml"},
            .outputs = {{.name = "deviation", .file = file, .after = "deviation="},
                        {.name = "price", .file = file, .regex = "price=\"([^\"]*)\""}},
            .deadline = 10.0};
  }

  [[nodiscard]] Outcome at(const Vector& x) const { return evaluate(model(beam()), x).front(); }
};

TEST_F(Beam, GivesTheNumberOfTheTalk) {
  const Outcome outcome = at(Vector{{30000.0, 3e7, 250.0, 400.0}});
  ASSERT_TRUE(outcome.ok()) << outcome.failure->text;
  EXPECT_DOUBLE_EQ(outcome.outputs[0], 30000.0 * 250.0 * 250.0 * 250.0 / (3.0 * 3e7 * 400.0));
  EXPECT_NEAR(outcome.outputs[0], 13.0208333, 5e-8);
  EXPECT_DOUBLE_EQ(outcome.outputs[1], 0.005 * 250.0 * std::sqrt(12.0 * 400.0) * 1.25);
}

TEST_F(Beam, ReadsTheTemplateOfTheExample) {
  ExternalModelOptions options = beam();
  options.inputs = {"E", "L", "I"};
  options.templates = {{.from = "beam.xml.template", .to = "beam.xml"}};
  Surroundings around = surroundings();
  around.directory = MYSTIC_BEAM_DIRECTORY;
  const ExternalModel example(options, around, *supervisor_);
  const Outcome outcome = evaluate(example, Vector{{3e7, 250.0, 400.0}}).front();
  ASSERT_TRUE(outcome.ok()) << outcome.failure->text;
  EXPECT_NEAR(outcome.outputs[0], 13.0208333, 5e-8);
}

TEST_F(Beam, HasItsOptimumWhereTheReadmeSays) {
  const double modulus = 6e7 / std::sqrt(3.0);
  const double inertia = 30000.0 * std::pow(250.0, 3) / (3.0 * modulus * 13.0);
  const Outcome best = at(Vector{{30000.0, modulus, 250.0, inertia}});
  ASSERT_TRUE(best.ok());
  EXPECT_NEAR(best.outputs[0], 13.0, 1e-12);
  EXPECT_NEAR(best.outputs[1], 107.543, 5e-4);
  EXPECT_NEAR(inertia, 346.965, 5e-4);

  boost::random::mt19937_64 rng(13);
  boost::random::uniform_01<double> uniform;
  Points designs(4, 300);
  for (Index j = 0; j < designs.cols(); ++j) {
    // Half of them anywhere in the box, half near the optimum.
    const double reach = j % 2 == 0 ? 1.0 : 0.05;
    const auto between = [&](double lower, double upper, double centre) {
      const double anywhere = lower + (upper - lower) * uniform(rng);
      return centre + reach * (anywhere - centre);
    };
    designs.col(j) << 30000.0, between(2.5e7, 4.8e7, modulus), between(250.0, 260.0, 250.0),
        between(310.0, 450.0, inertia);
  }
  int feasible = 0;
  for (const Outcome& outcome : evaluate(model(beam()), designs)) {
    ASSERT_TRUE(outcome.ok());
    if (outcome.outputs[0] > 13.0) continue;
    ++feasible;
    EXPECT_GE(outcome.outputs[1], best.outputs[1]);
  }
  EXPECT_GT(feasible, 50);
}

TEST_F(Beam, SaysByItsExitStatusWhatWasWrong) {
  const auto expect_status = [this](const ExternalModelOptions& options, double load,
                                    const std::string& text) {
    const Outcome outcome = evaluate(model(options), Vector{{load, 3e7, 250.0, 400.0}}).front();
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.failure->kind, FailureKind::exit_status);
    EXPECT_NE(outcome.failure->text.find(text), std::string::npos) << outcome.failure->text;
  };
  ExternalModelOptions options = beam();
  expect_status(options, -1.0, "exit status 4\nlast lines of stderr:\nbeam: F = '-1' is not");
  options.command = {MYSTIC_BEAM_PROGRAM, "-x", "other.xml"};
  expect_status(options, 1.0, "exit status 4\nlast lines of stderr:\nbeam: cannot read other.xml");
  options.command = {MYSTIC_BEAM_PROGRAM, "-x"};
  expect_status(options, 1.0, "exit status 3\nlast lines of stderr:\nusage: beam");
  options = beam();
  options.templates.push_back({.text = " ", .to = "_beam_outputs_.xml/in-the-way"});
  expect_status(options, 1.0, "exit status 5\nlast lines of stderr:\nbeam: cannot write");
}

}  // namespace
}  // namespace mystic
