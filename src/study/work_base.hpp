#pragma once

#include "mystic/models/external_options.hpp"
#include "mystic/study/study.hpp"

#include <filesystem>

namespace mystic::study {

/// Where the work directories of a model are made: `work.base`, or what the host was told, or in memory
/// if there is room for the largest file of each core at once and programs may be run there, or /tmp.
[[nodiscard]] std::filesystem::path work_base(const ExternalModelOptions& options,
                                              const StudyHost& host);

}  // namespace mystic::study
