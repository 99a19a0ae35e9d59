#pragma once

#include "tests/support/program.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace mystic::testing {

using Json = nlohmann::json;

/// A study of a test function in two bounded variables a and b, with a start.
Json function_study(const std::string& function = "rosenbrock");

/// A study of the beam program (examples/03_beam), found by its absolute path. `seconds`: what each
/// evaluation takes beside that.
Json beam_study(double seconds = 0.0);

/// The program under test with its arguments.
std::vector<std::string> mystic_command(const std::vector<std::string>& arguments);

/// The same under mpirun with `ranks`.
std::vector<std::string> mpirun_command(int ranks, const std::vector<std::string>& arguments);

/// Whether this build has the MPI map.
bool has_mpi();

/// result.json of a study's directory without its object "run": what must not depend on the map.
std::string lasting_result(const std::filesystem::path& directory);

/// The program's end, run in the directory of a test.
Ended mystic_in(const ScratchDirectory& scratch, const std::vector<std::string>& arguments);

/// result.json of a study's directory.
Json result_in(const ScratchDirectory& scratch, const std::string& directory);

}  // namespace mystic::testing
