#pragma once

#include "file_descriptor.hpp"

#include <sys/types.h>

namespace mystic::supervision {

/// The whole life of the supervisor: called in the forked child, with every signal blocked; ends the
/// process when `owner` is gone and all is killed and removed.
[[noreturn]] void supervise(FileDescriptor control, pid_t owner);

}  // namespace mystic::supervision
