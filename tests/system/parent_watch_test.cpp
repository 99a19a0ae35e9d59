#include <mystic/system/parent_watch.hpp>

#include "processes.hpp"

#include <gtest/gtest.h>

#include <signal.h>

#include <filesystem>
#include <fstream>

namespace mystic {
namespace {

using testing::eventually;
using testing::Fork;

/// The number in a file, once it is there; 0: it does not come.
pid_t number_in(const std::filesystem::path& file) {
  eventually([&] { return !testing::text_of(file).empty(); });
  std::ifstream stream(file);
  pid_t number = 0;
  stream >> number;
  return number;
}

TEST(ParentWatch, EndsAProcessThatIsBusyWhenItsParentIsKilled) {
  const TemporaryDirectory base("/tmp", "mystic-system-");
  const auto note = base.path() / "child";
  Fork parent([&] {
    const Fork child([&] {
      const ParentWatch watch([] { ::_exit(3); });
      std::ofstream(base.path() / "noted") << ::getpid() << '\n';
      std::filesystem::rename(base.path() / "noted", note);
      for (;;) ::pause();
    });
    for (;;) ::pause();
  });
  const pid_t child = number_in(note);
  ASSERT_GT(child, 0);
  EXPECT_TRUE(is_alive(child));
  ::kill(parent.pid(), SIGKILL);
  parent.wait();
  EXPECT_TRUE(eventually([&] { return !is_alive(child); }));
}

TEST(ParentWatch, SaysNothingWhileTheParentLivesAndIsOverAtOnce) {
  int called = 0;
  {
    const ParentWatch watch([&] { ++called; });
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    EXPECT_FALSE(watch.orphaned());
  }
  EXPECT_EQ(called, 0);
}

}  // namespace
}  // namespace mystic
