// This house keeps its own rules. MYSTIC_SOURCE_DIR, its root, comes from the build.

#include "form.hpp"
#include "rooms.hpp"

#include <gtest/gtest.h>

namespace mystic::architecture {
namespace {

const Tree& house() {
  static const Tree tree = read_tree(MYSTIC_SOURCE_DIR);
  return tree;
}

Rooms rooms_of_house() {
  const SourceFile* table = house().find("tests/architecture/rooms.txt");
  return parse_rooms(table == nullptr ? "" : table->text);
}

std::string joined(const Violations& violations) {
  std::string text;
  for (const std::string& violation : violations) text += "\n  " + violation;
  return text;
}

TEST(House, KeepsToTheArrowsBetweenItsRooms) {
  IncludesSeen seen;
  const auto found = forbidden_includes(house(), rooms_of_house(), seen);
  EXPECT_TRUE(found.empty()) << joined(found);
  EXPECT_GE(seen.files, 130U) << "the checker must have seen the house";
  EXPECT_GE(seen.between_rooms, 200U);
  EXPECT_GE(seen.libraries, 300U);
}

TEST(House, HasABodyOrHeaderInEachRoomThatTheTestNames) {
  std::map<std::string, int> files;
  for (const SourceFile& file : house().files()) {
    if (const auto room = room_of(file.path)) ++files[*room];
  }
  for (const char* room : {"core", "control", "constraints", "solvers", "ensembles", "system", "comm",
                           "maps", "models", "plots", "archive", "study", "cli"}) {
    EXPECT_GE(files[room], 1) << room;
  }
}

TEST(House, SaysInTheLibraryWhatALibraryMaySay) {
  const auto found = forbidden_words(house(), rooms_of_house());
  EXPECT_TRUE(found.empty()) << joined(found);
}

TEST(House, TakesEveryPublicHeaderIntoMysticHpp) {
  const auto found = missing_from_mystic_hpp(house());
  EXPECT_TRUE(found.empty()) << joined(found);
}

TEST(House, HasNoLongFilesOrFunctions) {
  const auto found = too_long(house());
  EXPECT_TRUE(found.empty()) << joined(found);
  std::size_t functions = 0;
  for (const SourceFile& file : house().files()) {
    if (is_cpp(file.path)) functions += functions_of(file.text).size();
  }
  EXPECT_GE(functions, 800U) << "the checker must have seen them";
}

TEST(House, LeavesNothingUndone) {
  const auto found = left_undone(house());
  EXPECT_TRUE(found.empty()) << joined(found);
}

TEST(House, NamesNoPathOfOneMachine) {
  const auto found = machine_paths(house());
  EXPECT_TRUE(found.empty()) << joined(found);
}

TEST(House, ListsEverySourceAndTest) {
  const auto found = unlisted_sources(house());
  EXPECT_TRUE(found.empty()) << joined(found);
}

// Counted there as here: imports, no comments, no blank lines.
TEST(House, WritesTheProgramsOfTheTalkInNoMoreLinesThanTheTalk) {
  for (const char* path : {"examples/01_nelder_mead/main.cpp", "examples/02_buckshot_powell/main.cpp"}) {
    const SourceFile* example = house().find(path);
    ASSERT_NE(example, nullptr) << path;
    EXPECT_LE(lines_of_code(example->text), 20U) << path;
  }
}

}  // namespace
}  // namespace mystic::architecture
