#pragma once

#include <CLI/CLI.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mystic::cli {

/// What the command line says; which command it is, tells the parser.
struct Arguments {
  std::string study;
  std::string directory;
  std::string out;
  std::string map;
  std::optional<std::uint64_t> seed;
  bool quiet = false;
  bool interactive = false;
  std::string what;
  std::vector<std::string> point;
  std::string points;
  std::optional<std::int64_t> random;
  std::optional<std::int64_t> samples;
  std::string keep;
  std::vector<std::string> kinds;
  bool failed = false;
  std::string template_file;
  std::vector<std::string> command;
  std::string table;
  std::string column;
  std::vector<std::string> families;
  std::string criterion = "bic";
  std::optional<std::int64_t> replicates;
};

/// Adds every command to `app`, with its help.
void add_commands(CLI::App& app, Arguments& arguments);

/// What CLI11 would take for a superfluous argument: a command that is none. Says so.
bool is_unknown_command(const CLI::App& app, const std::string& first);

}  // namespace mystic::cli
