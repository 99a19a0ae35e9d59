#include "tests/cli/studies.hpp"

#include <fmt/format.h>

namespace mystic::testing {

Json function_study(const std::string& function) {
  return Json::parse(fmt::format(R"({{
    "name": "trial",
    "variables": [
      {{"name": "a", "lower": -3, "upper": 4, "start": -1.2}},
      {{"name": "b", "lower": -3, "upper": 4, "start": 1.0}}
    ],
    "model": {{"kind": "function", "name": "{}"}},
    "cost": {{"minimise": "cost"}},
    "solver": {{"kind": "nelder-mead"}},
    "limits": {{"evaluations": 300}},
    "seed": 3
  }})",
                                 function));
}

Json beam_study(double seconds) {
  Json study = Json::parse(R"({
    "name": "beam",
    "variables": [
      {"name": "E", "lower": 2.5e7, "upper": 4.8e7},
      {"name": "L", "lower": 250, "upper": 260},
      {"name": "I", "lower": 310, "upper": 450}
    ],
    "model": {
      "kind": "external",
      "templates": [{"text": "<beam><inputs F=\"30000\" E=\"@E@\" L=\"@L@\" I=\"@I@\"/></beam>", "to": "beam.xml"}],
      "deadline": 20,
      "outputs": {
        "deviation": {"file": "_beam_outputs_.xml", "after": "deviation="},
        "price": {"file": "_beam_outputs_.xml", "regex": "price=\"([^\"]*)\""}
      }
    },
    "cost": {"minimise": "price"},
    "requirements": [{"output": "deviation", "at_most": 13}],
    "solver": {"kind": "buckshot", "starts": 3, "member": {"kind": "nelder-mead"}},
    "limits": {"evaluations": 90},
    "seed": 5
  })");
  study["model"]["command"] =
      seconds > 0.0
          ? Json{"sh", "-c", fmt::format("sleep {}; exec {} -x beam.xml", seconds, MYSTIC_BEAM_PROGRAM)}
          : Json{MYSTIC_BEAM_PROGRAM, "-x", "beam.xml"};
  return study;
}

std::vector<std::string> mystic_command(const std::vector<std::string>& arguments) {
  std::vector<std::string> command{MYSTIC_PROGRAM};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

std::vector<std::string> mpirun_command(int ranks, const std::vector<std::string>& arguments) {
  std::vector<std::string> command{MYSTIC_MPIRUN, "--oversubscribe", "--allow-run-as-root", "-np",
                                   std::to_string(ranks)};
  // Open MPI leaks by itself, from modules that it unloads: no suppression can name them.
  if (MYSTIC_PATIENCE > 1.0) command.insert(command.end(), {"-x", "LSAN_OPTIONS=leak_check_at_exit=0"});
  const auto program = mystic_command(arguments);
  command.insert(command.end(), program.begin(), program.end());
  return command;
}

bool has_mpi() { return std::string(MYSTIC_MPIRUN) != ""; }

std::string lasting_result(const std::filesystem::path& directory) {
  const std::string text = text_of(directory / "result.json");
  if (text.empty()) return "no result.json";
  nlohmann::ordered_json result = nlohmann::ordered_json::parse(text);
  result.erase("run");
  return result.dump(1);
}

Ended mystic_in(const ScratchDirectory& scratch, const std::vector<std::string>& arguments) {
  return run_program(mystic_command(arguments), scratch.path());
}

Json result_in(const ScratchDirectory& scratch, const std::string& directory) {
  return Json::parse(text_of(scratch.path() / directory / "result.json"));
}

}  // namespace mystic::testing
