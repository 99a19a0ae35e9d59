#pragma once

#include "tests/cli/studies.hpp"

#include <string>

namespace mystic::testing {

void sleep_seconds(double seconds);

/// Runs study.json into out, kills at a random instant, resumes, kills again, ... until a session ends
/// by itself; after each that nothing is left behind.
/// @param mark  "NAME=value" in the environment of all that is started
/// @return how many sessions were killed, at most `most_kills`
int run_through_kills(const ScratchDirectory& scratch, bool mpi, int most_kills,
                      const std::string& mark);

/// An environment entry by which what a test starts is known.
std::string mark_of(const ScratchDirectory& scratch);

}  // namespace mystic::testing
