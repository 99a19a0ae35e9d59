#pragma once

#include "tests/cli/studies.hpp"

#include <string>

namespace mystic::testing {

/// A study of Rosenbrock's function of three inputs: a is normal, b and c lie between bounds.
/// @param method  its "method"
Json uncertain_study(const Json& method);

/// The same with a and b joined by a normal copula.
Json dependent_study(const Json& method);

/// A study of the beam program in E, L and I with laws; `seconds`: what each evaluation takes beside.
Json uncertain_beam(const Json& method, double seconds = 0.0);

/// A study of Ishigami's function, computed by a program. Of its evaluations this share fails: which
/// depends on the digits of the point alone.
/// @param failing  in [0, 1]
/// @param log      a file to which each evaluation adds a line
Json ishigami_study(const Json& method, double failing, const std::string& log);

/// All that must not depend on map, kills and sessions: result.json without `run`, results.csv without
/// its seconds, every picture.
std::string lasting_files(const std::filesystem::path& directory);

/// Lines of a file; 0 if there is none.
int lines_of(const std::filesystem::path& file);

}  // namespace mystic::testing
