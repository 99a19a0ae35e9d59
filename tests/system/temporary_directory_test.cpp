#include <mystic/system/remove_tree.hpp>
#include <mystic/system/temporary_directory.hpp>

#include "processes.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <cerrno>
#include <utility>

namespace mystic {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& path) { std::ofstream(path) << "text"; }

TEST(TemporaryDirectory, IsNewPrivateAndUnderItsBase) {
  const TemporaryDirectory first("/tmp", "mystic-system-");
  const TemporaryDirectory second("/tmp", "mystic-system-");
  EXPECT_NE(first.path(), second.path());
  EXPECT_EQ(first.path().parent_path(), "/tmp");
  EXPECT_TRUE(first.path().filename().string().starts_with("mystic-system-"));
  struct stat status = {};
  ASSERT_EQ(::stat(first.path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0700U);
}

TEST(TemporaryDirectory, MakesItsBaseAndIsAbsolute) {
  const TemporaryDirectory outer("/tmp", "mystic-system-");
  const fs::path before = fs::current_path();
  fs::current_path(outer.path());
  const TemporaryDirectory inner("a/b", "run-");
  fs::current_path(before);
  EXPECT_TRUE(inner.path().is_absolute());
  EXPECT_TRUE(fs::is_directory(outer.path() / "a/b" / inner.path().filename()));
}

TEST(TemporaryDirectory, RemovesAllThatIsInIt) {
  fs::path place;
  {
    const TemporaryDirectory directory("/tmp", "mystic-system-");
    place = directory.path();
    fs::create_directories(place / "a/b/c");
    for (int i = 0; i < 500; ++i) write(place / "a/b" / std::to_string(i));
    fs::create_symlink("/no/such/target", place / "a/dangling");
    ASSERT_EQ(::mkfifo((place / "a/fifo").c_str(), 0600), 0);
  }
  EXPECT_FALSE(fs::exists(place));
}

TEST(TemporaryDirectory, FollowsNoSymbolicLink) {
  const TemporaryDirectory precious("/tmp", "mystic-system-");
  write(precious.path() / "file");
  fs::path place;
  {
    const TemporaryDirectory directory("/tmp", "mystic-system-");
    place = directory.path();
    fs::create_directory_symlink(precious.path(), place / "link");
    fs::create_symlink(precious.path() / "file", place / "file");
  }
  EXPECT_FALSE(fs::exists(place));
  EXPECT_TRUE(fs::exists(precious.path() / "file"));
}

TEST(TemporaryDirectory, IsRemovedOnceAfterMoves) {
  TemporaryDirectory first("/tmp", "mystic-system-");
  const fs::path one = first.path();
  TemporaryDirectory second(std::move(first));
  EXPECT_TRUE(fs::exists(one));
  EXPECT_EQ(second.path(), one);
  TemporaryDirectory third("/tmp", "mystic-system-");
  const fs::path two = third.path();
  third = std::move(second);
  EXPECT_FALSE(fs::exists(two)) << "what was there before the assignment";
  EXPECT_TRUE(fs::exists(one));
}

TEST(TemporaryDirectory, StaysWhenKept) {
  fs::path place;
  {
    TemporaryDirectory directory("/tmp", "mystic-system-");
    place = directory.keep();
    EXPECT_TRUE(directory.path().empty());
  }
  EXPECT_TRUE(fs::is_directory(place));
  EXPECT_FALSE(remove_tree(place));
  EXPECT_FALSE(fs::exists(place));
}

TEST(TemporaryDirectory, SaysWhereItCannotBeMade) {
  EXPECT_THROW(TemporaryDirectory("/tmp", "a/b"), InvalidArgument);
  try {
    const TemporaryDirectory directory("/proc/none", "run-");
    FAIL() << "made in /proc";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("'run-*' in '/proc/none': "), std::string::npos)
        << error.what();
  }
}

/// As an ordinary user: root may do all.
TEST(RemoveTree, CopesWithDirectoriesThatForbidEverything) {
  const TemporaryDirectory directory("/tmp", "mystic-system-");
  ASSERT_EQ(::chmod(directory.path().c_str(), 0777), 0);
  testing::Fork user([&] {
    if (::getuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(2);
    const fs::path place = directory.path() / "tree";
    for (const mode_t mode : {0555U, 0333U, 0000U}) {
      const fs::path sub = place / std::to_string(mode);
      fs::create_directories(sub / "inner");
      write(sub / "inner/file");
      write(sub / "file");
      ::chmod((sub / "inner").c_str(), mode);
      ::chmod(sub.c_str(), mode);
    }
    const std::error_code failure = remove_tree(place);
    ::_exit(!failure && !fs::exists(place) ? 0 : 1);
  });
  EXPECT_EQ(WEXITSTATUS(user.wait()), 0);
}

TEST(RemoveTree, RemovesALinkAndNotWhatItPointsTo) {
  const TemporaryDirectory directory("/tmp", "mystic-system-");
  fs::create_directory(directory.path() / "target");
  write(directory.path() / "target/file");
  for (const char* name : {"link", "link/"}) {
    fs::create_directory_symlink("target", directory.path() / "link");
    EXPECT_FALSE(remove_tree(directory.path() / name));
    EXPECT_FALSE(fs::is_symlink(directory.path() / "link")) << name;
    EXPECT_TRUE(fs::exists(directory.path() / "target/file"));
  }
}

TEST(RemoveTree, NothingThereIsNoError) {
  EXPECT_FALSE(remove_tree("/tmp/no/such/mystic/tree"));
  EXPECT_FALSE(remove_tree(""));
}

TEST(RemoveTree, ReportsWhatCannotBeRemovedAndRemovesTheRest) {
  if (::getuid() != 0) GTEST_SKIP() << "needs a directory of another user";
  const TemporaryDirectory directory("/tmp", "mystic-system-");
  const fs::path tree = directory.path() / "tree";
  fs::create_directories(tree / "theirs");
  write(tree / "theirs/file");
  write(tree / "ours");
  ASSERT_EQ(::chmod(directory.path().c_str(), 0755), 0);
  ASSERT_EQ(::chown(tree.c_str(), 65534, 65534), 0);
  testing::Fork user([&] {
    if (::setgid(65534) != 0 || ::setuid(65534) != 0) ::_exit(2);
    const std::error_code failure = remove_tree(tree);
    ::_exit(failure.value() == EACCES ? 0 : 1);
  });
  EXPECT_EQ(WEXITSTATUS(user.wait()), 0);
  EXPECT_FALSE(fs::exists(tree / "ours"));
  EXPECT_TRUE(fs::exists(tree / "theirs/file"));
}

}  // namespace
}  // namespace mystic
