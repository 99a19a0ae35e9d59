#include "mystic/control/interrupt_prompt.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace mystic {
namespace {

struct Dialogue {
  std::vector<InterruptAnswer> answers;
  std::string shown;
  int calls = 0;
};

// What is answered to `lines`, one after the other.
Dialogue talk(const std::string& lines, const Best& best, bool calls) {
  Dialogue dialogue;
  std::istringstream in(lines);
  std::ostringstream out;
  const LineReader read = [&in]() -> std::optional<std::string> {
    std::string line;
    if (!std::getline(in, line)) return std::nullopt;
    return line;
  };
  std::function<void(const Best&)> call;
  if (calls) call = [&dialogue](const Best&) { ++dialogue.calls; };
  const auto prompt = interrupt_prompt(read, out, call);
  Activity activity;
  activity.made = 120;
  activity.best = &best;
  do {
    dialogue.answers.push_back(prompt(activity));
  } while (dialogue.answers.back() == InterruptAnswer::ask_again);
  dialogue.shown = out.str();
  return dialogue;
}

Best found() {
  Best best;
  best.x = Vector{{0.1, -2.0}};
  best.cost = 3.5;
  best.violation = 0.0;
  return best;
}

TEST(InterruptPrompt, AsksUntilItIsToldToGoOnOrToEnd) {
  EXPECT_EQ(talk("c\n", found(), false).answers.back(), InterruptAnswer::go_on);
  EXPECT_EQ(talk("continue\n", found(), false).answers.back(), InterruptAnswer::go_on);
  EXPECT_EQ(talk(" cont \n", found(), false).answers.back(), InterruptAnswer::go_on);
  EXPECT_EQ(talk("e\n", found(), false).answers.back(), InterruptAnswer::stop);
  EXPECT_EQ(talk("exit\n", found(), false).answers.back(), InterruptAnswer::stop);
  const Dialogue longer = talk("b\nwhat?\n\nc\n", found(), false);
  EXPECT_EQ(longer.answers.size(), 4U);
  EXPECT_EQ(longer.answers.back(), InterruptAnswer::go_on);
}

TEST(InterruptPrompt, ShowsTheBest) {
  EXPECT_EQ(talk("sol\ne\n", found(), false).shown,
            "interrupted after 120 evaluations, best cost 3.5: [b]est, [c]ontinue, [e]xit? "
            "best cost 3.5 at [0.1, -2]\n"
            "interrupted after 120 evaluations, best cost 3.5: [b]est, [c]ontinue, [e]xit? ");
  EXPECT_NE(talk("b\ne\n", Best{}, false).shown.find("nothing found yet\n"), std::string::npos);
  Best broken = found();
  broken.violation = 0.25;
  EXPECT_NE(talk("b\ne\n", broken, false).shown.find("violates a requirement by 0.25"),
            std::string::npos);
}

TEST(InterruptPrompt, CallsAFunctionIfThereIsOneAndABest) {
  EXPECT_EQ(talk("a\ncall\nc\n", found(), true).calls, 2);
  EXPECT_EQ(talk("a\nc\n", Best{}, true).calls, 0);
  EXPECT_NE(talk("c\n", found(), true).shown.find("c[a]ll, "), std::string::npos);
  EXPECT_NE(talk("a\nc\n", found(), false).shown.find("'a' is no answer"), std::string::npos);
}

TEST(InterruptPrompt, TakesTheEndOfItsInputForAnExit) {
  EXPECT_EQ(talk("", found(), false).answers.back(), InterruptAnswer::stop);
  EXPECT_EQ(talk("b\n", found(), false).answers.back(), InterruptAnswer::stop);
  std::ostringstream out;
  EXPECT_THROW(static_cast<void>(interrupt_prompt(nullptr, out)), InvalidArgument);
}

}  // namespace
}  // namespace mystic
