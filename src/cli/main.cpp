#include "cli/arguments.hpp"
#include "cli/host.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>

// NOLINTNEXTLINE(readability-redundant-declaration): POSIX does not declare it
extern char** environ;

namespace mystic::cli {
namespace {

std::optional<std::string> given(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::optional<std::filesystem::path> given_path(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::filesystem::path>(text);
}

ExitCode run(const Arguments& arguments, const StudyHost& host) {
  return run_study({.study = arguments.study,
                    .out = given_path(arguments.out),
                    .map = given(arguments.map),
                    .seed = arguments.seed},
                   host);
}

ExitCode resume(const Arguments& arguments, const StudyHost& host) {
  return resume_study(arguments.directory, given(arguments.map), host);
}

ExitCode extend(const Arguments& arguments, const StudyHost& host) {
  return extend_study({.directory = arguments.directory,
                       .samples = arguments.samples.value_or(0),
                       .map = given(arguments.map)},
                      host);
}

ExitCode rerun(const Arguments& arguments, const StudyHost& host) {
  return rerun_study(arguments.directory, arguments.kinds, given(arguments.map), host);
}

ExitCode evaluate(const Arguments& arguments, const StudyHost& host) {
  return evaluate_study({.study = arguments.study,
                         .point = arguments.point,
                         .points = given_path(arguments.points),
                         .random = arguments.random,
                         .out = given_path(arguments.out),
                         .map = given(arguments.map),
                         .seed = arguments.seed,
                         .keep = given(arguments.keep)},
                        host);
}

ExitCode render(const Arguments& arguments, const StudyHost& host) {
  render_study(arguments.study, arguments.point, given_path(arguments.out), host);
  return ExitCode::done;
}

ExitCode check(const Arguments& arguments, const StudyHost& host) {
  check_study(arguments.study, host);
  return ExitCode::done;
}

ExitCode failures(const Arguments& arguments, const StudyHost& host) {
  list_failures(arguments.directory, arguments.kinds, host);
  return ExitCode::done;
}

ExitCode fit(const Arguments& arguments, const StudyHost& host) {
  FitRequest request{.file = arguments.table,
                     .column = given(arguments.column),
                     .families = arguments.families,
                     .criterion = arguments.criterion,
                     .out = given_path(arguments.out)};
  if (arguments.replicates) request.replicates = *arguments.replicates;
  fit_data(request, host);
  return ExitCode::done;
}

ExitCode list(const Arguments& arguments, const StudyHost& host) {
  const std::string text = list_text(arguments.what);
  if (host.out != nullptr) *host.out << text << std::flush;
  return ExitCode::done;
}

ExitCode make_new(const Arguments& arguments, const StudyHost& host) {
  const std::filesystem::path out = arguments.out;
  const std::string text = new_study_text(arguments.template_file, arguments.command, out.parent_path());
  if (arguments.out.empty()) {
    if (host.out != nullptr) *host.out << text << std::flush;
    return ExitCode::done;
  }
  if (std::filesystem::exists(out)) {
    throw BadInput(
        fmt::format("{}: exists; `new` overwrites nothing: give another --out", out.string()));
  }
  std::ofstream file(out, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw Error(fmt::format("{}: cannot be written", out.string()));
  if (host.out != nullptr) {
    *host.out << fmt::format(
        "{}: give the variables their bounds and the outputs their places, then\n"
        "  {} check {}\n",
        out.string(), host.program, out.string());
  }
  return ExitCode::done;
}

using Command = std::function<ExitCode(const Arguments&, const StudyHost&)>;

// Those that start programs, or ranks.
const std::map<std::string, Command> running{{"run", run},           {"resume", resume},
                                             {"extend", extend},     {"rerun", rerun},
                                             {"evaluate", evaluate}, {"render", render}};
// Those that only look.
const std::map<std::string, Command> looking{
    {"check", check}, {"failures", failures}, {"fit", fit}, {"list", list}, {"new", make_new}};

int guarded(const Command& command, const Arguments& arguments, const StudyHost& host) {
  try {
    return code(command(arguments, host));
  } catch (const std::exception& error) {
    return report(error, host.speaks);
  }
}

int execute(const std::string& name, const Arguments& arguments, const char* program) {
  StudyHost host;
  host.environment = current_environment(environ);
  host.speaks = rank_given_by_launcher(host.environment).value_or(0) == 0;
  if (const auto found = running.find(name); found != running.end()) {
    std::optional<Host> whole;
    try {
      whole.emplace(program, arguments.quiet, arguments.interactive);
    } catch (const std::exception& error) {
      return report(error, host.speaks);
    }
    return guarded(found->second, arguments, whole->study_host());
  }
  host.out = host.speaks ? &std::cout : nullptr;
  host.program = program;
  return guarded(looking.at(name), arguments, host);
}

}  // namespace
}  // namespace mystic::cli

int main(int count, char** values) {
  using namespace mystic::cli;
  // A write beyond RLIMIT_FSIZE, or into a closed pipe, is an error of that write, not our death.
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);

  Arguments arguments;
  CLI::App app{"mystic optimises anything that can be called: see `mystic COMMAND --help`", "mystic"};
  app.set_version_flag("--version", "mystic " MYSTIC_VERSION);
  add_commands(app, arguments);
  if (is_unknown_command(app, count > 1 ? values[1] : "")) return code(mystic::ExitCode::bad_input);
  try {
    app.parse(count, values);
  } catch (const CLI::ParseError& error) {
    const int status = app.exit(error);
    return code(status == 0 ? mystic::ExitCode::done : mystic::ExitCode::bad_input);
  }
  return execute(app.get_subcommands().front()->get_name(), arguments, values[0]);
}
