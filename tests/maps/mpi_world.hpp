#pragma once

#include "mystic/comm/session.hpp"

namespace mystic::maps_test {

/// The session of this test program, made by its main().
mpi::Session& session();

}  // namespace mystic::maps_test
