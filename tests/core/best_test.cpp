#include "mystic/core/best.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

Best best_of(double cost, double violation) {
  Best best;
  best.x = Vector::Zero(1);
  best.cost = cost;
  best.violation = violation;
  return best;
}

TEST(Best, YieldsToACheaperOneOfItsKindButNotOnATie) {
  EXPECT_TRUE(best_of(2.0, 0.0).yields_to(1.0, 0.0));
  EXPECT_FALSE(best_of(2.0, 0.0).yields_to(2.0, 0.0)) << "the earlier stays";
  EXPECT_FALSE(best_of(2.0, 0.0).yields_to(3.0, 0.0));
  EXPECT_TRUE(best_of(2.0, 0.1).yields_to(1.0, 0.5))
      << "both break a requirement: the penalties are in the cost";
}

TEST(Best, PrefersWhatMeetsEveryRequirementWhateverItCosts) {
  EXPECT_TRUE(best_of(2.0, 0.1).yields_to(9.0, 0.0));
  EXPECT_FALSE(best_of(9.0, 0.0).yields_to(2.0, 1e-12));
}

TEST(Best, YieldsToAnythingWhileThereIsNone) {
  EXPECT_TRUE(Best{}.yields_to(1e300, 5.0));
  EXPECT_TRUE(Best{}.yields_to(infinity, 0.0)) << "an answer, though a useless one";
}

TEST(Best, NeverYieldsToNaN) {
  EXPECT_FALSE(Best{}.yields_to(std::nan(""), 0.0));
  EXPECT_FALSE(best_of(2.0, 0.0).yields_to(std::nan(""), 0.0));
  EXPECT_FALSE(best_of(2.0, 0.1).yields_to(std::nan(""), 0.0)) << "not even if that one is feasible";
}

}  // namespace
}  // namespace mystic
