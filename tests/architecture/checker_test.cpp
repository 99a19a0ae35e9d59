// The checkers find what they are there to find: violations planted in a small house made up here.

#include "form.hpp"
#include "rooms.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace mystic::architecture {
namespace {

const Rooms rooms = parse_rooms(
    "# a comment\n"
    "room core:\n"
    "room solvers: core\n"
    "room maps: core\n"
    "room cli: *\n"
    "\n"
    "only maps: boost/mpi\n"
    "never core: iostream\n"
    "only-word cli: exit\n");

Tree one_file(std::string path, std::string text) {
  return Tree(std::vector<SourceFile>{{std::move(path), std::move(text)}});
}

std::string repeated(const std::string& line, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += line;
  return text;
}

Violations includes_in(std::string path, std::string text) {
  const Tree tree({{"include/mystic/core/point.hpp", ""},
                   {"include/mystic/maps/threads.hpp", ""},
                   {"include/mystic/mystic.hpp", ""},
                   {"maps/queue.hpp", ""},
                   {"tests/support.hpp", ""},
                   {std::move(path), std::move(text)}});
  IncludesSeen seen;
  return forbidden_includes(tree, rooms, seen);
}

TEST(Rooms, ForbidAnIncludeAgainstTheArrows) {
  const auto found = includes_in("solvers/powell.cpp", "\n#include \"mystic/maps/threads.hpp\"\n");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0],
            "solvers/powell.cpp:2: solvers may not include maps (include/mystic/maps/threads.hpp)");
}

TEST(Rooms, SeeAnIncludeHoweverItIsWritten) {
  for (const char* include :
       {"#include <mystic/maps/threads.hpp>", "  #include \"../maps/queue.hpp\"",
        "#include \"maps/queue.hpp\"", "#include \"mystic/core/../maps/threads.hpp\""}) {
    EXPECT_EQ(includes_in("solvers/powell.cpp", include).size(), 1U) << include;
  }
}

TEST(Rooms, PlaceHeadersAndBodies) {
  EXPECT_EQ(
      includes_in("include/mystic/solvers/powell.hpp", "#include <mystic/maps/threads.hpp>").size(), 1U);
  EXPECT_EQ(includes_in("src/solvers/powell.cpp", "#include <mystic/maps/threads.hpp>").size(), 1U);
  EXPECT_EQ(includes_in("src/cellar/wine.cpp", "").size(), 1U) << "an unknown room";
  EXPECT_EQ(room_of("maps/work_queue.hpp"), "maps");
  EXPECT_EQ(room_of("mapsize/x.hpp"), std::nullopt);
  EXPECT_EQ(room_of("tests/maps/maps_test.cpp"), std::nullopt);
}

TEST(Rooms, LetThroughWhatTheTableAllows) {
  EXPECT_EQ(includes_in("solvers/powell.cpp", "#include \"mystic/core/point.hpp\"\n#include <vector>"),
            Violations());
  EXPECT_EQ(includes_in("maps/mpi.cpp", "#include \"queue.hpp\"\n#include <boost/mpi/request.hpp>"),
            Violations());
  EXPECT_EQ(includes_in("src/cli/main.cpp", "#include <mystic/maps/threads.hpp>\n#include <iostream>"),
            Violations());
  EXPECT_EQ(includes_in("src/core/x.cpp", "// #include <iostream>\n/*\n#include <iostream>\n*/"),
            Violations());
}

TEST(Rooms, ForbidLibrariesTestsAndTheCollection) {
  for (const char* include :
       {"#include <boost/mpi/request.hpp>", "#include <iostream>", "#include <mystic/mystic.hpp>",
        "#include \"../../tests/support.hpp\"", "#include <mystic/core/gone.hpp>"}) {
    EXPECT_EQ(includes_in("src/core/x.cpp", include).size(), 1U) << include;
  }
}

TEST(Rooms, CountWhatWasSeen) {
  IncludesSeen seen;
  const Tree tree(
      {{"maps/a.hpp", "#include <vector>"}, {"maps/b.cpp", "#include \"a.hpp\""}, {"README.md", ""}});
  EXPECT_EQ(forbidden_includes(tree, rooms, seen), Violations());
  EXPECT_EQ(seen.files, 2U);
  EXPECT_EQ(seen.between_rooms, 1U);
  EXPECT_EQ(seen.libraries, 1U);
}

TEST(Rooms, ForbidWordsInCodeOnly) {
  const auto said = [](std::string path, std::string text) {
    return forbidden_words(one_file(std::move(path), std::move(text)), rooms).size();
  };
  EXPECT_EQ(said("maps/a.cpp", "void f() {\n  std::exit(1);\n}"), 1U);
  EXPECT_EQ(said("maps/a.cpp", "// exit\n\"exit\"; exit_code; _exit(1);"), 0U);
  EXPECT_EQ(said("src/cli/a.cpp", "std::exit(1);"), 0U);
}

TEST(Rooms, RefuseATableThatTheyCannotRead) {
  for (const char* table :
       {"room core", "chamber core: maps", "room solvers: cellar", "only cellar: omp.h"}) {
    EXPECT_THROW((void)parse_rooms(table), std::invalid_argument) << table;
  }
}

TEST(MysticHpp, MissesAHeader) {
  const SourceFile all{"include/mystic/mystic.hpp",
                       "#include \"mystic/core/a.hpp\"\n// mystic/core/b.hpp\n"};
  const Tree tree(
      {all, {"include/mystic/core/a.hpp", ""}, {"include/mystic/core/b.hpp", ""}, {"maps/c.hpp", ""}});
  const auto found = missing_from_mystic_hpp(tree);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0], "include/mystic/core/b.hpp:1: is not included by mystic.hpp");
}

TEST(Form, FindsFunctionsWhereverTheyAre) {
  const auto functions = functions_of(R"cpp(
#define BEGIN {
    namespace a {
    struct B final : C<int(int)> {
      B() : x_{1}, y_(2) {}
      int method() const { return y_; }
    };
    constexpr int table[] = {1, 2};
    template <class T>
      requires(sizeof(T) > 2)
    auto g(T t) -> decltype(t) {
      const char brace = '{';
      if (t) {
        [] { return "}"; }();
      }  // }
      return R"(})";
    }
    }  // namespace a
    TEST(Suite, Name) {}
  )cpp");
  std::vector<std::string> heads;
  std::vector<std::size_t> lengths;
  for (const Function& function : functions) {
    heads.push_back(function.head.substr(0, 12));
    lengths.push_back(function.lines);
  }
  EXPECT_EQ(heads, (std::vector<std::string>{"B() : x_", ", y_(2)", "int method()", "template <cl",
                                             "TEST(Suite, "}));
  EXPECT_EQ(lengths, (std::vector<std::size_t>{1, 1, 1, 9, 1}));
}

TEST(Form, FindsLongFunctionsAndFiles) {
  const std::string filler = "  work();\n";
  const auto found = [](const std::string& text) { return too_long(one_file("maps/a.cpp", text)); };
  EXPECT_EQ(found("void f() {\n" + repeated(filler, most_lines_of_a_function - 2) + "}\n"),
            Violations());
  const auto longer = found("\nvoid f() {\n" + repeated(filler, most_lines_of_a_function - 1) + "}\n");
  ASSERT_EQ(longer.size(), 1U);
  EXPECT_EQ(longer[0], "maps/a.cpp:2: 61 lines, more than 60: void f()");
  EXPECT_EQ(found(repeated("int i;\n", most_lines_of_a_file)), Violations());
  EXPECT_EQ(found(repeated("int i;\n", most_lines_of_a_file + 1)).size(), 1U);
  EXPECT_EQ(too_long(one_file("docs/a.md", repeated("text\n", 1000))), Violations());
}

TEST(Form, FindsWorkLeftUndoneAndPathsOfAMachine) {
  const std::string mark = std::string("TO") + "DO";
  EXPECT_EQ(left_undone(one_file("tools/a.sh", "# " + mark + ": later")).size(), 1U);
  EXPECT_EQ(left_undone(one_file("tools/a.sh", "# A" + mark + "S")), Violations());
  const std::string path = std::string("/ho") + "me/me/x";
  EXPECT_EQ(machine_paths(one_file("README.md", "cd " + path)).size(), 1U);
  EXPECT_EQ(machine_paths(one_file("README.md", "cd /usr/include")), Violations());
}

TEST(Form, DoesNotReadTheGitFileOfAWorktree) {
  const std::filesystem::path root = std::filesystem::path(::testing::TempDir()) / "mystic-worktree";
  std::filesystem::create_directories(root);
  for (const char* file : {".git", "README.md"}) std::ofstream(root / file) << "text";
  const Tree tree = read_tree(root);
  std::filesystem::remove_all(root);
  EXPECT_EQ(tree.find(".git"), nullptr);
  EXPECT_NE(tree.find("README.md"), nullptr);
}

TEST(Form, FindsSourcesThatNoListNames) {
  const Tree tree({{"maps/a.cpp", ""},
                   {"maps/b.cpp", ""},
                   {"tests/maps/a_test.cpp", ""},
                   {"tests/maps/b_test.cpp", ""},
                   {"tools/cmake/Targets.cmake", "add_library(x maps/a.cpp)\n# maps/b.cpp"},
                   {"tests/CMakeLists.txt", "test(maps/a_test.cpp)\ntest(other/b_test.cpp)"}});
  EXPECT_EQ(unlisted_sources(tree), (Violations{"maps/b.cpp:1: no CMake file lists it",
                                                "tests/maps/b_test.cpp:1: no CMake file lists it"}));
}

TEST(Form, CountsLinesOfCode) {
  EXPECT_EQ(lines_of_code("// a\n\n  \nint x;  // b\n/* c\n d */\n}\n"), 2U);
}

}  // namespace
}  // namespace mystic::architecture
