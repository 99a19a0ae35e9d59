#pragma once

#include <filesystem>
#include <system_error>

namespace mystic {

/// Removes `path` and all below it, as `rm -r` does, and goes on past what cannot be removed.
/// Follows no symbolic link, below or as `path` itself (the link is removed); enters no other file
/// system; gives itself the permissions that read-only sub-directories of ours lack.
/// @return the first error, or none; that `path` does not exist is none
std::error_code remove_tree(const std::filesystem::path& path);

}  // namespace mystic
