// Where mystic is built without NLopt.

#include "mystic/solvers/nlopt.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

TEST(NloptAbsent, IsRefusedWithThePackageToInstall) {
  EXPECT_FALSE(nlopt_is_there());
  try {
    static_cast<void>(nlopt());
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("apt-get install libnlopt-dev"), std::string::npos);
  }
  EXPECT_THROW(static_cast<void>(nlopt({.algorithm = "LN_NONE"})), InvalidOptions);
}

}  // namespace
}  // namespace mystic
