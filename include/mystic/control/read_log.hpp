#pragma once

#include "mystic/control/monitors.hpp"

#include <filesystem>

namespace mystic {

/// What a LoggingMonitor wrote, or one of mystic's own: steps and evaluations, bit for bit as they were
/// seen. Nothing in the file is executed. Comments (#) and empty lines are passed over.
///
/// A last line of ours without its end (the program was killed while writing) is dropped: its last
/// number may have lost digits. Of mystic's rows "(iteration, id)   cost   [x0, x1, ...]" all become
/// steps, since nothing in the file says what they were; their evaluations are 0, their ids those of the
/// rows.
///
/// @throws Error naming file and line if it cannot be read, if a line is neither, or if a point has
/// other
///         coordinates than those before it
[[nodiscard]] RecordingMonitor read_log(const std::filesystem::path& file);

}  // namespace mystic
