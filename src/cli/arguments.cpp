#include "cli/arguments.hpp"

#include "mystic/core/options.hpp"

#include <algorithm>
#include <charconv>
#include <iostream>
#include <limits>

namespace mystic::cli {
namespace {

const char* const map_text =
    "who evaluates: serial, threads[:N], openmp[:N], mpi[:carddealer|:equalportion]; default: the "
    "study's, "
    "mpi under mpirun, else threads on all cores";
const char* const kind_text =
    "kind of failure, such as deadline; may be given several times; default: all";

// A whole number as it is written: all of the text, in base 10. CLI11 itself takes 010 for 8, -1 for the
// largest number there is, and what is too large for that, too.
template <class Number>
CLI::Option& add_whole_number(CLI::App& command, const std::string& name, std::optional<Number>& value,
                              Number least, const std::string& text) {
  const auto read = [&value, name, least](const std::string& given) {
    Number number{};
    const char* const end = given.data() + given.size();
    const auto [stopped, error] = std::from_chars(given.data(), end, number);
    if (error != std::errc{} || stopped != end || number < least) {
      throw CLI::ValidationError(name, fmt::format("'{}' is not a whole number from {} to {}", given,
                                                   least, std::numeric_limits<Number>::max()));
    }
    value = number;
  };
  return *command.add_option_function<std::string>(name, read, text)->type_name("NUMBER");
}

void add_seed(CLI::App& command, Arguments& arguments) {
  add_whole_number(command, "--seed", arguments.seed, std::uint64_t{0},
                   "of every random draw; default: the study's");
}

void add_study(CLI::App& command, Arguments& arguments) {
  command.add_option("STUDY", arguments.study, "the study's JSON file")->required();
}

void add_directory(CLI::App& command, Arguments& arguments) {
  command.add_option("DIR", arguments.directory, "the directory that `run` or `evaluate` made")
      ->required();
}

void add_quiet(CLI::App& command, Arguments& arguments) {
  command.add_flag("--quiet", arguments.quiet, "print nothing but errors");
}

void add_interactive(CLI::App& command, Arguments& arguments) {
  command.add_flag(
      "--interactive", arguments.interactive,
      "Ctrl-C asks what to do: best so far, continue, exit; on a terminal, not under mpirun");
}

void add_point(CLI::App& command, Arguments& arguments) {
  command
      .add_option(
          "--point", arguments.point,
          "NAME=VALUE for each variable, with blanks or commas between; default: the study's start")
      ->delimiter(',');
}

void add_runs(CLI::App& app, Arguments& arguments) {
  CLI::App& run = *app.add_subcommand("run", "run a study, in a directory of its own");
  add_study(run, arguments);
  run.add_option("--out", arguments.out, "directory to make; default: NAME.run");
  run.add_option("--map", arguments.map, map_text);
  add_seed(run, arguments);
  add_quiet(run, arguments);
  add_interactive(run, arguments);

  CLI::App& resume = *app.add_subcommand("resume", "go on with a study that was stopped or killed");
  add_directory(resume, arguments);
  resume.add_option("--map", arguments.map, map_text);
  add_quiet(resume, arguments);
  add_interactive(resume, arguments);

  CLI::App& extend =
      *app.add_subcommand("extend", "go on with a study of uncertainty, with more samples");
  add_directory(extend, arguments);
  add_whole_number(extend, "--samples", arguments.samples, std::int64_t{1},
                   "how many samples (rows, trajectories) there shall be, with those that there are")
      .required();
  extend.add_option("--map", arguments.map, map_text);
  add_quiet(extend, arguments);

  CLI::App& check =
      *app.add_subcommand("check", "find all that is wrong with a study, without evaluating");
  add_study(check, arguments);

  CLI::App& list = *app.add_subcommand("list", "what there is to choose from, with all options");
  list.add_option("WHAT", arguments.what,
                  "solvers, maps, models, functions, laws, copulas, methods, designs, terminations or "
                  "study")
      ->required();
}

void add_looks(CLI::App& app, Arguments& arguments) {
  CLI::App& render =
      *app.add_subcommand("render", "write the work directory of one point, and run nothing");
  add_study(render, arguments);
  add_point(render, arguments);
  render.add_option("--out", arguments.out, "directory to make; default: NAME.rendered");

  CLI::App& evaluate = *app.add_subcommand(
      "evaluate", "evaluate one point, saying all that is done; or many points, into results.csv");
  add_study(evaluate, arguments);
  add_point(evaluate, arguments);
  evaluate.add_option("--points", arguments.points, "table (CSV) with a column for each variable");
  add_whole_number(evaluate, "--random", arguments.random, std::int64_t{1},
                   "so many points, drawn uniformly in the box");
  evaluate.add_option("--out", arguments.out, "of many points: directory to make; default: NAME.run");
  evaluate.add_option("--map", arguments.map, map_text);
  add_seed(evaluate, arguments);
  evaluate.add_option("--keep", arguments.keep, "which work directories stay; default: the study's")
      ->check(CLI::IsMember({"never", "on-failure", "always"}));
  add_quiet(evaluate, arguments);
}

void add_fit(CLI::App& app, Arguments& arguments) {
  CLI::App& fit =
      *app.add_subcommand("fit", "look which laws the numbers in a table may come from, the best first");
  fit.add_option("DATA", arguments.table, "table (CSV) with the numbers")->required();
  fit.add_option("--column", arguments.column, "header of their column; a table of one needs none");
  fit.add_option("--families", arguments.families,
                 "kinds of laws, with commas between; default: all continuous ones that can be fitted")
      ->delimiter(',');
  fit.add_option("--criterion", arguments.criterion, "what ranks them: bic or aic; default: bic")
      ->check(CLI::IsMember({"aic", "bic"}));
  add_whole_number(fit, "--replicates", arguments.replicates, std::int64_t{19},
                   "samples drawn and fitted anew for the p of each family; default: 99");
  fit.add_option("--out", arguments.out,
                 "where a picture goes: a directory, or a file *.svg; default: none is drawn");
}

void add_repairs(CLI::App& app, Arguments& arguments) {
  CLI::App& failures =
      *app.add_subcommand("failures", "list the evaluations of a run that failed, by kind");
  add_directory(failures, arguments);
  failures.add_option("--kind", arguments.kinds, kind_text);

  CLI::App& rerun = *app.add_subcommand("rerun", "go on with a study, and make again what failed");
  add_directory(rerun, arguments);
  rerun.add_flag("--failed", arguments.failed, "make the failed evaluations again")->required();
  rerun.add_option("--kind", arguments.kinds, kind_text);
  rerun.add_option("--map", arguments.map, map_text);
  add_quiet(rerun, arguments);

  CLI::App& fresh =
      *app.add_subcommand("new", "write a study to begin with, for a template and a command");
  fresh
      .add_option("TEMPLATE", arguments.template_file, "input file of the code, with @name@ for values")
      ->required();
  fresh.add_option("COMMAND", arguments.command, "the program and its arguments, behind --")->required();
  fresh.add_option("--out", arguments.out, "file to write; default: print it");
}

}  // namespace

void add_commands(CLI::App& app, Arguments& arguments) {
  app.require_subcommand(1);
  app.failure_message([](const CLI::App*, const CLI::Error& error) {
    return fmt::format("mystic: {}; see `mystic --help`\n", error.what());
  });
  app.footer(
      "Exit codes: 0 done, 1 error of the machine or of mystic, 2 bad input, 3 too many evaluations\n"
      "failed, 4 interrupted (go on with `mystic resume`).");
  add_runs(app, arguments);
  add_looks(app, arguments);
  add_fit(app, arguments);
  add_repairs(app, arguments);
}

bool is_unknown_command(const CLI::App& app, const std::string& first) {
  if (first.empty() || first[0] == '-') return false;
  std::vector<std::string> commands;
  for (const CLI::App* command : app.get_subcommands({})) commands.push_back(command->get_name());
  if (std::find(commands.begin(), commands.end(), first) != commands.end()) return false;
  std::cerr << fmt::format("mystic: '{}' is no command{}; there are: {}\n", first,
                           did_you_mean(first, commands), fmt::join(commands, ", "));
  return true;
}

}  // namespace mystic::cli
