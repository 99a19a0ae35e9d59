#pragma once

#include <filesystem>
#include <string>

namespace mystic::external {

/// Packs all that is in `directory` into an archive (tar, gzip), each name below `name`/. Links stay
/// links; what is neither file, folder nor link is left out.
/// @param descriptor  open for writing; stays open
/// @return why it failed, or nothing
[[nodiscard]] std::string pack(const std::filesystem::path& directory, const std::string& name,
                               int descriptor);

}  // namespace mystic::external
